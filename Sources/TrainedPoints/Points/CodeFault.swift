import Documents
import RateDistortion

/// What is wrong with a file of an encoder's map, apart from what may be wrong with any table.
public enum CodeFault: Equatable, Sendable, CustomStringConvertible {
  /// A position that is not above the one before it.
  case notIncreasing(position: Double, before: Double)
  /// A run that ends before it begins, or where it begins.
  case emptyRun(from: Double, to: Double)
  /// A run that begins before the one above it ends.
  case overlap(from: Double, before: Double)
  /// An index that is no whole number.
  case notAnIndex(String)
  /// An index with two different values in a column of which it should have one.
  case twoValues(index: String, column: String)
  /// Too much of the source lies where the map says nothing.
  case uncovered(share: Double, most: Double)
  /// An index of the map that the codebook does not have.
  case notInCodebook(index: String)
  /// An index that stands in a codebook twice.
  case twiceInCodebook(index: String)
  /// Reconstructions with another number of components than the source has.
  case components(String)
  /// Runs of cells of a grid that nobody named.
  case noGrid
  /// Points that say themselves what grid they are.
  case needlessGrid
  /// A codebook of a codebook, which says itself what it sends and decodes.
  case needlessCodebook
  /// A cell of a grid in two runs, by its numbers.
  case cellTwice(row: Int, cell: Int)
  /// A cell of a grid in no run.
  case noCell(row: Int, cell: Int)
  /// A point that stands there twice.
  case pointTwice(first: Double, second: Double)
  /// A point that is missing from a grid.
  case noPoint(first: Double, second: Double)
  /// Points of which no grid can be made.
  case noGridOfPoints(columns: Int, rows: Int, points: Int)
  /// More points than are read.
  case tooManyPoints(most: Int)
  /// Rows of a map among which some were to be chosen.
  case filtered

  /// The fault in a clause.
  public var description: String {
    let digits = { (value: Double) in SignificantDigits(readingBackTo: value)?.text ?? "\(value)" }
    switch self {
    case .notIncreasing(let position, let before):
      return position == before
        ? "position \(digits(position)) stands here twice"
        : "position \(digits(position)) is not above the one before it, \(digits(before)): positions must increase"
    case .emptyRun(let from, let to):
      return "the run from \(digits(from)) to \(digits(to)) is empty: it must end after it begins"
    case .overlap(let from, let before):
      return "the run begins at \(digits(from)), before the one above it ends, at \(digits(before))"
    case .notAnIndex(let text):
      return "\"\(legible(text))\" is no whole number, and an index is one"
    case .twoValues(let index, let column):
      return
        "index \(index) has another value of \(legible(column)) than before: it must be the same wherever the index is sent"
    case .uncovered(let share, let most):
      let percent = { (share: Double) in SignificantDigits(100 * share, digits: 3)?.text ?? "" }
      return
        "the map says nothing about \(percent(share)) % of the source's probability, and at most \(percent(most)) % may be "
        + "left out"
    case .notInCodebook(let index):
      return "there is no row for index \(index), which the map sends"
    case .twiceInCodebook(let index):
      return "index \(index) stands in the codebook twice"
    case .components(let requirement):
      return requirement
    case .noGrid:
      return "runs of rows are cells of a grid, which --cells names"
    case .needlessGrid:
      return "points say themselves what grid they are, and --cells is for runs of rows"
    case .needlessCodebook:
      return "a codebook says itself what it sends and decodes, and --codebook is for maps"
    case .cellTwice(let row, let cell):
      return "cell \(cell) of row \(row) has an index already"
    case .noCell(let row, let cell):
      return "cell \(cell) of row \(row) has no index"
    case .pointTwice(let first, let second):
      return "the point (\(digits(first)), \(digits(second))) stands here twice"
    case .noPoint(let first, let second):
      return "the point (\(digits(first)), \(digits(second))) of the grid is missing"
    case .noGridOfPoints(let columns, let rows, let points):
      return
        "\(points) points with \(columns) different first coordinates and \(rows) second ones are no rectangular grid"
    case .tooManyPoints(let most):
      return "a grid has at most \(most) points"
    case .filtered:
      return "an encoder's map is one point, of whose rows none can be left out"
    }
  }
}
