import IntervalArithmetic

/// R(D) of a scalar source under squared error, two-sided.
///
/// `bounds(atDistortion:)` has a row of kind `lower` and one of kind `upper`, whose distance is
/// known and in most places below 1e-8 bits from 0.1 to 6 bits. Where the search for atoms does not finish it is larger: up to
/// 2e-6 for Laplace below 2 bits, 6e-6 for uniform below 0.2 bits and logistic between 0.5 and 0.85, 2e-5 for a mixture just
/// above its smaller variance. `point` is the middle. The slope
/// beta at which the law is optimised is found by a secant in (log beta, log D), starting from the Shannon lower bound's
/// beta = 1/(2D) and warm, and need only be near: the channel is then tilted to D exactly, and the dual bound is a tangent.
///
/// - Domain: D > 0; the rate is 0 for D >= variance. `point(atRate:)` takes rates up to 8 bits; the bounds hold at any D, and
///   are loose beyond 9 bits.
/// - Source: Berger, "Rate Distortion Theory", Theorem 2.5.3; Csiszar, "On the computation of rate-distortion functions", IEEE
///   Trans. Inform. Theory 20 (1974) 122-124; Rose, "A mapping approach to rate-distortion computation and analysis",
///   IEEE Trans. Inform. Theory 40 (1994) 1939-1952, for the discreteness of the optimal law.
public struct ScalarShannonCurve: Curve {
  private let solver: ScalarRateDistortion

  /// R(D) of a source.
  public init(_ source: any ScalarSourceDensity) {
    solver = ScalarRateDistortion(source)
  }

  /// R(D) of the standard Laplace density exp(-|x|)/2.
  public static var laplace: ScalarShannonCurve {
    ScalarShannonCurve(StandardDensity(LaplaceDensity(), exponentialSides: [.left, .right]))
  }
  /// R(D) of the standard exponential density exp(-x).
  public static var exponential: ScalarShannonCurve {
    ScalarShannonCurve(StandardDensity(ExponentialDensity(), exponentialSides: [.right]))
  }
  /// R(D) of the standard logistic density.
  public static var logistic: ScalarShannonCurve { ScalarShannonCurve(StandardDensity(LogisticDensity())) }
  /// R(D) of the uniform density of width 1.
  public static var uniform: ScalarShannonCurve { ScalarShannonCurve(StandardDensity(UniformDensity())) }

  /// The Shannon lower bound on this R(D).
  public var shannonLowerBound: ShannonLowerBound {
    ShannonLowerBound(entropy: solver.source.differentialEntropy, meetsUpTo: solver.source.gaussianComponent)
  }

  public var name: CurveName { .shannon }
  public var kind: BoundKind { .upper }
  public var summary: String {
    "rate-distortion function R(D), two-sided (Csiszar 1974; reproduction law by Newton's method)"
  }
  public var largestDistortion: Double { solver.source.variance.midpoint }

  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    let bounds = try bounds(atDistortion: distortion)
    let rate = (bounds[0].rate.lower + bounds[1].rate.upper) / 2
    return OperatingPoint(distortion: distortion, rate: rate, slope: bounds[0].slope)
  }

  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard rate >= 0, rate <= ScalarRateDistortion.largestRate else {
      throw .rateOutOfRange(rate, largest: ScalarRateDistortion.largestRate)
    }
    guard rate > 0 else { return OperatingPoint(distortion: largestDistortion, rate: 0, slope: nil) }
    // R(D) + beta D is known to the second order around the channel found.
    let channel = solver.channel(atRate: rate * natsPerBit)
    guard let channel else { throw .rateOutOfRange(rate, largest: ScalarRateDistortion.largestRate) }
    let nats = rate * natsPerBit
    let own = channel.ownDistortion * channel.sigma * channel.sigma
    let ownRate = channel.expectation - channel.ownDistortion / 2
    let distortion = own + (ownRate - nats) / channel.beta
    return OperatingPoint(
      distortion: distortion, rate: rate, slope: channel.beta / natsPerBit)
  }

  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    let bounds = try bounds(atDistortion: distortion)
    return bounds[1]
  }

  /// The dual lower bound and the channel's achievable rate at D.
  public func bounds(atDistortion distortion: Double) throws(DomainError) -> [Bound] {
    try sweep(distortions: [distortion])
  }

  /// Both bounds at every one of many distortions, each search starting from the one before it.
  public func sweep(distortions: [Double]) throws(DomainError) -> [Bound] {
    var bounds: [Bound] = []
    var channel: ScalarChannel?
    for distortion in distortions {
      try requireDistortion(distortion)
      guard distortion < solver.source.variance.upper else {
        bounds += [BoundKind.lower, .upper].map { kind in
          Bound(
            kind: kind, distortion: distortion, rate: 0, slope: 0, certificate: .closedForm("0 at the mean"))
        }
        continue
      }
      channel = solver.channel(atDistortion: distortion, from: channel)
      bounds += rows(channel, distortion)
    }
    return bounds
  }

  private func rows(_ channel: ScalarChannel?, _ distortion: Double) -> [Bound] {
    var lower = 0.0
    var upper = Double.infinity
    var slope: Double?
    // R(D) is at least the Shannon lower bound, and meets it where the source has a Gaussian component of variance D.
    let shannon = ShannonLowerBound.rate(
      entropy: solver.source.differentialEntropy, dimension: 1, distortion: Interval(distortion))
    lower = max(lower, shannon.lower)
    if distortion <= solver.source.gaussianComponent {
      upper = shannon.upper
      slope = 1 / (2 * distortion * natsPerBit)
    }
    if let channel {
      lower = max(lower, (Interval(channel.lowerBound(at: distortion)) / .ln2).lower)
      upper = min(upper, (Interval(channel.achievableRate(at: distortion)) / .ln2).upper)
      slope = slope ?? channel.beta / natsPerBit
    }
    upper = max(upper, lower)
    let certificate = Certificate.reproductionLaw(
      slope: channel?.beta ?? 0,
      points: channel.map { c in c.law.points.map { $0.position * c.sigma } } ?? [],
      weights: channel.map { c in c.law.points.map { c.law.weights[$0.component] * $0.share } } ?? [])
    // What holds is one end each: the other end of a row is the other row's.
    return [
      Bound(
        kind: .lower, distortion: distortion, rate: .hull(lower, upper), slope: slope, certificate: certificate),
      Bound(
        kind: .upper, distortion: distortion, rate: .hull(lower, upper), slope: slope, certificate: certificate),
    ]
  }
}
