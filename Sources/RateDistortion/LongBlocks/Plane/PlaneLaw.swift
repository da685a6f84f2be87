import IntervalArithmetic

/// A discrete reproduction law in the plane, symmetric in its first coordinate, in units of the kernel's width.
///
/// A point with u >= 0 stands for itself and its mirror image at -u, each with half the weight. Points are in the order of the
/// feet of their perpendiculars on the banana's ridge, so that points near each other have numbers near each other.
struct PlaneLaw: Sendable {
  /// The first coordinates, none negative.
  var u: [Double] = []
  /// The second coordinates.
  var v: [Double] = []
  /// The weights.
  var weights: [Double] = []

  /// The number of points.
  var count: Int { u.count }

  /// The law of some points, in order.
  init(_ points: [(u: Double, v: Double, weight: Double)], sigma: Double) {
    let keyed = points.map { (key: Self.ridgePosition(u: $0.u * sigma, v: $0.v * sigma), point: $0) }
    for (_, point) in keyed.sorted(by: { ($0.key, $0.point.v) < ($1.key, $1.point.v) }) {
      u.append(point.u)
      v.append(point.v)
      weights.append(point.weight)
    }
  }

  /// The points with their weights.
  var points: [(u: Double, v: Double, weight: Double)] { u.indices.map { (u[$0], v[$0], weights[$0]) } }

  /// The law with its weights divided by their sum.
  func normalised() -> PlaneLaw {
    var law = self
    let sum = weights.reduce(0, +)
    law.weights = weights.map { $0 / sum }
    return law
  }

  /// The law in units of a kernel width so many times as large.
  func inUnits(of width: Double) -> PlaneLaw {
    var law = self
    law.u = u.map { $0 / width }
    law.v = v.map { $0 / width }
    return law
  }

  /// The length of the parabola -u^2/10 from its vertex to the foot of a perpendicular from a point; only an order.
  private static func ridgePosition(u: Double, v: Double) -> Double {
    var z = u
    for _ in 0..<20 {
      let height = z * z / 10 + v
      let value = z - u + z / 5 * height
      z = max(0, z - value / max(1 + height / 5 + z * z / 25, 0.5))
    }
    let s = z / 5
    let root = (1 + s * s).squareRoot()
    return 2.5 * (s * root + Double.log(s + root))
  }
}

/// Points of the plane by square cells: what lies within reach of a place is found without a search through all.
struct PlaneBins: Sendable {
  let width: Double
  let columns: ClosedRange<Int>
  let rows: ClosedRange<Int>
  /// The points' numbers, cell by cell.
  let order: [Int]
  /// Where a cell's points begin; one more than there are cells.
  let starts: [Int]

  /// The points' cells.
  init(u: [Double], v: [Double], width: Double) {
    self.width = width
    let column = u.map { Int(($0 / width).rounded(.down)) }
    let row = v.map { Int(($0 / width).rounded(.down)) }
    let (columns, rows) = (
      (column.min() ?? 0)...(column.max() ?? 0), (row.min() ?? 0)...(row.max() ?? 0)
    )
    self.columns = columns
    self.rows = rows
    let cell = zip(column, row).map { ($1 - rows.lowerBound) * columns.count + $0 - columns.lowerBound }
    var starts = [Int](repeating: 0, count: columns.count * rows.count + 1)
    for c in cell { starts[c + 1] += 1 }
    for c in 1..<starts.count { starts[c] += starts[c - 1] }
    var next = starts
    var order = [Int](repeating: 0, count: u.count)
    for (index, c) in cell.enumerated() {
      order[next[c]] = index
      next[c] += 1
    }
    self.order = order
    self.starts = starts
  }

  /// The places in `order` of a row's points in a range of columns.
  func range(row: Int, from first: Int, to last: Int) -> Range<Int> {
    let low = max(first, columns.lowerBound)
    let high = min(last, columns.upperBound)
    guard rows.contains(row), low <= high else { return 0..<0 }
    let base = (row - rows.lowerBound) * columns.count - columns.lowerBound
    return starts[base + low]..<starts[base + high + 1]
  }

  /// The rows or columns within reach of a coordinate.
  func span(_ x: Double, reach: Double) -> (first: Int, last: Int) {
    (Int(((x - reach) / width).rounded(.down)), Int(((x + reach) / width).rounded(.down)))
  }
}
