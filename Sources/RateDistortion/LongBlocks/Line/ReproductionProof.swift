import GSL
import IntervalArithmetic

/// What a discrete reproduction law and a slope prove about R(D) of a scalar source, evaluated from nothing else.
///
/// With Z(x) = sum of w exp(-beta (x - y)^2): above, the channel that the law defines, narrowed in closed form to a D below its
/// own, or at the smaller slope that gives a D above it; below, E[-log Z] - log c - beta D, c the supremum over all y of
/// E[exp(-beta (X - y)^2)/Z(X)], found on every panel of half a kernel width by its Taylor polynomial of degree 11 with a bounded
/// remainder (`DualSupremum`).
///
/// *Any law.* The law is somebody's claim. Its atoms may let others show through that are far away and heavy: kernels count as far
/// as the ratio of the largest and the least weight makes them. Two such atoms bring zeros of Z near the real axis: panels are
/// made narrower until the posterior's variance V on them, in squared kernel widths, is at most (2.5/width)^2, which is what
/// atoms at the widest spacing have by themselves. Every slope has its own rule and its own error.
///
/// *The margin.* The supremum between panels, the tails and the choice of law are accounted for rigorously. What is not
/// proved is quadrature and rounding: expectations are composite Gauss-Legendre sums with 16 nodes on panels of at most one
/// kernel width in double precision, and each side is moved by 3e-12 nats and three times the difference from 20 nodes.
/// Analyticity of the integrands (see `SourceQuadrature`) puts the true error near 1e-14 for the laws that the search finds,
/// with atoms at most 8 kernel widths apart; a law with wider gaps proves nothing here.
struct ReproductionProof {
  private let source: any ScalarSourceDensity
  private let slope: Double
  private let points: [Double]
  private let weights: [Double]
  /// The channel at the law's own slope.
  private var own: ScalarChannel?

  /// What is not proved.
  static let assurance = Assurance.margin(
    bits: 4.4e-12, covers: "quadrature and rounding, besides three times the difference of two rules,")

  /// What a side of an R(D) known by a reproduction law is.
  static func summary(of kind: BoundKind) -> String {
    let side =
      kind == .lower
      ? "from below: Csiszar's dual of a reproduction law" : "from above: the test channel of a reproduction law"
    return "rate-distortion function R(D) \(side) (Csiszar 1974)"
  }

  private static let proofRule = GaussLegendreRule(nodes: 16)
  private static let checkRule = GaussLegendreRule(nodes: 20)
  /// The most points a law may have, and the least and the largest slope, in inverse variances.
  private static let largestCount = 100_000
  private static let slopes = 1e-4...1e6
  /// The widest gap between points, in kernel widths.
  private static let widestGap = 8.0
  /// The largest ratio of two weights.
  private static let largestRatio = 1e250
  /// The narrowest panels, in kernel widths.
  private static let narrowest = 0.1

  /// - Throws: `DomainError.evidenceRefused` unless the points increase and are at most 100 deviations beyond the source's bulk,
  ///   the weights are positive and within a factor 1e250 of each other, and the slope is in range.
  init(source: any ScalarSourceDensity, _ named: NamedLaw) throws(DomainError) {
    let variance = source.variance.midpoint
    (self.source, slope, points, weights) = (source, named.slope, named.points, named.weights)
    guard Self.slopes.contains(slope * variance) else {
      throw .evidenceRefused("the slope times the variance is not from 1e-4 to 1e6")
    }
    guard points.count == weights.count, !points.isEmpty, points.count <= Self.largestCount else {
      throw .evidenceRefused("there are not as many weights as points, from 1 to \(Self.largestCount)")
    }
    guard let largest = weights.max(), let least = weights.min(), least > 0, largest.isFinite,
      largest / least <= Self.largestRatio, weights.allSatisfy({ $0 >= least })
    else { throw .evidenceRefused("weights are not positive and within a factor 1e250 of each other") }
    let far = 100 * variance.squareRoot()
    let range = source.bulk.lowerBound - far...source.bulk.upperBound + far
    guard points.allSatisfy({ range.contains($0) }), zip(points, points.dropFirst()).allSatisfy({ $1 > $0 }) else {
      throw .evidenceRefused("points do not increase, or are far beyond the source")
    }
    own = channel(slope: slope)
  }

  /// The channel at a slope, with rules that resolve it; nil if there are none.
  private func channel(slope: Double) -> ScalarChannel? {
    guard Self.slopes.contains(slope * source.variance.midpoint) else { return nil }
    let sigma = 1 / (2 * slope).squareRoot()
    let law = ReproductionLaw(atoms: points.map { $0 / sigma }, weights: weights).normalised()
    guard let largest = law.weights.max(), let least = law.weights.min(),
      zip(law.atoms, law.atoms.dropFirst()).allSatisfy({ $1 - $0 <= Self.widestGap })
    else { return nil }
    var resolution = ScalarChannel.Resolution.found(law)
    resolution.reach = max(resolution.reach, (2 * (39 + Double.log(largest / least))).squareRoot())
    while resolution.panelWidth >= Self.narrowest {
      let channel = ScalarChannel(
        source: source, sigma: sigma, law: law, proofRule: Self.proofRule, checkRule: Self.checkRule,
        resolution: resolution)
      let width = 2.5 / channel.largestPosteriorVariance.squareRoot()
      if resolution.panelWidth <= width * 1.001 { return channel }
      resolution.panelWidth = min(0.9 * resolution.panelWidth, width)
    }
    return nil
  }

  /// A lower bound on R(D), in bits.
  func lowerBound(at distortion: Double) -> Double {
    guard let own else { return 0 }
    return (Interval(own.withDual(seesFar: true).lowerBound(at: distortion)) / .ln2).lower
  }

  /// An achievable rate at D, in bits.
  func achievableRate(at distortion: Double) -> Double {
    guard let own else { return .infinity }
    var best = own.narrowedRate(at: distortion)
    // The same law at the slope that gives D: its own rule, its own error. A little aside where the error asks for it.
    var tilt = own.achievableRate(at: distortion).tilt
    for attempt in 0..<8 {
      guard let tilted = tilt == 1 ? own : channel(slope: slope * tilt) else { break }
      let square = tilted.sigma * tilted.sigma
      let excess = (tilted.ownDistortion + tilted.distortionMargin) * (1 + 0x1p-50) * square / distortion - 1
      if excess <= 0 {
        best = min(best, tilted.ownRate)
        break
      }
      guard excess < 0.1 else { break }
      // D falls more slowly than the slope grows, by a factor that is small near Dmax.
      tilt *= 1 + excess * Double(2 << attempt)
    }
    return (Interval(best) / .ln2).upper
  }
}
