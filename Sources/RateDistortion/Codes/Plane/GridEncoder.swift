import IntervalArithmetic
import ParallelBlocks

/// An encoder of the plane, dumped on a rectangular grid of points.
///
/// **What is taken as decided.** Where the four corners of a square of the grid have the same index, the encoder is taken to send
/// it all over the square, as it is between two points of a line that have the same one. Where they differ, every part of the
/// square may belong to any of its corners' indices. Beyond the outermost points the index of the nearest one goes on.
///
/// Nominally each point owns what is nearest to it on both axes: its *pixel*, which in a grid of cells given by their midpoints
/// is the cell. Of a square whose corners differ, the quarter next to a corner is the corner's nominally, and any part of it
/// another corner's (`PlaneSums.Open`).
public struct GridEncoder: PlaneEncoder, Equatable {
  /// The coordinates of the points, in increasing order.
  public let first: [Double]
  public let second: [Double]
  /// Row by row of the second coordinate, from 0.
  public let symbols: [Int32]
  public let symbolCount: Int

  /// A grid; `symbols` are all of 0 up to the largest, one for each point.
  public init(first: [Double], second: [Double], symbols: [Int32]) {
    self.first = first
    self.second = second
    self.symbols = symbols
    symbolCount = Int(symbols.max() ?? 0) + 1
  }

  /// The probability beyond half a step from the outermost points, in floating point.
  public func uncovered(on plane: BentPlane) -> Double {
    let (center, reach) = (plane.frame.center, plane.reach)
    func ends(_ places: [Double], about middle: Double) -> (Double, Double) {
      let last = places.count - 1
      let (start, end) = last > 0 ? (places[1] - places[0], places[last] - places[last - 1]) : (0, 0)
      return (
        min(max(places[0] - start / 2, middle - reach), middle + reach),
        max(min(places[last] + end / 2, middle + reach), middle - reach)
      )
    }
    let (across, up) = (ends(first, about: center.x), ends(second, about: center.y))
    let strips: [PlaneRectangles.Rectangle] = [
      .init(left: center.x - reach, right: across.0, low: center.y - reach, high: center.y + reach),
      .init(left: across.1, right: center.x + reach, low: center.y - reach, high: center.y + reach),
      .init(left: across.0, right: across.1, low: center.y - reach, high: up.0),
      .init(left: across.0, right: across.1, low: up.1, high: center.y + reach),
    ]
    var rectangles = PlaneRectangles(plane)
    return strips.reduce(0) { $0 + rectangles.moments(of: $1, about: center).probability.midpoint }
  }

  /// How many points differ from the one before them in a row, and rows there are.
  public var runCount: Int {
    var count = second.count
    for row in second.indices {
      for k in 1..<max(1, first.count) where symbols[row * first.count + k] != symbols[row * first.count + k - 1] {
        count += 1
      }
    }
    return count
  }

  /// That of the pixel.
  public func symbol(at place: SIMD2<Double>) -> Int {
    func nearest(_ value: Double, in places: [Double]) -> Int {
      var (low, high) = (0, places.count - 1)
      while high - low > 1 {
        let middle = (low + high) / 2
        if places[middle] <= value { low = middle } else { high = middle }
      }
      return value - places[low] < places[high] - value ? low : high
    }
    return Int(symbols[nearest(place.y, in: second) * first.count + nearest(place.x, in: first)])
  }

  public var counts: [(name: String, count: Int)] { [("runs", runCount)] }

  public func certificate(of code: PlaneCode) -> any Evidence { GridCode(self, code) }

  // MARK: Sums

  /// Points of an axis, and one far off on each side where the outermost index goes on; what lies further off is moved there, for
  /// nothing beyond is integrated.
  private struct Axis {
    let places: [Double]
    /// The edges of the pixels.
    let edges: [Double]
    let last: Int

    init(_ points: [Double], from low: Double, to high: Double) {
      let within = { (place: Double) in min(max(place, low), high) }
      places = [low] + points.map(within) + [high]
      edges = [low] + zip([low] + points, points + [high]).map { within($0 / 2 + $1 / 2) } + [high]
      last = points.count - 1
    }

    var count: Int { places.count }
    /// The point whose index a place has.
    func point(_ index: Int) -> Int { min(max(0, index - 1), last) }
  }

  public func sums(on plane: BentPlane) -> PlaneSums {
    let center = plane.frame.center
    let axes = (
      Axis(first, from: center.x - plane.reach, to: center.x + plane.reach),
      Axis(second, from: center.y - plane.reach, to: center.y + plane.reach)
    )
    let anchors = anchors(on: plane)
    let rows = axes.1.count
    // So many blocks of rows whatever the number of cores.
    let block = max(1, (rows + 63) / 64)
    let blocks = parallelMap(count: (rows + block - 1) / block, block: 1) { number -> RowSums in
      var sums = RowSums(plane, symbolCount: symbolCount)
      for row in (number * block)..<min(rows, (number + 1) * block) { add(row, axes, anchors, to: &sums) }
      return sums
    }
    var sums = PlaneSums(anchors: anchors, moments: Array(repeating: PlaneMoments(), count: symbolCount))
    for block in blocks {
      for (symbol, moments) in zip(block.symbols, block.moments) { sums.moments[symbol] += moments }
      sums.open += block.open
    }
    // What is beyond the square may be anybody's.
    for symbol in sums.moments.indices {
      let away =
        Interval.squared(Interval(anchors[symbol].x) - Interval(center.x))
        + .squared(Interval(anchors[symbol].y) - Interval(center.y))
      let square = 2 * (Interval(plane.outside.square) + away * Interval(plane.outside.probability))
      sums.moments[symbol] = sums.moments[symbol].with(atMost: plane.outside.probability, square: square.upper)
    }
    return sums
  }

  /// The sums of some rows.
  private struct RowSums: Sendable {
    var rectangles: PlaneRectangles
    var slots: [Int]
    var symbols: [Int] = []
    var moments: [PlaneMoments] = []
    var open: [PlaneSums.Open] = []

    init(_ plane: BentPlane, symbolCount: Int) {
      rectangles = PlaneRectangles(plane)
      slots = Array(repeating: -1, count: symbolCount)
    }

    mutating func add(_ moments: PlaneMoments, to symbol: Int) {
      if slots[symbol] < 0 {
        slots[symbol] = symbols.count
        symbols.append(symbol)
        self.moments.append(PlaneMoments())
      }
      self.moments[slots[symbol]] += moments
    }
  }

  /// Adds the pixels of a row, and the squares above it.
  private func add(_ row: Int, _ axes: (Axis, Axis), _ anchors: [SIMD2<Double>], to sums: inout RowSums) {
    let width = first.count
    let here = axes.1.point(row) * width
    var start = 0
    for k in 1...axes.0.count {
      let symbol = Int(symbols[here + axes.0.point(start)])
      guard k == axes.0.count || Int(symbols[here + axes.0.point(k)]) != symbol else { continue }
      let moments = sums.rectangles.moments(
        of: .init(
          left: axes.0.edges[start], right: axes.0.edges[k], low: axes.1.edges[row], high: axes.1.edges[row + 1]),
        about: anchors[symbol])
      sums.add(moments, to: symbol)
      start = k
    }
    guard row + 1 < axes.1.count else { return }
    let above = axes.1.point(row + 1) * width
    for k in 0..<(axes.0.count - 1) {
      let (a, b) = (axes.0.point(k), axes.0.point(k + 1))
      let corners = [symbols[here + a], symbols[here + b], symbols[above + a], symbols[above + b]].map { Int($0) }
      guard corners.contains(where: { $0 != corners[0] }) else { continue }
      addSquare((k, row), corners, axes, to: &sums)
    }
  }

  /// Adds what may move in a square whose corners differ.
  private func addSquare(_ place: (Int, Int), _ corners: [Int], _ axes: (Axis, Axis), to sums: inout RowSums) {
    let (x, y) = (axes.0, axes.1)
    let xs = [x.places[place.0], x.edges[place.0 + 1], x.places[place.0 + 1]]
    let ys = [y.places[place.1], y.edges[place.1 + 1], y.places[place.1 + 1]]
    for (number, owner) in corners.enumerated() {
      let (i, j) = (number % 2, number / 2)
      let quarter = PlaneRectangles.Rectangle(left: xs[i], right: xs[i + 1], low: ys[j], high: ys[j + 1])
      let probability = sums.rectangles.moments(of: quarter, about: SIMD2(xs[1], ys[1])).probability.upper
      guard probability > 0 else { continue }
      for (index, other) in corners.enumerated() where other != owner && corners.firstIndex(of: other) == index {
        sums.open.append(
          PlaneSums.Open(
            owner: owner, other: other, probability: probability, first: .hull(quarter.left, quarter.right),
            second: .hull(quarter.low, quarter.high)))
      }
    }
  }

  /// Near the centroids, by the density at the points.
  private func anchors(on plane: BentPlane) -> [SIMD2<Double>] {
    var sums = [(weight: Double, moment: SIMD2<Double>)](repeating: (0, .zero), count: symbolCount)
    for (row, y) in second.enumerated() {
      for (k, x) in first.enumerated() {
        let density = plane.density(x, y)
        let symbol = Int(symbols[row * first.count + k])
        sums[symbol].weight += density
        sums[symbol].moment += density * SIMD2(x, y)
      }
    }
    return sums.map { $0.weight > 0 ? $0.moment / $0.weight : plane.frame.center }
  }
}
