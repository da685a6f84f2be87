import IntervalArithmetic

extension CurveName {
  /// One-shot codes with common randomness that simulate the best channel of R(D).
  public static let channelSimulation = CurveName(rawValue: "channel-simulation")
  /// One-shot codes of perfect realism with common randomness that simulate the best channel of `realism-shannon`.
  public static let realismChannelSimulation = CurveName(rawValue: "realism-channel-simulation")
}

/// What one-shot codes with unlimited common randomness achieve for every source: they simulate a channel, in
///
///     f(I) = I + log2(I + 1) + 4    bits
///
/// at most for a channel of I bits.
///
/// **Why it is achievable.** For X and Y of any joint law there is a Z independent of X such that Y is a function of X and Z, and H(Y | Z) <=
/// I + log2(I + 1) + 4 with I = I(X; Y) (Li, El Gamal 2018, Theorem 1). Z is common randomness; Y is coded given it. Y has the channel's law, so
/// that its distortion, and at perfect realism its law, are those of the channel. f is concave and increasing: where the other curve's claim
/// shares the time between channels, by common randomness, the mean of f is at most f of the mean.
///
/// At high rate one-shot codes of one or two numbers lose a fraction of a bit and this log2(I + 1) + 4: where `time-sharing`, `ecsq`, `ecvq` or
/// `realism-shared` is known it lies far below. What is left are sources without one, spheres of many dimensions, and realism with common
/// randomness of sources that are no closed phases, Gaussian and sphere.
///
/// - Domain: below Dmax; from there on the rate is 0. At rates up to 4 bits nothing is better than silence.
/// - Source: C. T. Li, A. El Gamal, "Strong functional representation lemma and applications to coding theorems", IEEE Trans. Inform. Theory 64
///   (2018) 6967-6978.
struct ChannelSimulation: Limit {
  /// R(D), or an upper bound on it, with or without perfect realism.
  let curve: Curve

  var name: CurveName { curve.name == .realismShannon ? .realismChannelSimulation : .channelSimulation }
  var kind: BoundKind { .upper }
  var summary: String {
    "one shot, common randomness: \(curve.name) simulated in I + log2(I + 1) + 4 bits (Li, El Gamal 2018)"
  }
  var largestDistortion: Double { curve.largestDistortion }
  var enclosedLargestDistortion: Interval { curve.enclosedLargestDistortion }
  var range: CurveRange {
    CurveRange(
      leastDistortion: curve.range.leastDistortion,
      largestRate: min(CurveRange.largestRate, Self.rate(curve.range.largestRate)))
  }
  var assurance: Assurance { curve.assurance }
  var isCostly: Bool { curve.isCostly }
  var precise: ChannelSimulation? { curve.hasPrecise ? ChannelSimulation(curve: curve.precise) : nil }
  var evidence: [any Evidence.Type] { [InheritedClaim.self] }

  /// f.
  private static func rate<Number: RealNumber>(_ information: Number) -> Number {
    let extra: Number = .log1p(information) / .log(2)
    return information + extra + 4
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = try curve.point(atDistortion: distortion)
    let growth = 1 + 1 / ((found.rate + 1) * natsPerBit)
    return OperatingPoint(
      distortion: distortion, rate: Self.rate(found.rate), slope: found.slope.map { $0 * growth })
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard rate > 4 else { return OperatingPoint(distortion: largestDistortion, rate: 0, slope: nil) }
    let information = newtonRoot(in: 0...rate, from: rate - 4) {
      (Self.rate($0) - rate, 1 + 1 / (($0 + 1) * natsPerBit))
    }
    return try point(at: curve.point(atRate: information).distortion)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    var bound = try curve.bound(atDistortion: distortion)
    let growth = 1 + 1 / ((bound.value + 1) * natsPerBit)
    bound.kind = .upper
    bound.rate = Self.rate(.hull(max(0, bound.rate.lower), max(0, bound.rate.upper)))
    bound.slope = bound.slope.map { $0 * growth }
    bound.evidence = InheritedClaim(curve.name, at: Self.place, by: bound.evidence)
    return bound
  }

  /// f of what the other curve finds proved at D.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let inherited = evidence as? InheritedClaim, inherited.curve == curve.name, inherited.distortion == Self.place
    else { return .entire }
    let claim: any Evidence
    do throws(MalformedEvidence) {
      claim = try curve.evidence(from: inherited.claim)
    } catch {
      throw .evidenceRefused(error.description)
    }
    let proved = try curve.proved(by: claim, atDistortion: distortion)
    return .hull(0, proved.upper.isFinite ? Self.rate(Interval(max(0, proved.upper))).upper : .infinity)
  }

  /// At which distortion the other claim is made.
  private static var place: String { "D" }
}
