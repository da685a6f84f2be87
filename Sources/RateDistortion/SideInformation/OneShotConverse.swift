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
public struct OneShotConverse<Hull: Curve>: Curve {
  /// A lower bound on h, for the standard Gaussian: convex, or below a convex curve that is itself a bound.
  public let hull: Hull
  /// An enclosure of sigma^2_{X|Y}.
  public let conditionalVariance: Interval

  /// The converse from the standard Gaussian's hull.
  ///
  /// - Parameters:
  ///   - hull: h for variance 1, of kind `lower`, as `ecsq` gives it for the Gaussian.
  ///   - conditionalVariance: an enclosure of sigma^2_{X|Y} > 0.
  public init(hull: Hull, conditionalVariance: Interval) {
    self.hull = hull
    self.conditionalVariance = conditionalVariance
  }

  public var name: CurveName { .oneShotLower }
  public var kind: BoundKind { hull.kind }
  public var isCostly: Bool { hull.isCostly }
  public var summary: String {
    "no one-shot code with side information does better (converse by the Gaussian's ECSQ hull)"
  }
  public var largestDistortion: Double { hull.largestDistortion * conditionalVariance.midpoint }

  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    let relative = clamped(distortion / conditionalVariance.midpoint)
    do {
      return scaled(try hull.point(atDistortion: relative), distortion: distortion)
    } catch {
      guard error.concernsOneCurve else { throw error }
      // Beyond the rates for which quantizers are designed, what is proved there.
      let bound = try hull.bound(atDistortion: relative)
      return scaled(
        OperatingPoint(distortion: relative, rate: bound.value, slope: bound.slope), distortion: distortion)
    }
  }

  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    let point = try hull.point(atRate: rate)
    return scaled(point, distortion: point.distortion * conditionalVariance.midpoint)
  }

  /// The hull's bound at the largest number that D/sigma^2_{X|Y} may be: a lower bound falls with D.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    var bound = try hull.bound(atDistortion: relative(distortion))
    bound.distortion = distortion
    bound.slope = bound.slope.map { $0 / conditionalVariance.midpoint }
    return bound
  }

  /// The lower end of what the hull's certificate proves there.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    return try hull.proved(by: certificate, atDistortion: relative(distortion))
  }

  private func relative(_ distortion: Double) -> Double {
    clamped((Interval(distortion) / conditionalVariance).upper)
  }

  /// Quotients beyond the numbers for which curves are defined.
  private func clamped(_ distortion: Double) -> Double {
    min(max(distortion, .leastNormalMagnitude), .greatestFiniteMagnitude)
  }

  private func scaled(_ point: OperatingPoint, distortion: Double) -> OperatingPoint {
    OperatingPoint(
      distortion: distortion, rate: point.rate, slope: point.slope.map { $0 / conditionalVariance.midpoint })
  }
}

extension CurveName {
  /// The converse for one-shot codes with side information.
  public static let oneShotLower = CurveName(rawValue: "one-shot-lower")
}
