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
  private let resolution: Resolution
  /// E[-log Z] inside the bulk, from below, in nats.
  private let innerExpectation: Double
  /// A lower bound on min over D of R(D) + beta D, in nats; minus infinity before `withDual` is asked for.
  private(set) var lagrangian = -Double.infinity
  /// log c and what else the lower bound lacks of the upper one at the channel's own distortion, in nats.
  var gap: Double { expectation - lagrangian }
  /// The channel's own distortion, in units of sigma^2.
  let ownDistortion: Double
  /// The expectation of -log Z, from above, in nats.
  let expectation: Double
  /// What the channel's own rate is at most, in nats.
  let ownRate: Double
  /// What quadrature and rounding may have lost of the distortion, in units of sigma^2.
  let distortionMargin: Double

  /// beta, nats per unit of distortion.
  var beta: Double { 1 / (2 * sigma * sigma) }

  /// How finely a law is resolved.
  struct Resolution {
    /// The width of panels, in units of sigma.
    var panelWidth: Double
    /// How far an atom's kernel counts, in units of sigma.
    var reach = KernelTable.reach

    /// For laws that a search found: no two neighbouring atoms' weights differ so much that others show through.
    static func found(_ law: ReproductionLaw) -> Resolution {
      // Atoms far apart bring the zeros of Z near the real axis: narrower panels.
      let widest = zip(law.atoms, law.atoms.dropFirst()).map { $1 - $0 }.max() ?? 1
      return Resolution(panelWidth: min(1, 5 / widest))
    }
  }

  /// - Parameter resolution: nil for a law that the search found, whose dual is wanted at once.
  init(
    source: any ScalarSourceDensity, sigma: Double, law: ReproductionLaw, proofRule: GaussLegendreRule,
    checkRule: GaussLegendreRule, resolution: Resolution? = nil
  ) {
    self.source = source
    self.sigma = sigma
    self.law = law
    let own = resolution ?? .found(law)
    self.resolution = own
    let rule = SourceQuadrature(source, sigma: sigma, tails: law.tails, rule: proofRule, panelWidth: own.panelWidth)
    quadrature = rule
    mixture = KernelTable(law, at: rule.nodes, reach: own.reach).mixture(law.weights)
    let statistics = Self.statistics(source, sigma, law, rule, tilt: 1, reach: own.reach)
    let finer = SourceQuadrature(source, sigma: sigma, tails: law.tails, rule: checkRule, panelWidth: own.panelWidth)
    let check = Self.statistics(source, sigma, law, finer, tilt: 1, reach: own.reach)
    let margin = ScalarRateDistortion.margin + 3 * abs(statistics.expectation - check.expectation)
    distortionMargin = ScalarRateDistortion.margin + 3 * abs(statistics.distortion - check.distortion)
    ownDistortion = statistics.distortion
    // A kernel mixture that underflows proves nothing.
    let isNormal = mixture.allSatisfy { $0 >= 1e-290 && $0.isFinite }
    expectation = isNormal ? statistics.expectation + margin : .infinity
    innerExpectation = isNormal ? statistics.expectation - statistics.outside - margin : -.infinity
    ownRate = expectation - (statistics.distortion - 2 * statistics.outside - distortionMargin) / 2
    if resolution == nil { lagrangian = withDual(seesFar: false).lagrangian }
  }

  /// The same with its dual bound.
  ///
  /// - Parameter seesFar: for laws that no search found (`DualSupremum`).
  func withDual(seesFar: Bool) -> ScalarChannel {
    guard innerExpectation > -.infinity else { return self }
    var channel = self
    let dual = Self.dualLoss(source, sigma, law, quadrature, mixture, seesFar: seesFar)
    channel.lagrangian = innerExpectation - dual.loss + dual.outside
    return channel
  }

  /// The largest variance of the atoms given x at any node, in units of sigma^2: how near the real axis Z may have a zero.
  var largestPosteriorVariance: Double {
    let points = law.points
    let logs = points.map { Double.log(law.weights[$0.component] * $0.share) }
    var (low, high, largest) = (0, 0, 0.0)
    for u in quadrature.nodes {
      while high < points.count, points[high].position <= u + resolution.reach { high += 1 }
      while low < points.count, points[low].position < u - resolution.reach { low += 1 }
      // Relative to the likeliest atom, so that nothing underflows.
      var top = -Double.infinity
      for j in low..<max(low, high) {
        top = max(top, logs[j] - (u - points[j].position) * (u - points[j].position) / 2)
      }
      var (z, first, second) = (0.0, 0.0, 0.0)
      for j in low..<max(low, high) {
        let distance = points[j].position - u
        let weight = Double.exp(logs[j] - distance * distance / 2 - top)
        z += weight
        first += weight * distance
        second += weight * distance * distance
      }
      if z > 0 { largest = worst(largest, second / z - (first / z) * (first / z)) }
    }
    return largest
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
    _ mixture: [Double], seesFar: Bool
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
      over: low...high, nodes: quadrature.nodes, mass: quadrature.localMass, weight: weight, seesFar: seesFar)
    let plain = Double.log(supremum.supremum + addition)
    if plain <= ScalarRateDistortion.tolerance { return (plain, outside) }

    // Reduce a by 1 + kappa where g exceeds 1 nearby.
    let window = 11
    let excess = supremum.panelBounds.map { max(0, $0 - 1) }
    // One kappa for a panel of the quadrature, so that a is smooth inside.
    var kappas: [Int: Double] = [:]
    for node in weight.indices {
      let panel = Int(((quadrature.nodes[node] - low) / DualSupremum.spacing).rounded(.down))
      let from = min(max(0, panel - window), excess.count - 1)
      let to = max(min(excess.count - 1, panel + window), from)
      kappas[quadrature.panel[node]] = worst(kappas[quadrature.panel[node]] ?? 0, excess[from...to].max() ?? 0)
    }
    var cost = 0.0
    for node in weight.indices {
      let kappa = kappas[quadrature.panel[node]] ?? 0
      weight[node] /= 1 + kappa
      cost += quadrature.mass[node] * Double.log1p(kappa)
    }
    let reduced = DualSupremum(
      over: low...high, nodes: quadrature.nodes, mass: quadrature.localMass, weight: weight, seesFar: seesFar)
    let loss = cost * (1 + 1e-9) + Double.log(reduced.supremum + addition)
    return (loss <= plain ? loss : plain, outside)
  }

  // MARK: Channel

  /// What the channel of kernels exp(-tilt (u - y)^2/2) does: E[-log Z] from above, the part of it from outside the bulk, the
  /// distortion from above, its derivative by the tilt.
  private static func statistics(
    _ source: any ScalarSourceDensity, _ sigma: Double, _ law: ReproductionLaw, _ quadrature: SourceQuadrature,
    tilt: Double, reach: Double = KernelTable.reach
  ) -> (expectation: Double, outside: Double, distortion: Double, derivative: Double) {
    let points = law.points
    var expectation = 0.0
    var distortion = 0.0
    var derivative = 0.0
    let usesRatio = !law.tails.isEmpty
    let reach = reach / tilt.squareRoot()
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

  /// An achievable rate at a distortion, in nats, and the tilt of the channel that has that distortion: the kernels
  /// exp(-tilt (u - y)^2/2) on the quadrature made for a tilt of 1, which serves as long as the tilt is near 1.
  func achievableRate(at distortion: Double) -> (rate: Double, tilt: Double) {
    let target = distortion / (sigma * sigma)
    var tilt = 1.0
    var best = (rate: Double.infinity, tilt: 1.0)
    for _ in 0..<20 {
      let s = Self.statistics(source, sigma, law, quadrature, tilt: tilt)
      if s.distortion <= target {
        let rate = s.expectation - tilt / 2 * (s.distortion - 2 * s.outside / tilt)
        if rate < best.rate { best = (rate, tilt) }
        if target - s.distortion <= 1e-12 * target { break }
      }
      guard s.derivative < 0 else { break }
      // Aim just below the target.
      tilt = max(0.1 * tilt, tilt + (target * (1 - 5e-13) - s.distortion) / s.derivative)
    }
    return (best.rate + ScalarRateDistortion.margin, best.tilt)
  }

  /// An achievable rate at a distortion up to the channel's own, in nats; infinite beyond.
  ///
  /// The law made wider by N(0, sigma^2 (1 - s)) and the kernel narrower by s, 0 < s <= 1, have the same mixture and the same
  /// posterior weights of the atoms, so that the channel's distortion and rate are those at s = 1 but for
  ///
  ///     D(s) = s (1 - s) sigma^2 + s^2 D(1),      I(s) = E[-log Z] - 1/2 log s - (1 - s + s D(1)/sigma^2)/2.
  ///
  /// As s -> 0 it lies above the Shannon lower bound by the relative entropy of the source and the mixture, and no more.
  func narrowedRate(at distortion: Double) -> Double {
    let target = distortion / (sigma * sigma)
    let own = ownDistortion + distortionMargin
    let root = 1 - 4 * (1 - own) * target
    guard target <= own, root >= 0 else { return .infinity }
    let s = 2 * target / (1 + root.squareRoot()) * (1 - 1e-15)
    let rate = ownRate - Double.log(s) / 2 - (1 - s) * (1 - own) / 2
    return s <= 1 && rate.isFinite ? rate + 2 * distortionMargin : .infinity
  }

  /// A lower bound on R(D), in nats.
  func lowerBound(at distortion: Double) -> Double {
    lagrangian - beta * distortion
  }

  /// The distortion at which R(D) is the channel's own rate minus what is asked for, to the second order.
  func distortion(atRate nats: Double) -> Double {
    ownDistortion * sigma * sigma + (expectation - ownDistortion / 2 - nats) / beta
  }

  // MARK: Evidence

  /// The law, geometric rows written out to beyond the bulk, with beta. Atoms that the search left all but empty keep a weight that
  /// changes nothing, so that no two weights are too far apart to be checked.
  var named: NamedLaw {
    let (positions, weights) = law.writtenOut(
      upTo: source.bulk.lowerBound / sigma - 10...source.bulk.upperBound / sigma + 10)
    let least = (weights.max() ?? 1) * 1e-100
    return NamedLaw(slope: beta, points: positions.map { $0 * sigma }, weights: weights.map { max($0, least) })
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
