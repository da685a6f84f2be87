import IntervalArithmetic

/// Q(x), the probability that a standard normal variable exceeds x, enclosed.
///
/// Q is enclosed once at multiples of 1/32 up to 10 (`GaussianDensity`, proved there); next to a node a,
///
///     Q(a + u) = Q(a) - f(a) (u + g_1 u^2/2 + g_2 u^3/3 + ...),      f(a + u) = f(a) (1 + g_1 u + g_2 u^2 + ...),
///
/// |u| <= 1/64, and Cauchy's estimate |f(a + z)/f(a)| <= exp(a rho + rho^2/2) on |z| <= rho bounds the terms left out: with
/// rho = 4/(1 + a) their sum from u^14 on is below 1e-17. Q(-x) = 1 - Q(x); beyond 10, Q lies in [0, Q(10)].
///
/// - Accuracy: a relative 1e-14 for 0 <= x <= 10.
package enum NormalTailEnclosure {
  private static let nodesPerUnit = 32.0
  private static let reach = 10.0
  private static let terms = 14

  private struct Node: Sendable {
    let tail: Interval
    let density: Interval
    /// g_k/(k + 1).
    let coefficients: [Interval]
    let remainder: Interval
  }

  private static let nodes: [Node] = (0...Int(reach * nodesPerUnit)).map { index in
    let a = Double(index) / nodesPerUnit
    let density = GaussianDensity()
    var g = [Interval](repeating: 1, count: terms)
    g.withUnsafeMutableBufferPointer { density.series(at: a, plus: 0, into: $0) }
    let ratio = 1 / (2 * nodesPerUnit) / density.radius(at: a)
    var remainder = density.growth(at: a) / (1 - ratio)
    for _ in 0..<terms { remainder *= ratio }
    return Node(
      tail: density.probability(from: a, to: .infinity, as: Interval.self), density: density.density(Interval(a)),
      coefficients: g.enumerated().map { $1 / Interval($0 + 1) }, remainder: .uncertainty(remainder * (1 + 0x1p-40)))
  }

  /// Q at a number.
  package static func tail(at x: Double) -> Interval {
    if x < 0 { return 1 - tail(at: -x) }
    guard x < reach else { return .hull(0, nodes[nodes.count - 1].tail.upper) }
    let index = Int((x * nodesPerUnit).rounded())
    let node = nodes[index]
    let u = Interval(x) - Interval(Double(index) / nodesPerUnit)
    var sum: Interval = 0
    for coefficient in node.coefficients.reversed() { sum = .fma(sum, u, coefficient) }
    let value = node.tail - node.density * (u * (sum + node.remainder))
    return .hull(max(0, value.lower), value.upper)
  }

  /// Q over an interval: it falls.
  package static func tail(_ x: Interval) -> Interval {
    x.isPoint ? tail(at: x.lower) : .hull(tail(at: x.upper).lower, tail(at: x.lower).upper)
  }
}

/// What lies above and below a place, enclosed, each without cancellation where it is small.
package struct EnclosedTails {
  /// Q(x).
  let above: Interval
  /// Q(-x).
  let below: Interval
  private let isRight: Bool

  package init(_ x: Interval) {
    isRight = x.midpoint >= 0
    let tail = NormalTailEnclosure.tail(isRight ? x : -x)
    above = isRight ? tail : 1 - tail
    below = isRight ? 1 - tail : tail
  }

  private init(above: Interval, below: Interval, isRight: Bool) {
    self.above = above
    self.below = below
    self.isRight = isRight
  }

  static let minusInfinity = EnclosedTails(above: 1, below: 0, isRight: false)
  static let infinity = EnclosedTails(above: 0, below: 1, isRight: true)

  /// The probability between two places.
  package static func between(_ a: EnclosedTails, _ b: EnclosedTails) -> Interval {
    let p = a.isRight ? a.above - b.above : b.isRight ? 1 - a.below - b.above : b.below - a.below
    return .hull(max(0, p.lower), min(1, max(0, p.upper)))
  }
}
