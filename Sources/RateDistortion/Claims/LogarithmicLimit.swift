import IntervalArithmetic

/// The curve R = max(0, n/2 log2(v / D)): the Gaussian R(D), the Shannon lower bound, and everything that differs from them in
/// v alone.
///
/// - Domain: D > 0; the rate is 0 for D >= v and tends to infinity at 0. D(R) = v 2^(-2R/n), lambda = n/(2 D ln 2).
public struct LogarithmicLimit: Limit {
  public let name: CurveName
  public let kind: BoundKind
  public let summary: String
  /// The formula by name, as the evidence states it.
  public let formula: String
  /// n, the number of components.
  public let dimension: Int
  /// An enclosure of v.
  public let variance: Interval
  public let largestDistortion: Double

  /// The curve of an enclosed v > 0.
  public init(
    name: CurveName, kind: BoundKind, summary: String, formula: String, variance: Interval, dimension: Int = 1
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.formula = formula
    self.dimension = dimension
    self.variance = variance
    largestDistortion = variance.midpoint
  }

  public var enclosedLargestDistortion: Interval { variance }
  public var slopeOfSilence: Double? { slope(at: largestDistortion) }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let ratio = Self.logRatio(largestDistortion, distortion, largestDistortion / distortion)
    return OperatingPoint(
      distortion: distortion, rate: Double(dimension) * ratio / (2 * natsPerBit), slope: slope(at: distortion))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let distortion = largestDistortion * Double.exp(-2 * rate * natsPerBit / Double(dimension))
    return OperatingPoint(distortion: distortion, rate: rate, slope: slope(at: distortion))
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let rate = rate(at: distortion)
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, rate.lower), max(0, rate.upper)),
      slope: distortion < largestDistortion ? slope(at: distortion) : 0, evidence: ClosedForm(formula))
  }

  /// n/2 log2(v/D), enclosed, in bits; negative from v on.
  func rate(at distortion: Double) -> Interval {
    Interval(dimension) * Self.logRatio(variance, Interval(distortion), largestDistortion / distortion) / (2 * .ln2)
  }

  private func slope(at distortion: Double) -> Double { Double(dimension) / (2 * natsPerBit * distortion) }

  /// log(v/D): by log1p next to v = D, where the logarithm of a quotient loses relative accuracy, and as a difference where
  /// the quotient would overflow.
  private static func logRatio<Number: RealNumber>(_ v: Number, _ d: Number, _ ratio: Double) -> Number {
    if ratio < 2 { return .log1p((v - d) / d) }
    return ratio < 0x1p1000 ? .log(v / d) : .log(v) - .log(d)
  }
}
