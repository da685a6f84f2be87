/// A source with finitely many letters: a probability mass function p and a distortion matrix d, one row a letter and one
/// column a reproduction.
///
/// Validated before any work; the matrix is held once, in rows.
public struct FiniteSource: Sendable {
  /// p, which sums to 1.
  public let probabilities: [Double]
  /// The number of reproductions.
  public let reproductions: Int
  /// d, row by row.
  let distortions: [Double]
  /// The least entry of every row.
  let leastDistortions: [Double]
  /// Where the matrix comes from, if not from the user.
  public internal(set) var measure: LetterMeasure?

  /// The largest number of letters, and of reproductions: 4096 x 4096 doubles are 128 MiB.
  public static let largestSize = 4096
  /// How far the probabilities' sum may be from 1: they are divided by it.
  public static let sumTolerance = 1e-9

  /// A source with Hamming distortion: 0 on the diagonal, 1 off it.
  ///
  /// - Throws: as `init(probabilities:distortions:)`.
  public init(probabilities: [Double]) throws(FiniteSourceError) {
    let sum = try Self.checkedSum(probabilities)
    let n = probabilities.count
    var distortions = [Double](repeating: 1, count: n * n)
    for i in 0..<n { distortions[i * n + i] = 0 }
    self.probabilities = probabilities.map { $0 / sum }
    reproductions = n
    self.distortions = distortions
    leastDistortions = [Double](repeating: 0, count: n)
    measure = .hamming
  }

  /// A source with a distortion matrix; an infinite entry forbids a reproduction.
  ///
  /// - Throws: `FiniteSourceError` for an empty or too large source, a probability that is negative or not a number, a sum
  ///   other than 1 (with the difference), a ragged matrix, an entry that is negative or not a number, or a letter with no
  ///   finite distortion.
  public init(probabilities: [Double], distortions: [[Double]]) throws(FiniteSourceError) {
    let sum = try Self.checkedSum(probabilities)
    guard distortions.count == probabilities.count else {
      throw .rowCount(distortions.count, letters: probabilities.count)
    }
    let columns = distortions[0].count
    guard columns > 0, columns <= Self.largestSize else { throw .size(columns, largest: Self.largestSize) }
    for (row, entries) in distortions.enumerated() {
      guard entries.count == columns else { throw .raggedRow(row, entries.count, expected: columns) }
    }
    var flat: [Double] = []
    flat.reserveCapacity(columns * probabilities.count)
    for entries in distortions { flat += entries }
    try self.init(checked: probabilities, sum: sum, flat, columns: columns)
  }

  /// A source with a distortion matrix given row by row in one array, which it holds without copying it.
  ///
  /// - Throws: as `init(probabilities:distortions:)`; `.raggedRow` if the rows are not equally long.
  public init(
    probabilities: [Double], rows distortions: [Double], reproductions columns: Int
  ) throws(FiniteSourceError) {
    let sum = try Self.checkedSum(probabilities)
    guard columns > 0, columns <= Self.largestSize else { throw .size(columns, largest: Self.largestSize) }
    guard distortions.count == columns * probabilities.count else {
      throw .rowCount(distortions.count / columns, letters: probabilities.count)
    }
    try self.init(checked: probabilities, sum: sum, distortions, columns: columns)
  }

  private init(
    checked probabilities: [Double], sum: Double, _ distortions: [Double], columns: Int
  ) throws(FiniteSourceError) {
    var least: [Double] = []
    for row in probabilities.indices {
      var smallest = Double.infinity
      for column in 0..<columns {
        let entry = distortions[row * columns + column]
        guard entry >= 0 else { throw .distortion(entry, row: row, column: column) }
        smallest = min(smallest, entry)
      }
      guard smallest.isFinite else { throw .noReproduction(row: row) }
      least.append(smallest)
    }
    self.probabilities = probabilities.map { $0 / sum }
    reproductions = columns
    self.distortions = distortions
    leastDistortions = least
  }

  static func checkedSum(_ probabilities: [Double]) throws(FiniteSourceError) -> Double {
    guard !probabilities.isEmpty, probabilities.count <= largestSize else {
      throw .size(probabilities.count, largest: largestSize)
    }
    var sum = 0.0
    for (index, value) in probabilities.enumerated() {
      guard value >= 0, value.isFinite else { throw .probability(value, index: index) }
      sum += value
    }
    guard abs(sum - 1) <= sumTolerance else { throw .sum(excess: sum - 1) }
    return sum
  }
}

/// What is wrong with a finite source, with the facts in it; indices count from 0 and are printed from 1.
public enum FiniteSourceError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No letters, or more than are supported.
  case size(Int, largest: Int)
  /// A probability that is negative, infinite or not a number.
  case probability(Double, index: Int)
  /// Probabilities that sum to 1 + `excess`.
  case sum(excess: Double)
  /// A matrix whose number of rows is not that of the letters.
  case rowCount(Int, letters: Int)
  /// A row whose length is not that of the first.
  case raggedRow(Int, Int, expected: Int)
  /// A distortion that is negative or not a number.
  case distortion(Double, row: Int, column: Int)
  /// A letter without a reproduction at finite distortion.
  case noReproduction(row: Int)
  /// A model of another number of letters.
  case modelSize(Int, letters: Int)
  /// A value that is no number, or too large.
  case value(Double, index: Int)
  /// A measure of distances between letters that are no numbers.
  case noValues(LetterMeasure?)
  /// A measure, or reproductions, where a matrix says how far they are.
  case ownDistortions

  /// The facts in a sentence.
  public var description: String {
    switch self {
    case .size(let count, let largest):
      return "\(count) letters or reproductions: there must be from 1 to \(largest)"
    case .probability(let value, let index):
      return "probability \(index + 1) is \(value): it must be a finite number that is not negative"
    case .sum(let excess):
      // Twelve decimals: the sum's own rounding is not the reader's mistake.
      let difference = (abs(excess) * 1e12).rounded() / 1e12
      return "the probabilities sum to \(1 + excess), \(difference) too \(excess > 0 ? "much" : "little")"
    case .rowCount(let rows, let letters):
      return "the distortion matrix has \(rows) rows for \(letters) letters"
    case .raggedRow(let row, let count, let expected):
      return "row \(row + 1) of the distortion matrix has \(count) entries, the first row has \(expected)"
    case .distortion(let value, let row, let column):
      return
        "the distortion in row \(row + 1), column \(column + 1) is \(value): it must be a number that is not negative"
    case .noReproduction(let row):
      return "letter \(row + 1) has no reproduction at finite distortion"
    case .modelSize(let count, let letters):
      return "the model has \(count) letters, the source \(letters)"
    case .value(let value, let index):
      let most = FiniteSource.largestValue
      return "value \(index + 1) is \(value): it must be a number from \(-most) to \(most)"
    case .noValues(let measure):
      let what = measure.map { "the measure \"\($0.rawValue)\" is one" } ?? "reproductions are"
      return "\(what) of numbers: the file has no values"
    case .ownDistortions:
      return "the file has distortions of its own: no measure and no reproductions go with them"
    }
  }
}
