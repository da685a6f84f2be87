import IntervalArithmetic

/// What the decoder's side information leaves of a Gaussian source: all that a one-shot code needs to know of the problem.
///
/// If X and Y are jointly Gaussian, E[X|Y] is linear in Y and independent of X - E[X|Y], which is Gaussian. In units of
/// sigma_{X|Y}, whatever the setting,
///
///     X/sigma_{X|Y} = M + W,      W ~ N(0, 1),      M ~ N(0, tau^2) known to the decoder,
///
///     tau^2 = sigma^2_X / sigma^2_{X|Y} - 1 = rho^2 / (1 - rho^2).
///
/// The mean of X moves thresholds and codepoints and nothing else, so it is 0. Every code below is stated for M + W; a
/// threshold of X is sigma_{X|Y} times as large, and a distortion of X sigma^2_{X|Y} times as large.
///
/// - Source: Wyner 1978; "Breaking Smoothness", section 3, for X = Y + N.
public struct GaussianSideInformation: Sendable, Hashable {
  /// sigma^2_{X|Y}, the distortion at rate 0.
  public let conditionalVariance: Double
  /// tau, the standard deviation of E[X|Y] in units of sigma_{X|Y}.
  public let spread: Double

  /// sigma_X in units of sigma_{X|Y}, sqrt(1 + tau^2).
  public var sourceDeviation: Double { (1 + spread * spread).squareRoot() }

  /// The largest tau^2: beyond it, rounding Y would cost more than it tells.
  static let largestQuotient = 1e18

  /// X = Y + N with independent Y and N.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless both variances are finite and positive, and their quotient at most 1e18.
  public init(sidePlusNoise noiseVariance: Double, sideVariance: Double = 1) throws(DomainError) {
    try self.init(conditionalVariance: noiseVariance, noise: noiseVariance, other: sideVariance)
  }

  /// Y = X + N with independent X and N.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless both variances are finite and positive, and their quotient at most 1e18.
  public init(sourcePlusNoise noiseVariance: Double, sourceVariance: Double = 1) throws(DomainError) {
    try self.init(
      conditionalVariance: sourceVariance * (noiseVariance / (sourceVariance + noiseVariance)), noise: noiseVariance,
      other: sourceVariance)
  }

  /// X and Y of correlation rho.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless |rho| < 1 and the variance is finite and positive.
  public init(correlation: Double, sourceVariance: Double = 1) throws(DomainError) {
    guard correlation.magnitude < 1 else {
      throw .parameterOutOfRange(
        name: "correlation", value: String(correlation), requirement: "strictly between -1 and 1")
    }
    guard sourceVariance > 0, sourceVariance.isFinite else { throw Self.bad("variance", sourceVariance) }
    let left = (1 - correlation) * (1 + correlation)
    conditionalVariance = left * sourceVariance
    spread = correlation.magnitude / left.squareRoot()
    guard conditionalVariance > 0 else { throw Self.bad("variance", sourceVariance) }
  }

  /// Everything in units of sigma_{X|Y}.
  init(spread: Double) {
    conditionalVariance = 1
    self.spread = spread
  }

  private init(conditionalVariance: Double, noise: Double, other: Double) throws(DomainError) {
    guard noise > 0, noise.isFinite else { throw Self.bad("noise-variance", noise) }
    guard other > 0, other.isFinite else { throw Self.bad("variance", other) }
    guard conditionalVariance > 0 else { throw Self.bad("noise-variance", noise) }
    guard other / noise <= Self.largestQuotient else {
      throw .parameterOutOfRange(
        name: "noise-variance", value: String(noise), requirement: "at least 1e-18 of the other variance")
    }
    self.conditionalVariance = conditionalVariance
    spread = (other / noise).squareRoot()
  }

  private static func bad(_ name: String, _ value: Double) -> DomainError {
    .parameterOutOfRange(name: name, value: String(value), requirement: "a finite number greater than 0")
  }
}
