import IntervalArithmetic

/// One side of R(D) of a scalar source under squared error: a lower bound, or an achievable upper one.
///
/// A slope beta is searched at which the optimal law's distortion is D, by a secant in (log beta, log D); the law found there
/// is the certificate, and the bound is what `ReproductionProof` proves from that law alone, so the search need only come
/// near. Both sides are the Shannon lower bound up to the source's Gaussian component.
///
/// - Domain: D > 0; the rate is 0 for D >= variance. Rates up to 8 bits are searched; the bounds hold at any D, and are loose
///   beyond 9 bits.
/// - Source: Berger, "Rate Distortion Theory", Theorem 2.5.3; Csiszar, "On the computation of rate-distortion functions", IEEE
///   Trans. Inform. Theory 20 (1974) 122-124; Rose, "A mapping approach to rate-distortion computation and analysis",
///   IEEE Trans. Inform. Theory 40 (1994) 1939-1952, for the discreteness of the optimal law.
public struct ScalarShannonCurve: Limit {
  public let kind: BoundKind
  private let solver: ScalarRateDistortion

  private init(_ solver: ScalarRateDistortion, _ kind: BoundKind) {
    self.solver = solver
    self.kind = kind
  }

  /// R(D) of a source from below and from above.
  public static func bothSides(of source: any ScalarSourceDensity) -> [ScalarShannonCurve] {
    let solver = ScalarRateDistortion(source)
    return [ScalarShannonCurve(solver, .lower), ScalarShannonCurve(solver, .upper)]
  }

  /// Both sides for the standard Laplace density exp(-|x|)/2.
  public static var laplace: [ScalarShannonCurve] {
    bothSides(of: StandardDensity(LaplaceDensity()))
  }
  /// Both sides for the uniform density of width 1.
  public static var uniform: [ScalarShannonCurve] { bothSides(of: StandardDensity(UniformDensity())) }

  public var name: CurveName { .shannon }
  public var summary: String { ReproductionProof.summary(of: kind) }
  /// The margin of `ReproductionProof`.
  public var assurance: Assurance { ReproductionProof.assurance }
  public var isCostly: Bool { true }
  /// The variance; for the achievable side no less than it, so that rate 0 achieves it.
  public var largestDistortion: Double { kind == .lower ? source.variance.midpoint : source.variance.upper }

  private var source: any ScalarSourceDensity { solver.source }

  // MARK: Points

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard distortion < source.variance.lower else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    let channel = solver.channel(atDistortion: distortion, from: nil)
    return OperatingPoint(
      distortion: distortion, rate: value(channel, distortion),
      slope: channel.map { $0.beta / natsPerBit } ?? shannonSlope(distortion))
  }

  /// The side's rate in bits by floating point, from a channel near D.
  private func value(_ channel: ScalarChannel?, _ distortion: Double) -> Double {
    let shannon = max(0, shannonRate(distortion).midpoint)
    if distortion <= source.gaussianComponent { return shannon }
    guard let channel else { return kind == .lower ? shannon : .infinity }
    return kind == .lower
      ? max(shannon, channel.lowerBound(at: distortion) / natsPerBit)
      : min(channel.achievableRate(at: distortion).rate, channel.narrowedRate(at: distortion)) / natsPerBit
  }

  public var range: CurveRange { CurveRange(largestRate: ScalarRateDistortion.largestRate) }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let zero = OperatingPoint(distortion: largestDistortion, rate: 0, slope: 0)
    guard var distortion = solver.channel(atRate: rate * natsPerBit)?.distortion else { return zero }
    // The curve's own side, a little inside, so that a bound at that distortion bears the rate out.
    let slack = kind == .lower ? Self.slack : -Self.slack
    var slope: Double?
    for _ in 0..<3 {
      let point = try point(at: min(distortion, largestDistortion))
      slope = point.slope
      guard let slope, slope > 0 else { return OperatingPoint(distortion: distortion, rate: rate, slope: 0) }
      let excess = point.rate - rate - slack
      distortion = min(point.distortion * Double.exp(excess / (slope * point.distortion)), largestDistortion)
      if abs(excess) < 0.2 * Self.slack { break }
    }
    // Next to a critical slope two searches may find laws that are not equally good: what is returned has been proved.
    for attempt in 1...6 {
      let proved = try enclosure(at: distortion).rate
      let missing = kind == .lower ? rate - proved.lower : proved.upper - rate
      guard missing > 0, missing < 1e-6, let slope, slope > 0 else { break }
      let step = (missing + Double(attempt) * Self.slack) / (slope * distortion)
      distortion = min(distortion * Double.exp(kind == .lower ? -step : step), largestDistortion)
    }
    return OperatingPoint(distortion: distortion, rate: rate, slope: slope)
  }

  /// In bits: what two searches for nearby slopes may differ by.
  private static let slack = 1e-9

  /// The point of the curve where one search puts a slope of -dR/dD, in bits per unit of distortion.
  ///
  /// - Throws: `DomainError.slopeOutOfRange` beyond the rates that are computed.
  public func point(atSlope slope: Double) throws(DomainError) -> OperatingPoint {
    let beta = slope * natsPerBit
    let variance = source.variance.midpoint
    guard beta * variance >= 0.1, beta * variance <= 1e6, let channel = solver.solution(beta: beta) else {
      throw .slopeOutOfRange(slope)
    }
    let distortion = channel.ownDistortion * channel.sigma * channel.sigma
    return OperatingPoint(distortion: distortion, rate: value(channel, distortion), slope: slope)
  }

  // MARK: Bounds

  public var enclosedLargestDistortion: Interval { source.variance }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let channel =
      distortion <= source.gaussianComponent ? nil : solver.channel(atDistortion: distortion, from: nil)
    let evidence: any Evidence = channel?.named ?? Self.shannonForm
    let proved = try proof(by: evidence, at: distortion, fromBothSides: true)
    return Bound(
      kind: kind, distortion: distortion, rate: proved,
      slope: channel.map { $0.beta / natsPerBit } ?? shannonSlope(distortion), evidence: evidence)
  }

  private static let shannonForm = ClosedForm("h(X) - 1/2 log2(2 pi e D)")

  public var evidence: [any Evidence.Type] { [NamedLaw.self, ClosedForm.self] }

  /// What a law proves, and what the Shannon lower bound does without one. See `ReproductionProof` for the margin assumed.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    try proof(by: evidence, at: distortion, fromBothSides: false)
  }

  /// - Parameter isTwoSided: whether the side that this curve does not claim is wanted too.
  private func proof(
    by evidence: any Evidence, at distortion: Double, fromBothSides isTwoSided: Bool
  ) throws(DomainError) -> Interval {
    // R(D) is at least the Shannon lower bound, and meets it where the source has a Gaussian component of variance D.
    let shannon = shannonRate(distortion)
    var lower = max(0, shannon.lower)
    var upper = Double.infinity
    if distortion >= source.variance.upper { upper = 0 }
    if distortion <= source.gaussianComponent { upper = max(0, shannon.upper) }
    if let law = evidence as? NamedLaw {
      let proof = try ReproductionProof(source: source, law)
      if kind == .lower || isTwoSided { lower = max(lower, proof.lowerBound(at: distortion)) }
      if kind == .upper || isTwoSided { upper = min(upper, proof.achievableRate(at: distortion)) }
    }
    // Two sides that contradict each other prove nothing.
    return lower <= upper ? .hull(lower, upper) : .entire
  }

  private func shannonRate(_ distortion: Double) -> Interval {
    LogarithmicLimit.shannonLowerBound(entropy: source.differentialEntropy).rate(at: distortion)
  }

  private func shannonSlope(_ distortion: Double) -> Double { 1 / (2 * distortion * natsPerBit) }
}
