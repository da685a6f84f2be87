/// The cells of a codebook as trapezoids: the plane in upright slabs, in each of which a sequence of cells lies one above the
/// other between straight lines.
///
/// The cell of codeword i is where beta |x - y_i|^2 + l_i is least, l_i its code length: a polygon of the power diagram. On an
/// upright line the functions, less beta x_1^2, are straight, so that the least of them is an envelope of lines, found in one
/// pass over codewords in the order of their second coordinates. Between two places with the same sequence of cells the
/// sequence is taken to be the same throughout; where it changes, the place is bisected.
///
/// What comes out is a partition of the plane whatever was rounded or overlooked on the way: slabs follow each other, and the
/// lines of a slab do not cross in it, their heights at both ends being in order. It is this partition that is proved something
/// of, and that a code uses; that it is hardly another than the power diagram is why the code is good.
struct PowerCells {
  /// A part of the plane between two upright lines.
  struct Slab {
    var start: Double
    var end: Double
    /// Codewords from below.
    var cells: [Int]
    /// The heights of the lines between them, at the start and at the end.
    var heightsAtStart: [Double] = []
    var heightsAtEnd: [Double] = []
  }

  private(set) var slabs: [Slab] = []
  private let source: BentGaussian
  private let lines: PowerLines
  /// Where the sequence of cells is not followed any closer, in deviations of the first coordinate.
  private static let closest = 1e-9

  init(_ codebook: Codebook, of source: BentGaussian) {
    self.source = source
    lines = PowerLines(codebook, of: source)
    let reach = BentGaussian.reach * source.first
    let even = (0...64).map { reach * (Double($0) / 32 - 1) }
    let places = Set(even + codebook.first.filter { abs($0) < reach }).sorted()
    var envelope = PowerLines.Envelope()
    lines.envelope(at: -reach, &envelope)
    var here = envelope.cells
    for (a, b) in zip(places, places.dropFirst()) {
      lines.envelope(at: b, &envelope)
      let there = envelope.cells
      follow(a, here, b, there, &envelope)
      here = there
    }
    for index in slabs.indices {
      slabs[index].heightsAtStart = heights(slabs[index].cells, at: slabs[index].start)
      slabs[index].heightsAtEnd = heights(slabs[index].cells, at: slabs[index].end)
    }
  }

  /// Adds slabs from a to b.
  private mutating func follow(
    _ a: Double, _ left: [Int], _ b: Double, _ right: [Int], _ envelope: inout PowerLines.Envelope
  ) {
    let middle = a + (b - a) / 2
    guard left != right, b - a > Self.closest * source.first, middle > a, middle < b else {
      if let last = slabs.indices.last, slabs[last].cells == left {
        slabs[last].end = b
      } else {
        slabs.append(Slab(start: a, end: b, cells: left))
      }
      return
    }
    lines.envelope(at: middle, &envelope)
    let between = envelope.cells
    follow(a, left, middle, between, &envelope)
    follow(middle, between, b, right, &envelope)
  }

  /// The heights of the lines between cells that lie one above the other, put into order where rounding has it otherwise, and
  /// never beyond 100 deviations.
  private func heights(_ cells: [Int], at place: Double) -> [Double] {
    let middle = -source.bend() * place * place
    let (low, high) = (middle - 100 * source.second, middle + 100 * source.second)
    var heights: [Double] = []
    for (i, j) in zip(cells, cells.dropFirst()) {
      let height = lines.crossing(i, j, at: place)
      // A height that is not a number becomes the lower end.
      heights.append(max(heights.last ?? low, height > low ? min(height, high) : low))
    }
    return heights
  }
}

/// The functions |x - y_i|^2 + l_i/beta on upright lines.
struct PowerLines {
  /// Cells on an upright line from below, and the heights between them.
  struct Envelope {
    var cells: [Int] = []
    var heights: [Double] = []
  }

  private let first: [Double]
  private let second: [Double]
  /// l_i/beta + y_i1^2.
  private let constants: [Double]
  /// In the order of their second coordinates.
  private let order: [Int]
  private let source: BentGaussian

  init(_ codebook: Codebook, of source: BentGaussian) {
    self.source = source
    first = codebook.first
    second = codebook.second
    constants = codebook.first.indices.map {
      codebook.lengths[$0] / codebook.slope + codebook.second[$0] * codebook.second[$0]
    }
    order = codebook.first.indices.sorted {
      (codebook.second[$0], $0) < (codebook.second[$1], $1)
    }
  }

  /// Where on the upright line at a place codewords i and j, the second coordinate of j the larger, cost the same.
  @inline(__always)
  func crossing(_ i: Int, _ j: Int, at place: Double) -> Double {
    let (u, v) = (place - first[i], place - first[j])
    return (v * v + constants[j] - u * u - constants[i]) / (2 * (second[j] - second[i]))
  }

  /// The cells on the upright line at a place within reach of the source there.
  func envelope(at place: Double, _ result: inout Envelope) {
    let middle = -source.bend() * place * place
    let low = middle - BentGaussian.reach * source.second
    let high = middle + BentGaussian.reach * source.second
    result.cells.removeAll(keepingCapacity: true)
    result.heights.removeAll(keepingCapacity: true)
    for j in order {
      var height = low
      var isBest = true
      while let i = result.cells.last {
        if second[i] == second[j] {
          let (u, v) = (place - first[i], place - first[j])
          isBest = v * v + constants[j] < u * u + constants[i]
          guard isBest else { break }
          height = low
        } else {
          height = max(low, crossing(i, j, at: place))
          if result.cells.count == 1 ? height > low : height > result.heights[result.heights.count - 1] { break }
        }
        result.cells.removeLast()
        if !result.heights.isEmpty { result.heights.removeLast() }
        height = low
      }
      guard isBest, height < high else { continue }
      if !result.cells.isEmpty { result.heights.append(height) }
      result.cells.append(j)
    }
  }
}
