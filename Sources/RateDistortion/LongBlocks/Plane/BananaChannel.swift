import GSL
import IntervalArithmetic

/// What one reproduction law proves about R(D) of the banana at one slope: an achievable rate and a lower bound.
///
/// As for scalars (`ScalarRateDistortion`): with Z(x) = sum of w exp(-beta |x - y|^2), the law's channel achieves
/// E[-log Z] - beta D at its distortion D, and Csiszar's dual with a(x) = 1/((1 + kappa(x)) Z(x)) proves
/// E[log a] - log c - beta D, c the supremum over all y of E[a(X) exp(-beta |X - y|^2)]. kappa(x) is the largest excess over 1
/// of that expectation for a = 1/Z on the cells within 7 kernel widths of x, so that c is at most 1 + 1e-6.
///
/// Outside the quadrature (`BananaQuadrature.reach`: a probability of 7e-9) Z is at least one atom's kernel, and a is
/// delta/f, which adds 2 pi delta to c.
///
/// *Any law.* The law is somebody's claim: kernels count as far as the ratio of its weights makes them, a posterior so wide
/// that Z may have zeros near the real points proves nothing, and a channel at another slope has its own rules and errors.
///
/// *The margin.* Quadrature and rounding are covered by 1e-7 nats and three times the difference of two rules, not proved.
struct BananaChannel: Sendable {
  /// The kernel's width, 1/sqrt(2 beta).
  let sigma: Double
  /// The law, of weight 1.
  let law: PlaneLaw
  private let quadrature: BananaQuadrature
  /// E[-log Z] from above, in nats.
  let expectation: Double
  /// A lower bound on min over D of R(D) + beta D, in nats.
  let lagrangian: Double
  /// The channel's distortion from above, in units of sigma^2.
  let ownDistortion: Double
  private let statistics: LawStatistics

  /// What two rules find of a law's channel: E[-log Z] and the distortion in the quadrature, what they may be off by, and what is
  /// outside.
  private struct LawStatistics {
    var expectation: Double
    var distortion: Double
    var margin: Double
    var distortionMargin: Double
    var outside: Double
    var mixture: [Double]
    var quadrature: BananaQuadrature

    /// The channel's distortion from above, in units of sigma^2.
    var ownDistortion: Double { distortion + 2 * outside + distortionMargin }
    /// What the channel's rate is at most, in nats.
    var ownRate: Double { expectation + outside + margin - (distortion - distortionMargin) / 2 }

    init(_ law: PlaneLaw, sigma: Double) {
      let rules = [rule, checkRule].map { BananaQuadrature(sigma: sigma, rule: $0, panelWidth: panelWidth) }
      let found = rules.map { BananaChannel.statistics(law, $0, tilt: 1) }
      (quadrature, mixture) = (rules[0], found[0].mixture)
      (expectation, distortion) = (found[0].expectation, found[0].distortion)
      outside = BananaChannel.outside(law, sigma)
      margin = 1e-7 + 3 * abs(found[0].expectation - found[1].expectation)
      distortionMargin = 1e-9 + 3 * abs(found[0].distortion - found[1].distortion)
      let isResolved = found.allSatisfy { $0.posteriorVariance <= widestPosterior }
      if !isResolved || !mixture.allSatisfy({ $0 >= 1e-290 && $0.isFinite }) { margin = .infinity }
    }
  }

  /// beta, nats per unit of distortion.
  var beta: Double { 1 / (2 * sigma * sigma) }
  /// The distance of both sides at the channel's own distortion, in nats.
  var gap: Double { expectation - lagrangian }

  private static let rule = GaussLegendreRule(nodes: 7)
  private static let checkRule = GaussLegendreRule(nodes: 9)
  private static let panelWidth = 1.4
  /// In squared kernel widths: of the searched laws it is at most 4.
  private static let widestPosterior = 9.0

  init(sigma: Double, law: PlaneLaw) {
    self.sigma = sigma
    self.law = law
    statistics = LawStatistics(law, sigma: sigma)
    quadrature = statistics.quadrature
    expectation = statistics.expectation + statistics.outside + statistics.margin
    ownDistortion = statistics.ownDistortion
    let bins = PlaneBins(u: quadrature.u, v: quadrature.v, width: PlaneSupremum.width)
    let weight = zip(quadrature.mass, statistics.mixture).map { $0 / $1 }
    let dual = Self.dualLoss(quadrature, bins, PlaneSupremum(quadrature, bins: bins, weight: weight))
    lagrangian = statistics.expectation - statistics.margin - dual
  }

  /// An upper bound on the expectation of -log Z outside the quadrature, in nats.
  private static func outside(_ law: PlaneLaw, _ sigma: Double) -> Double {
    let (z0, z1) = (BananaQuadrature.reach.0 * 3, BananaQuadrature.reach.1 * 0.5)
    func cost(_ j: Int, _ square: Double, _ probability: Double) -> Double {
      square / (2 * sigma * sigma) - probability * Double.log(law.weights[j] / 2)
    }
    guard let outer = law.u.indices.max(by: { law.u[$0] < law.u[$1] }),
      let heavy = law.weights.indices.max(by: { law.weights[$0] < law.weights[$1] })
    else { return .infinity }
    // |z0| beyond: by panels of the Gaussian tail up to 12 deviations, beyond which there is 1e-32.
    var total = 0.0
    let (y0, y1) = (law.u[outer] * sigma, law.v[outer] * sigma)
    for k in 0..<40 {
      let a = z0 + (36 - z0) * Double(k) / 40
      let half = (36 - z0) / 80
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let z = a + half * (1 + node)
        let m = 2 * weight * half * Double.exp(-z * z / 18) / (18 * Double.pi).squareRoot()
        let height = z * z / 10 + y1
        total += cost(outer, m * ((z - y0) * (z - y0) + height * height + 0.25), m)
      }
    }
    // |z1| beyond, with any z0: the mean squares are those of the Gaussian and its tail.
    let p = 2 * Double.exp(-2 * z1 * z1) / (Double.pi * 8).squareRoot() / z1
    let (h0, h1) = (law.u[heavy] * sigma, law.v[heavy] * sigma)
    let square = 9 + h0 * h0 + 2 * (z1 * z1 + 0.5) + 2 * (2.43 + (0.9 + h1) * (0.9 + h1))
    return total + cost(heavy, p * square, p)
  }

  /// What the supremum costs, in nats.
  static func dualLoss(_ quadrature: BananaQuadrature, _ bins: PlaneBins, _ supremum: PlaneSupremum) -> Double {
    let delta = 1e-7
    let outside = 1.5e-8 * -Double.log(delta)
    // Beyond this, cells that were passed over might count.
    guard supremum.supremum < 500 else { return .infinity }
    let plain = Double.log(supremum.supremum + 6.3 * delta) + outside
    // The largest excess within 14 cells of every cell, by rows and then by columns.
    let window = 14
    let columns = (0)...(bins.columns.upperBound + window)
    let rows = (bins.rows.lowerBound - window)...(bins.rows.upperBound + window)
    let n = columns.count
    var excess = [Double](repeating: 0, count: n * rows.count)
    for cell in supremum.cells where cell.bound > 1 && columns.contains(cell.column) && rows.contains(cell.row) {
      excess[(cell.row - rows.lowerBound) * n + cell.column] = cell.bound - 1
    }
    var wide = excess
    for row in 0..<rows.count {
      for column in 0..<n {
        // Column -1 - k mirrors column k, so that near the axis the window folds back.
        let first = max(0, column - window)
        let last = min(n - 1, max(column + window, window - column - 1))
        wide[row * n + column] = excess[(row * n + first)...(row * n + last)].max() ?? 0
      }
    }
    var cost = 0.0
    for node in 0..<quadrature.count {
      let column = Int((quadrature.u[node] / PlaneSupremum.width).rounded(.down))
      let row = Int((quadrature.v[node] / PlaneSupremum.width).rounded(.down)) - rows.lowerBound
      var kappa = 0.0
      for other in max(0, row - window)...min(rows.count - 1, row + window) {
        kappa = max(kappa, wide[other * n + column])
      }
      cost += quadrature.mass[node] * Double.log1p(kappa)
    }
    let reduced = cost * (1 + 1e-9) + Double.log1p(PlaneSupremum.remainder * supremum.supremum + 6.3 * delta) + outside
    return min(plain, reduced)
  }

  /// The channel with kernels exp(-tilt |x - y|^2/2): E[-log Z], its distortion and that by the tilt, and Z.
  private static func statistics(
    _ law: PlaneLaw, _ quadrature: BananaQuadrature, tilt: Double
  ) -> (
    expectation: Double, distortion: Double, derivative: Double, mixture: [Double], posteriorVariance: Double
  ) {
    let bins = PlaneBins(u: law.u, v: law.v, width: 1)
    let ratio = (law.weights.max() ?? 1) / (law.weights.min() ?? 1)
    let reach = min(max(7.5, (2 * (20 + Double.log(ratio))).squareRoot()), 40)
    let kernels = PlaneKernels(law: law, bins: bins, reach: reach)
    var posteriorVariance = 0.0
    var expectation = 0.0
    var distortion = 0.0
    var derivative = 0.0
    let mixture: [Double] = (0..<quadrature.count).map { node in
      var (z, first, second) = (0.0, 0.0, 0.0)
      var mean = (0.0, 0.0)
      kernels.visit(quadrature.u[node], quadrature.v[node]) { j, square, mirrored in
        let a = law.weights[j] / 2 * Double.exp(-tilt * square / 2)
        let b = mirrored < 60 ? law.weights[j] / 2 * Double.exp(-tilt * mirrored / 2) : 0
        z += a + b
        first += a * square + b * mirrored
        second += a * square * square + b * mirrored * mirrored
        mean.0 += (a - b) * law.u[j]
        mean.1 += (a + b) * law.v[j]
      }
      let offset = (mean.0 / z - quadrature.u[node], mean.1 / z - quadrature.v[node])
      posteriorVariance = worst(posteriorVariance, first / z - offset.0 * offset.0 - offset.1 * offset.1)
      let mass = quadrature.mass[node]
      expectation -= mass * Double.log(z)
      distortion += mass * first / z
      derivative -= mass / 2 * (second / z - first / z * (first / z))
      return z
    }
    return (expectation, distortion, derivative, mixture, posteriorVariance)
  }

  /// A lower bound on R(D), in nats.
  func lowerBound(at distortion: Double) -> Double { lagrangian - beta * distortion }

  /// An achievable rate at a distortion, in nats: the channel of the same law at the slope that gives D, or a little less.
  func achievableRate(at distortion: Double) -> Double {
    var tilt = tilt(for: distortion)
    for attempt in 0..<6 {
      let width = sigma / tilt.squareRoot()
      let own = tilt == 1 ? statistics : LawStatistics(law.inUnits(of: width / sigma), sigma: width)
      let excess = own.ownDistortion * width * width / distortion - 1
      if excess <= 0 { return own.ownRate.isNaN ? .infinity : own.ownRate }
      guard excess < 0.1 else { break }
      tilt *= 1 + excess * Double(2 << attempt)
    }
    return .infinity
  }

  /// The factor of the slope at which the law's channel has about a distortion, on the quadrature of a tilt of 1.
  private func tilt(for distortion: Double) -> Double {
    let target = distortion / (sigma * sigma)
    var tilt = 1.0
    for _ in 0..<8 {
      let s = Self.statistics(law, quadrature, tilt: tilt)
      let own = s.distortion + 2 * statistics.outside * max(1, 1 / tilt)
      if own <= target, target - own <= 1e-7 * target { break }
      guard s.derivative < 0 else { break }
      tilt = min(max(tilt + (target * (1 - 3e-8) - own) / s.derivative, 0.3 * tilt), 3 * tilt)
    }
    return tilt
  }
}
