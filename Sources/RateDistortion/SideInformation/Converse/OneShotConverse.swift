import IntervalArithmetic

/// The converse for one-shot codes with side information: tighter than R_WZ(D), which only long blocks reach.
///
/// **Claim.** Let h(D) be the lower convex hull of (entropy, distortion) over all scalar quantizers of a standard Gaussian.
/// Any one-shot code, k = f(X) with decoder g(k, Y), has
///
///     H(k) >= H(k|Y) >= h(D / sigma^2_{X|Y}),      D = E (X - g(k, Y))^2.
///
/// **Proof.** Fix y. Given Y = y, X is Gaussian with variance sigma^2_{X|Y}; f is a quantizer of it, with codepoints g(., y).
/// Its entropy H_y = H(k|Y = y) and distortion D_y therefore satisfy H_y >= h(D_y/sigma^2_{X|Y}): the mean of X shifts a
/// quantizer and its deviation scales it, and neither changes the entropy. That the cells of one label may be many disjoint
/// intervals does not matter: h is the least over all quantizers, whatever their cells (`EntropyConstrainedQuantizer`: intervals
/// do best). Averaged over Y, with h convex (Jensen),
///
///     H(k|Y) = E H_Y >= E h(D_Y/sigma^2_{X|Y}) >= h(E D_Y/sigma^2_{X|Y}) = h(D/sigma^2_{X|Y}),
///
/// and conditioning does not increase entropy: H(k) >= H(k|Y). An encoder that draws lots U is no exception: H(k|Y) is at
/// least H(k|Y, U), the decoder does no worse for knowing U, and given U the code is deterministic; average once more. A
/// learned prior adds to the entropy. QED.
///
/// After stage i of a refinement code the decoder holds k = (k_1, ..., k_i): the claim holds for cumulative rates.
///
/// It is nearly met: steps with ideal Slepian-Wolf coding (`slepian-wolf-uniform`) lose what a uniform quantizer loses to the
/// optimal one when its offset is drawn by lot. At high rate the converse is R_WZ + 0.2546 bits (1.53 dB), the moved line of
/// "Breaking Smoothness", Figure 4, which at low rate is no bound at all.
///
/// - Source: the argument is this package's; the hull is that of Gyorgy, Linder 2000.
/// - Units: of sigma^2_{X|Y}, by which `Curve` scales.
public struct OneShotConverse<Hull: Limit>: Limit {
  /// A lower bound on h, for the standard Gaussian: convex, or below a convex curve that is itself a bound.
  public let hull: Hull

  /// The converse from the standard Gaussian's hull, of kind `lower`, as `ecsq` gives it for the Gaussian.
  public init(hull: Hull) { self.hull = hull }

  public var name: CurveName { .oneShotLower }
  public var kind: BoundKind { hull.kind }
  public var isCostly: Bool { hull.isCostly }
  public var precise: OneShotConverse? { hull.precise.map { OneShotConverse(hull: $0) } }
  public var summary: String {
    "no one-shot code with side information does better (converse by the Gaussian's ECSQ hull)"
  }
  public var largestDistortion: Double { hull.largestDistortion }
  public var enclosedLargestDistortion: Interval { hull.enclosedLargestDistortion }
  public var range: CurveRange { hull.range }
  public var assurance: Assurance { hull.assurance }
  public var evidence: [any Evidence.Type] { hull.evidence }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    do {
      return try hull.point(at: distortion)
    } catch {
      guard error.concernsOneCurve else { throw error }
      // Beyond the rates for which quantizers are designed, what is proved there.
      let bound = try hull.bound(atDistortion: distortion)
      return OperatingPoint(distortion: distortion, rate: bound.value, slope: bound.slope)
    }
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint { try hull.point(ofRate: rate) }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound { try hull.enclosure(at: distortion) }

  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    try hull.proof(by: evidence, at: distortion)
  }
}
