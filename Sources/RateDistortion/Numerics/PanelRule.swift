import GSL
import IntervalArithmetic

/// A quadrature rule on [-1, 1] with a proved bound on what it errs by on an analytic function, whatever its nodes and weights.
///
/// Let F be analytic and |F| <= M in the ellipse with foci -1 and 1 whose semi-axes add up to rho > 1. Then F is the sum of
/// a_k T_k with |a_k| <= 2 M rho^-k, T_k Chebyshev's polynomials. With the residuals r_k = (rule on T_k) - (integral of T_k) for
/// k < 2 n, and at most 2 + 2/15 + |r_0| for even k >= 4 beyond, where |T_k| <= 1 and the integral is -2/(k^2 - 1), and none for odd k
/// of a symmetric rule,
///
///     |integral - rule| <= 2 M (sum over k < 2n of |r_k| rho^-k + (32/15 + |r_0|) rho^(-2n)/(1 - rho^-2)).
///
/// The residuals are enclosed: the nodes are taken to be cos t_i for floating-point numbers t_i, so that T_k is cos(k t_i) there.
/// GSL's Gauss-Legendre rules leave residuals below 2e-15, and nothing is assumed of them. A node in use that is off by delta
/// changes a value by at most delta M/r, r the distance of the segment from the ellipse, by Cauchy's estimate for F'.
///
/// - Source: Trefethen, "Approximation Theory and Approximation Practice", Theorems 8.1 and 19.3.
package struct PanelRule: Sendable {
  /// The nodes, each within `nodeError` of cos t_i.
  package let nodes: [Double]
  /// The weights.
  package let weights: [Double]
  private let residuals: [Double]
  private let nodeError: Double

  /// GSL's Gauss-Legendre rule of n >= 2 nodes.
  package init(nodes count: Int) {
    let rule = GaussLegendreRule(nodes: count)
    self.init(nodes: rule.nodes, weights: rule.weights)
  }

  /// A rule symmetric about 0; its error is infinite if a node or weight is no number.
  package init(nodes: [Double], weights: [Double]) {
    self.nodes = nodes
    self.weights = weights
    let angles = nodes.map(Self.angle)
    var nodeError = 0.0
    for (node, angle) in zip(nodes, angles) {
      nodeError = worst(nodeError, (Interval.cos(Interval(angle)) - Interval(node)).magnitude)
    }
    self.nodeError = nodeError
    residuals = (0..<2 * nodes.count).map { k in
      // The integral of T_k: 2/(1 - k^2) for even k, 0 for odd.
      var sum: Interval = k % 2 == 1 ? 0 : Interval(2) / Interval(k * k - 1)
      for (weight, angle) in zip(weights, angles) { sum = sum + Interval(weight) * .cos(Interval(k) * Interval(angle)) }
      return worst(0, sum.magnitude)
    }
  }

  /// A number whose cosine is x, about: Newton's method from the quarter circle.
  private static func angle(_ x: Double) -> Double {
    var angle = Double.pi / 2 * (1 - x)
    for _ in 0..<30 where Double.sin(angle) > 0 { angle += (Double.cos(angle) - x) / Double.sin(angle) }
    return angle
  }

  /// What the rule errs by on a function bounded by 1 in an ellipse.
  ///
  /// - Parameters:
  ///   - imaginary: the ellipse's semi-axis across the real line.
  ///   - displacement: how far places in use may be from this rule's nodes: the rounding of a panel's map.
  ///   - onSegment: a bound of the function on the segment itself, where |a_k| <= 2 times that as well, for a mean is no more
  ///     than what it is taken of.
  /// - Returns: an upper bound, in floating point with a factor for its own rounding.
  package func error(imaginary: Double, displacement: Double, onSegment: Double = 1) -> Double {
    // On [-1, 1] the ellipse is nearest at the ends; real - 1 without cancellation. The weights sum to 2 + r_0 at most.
    let real = (1 + imaginary * imaginary).squareRoot()
    let distance = imaginary * imaginary / (real + 1)
    let moved = (1 + (residuals.first ?? 0)) * (nodeError + displacement) / distance
    return truncation(imaginary: imaginary, onSegment: onSegment) + 2 * moved * (1 + 0x1p-30)
  }

  /// The same for values at the very places cos t_i: what `enclosedNodes` gives.
  package func truncation(imaginary: Double, onSegment: Double = 1) -> Double {
    let real = (1 + imaginary * imaginary).squareRoot()
    let inverse = 1 / (real + imaginary)
    var power = 1.0
    var sum = 0.0
    for residual in residuals {
      sum += min(power, onSegment) * residual
      power *= inverse
    }
    let truncation = (32.0 / 15 + (residuals.first ?? 0)) * power / (1 - inverse * inverse)
    return 2 * (sum + truncation) * (1 + 0x1p-30)
  }

  /// Nodes that hold the places cos t_i; in floating point the nodes.
  func enclosedNodes<Number: RealNumber>(as: Number.Type = Number.self) -> [Number] {
    nodes.map { Number($0) + .uncertainty(nodeError) }
  }
}
