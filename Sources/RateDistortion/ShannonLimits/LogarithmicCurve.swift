import IntervalArithmetic

/// The curve R = max(0, 1/2 log2(v / D)): the Gaussian R(D), and everything that differs from it in the variance v alone.
///
/// - Domain: D > 0; the rate is 0 for D >= v and tends to infinity at 0. D(R) = v 2^(-2R).
public struct LogarithmicCurve: Curve {
  public let name: CurveName
  public let kind: BoundKind
  public let summary: String
  /// The formula by name, as the certificate states it.
  public let formula: String
  /// An enclosure of v.
  public let variance: Interval
  public let largestDistortion: Double

  /// The curve of an enclosed variance v > 0.
  public init(name: CurveName, kind: BoundKind, summary: String, formula: String, variance: Interval) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.formula = formula
    self.variance = variance
    largestDistortion = variance.midpoint
  }

  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    guard distortion < largestDistortion else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    return OperatingPoint(
      distortion: distortion,
      rate: logRatio(Double.self, largestDistortion, distortion, largestDistortion / distortion) / (2 * natsPerBit),
      slope: slope(at: distortion))
  }

  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try requireRate(rate)
    let distortion = largestDistortion * Double.exp(-2 * rate * natsPerBit)
    return OperatingPoint(distortion: distortion, rate: rate, slope: slope(at: distortion))
  }

  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    let rate =
      logRatio(
        Interval.self, variance, Interval(distortion), largestDistortion / distortion) / (2 * .ln2)
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, rate.lower), max(0, rate.upper)),
      slope: distortion < largestDistortion ? slope(at: distortion) : 0,
      certificate: .closedForm(formula))
  }

  /// -dR/dD = 1/(2 D ln 2), whatever v.
  private func slope(at distortion: Double) -> Double { 1 / (2 * natsPerBit * distortion) }

  /// log(v/D): by log1p next to v = D, where the logarithm of a quotient loses relative accuracy, and as a difference where
  /// the quotient would overflow.
  private func logRatio<Number: RealNumber>(_: Number.Type, _ v: Number, _ d: Number, _ ratio: Double) -> Number {
    if ratio < 2 { return .log1p((v - d) / d) }
    return ratio < 0x1p1000 ? .log(v / d) : .log(v) - .log(d)
  }
}
