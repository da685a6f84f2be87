import GSL
import IntervalArithmetic

/// The source as a quadrature in units of the kernel's width sigma = 1/sqrt(2 beta), u = x/sigma: composite Gauss-Legendre
/// rules on panels between the corners.
///
/// The integrands are f(x)/Z(x) and its logarithm times polynomials and Gaussians, Z the kernel mixture. They are analytic
/// between corners in the strip where Z has no zero. With w_j the posterior weights of the atoms at x and V(x) their
/// variance,
///
///     |Z(x + i y)| >= Z(x) exp(y^2/2 sigma^2) (1 - y^2 V(x) / (2 sigma^4)),
///
/// because the mean of cos(y (y_j - m)/sigma^2) is at least 1 - y^2 V/(2 sigma^4). An atom spacing of h sigma has V at most
/// (h/2)^2 sigma^2, so the strip is at least 2 sqrt(2) sigma/h wide on either side, and n nodes on a panel of width p sigma
/// err by about rho^(-2 n) with rho - 1/rho = 8 sqrt(2)/(h p): 1e-15 for h = 5, p = 1 and n = 16.
///
/// Where the tail of f is exactly exponential and the reproduction law's tail is geometric with spacing h, all ratios that
/// are averaged (f/Z, the conditional distortion) have period h, so the last period stands for all that follow: its weights
/// are multiplied by 1/(1 - exp(-h)).
struct SourceQuadrature {
  /// Nodes u, increasing.
  private(set) var nodes: [Double] = []
  /// Panel weights times f: the probability that a node stands for within its panel.
  private(set) var localMass: [Double] = []
  /// The same with the periods that follow: what expectations use.
  private(set) var mass: [Double] = []
  /// log of the density of u, sigma f(sigma u).
  private(set) var logDensity: [Double] = []
  /// Which panel a node is in.
  private(set) var panel: [Int] = []
  private var panelCount = 0

  /// The rule for a source at a slope.
  ///
  /// - Parameters:
  ///   - tails: where the geometric tails of the reproduction law start, if it has any.
  ///   - order: nodes a panel; `panelWidth`: in units of sigma.
  init(
    _ source: any ScalarSourceDensity, sigma: Double, tails: [Side: GeometricTail], rule: GaussLegendreRule,
    panelWidth: Double
  ) {
    var cuts = [source.bulk.lowerBound / sigma, source.bulk.upperBound / sigma]
    var periods: [(from: Double, to: Double, factor: Double)] = []
    if let tail = tails[.right] {
      let end = tail.first + GeometricTail.quadratureReach
      cuts[1] = end - tail.spacing
      periods.append((cuts[1], end, 1 / -Double.expm1(-tail.spacing * tail.decay)))
    }
    if let tail = tails[.left] {
      let end = tail.first - GeometricTail.quadratureReach
      cuts[0] = end + tail.spacing
      periods.append((end, cuts[0], 1 / -Double.expm1(-tail.spacing * tail.decay)))
    }
    cuts += source.corners.map { $0 / sigma }.filter { $0 > cuts[0] && $0 < cuts[1] }
    cuts.sort()
    if let left = periods.first(where: { $0.to == cuts.first }) {
      append(from: left.from, to: left.to, factor: left.factor, source, sigma, rule, panelWidth)
    }
    for (a, b) in zip(cuts, cuts.dropFirst()) { append(from: a, to: b, factor: 1, source, sigma, rule, panelWidth) }
    if let right = periods.first(where: { $0.from == cuts.last }) {
      append(from: right.from, to: right.to, factor: right.factor, source, sigma, rule, panelWidth)
    }
  }

  private mutating func append(
    from a: Double, to b: Double, factor: Double, _ source: any ScalarSourceDensity, _ sigma: Double,
    _ rule: GaussLegendreRule, _ panelWidth: Double
  ) {
    let panels = max(1, Int(((b - a) / panelWidth).rounded(.up)))
    let half = (b - a) / Double(2 * panels)
    for index in 0..<panels {
      let middle = a + half * Double(2 * index + 1)
      panelCount += 1
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let u = middle + half * node
        let density = sigma * source.density(sigma * u)
        guard density > 0 else { continue }
        nodes.append(u)
        localMass.append(weight * half * density)
        mass.append(weight * half * density * factor)
        logDensity.append(Double.log(density))
        panel.append(panelCount)
      }
    }
  }
}
