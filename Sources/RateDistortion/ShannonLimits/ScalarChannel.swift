import GSL
import IntervalArithmetic

/// A test channel and a dual multiplier: what one reproduction law proves about R(D), at the slope it was found for.
struct ScalarChannel: Sendable {
  let source: any ScalarSourceDensity
  /// The kernel's width, 1/sqrt(2 beta).
  let sigma: Double
  /// The law, of weight 1, in units of sigma.
  let law: ReproductionLaw
  private let quadrature: SourceQuadrature
  private let mixture: [Double]
  /// A lower bound on min over D of R(D) + beta D, in nats.
  let lagrangian: Double
  /// log c and what else the lower bound lacks of the upper one at the channel's own distortion, in nats.
  let gap: Double
  /// The channel's own distortion, in units of sigma^2.
  let ownDistortion: Double
  /// The expectation of -log Z, from above, in nats.
  let expectation: Double

  /// beta, nats per unit of distortion.
  var beta: Double { 1 / (2 * sigma * sigma) }

  init(
    source: any ScalarSourceDensity, sigma: Double, law: ReproductionLaw, proofRule: GaussLegendreRule,
    checkRule: GaussLegendreRule
  ) {
    self.source = source
    self.sigma = sigma
    self.law = law
    // Atoms far apart bring the zeros of Z near the real axis: narrower panels.
    let widest = zip(law.atoms, law.atoms.dropFirst()).map { $1 - $0 }.max() ?? 1
    let panelWidth = min(1, 5 / widest)
    let rule = SourceQuadrature(
      source, sigma: sigma, tails: law.tails, rule: proofRule, panelWidth: panelWidth)
    quadrature = rule
    mixture = KernelTable(law, at: rule.nodes).mixture(law.weights)
    let statistics = Self.statistics(source, sigma, law, rule, tilt: 1)
    let finer = SourceQuadrature(source, sigma: sigma, tails: law.tails, rule: checkRule, panelWidth: panelWidth)
    let check = Self.statistics(source, sigma, law, finer, tilt: 1)
    let margin = ScalarRateDistortion.margin + 3 * abs(statistics.expectation - check.expectation)
    ownDistortion = statistics.distortion
    expectation = statistics.expectation + margin
    let dual = Self.dualLoss(source, sigma, law, rule, mixture)
    lagrangian = statistics.expectation - statistics.outside - margin - dual.loss + dual.outside
    gap = expectation - lagrangian
  }

  // MARK: Dual

  /// g(y) = E[K(X - y)/Z(X)] for y in units of sigma.
  func dual(_ y: Double) -> Double {
    let nodes = quadrature.nodes
    var low = 0
    var high = nodes.count
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle] < y - KernelTable.reach { low = middle + 1 } else { high = middle }
    }
    var sum = 0.0
    while low < nodes.count, nodes[low] <= y + KernelTable.reach {
      let v = nodes[low] - y
      sum += quadrature.localMass[low] / mixture[low] * Double.exp(-v * v / 2)
      low += 1
    }
    return sum
  }

  /// What is to be subtracted from E[-log Z] inside the bulk, and what the outside contributes.
  ///
  /// Outside the bulk a(x) is chosen as delta/f(x), with f <= 1 there: it adds at most delta sqrt(2 pi) to g, and at least
  /// P log delta to E[log a].
  private static func dualLoss(
    _ source: any ScalarSourceDensity, _ sigma: Double, _ law: ReproductionLaw, _ quadrature: SourceQuadrature,
    _ mixture: [Double]
  ) -> (loss: Double, outside: Double) {
    let reach = GeometricTail.quadratureReach - KernelTable.reach - 0.5
    let low = law.tails[.left].map { $0.first - reach } ?? source.bulk.lowerBound / sigma
    let high = law.tails[.right].map { $0.first + reach } ?? source.bulk.upperBound / sigma
    let delta = 1e-12
    var outside = 0.0
    var addition = 1e-13
    for side in Side.allCases where law.tails[side] == nil {
      let probability = source.tail(side, about: 0).probability
      guard probability > 0 else { continue }
      outside += probability * Double.log(delta)
      addition += delta * 2.51
    }
    var weight = mixture.map { 1 / $0 }
    let supremum = DualSupremum(
      over: low...high, nodes: quadrature.nodes, mass: quadrature.localMass, weight: weight)
    let plain = Double.log(supremum.supremum + addition)
    if plain <= ScalarRateDistortion.tolerance { return (plain, outside) }

    // Reduce a by 1 + kappa where g exceeds 1 nearby.
    let window = 11
    let excess = supremum.panelBounds.map { max(0, $0 - 1) }
    var cost = 0.0
    for node in weight.indices {
      let panel = Int(((quadrature.nodes[node] - low) / DualSupremum.spacing).rounded(.down))
      let from = min(max(0, panel - window), excess.count - 1)
      let to = max(min(excess.count - 1, panel + window), from)
      let kappa = excess[from...to].max() ?? 0
      weight[node] /= 1 + kappa
      cost += quadrature.mass[node] * Double.log1p(kappa)
    }
    let reduced = DualSupremum(
      over: low...high, nodes: quadrature.nodes, mass: quadrature.localMass, weight: weight)
    let loss = cost * (1 + 1e-9) + Double.log(reduced.supremum + addition)
    return (min(plain, loss), outside)
  }

  // MARK: Channel

  /// What the channel of kernels exp(-tilt (u - y)^2/2) does: E[-log Z] from above, the part of it from outside the bulk, the
  /// distortion from above, its derivative by the tilt.
  private static func statistics(
    _ source: any ScalarSourceDensity, _ sigma: Double, _ law: ReproductionLaw, _ quadrature: SourceQuadrature,
    tilt: Double
  ) -> (expectation: Double, outside: Double, distortion: Double, derivative: Double) {
    let points = law.points
    var expectation = 0.0
    var distortion = 0.0
    var derivative = 0.0
    let usesRatio = !law.tails.isEmpty
    let reach = KernelTable.reach / tilt.squareRoot()
    var low = 0
    var high = 0
    for node in quadrature.nodes.indices {
      let u = quadrature.nodes[node]
      while high < points.count, points[high].position <= u + reach { high += 1 }
      while low < points.count, points[low].position < u - reach { low += 1 }
      let from = min(low, max(0, high - 1))
      let to = max(high, min(points.count, low + 1))
      var z = 0.0
      var first = 0.0
      var second = 0.0
      for point in points[from..<to] {
        let square = (u - point.position) * (u - point.position)
        let weight = law.weights[point.component] * point.share * Double.exp(-tilt * square / 2)
        z += weight
        first += weight * square
        second += weight * square * square
      }
      let mass = quadrature.mass[node]
      expectation -= mass * (Double.log(z) - (usesRatio ? quadrature.logDensity[node] : 0))
      distortion += mass * first / z
      derivative -= mass / 2 * (second / z - first / z * (first / z))
    }
    // With geometric rows -log Z itself has no period: E[-log Z] = h(U) + E[log(f/Z)].
    if usesRatio { expectation += source.differentialEntropy.midpoint - Double.log(sigma) }
    // Outside the bulk Z is at least the outermost atom's kernel.
    var outside = 0.0
    for side in Side.allCases where law.tails[side] == nil {
      guard let atom = side == .left ? law.atoms.first : law.atoms.last,
        let weight = side == .left ? law.weights.first : law.weights.last
      else { continue }
      let tail = source.tail(side, about: atom * sigma)
      outside += tail.secondMoment / (2 * sigma * sigma) * tilt - tail.probability * Double.log(weight)
    }
    return (expectation + outside, outside, distortion + 2 * outside / tilt, derivative)
  }

  /// An achievable rate at a distortion, in nats: the channel tilted until it has that distortion.
  func achievableRate(at distortion: Double) -> Double {
    let target = distortion / (sigma * sigma)
    var tilt = 1.0
    var best = Double.infinity
    for _ in 0..<20 {
      let s = Self.statistics(source, sigma, law, quadrature, tilt: tilt)
      if s.distortion <= target {
        best = min(best, s.expectation - tilt / 2 * (s.distortion - 2 * s.outside / tilt))
        if target - s.distortion <= 1e-12 * target { break }
      }
      guard s.derivative < 0 else { break }
      // Aim just below the target.
      tilt = max(0.1 * tilt, tilt + (target * (1 - 5e-13) - s.distortion) / s.derivative)
    }
    return best + ScalarRateDistortion.margin
  }

  /// A lower bound on R(D), in nats.
  func lowerBound(at distortion: Double) -> Double {
    lagrangian - beta * distortion
  }

  /// The distortion at which R(D) is the channel's own rate minus what is asked for, to the second order.
  func distortion(atRate nats: Double) -> Double {
    ownDistortion * sigma * sigma + (expectation - ownDistortion / 2 - nats) / beta
  }

  // MARK: Certificate

  /// The law, geometric rows written out to beyond the bulk, with beta.
  var certificate: Certificate {
    let (positions, weights) = law.writtenOut(
      upTo: source.bulk.lowerBound / sigma - 10...source.bulk.upperBound / sigma + 10)
    return .reproductionLaw(slope: beta, points: positions.map { $0 * sigma }, weights: weights)
  }

  // MARK: Warm start

  /// The law in units of a nearby width. Geometric rows keep their spacing in units of the width, as f/Z does its period.
  func law(inUnitsOf other: Double) -> ReproductionLaw? {
    let scale = sigma / other
    guard scale > 0.9 && scale < 1.1 else { return nil }
    var result = law
    if law.tails.isEmpty { result.atoms = law.atoms.map { $0 * scale } }
    for (side, tail) in law.tails {
      result.tails[side] = GeometricTail(first: tail.first, spacing: tail.spacing, decay: tail.decay / scale)
    }
    return result
  }
}
