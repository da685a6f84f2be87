import GSL
import IntervalArithmetic

/// Entropy and distortion of uniform-threshold quantizers of step s, averaged over the offset of their thresholds: the integrals
/// behind dithered quantization (`DitheredQuantizers`), in nats and standard units. p and D are those of the cell
/// [y - s/2, y + s/2].
public struct OffsetAverages: Sendable {
  /// -(1/s) integral of p log p dy: I(X; X + U).
  public var information = 0.0
  /// (1/s) integral of D dy: E var(X | X + U).
  public var conditional = 0.0
  /// The derivative of `information` by s.
  public var informationByStep = 0.0
  /// The derivative of `conditional` by s.
  public var conditionalByStep = 0.0
}

extension ScalarDensity {
  /// Both averages and their derivatives by the step.
  ///
  /// When s grows by ds both ends of the cell around y move out by ds/2, so dp = (f(y - s/2) + f(y + s/2)) ds/2, and
  /// the distortion gains f times the squared distance from the centroid at each end; the factor 1/s gives the rest.
  ///
  /// Composite Gauss-Legendre rules of 20 nodes on the panels of `OffsetPanels`: relative errors below 1e-12 (tests), for
  /// densities that do not vary on a scale much below 1, such as are meant by a standard form.
  public func offsetAverages(step: Double) -> OffsetAverages {
    var sum = OffsetAverages()
    let half = step / 2
    let panels = OffsetPanels(of: self, half: half)
    // Where the cell holds the whole density up to negligible tails, p = 1 and D is the variance.
    let inner = panels.inner
    if inner.to > inner.from { sum.conditional = (inner.to - inner.from) * variance(as: Double.self) }
    let (low, high) = panels.body
    for panel in panels.list {
      let rule = panels.rule(of: panel)
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let (y, w) = panel.place(node, weight)
        // Ends in the far tails stand for infinity: tails have closed forms, panels without end do not.
        let ends = (y - half < low ? -Double.infinity : y - half, y + half > high ? Double.infinity : y + half)
        let cell = cell(from: ends.0, to: ends.1, as: Double.self)
        guard cell.probability > 0 else { continue }
        let logarithm = Double.log(cell.probability)
        sum.information -= w * cell.probability * logarithm
        sum.conditional += w * cell.distortion
        for end in [y - half, y + half] where support.contains(end) && abs(end) < reach {
          let f = density(end)
          sum.informationByStep -= w / 2 * f * (logarithm + 1)
          sum.conditionalByStep += w / 2 * f * .squared(cell.centroid(from: end))
        }
      }
    }
    let sides = isSymmetric ? 2.0 : 1.0
    sum.information *= sides / step
    sum.conditional *= sides / step
    sum.informationByStep = (sides * sum.informationByStep - sum.information) / step
    sum.conditionalByStep = (sides * sum.conditionalByStep - sum.conditional) / step
    return sum
  }
}

/// The stretches of y on which p, the probability of [y - s/2, y + s/2], is integrated: all y with a probability that matters
/// but the inner stretch, where p is 1; by symmetry from 0 on.
///
/// The corners of p, which are the corners and ends of f moved by -+ s/2, lie on panels' ends.
private struct OffsetPanels {
  private static let rule = GaussLegendreRule(nodes: 20)
  /// For the narrow panels between very many corners.
  private static let (shortRule, shortPanel, manyCorners) = (GaussLegendreRule(nodes: 6), 0.05, 32)

  /// What holds all of the density but tails far below the accuracy of the averages, and 12 scales on either side.
  let body: (low: Double, high: Double)
  let inner: (from: Double, to: Double)
  private(set) var list: [Panel] = []
  private let hasManyCorners: Bool

  /// The rule of a panel.
  func rule(of panel: Panel) -> GaussLegendreRule {
    hasManyCorners && panel.singularity == nil && panel.width < Self.shortPanel ? Self.shortRule : Self.rule
  }

  /// A stretch of y with nodes of its own.
  struct Panel {
    var start: Double
    var width: Double
    /// The end at which p vanishes, so that p log p has a logarithmic singularity there; nil for neither.
    var singularity: Side?

    /// The place and weight of a Gauss node: linear, or y = start + width v^4 at a singular start, which turns p log p
    /// into a function with seven derivatives; at a singular end the mirror image of that.
    func place(_ node: Double, _ weight: Double) -> (Double, Double) {
      let v = (1 + node) / 2
      guard let singularity else { return (start + width * v, width * weight / 2) }
      let distance = width * v * v * v * v
      return (singularity == .left ? start + distance : start + (width - distance), 2 * width * weight * v * v * v)
    }
  }

  init(of density: some ScalarDensity, half: Double) {
    let bulk = density.body(leaving: 2e-22)
    hasManyCorners = density.corners.count > Self.manyCorners
    body = (max(density.support.lowerBound, min(bulk.low, -12)), min(density.support.upperBound, max(bulk.high, 12)))
    let start = density.isSymmetric ? 0 : body.low - half
    let end = half + body.high
    inner = (max(start, body.high - half), half + body.low)
    var marks = [start, end, half, -half, inner.from, inner.to]
    for kink in density.corners { marks += [kink - half, kink + half] }
    if density.support.lowerBound.isFinite { marks.append(density.support.lowerBound + half) }
    marks = marks.filter { $0 >= start && $0 <= end }.sorted()
    for (a, b) in zip(marks, marks.dropFirst()) where b > a {
      if a >= inner.from, b <= inner.to { continue }
      var x = a
      while x < b {
        // Wider away from where p changes fastest.
        let distance = min(abs(x - half), abs(x + half))
        let width = 1 + distance / 4
        let next = b - x < 1.5 * width ? b : x + width
        let singularity: Side? =
          x == start && !density.isSymmetric
          ? .left : next == end && density.support.upperBound < .infinity ? .right : nil
        list.append(Panel(start: x, width: next - x, singularity: singularity))
        x = next
      }
    }
  }
}

extension ScalarDensity {
  /// An interval outside which each side has at most the probability q: the support's ends, or whole even numbers, so that they
  /// and their halves are exact.
  func body(leaving q: Double) -> (low: Double, high: Double) {
    let (low, high) = (end(.left, leaving: q), end(.right, leaving: q))
    return (
      low == support.lowerBound ? low : max(2 * (low / 2).rounded(.down), -reach),
      high == support.upperBound ? high : min(2 * (high / 2).rounded(.up), reach)
    )
  }
}
