import IntervalArithmetic

/// An interval [-b, b] of sources, seen through noise N(0, 1): what of it is left at z = 0, 1/32, 2/32, ..., and the integrals up
/// to there, each rounded to the side that a bound from above on rewards needs.
///
/// With u(z) = P(|z + W| <= b), W ~ N(0, 1), and V(z) the variance of z + W in the interval,
///
///     u' = phi(z + b) - phi(z - b),      u V = u + u'' - u'^2/u,
///
///     K(z) = int_0^z u,      P(z) = int_0^z u'^2/u,      Q(z) = int_0^z u V = K + u' - P.
///
/// Integrals go panel by panel (`SeenEdges`); u falls with z > 0, so its values at both ends are its range.
///
/// - Accuracy: K and P a relative 1e-6, of narrow intervals 1e-8.
package struct SeenInterval {
  /// Between nodes.
  static let spacing = 1.0 / 32

  /// b.
  let halfWidth: Double
  /// K from above.
  private(set) var mass: [Double] = [0]
  /// Q from below.
  private(set) var scatter: [Double] = [0]
  /// u from above.
  private(set) var level: [Double]
  /// u' from above.
  private(set) var slope: [Double] = [0]
  /// -u'/u, the distance of z from the mean seen there, from above.
  private(set) var distance: [Double] = [0]

  /// The number of the last node.
  var last: Int { level.count - 1 }

  /// The place of a node.
  static func place(_ index: Int) -> Double { Double(index) * spacing }

  /// How much longer than b the next interval that is compared with this one is, at most.
  static func longestStep(from b: Double) -> Double { min(b / 4, 1) }

  /// From z = 0 to at least b + `reach` and `longestStep` more.
  init(halfWidth b: Double, reach: Double) {
    halfWidth = b
    let edges = SeenEdges([(-Interval(b), Interval(b))])
    var left = edges.level(at: 0)
    level = [left.upper]
    var (mass, curvature): (Interval, Interval) = (0, 0)
    // What narrow intervals earn is b^2 times what their terms are.
    let parts = b < 0.01 ? 4 : b < 0.05 ? 2 : 1
    for index in 0..<Int(((b + Self.longestStep(from: b) + reach) / Self.spacing).rounded(.up)) {
      let end = Interval(Self.place(index + 1))
      for part in 1...parts {
        let start = Interval(Self.place(index) + Self.spacing * Double(part - 1) / Double(parts))
        let end = Interval(Self.place(index) + Self.spacing * Double(part) / Double(parts))
        let right = edges.level(at: end)
        let panel = edges.integrals(from: start, to: end, levels: left.hull(with: right))
        mass = mass + panel.mass
        curvature = curvature + panel.curvature
        left = right
      }
      let slope = edges.slope(at: end)
      self.mass.append(mass.upper)
      scatter.append((mass + slope - curvature).lower)
      level.append(left.upper)
      self.slope.append(slope.upper)
      distance.append((-slope / left).upper)
    }
  }

  /// The integral of phi^2/Phi over the line, from above: what an edge of a half-line earns at price 1.
  ///
  /// Beyond 9 on the side of the half-line phi^2/Phi < 2 phi^2; on the other side it is below phi (|s| + 1/|s|), by
  /// Phi(s) > phi(s) |s|/(1 + s^2), whose integral from 9 on is below 2 phi(9) < 3e-18.
  package static let edgeReward: Double = {
    let edge = SeenEdges([(nil, 0)])
    var sum = Interval(1e-17)
    for index in -288..<288 {
      let (start, end) = (Interval(place(index)), Interval(place(index + 1)))
      sum =
        sum
        + edge.integrals(from: start, to: end, levels: edge.level(at: start).hull(with: edge.level(at: end))).curvature
    }
    return sum.upper
  }()
}
