import IntervalArithmetic

/// How far practical schemes are from a source's limit: at equal distortion in bits, at equal rate in dB, and at both
/// ends.
///
/// - A gap in bits at D is R_scheme(D) - R_reference(D).
/// - A gap in dB at R is 10 log10(D_scheme(R) / D_reference(R)).
///
/// Positive means worse than the reference. Where the reference is the Shannon lower bound and not R(D) itself, gaps
/// are upper bounds on the true ones.
public struct SchemeGaps: Sendable {
  /// The source's limit: R(D), or the Shannon lower bound.
  public let reference: Curve
  /// The schemes that are compared with it.
  public let schemes: [Curve]
  /// What the gaps tend to, where it is known.
  public let limits: [GapLimits]

  /// The gaps of schemes to a reference.
  public init(reference: Curve, schemes: [Curve], limits: [GapLimits] = []) {
    self.reference = reference
    self.schemes = schemes
    self.limits = limits
  }

  /// The gaps of other schemes to the same reference.
  public func comparing(_ schemes: [Curve]) -> SchemeGaps {
    SchemeGaps(reference: reference, schemes: schemes, limits: limits)
  }

  /// A scheme's gap at one rate or distortion.
  public struct Gap: Sendable, Equatable {
    /// The scheme.
    public let scheme: CurveName
    /// Its rate in bits at the distortion asked for; the rate asked for, if a rate was.
    public let rate: Double
    /// Its distortion at the rate asked for; the distortion asked for, if a distortion was.
    public let distortion: Double
    /// The rate above the reference, at this distortion, in bits.
    public let bits: Double
    /// The distortion above the reference, at this rate, in dB.
    public let decibels: Double
  }

  /// Every scheme's gap at a distortion: in bits there, and in dB at the rate that the scheme spends.
  ///
  /// - Throws: `DomainError` as the curves do.
  public func gaps(atDistortion distortion: Double) throws(DomainError) -> [Gap] {
    var gaps: [Gap] = []
    for scheme in schemes { gaps.append(try gap(of: scheme, at: scheme.point(atDistortion: distortion))) }
    return gaps
  }

  /// Every scheme's gap at a rate: in dB there, and in bits at the distortion that the scheme reaches.
  ///
  /// - Throws: `DomainError` as the curves do; rate 0, where nothing is compared, included.
  public func gaps(atRate rate: Double) throws(DomainError) -> [Gap] {
    guard rate > 0 else { throw .rateOutOfRange(rate, largest: CurveRange.largestRate) }
    var gaps: [Gap] = []
    for scheme in schemes { gaps.append(try gap(of: scheme, at: scheme.point(atRate: rate))) }
    return gaps
  }

  private func gap(of scheme: Curve, at point: OperatingPoint) throws(DomainError) -> Gap {
    let limitRate = try reference.point(atDistortion: point.distortion).rate
    let limitDistortion = try reference.point(atRate: point.rate).distortion
    return Gap(
      scheme: scheme.name, rate: point.rate, distortion: point.distortion, bits: point.rate - limitRate,
      decibels: decibels(point.distortion / limitDistortion))
  }
}
