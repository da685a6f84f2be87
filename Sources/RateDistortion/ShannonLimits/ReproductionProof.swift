import GSL
import IntervalArithmetic

/// What a discrete reproduction law and a slope prove about R(D) of a scalar source, evaluated from nothing else.
///
/// With Z(x) = sum of w exp(-beta (x - y)^2): above, the channel that the law defines, tilted to D; below, E[-log Z] - log c -
/// beta D, c the supremum over all y of E[exp(-beta (X - y)^2)/Z(X)], found on every panel of half a kernel width by its
/// Taylor polynomial of degree 11 with a bounded remainder (`DualSupremum`).
///
/// *The margin.* The supremum between panels, the tails and the choice of law are accounted for rigorously. What is not
/// proved is quadrature and rounding: expectations are composite Gauss-Legendre sums with 16 nodes on panels of at most one
/// kernel width in double precision, and each side is moved by 3e-12 nats and three times the difference from 20 nodes.
/// Analyticity of the integrands (see `SourceQuadrature`) puts the true error near 1e-14 for the laws that the search finds,
/// with atoms at most 8 kernel widths apart; a law with wider gaps proves nothing here.
struct ReproductionProof {
  private let channel: ScalarChannel

  /// What is not proved, in words.
  static let assumption =
    "quadrature and rounding err by at most 3e-12 nats and three times the difference of two rules"

  /// What a side of an R(D) known by a reproduction law is.
  static func summary(of kind: BoundKind) -> String {
    let side =
      kind == .lower
      ? "from below: Csiszar's dual of a reproduction law" : "from above: the test channel of a reproduction law"
    return "rate-distortion function R(D) \(side) (Csiszar 1974)"
  }

  private static let proofRule = GaussLegendreRule(nodes: 16)
  private static let checkRule = GaussLegendreRule(nodes: 20)
  /// The most points a law may have.
  private static let largestCount = 100_000
  /// The widest gap between points, in kernel widths.
  private static let widestGap = 8.0

  /// Nil if there is no such law or slope: weights positive, points increasing, each at most 8 kernel widths from the next.
  init?(source: any ScalarSourceDensity, slope: Double, points: [Double], weights: [Double]) {
    let variance = source.variance.midpoint
    guard slope * variance >= 1e-4, slope * variance <= 1e7, points.count == weights.count, !points.isEmpty,
      points.count <= Self.largestCount, weights.allSatisfy({ $0 > 0 && $0 <= 1e100 }),
      points.allSatisfy({
        source.bulk.lowerBound - variance.squareRoot() * 100 <= $0
          && $0 <= source.bulk.upperBound + variance.squareRoot() * 100
      })
    else { return nil }
    let sigma = 1 / (2 * slope).squareRoot()
    let atoms = points.map { $0 / sigma }
    guard zip(atoms, atoms.dropFirst()).allSatisfy({ $1 > $0 && $1 - $0 <= Self.widestGap }) else { return nil }
    channel = ScalarChannel(
      source: source, sigma: sigma, law: ReproductionLaw(atoms: atoms, weights: weights).normalised(),
      proofRule: Self.proofRule, checkRule: Self.checkRule)
  }

  /// A lower bound on R(D), in bits.
  func lowerBound(at distortion: Double) -> Double {
    (Interval(channel.lowerBound(at: distortion)) / .ln2).lower
  }

  /// An achievable rate at D, in bits.
  func achievableRate(at distortion: Double) -> Double {
    (Interval(channel.achievableRate(at: distortion)) / .ln2).upper
  }
}
