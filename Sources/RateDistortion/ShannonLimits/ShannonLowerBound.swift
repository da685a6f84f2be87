import IntervalArithmetic

/// The Shannon lower bound on R(D) under squared error, summed over n components:
///
///     R(D) >= h(X) - n/2 log(2 pi e D/n),      and R(D) >= 0.
///
/// I(X;Y) >= h(X) - h(X - Y) and no error of mean square D has more entropy than a white Gaussian one. It is met exactly
/// where X is the sum of an independent Gaussian N(0, D/n) and something: everywhere for a Gaussian, up to the least
/// variance of its components for a Gaussian mixture, and for no D > 0 for uniform, exponential and Laplace densities (which
/// are not smooth) and the logistic one (whose characteristic function pi t/sinh(pi t) is not a Gaussian's multiple of
/// another, exp(-D t^2/2) falling faster). There R(D) approaches it as D tends to 0.
///
/// - Domain: D > 0.
/// - Source: Shannon 1959; Berger, "Rate Distortion Theory", section 4.3; Linder, Zamir 1994.
public struct ShannonLowerBound: Curve {
  /// h(X), in nats, enclosed.
  public let entropy: Interval
  /// n.
  public let dimension: Int
  /// The largest D at which the bound is known to be R(D); 0 if it never is, infinite if it always is.
  public let meetsUpTo: Double
  public let largestDistortion: Double
  /// What the enclosure of h(X) rests on.
  public let assumption: String?

  /// The bound of a source of differential entropy h.
  ///
  /// - Parameters:
  ///   - meetsUpTo: see the property.
  ///   - assumption: what the enclosure of h rests on besides interval arithmetic.
  public init(entropy: Interval, dimension: Int = 1, meetsUpTo: Double = 0, assumption: String? = nil) {
    self.assumption = assumption
    self.entropy = entropy
    self.dimension = dimension
    self.meetsUpTo = meetsUpTo
    let n = Double(dimension)
    largestDistortion = n * Double.exp(2 * entropy.midpoint / n - 1) / (2 * Double.pi)
  }

  public var name: CurveName { .shannonLowerBound }
  public var kind: BoundKind { .lower }
  public var summary: String { "Shannon lower bound h(X) - n/2 log2(2 pi e D/n) (Shannon 1959)" }

  /// The bound's enclosure in bits; negative where it says nothing.
  static func rate(entropy: Interval, dimension: Int, distortion: Interval) -> Interval {
    let n = Interval(dimension)
    return (entropy - n / 2 * (.log(2 * .pi) + 1 + .log(distortion) - .log(n))) / .ln2
  }

  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    let n = Double(dimension)
    guard distortion < largestDistortion else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    let nats = n / 2 * Double.log(largestDistortion / distortion)
    return OperatingPoint(
      distortion: distortion, rate: nats / natsPerBit, slope: n / (2 * distortion * natsPerBit))
  }

  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try requireRate(rate)
    let n = Double(dimension)
    let distortion = largestDistortion * Double.exp(-2 * rate * natsPerBit / n)
    return OperatingPoint(distortion: distortion, rate: rate, slope: n / (2 * distortion * natsPerBit))
  }

  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    let rate = Self.rate(entropy: entropy, dimension: dimension, distortion: Interval(distortion))
    return Bound(
      kind: .lower, distortion: distortion, rate: .hull(max(0, rate.lower), max(0, rate.upper)),
      slope: distortion < largestDistortion ? Double(dimension) / (2 * distortion * natsPerBit) : 0,
      certificate: .closedForm("h(X) - n/2 log2(2 pi e D/n)"))
  }
}
