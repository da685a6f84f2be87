import IntervalArithmetic

/// The standard Gaussian's `ecsq` hull, interpolated: a microsecond a point instead of half a millisecond, for judging files of
/// points. Bounds are those of `EntropyConstrainedConverse`, proved as ever.
///
/// With x = -1/2 log2 D, what long blocks need, and y = R - x, what one-shot codes need more, y is tabulated with its slope at
/// steps of 1/128 up to 4 bits and of 1/16 up to 8, and Hermite's cubics stand between; beyond, y is 0.2546 bits.
///
/// - Accuracy: 1e-5 bits (tests). A point that this finds below the hull has still to be proved impossible by `bound`.
struct TabulatedGaussianHull: Limit {
  private let exact = EntropyConstrainedConverse(GaussianDensity())

  var name: CurveName { exact.name }
  var kind: BoundKind { exact.kind }
  var summary: String { exact.summary }
  var isCostly: Bool { exact.isCostly }
  var largestDistortion: Double { 1 }

  private struct Node: Sendable {
    var x: Double
    var y: Double
    var slope: Double
  }

  private static let nodes: [Node] = {
    let hull = EntropyConstrainedCurve(GaussianDensity())
    var nodes = [Node(x: 0, y: 0, slope: 0)]
    for index in 1...(4 * 128 + 4 * 16) {
      let x = index <= 512 ? Double(index) / 128 : 4 + Double(index - 512) / 16
      let distortion = Double.exp(-2 * x * natsPerBit)
      guard let point = try? hull.point(atDistortion: distortion), let slope = point.slope else { continue }
      // dR/dx = -dR/dD 2 D ln 2.
      nodes.append(Node(x: x, y: point.rate - x, slope: slope * 2 * distortion * natsPerBit - 1))
    }
    return nodes
  }()

  /// y and dy/dx.
  private static func excess(at x: Double) -> (y: Double, slope: Double) {
    let nodes = nodes
    let index = nodes.partitioningIndex { $0.x > x }
    guard index < nodes.count else { return (nodes[nodes.count - 1].y, 0) }
    let (a, b) = (nodes[index - 1], nodes[index])
    let h = b.x - a.x
    let t = (x - a.x) / h
    let rise = (b.y - a.y) / h
    let bend = (a.slope - rise, b.slope - rise)
    let y = a.y + (x - a.x) * (rise + (1 - t) * ((1 - t) * bend.0 - t * bend.1))
    let slope = rise + (1 - t) * (1 - 3 * t) * bend.0 - t * (2 - 3 * t) * bend.1
    return (y, slope)
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let x = -Double.log(distortion) / (2 * natsPerBit)
    let (y, slope) = Self.excess(at: x)
    return OperatingPoint(
      distortion: distortion, rate: x + y, slope: (1 + slope) / (2 * natsPerBit * distortion))
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    // y lies between 0 and 0.2547, and x + y rises.
    var (low, high) = (max(0, rate - 0.2547), rate)
    while true {
      let x = low + (high - low) / 2
      guard low < x, x < high else { break }
      if x + Self.excess(at: x).y < rate { low = x } else { high = x }
    }
    let (_, slope) = Self.excess(at: high)
    let distortion = Double.exp(-2 * high * natsPerBit)
    return OperatingPoint(distortion: distortion, rate: rate, slope: (1 + slope) / (2 * natsPerBit * distortion))
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound { try exact.enclosure(at: distortion) }

  var evidence: [any Evidence.Type] { exact.evidence }

  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    try exact.proof(by: evidence, at: distortion)
  }
}
