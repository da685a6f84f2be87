import GSL
import IntervalArithmetic

/// Entropy and distortion of uniform-threshold quantizers, averaged over the offset of their thresholds: the integrals
/// behind dithered quantization, in nats and standard units. See `DitheredQuantizers`.
struct OffsetAverage<Density: ScalarDensity>: Sendable {
  let density: Density
  let rule = GaussLegendreRule(nodes: 20)

  struct Values {
    /// -(1/s) integral of p log p: I(X; X + U).
    var information = 0.0
    /// (1/s) integral of the cells' distortions: E var(X | X + U).
    var conditional = 0.0
    /// Derivatives by the step.
    var informationByStep = 0.0
    var conditionalByStep = 0.0
  }

  /// Both averages and their derivatives by the step.
  ///
  /// When s grows by ds both ends of the cell around y move out by ds/2, so dp = (f(y - s/2) + f(y + s/2)) ds/2, and
  /// the distortion gains f times the squared distance from the centroid at each end; the factor 1/s gives the rest.
  @specialized(where Density == GaussianDensity)
  @specialized(where Density == LaplaceDensity)
  @specialized(where Density == ExponentialDensity)
  @specialized(where Density == UniformDensity)
  @specialized(where Density == LogisticDensity)
  @inline(never)
  func values(step: Double) -> Values {
    if density is UniformDensity { return Self.uniformValues(step: step) }
    var sum = Values()
    let half = step / 2
    // Where the cell holds the whole density up to negligible tails, p = 1 and D is the variance.
    let (low, high) = body
    let inner = (max(start(half), high - half), half + low)
    if inner.1 > inner.0 { sum.conditional = (inner.1 - inner.0) * density.variance(as: Double.self) }
    for panel in panels(half, without: inner) {
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let (y, w) = panel.place(node, weight)
        // Ends in the far tails stand for infinity: tails have closed forms, panels without end do not.
        let ends = (y - half < low ? -Double.infinity : y - half, y + half > high ? Double.infinity : y + half)
        let cell = density.cell(from: ends.0, to: ends.1, as: Double.self)
        guard cell.probability > 0 else { continue }
        let logarithm = Double.log(cell.probability)
        sum.information -= w * cell.probability * logarithm
        sum.conditional += w * cell.distortion
        for end in [y - half, y + half] where density.support.contains(end) && abs(end) < density.reach {
          let f = density.density(end)
          sum.informationByStep -= w / 2 * f * (logarithm + 1)
          sum.conditionalByStep += w / 2 * f * .squared(cell.centroid(from: end))
        }
      }
    }
    let sides = density.isSymmetric ? 2.0 : 1.0
    sum.information *= sides / step
    sum.conditional *= sides / step
    sum.informationByStep = (sides * sum.informationByStep - sum.information) / step
    sum.conditionalByStep = (sides * sum.conditionalByStep - sum.conditional) / step
    return sum
  }

  /// The uniform density of width 1, whose p rises linearly over a length min(s, 1), stays, and falls:
  ///
  ///     I = s/2 - log s,     E var = s^2/12 - s^3/24      for s <= 1,
  ///     I = 1/(2 s),         E var = 1/12 - 1/(24 s)      for s >= 1.
  private static func uniformValues(step s: Double) -> Values {
    s <= 1
      ? Values(
        information: s / 2 - Double.log(s), conditional: s * s * (2 - s) / 24, informationByStep: 0.5 - 1 / s,
        conditionalByStep: s * (4 - 3 * s) / 24)
      : Values(
        information: 1 / (2 * s), conditional: (2 - 1 / s) / 24, informationByStep: -1 / (2 * s * s),
        conditionalByStep: 1 / (24 * s * s))
  }

  /// What holds all of the density but tails far below the accuracy of the averages.
  private var body: (Double, Double) {
    let end = density.density(12.0) < 1e-30 ? 12.0 : 50.0
    return (max(density.support.lowerBound, -end), min(density.support.upperBound, end))
  }

  /// Where the integrals begin: by symmetry at 0, otherwise where the cell first meets the support.
  private func start(_ half: Double) -> Double { density.isSymmetric ? 0 : density.support.lowerBound - half }

  /// A stretch of y with nodes of its own.
  private struct Panel {
    var start: Double
    var width: Double
    /// Whether p vanishes at the start, so that p log p has a logarithmic singularity there.
    var isSingular: Bool

    /// The place and weight of a Gauss node: linear, or y = start + width v^4 at a singular start, which turns p log p
    /// into a function with seven derivatives.
    func place(_ node: Double, _ weight: Double) -> (Double, Double) {
      let v = (1 + node) / 2
      guard isSingular else { return (start + width * v, width * weight / 2) }
      return (start + width * v * v * v * v, 2 * width * weight * v * v * v)
    }
  }

  /// Panels over all y with a probability that matters but the inner stretch. The corners of p, which are the corners
  /// and ends of f moved by -+ s/2, lie on panels' ends.
  private func panels(_ half: Double, without inner: (Double, Double)) -> [Panel] {
    let start = start(half)
    let end = half + body.1
    var marks = [start, end, half, -half, inner.0, inner.1]
    for kink in density.corners { marks += [kink - half, kink + half] }
    if density.support.lowerBound.isFinite { marks.append(density.support.lowerBound + half) }
    marks = marks.filter { $0 >= start && $0 <= end }.sorted()
    var panels: [Panel] = []
    for (a, b) in zip(marks, marks.dropFirst()) where b > a {
      if a >= inner.0, b <= inner.1 { continue }
      var x = a
      while x < b {
        // Wider away from where p changes fastest.
        let distance = min(abs(x - half), abs(x + half))
        let width = 1 + distance / 4
        let next = b - x < 1.5 * width ? b : x + width
        panels.append(Panel(start: x, width: next - x, isSingular: x == start && !density.isSymmetric))
        x = next
      }
    }
    return panels
  }
}
