import IntervalArithmetic

/// A curve of a source's limits as tables print it: a `Limit` at the source's own scale, under its name.
///
/// The limit of X under squared error is that of s X at distortions s^2 times as large. The squared scale is an enclosure:
/// D/s^2 is no floating-point number, so a lower bound is taken at the largest value it may have and an upper bound at the
/// smallest, and evidence is evaluated at both.
///
/// The limit stands behind closures that were compiled for its concrete type: called through an existential, generic code
/// would run unspecialised, several times slower. A call costs one indirection.
public struct Curve: Sendable {
  /// The stable identifier, as `--curves` takes it.
  public let name: CurveName
  /// What its numbers claim.
  public let kind: BoundKind
  /// What it means, in a line, with its source.
  public let summary: String
  /// Dmax, as the nearest floating-point number.
  public let largestDistortion: Double
  /// An enclosure of Dmax: from its upper end on, rate 0 is achieved.
  public let enclosedLargestDistortion: Interval
  /// The distortions and rates that are computed.
  public let range: CurveRange
  /// What the enclosures rest on.
  public let assurance: Assurance
  /// Whether a bound, or the check of its claim, takes a noticeable part of a second.
  public let isCostly: Bool
  /// The types of evidence that prove something about this curve.
  public let evidence: [any Evidence.Type]

  /// The same curve, proved at the very distortion where this one rests on a table; itself where there is no such difference.
  public var precise: Curve { makePrecise?() ?? self }

  /// Whether `precise` is another curve.
  var hasPrecise: Bool { makePrecise != nil }

  private let makePrecise: (@Sendable () -> Curve)?
  private let squaredScale: Interval
  private let preparing: @Sendable () -> (@Sendable () -> Void)?
  private let atDistortion: @Sendable (Double) throws(DomainError) -> OperatingPoint
  private let atRate: @Sendable (Double) throws(DomainError) -> OperatingPoint
  private let bounding: @Sendable (Double) throws(DomainError) -> Bound
  private let proving: @Sendable (any Evidence, Double) throws(DomainError) -> Interval

  /// The curve of a limit.
  ///
  /// - Parameters:
  ///   - squaredScale: an enclosure of s^2 > 0.
  ///   - name, summary: where two theories meet and the curve goes by another name than the limit's own.
  public init<Wrapped: Limit>(
    _ limit: Wrapped, squaredScale: Interval = 1, name: CurveName? = nil, summary: String? = nil
  ) {
    self.name = name ?? limit.name
    kind = limit.kind
    self.summary = summary ?? limit.summary
    self.squaredScale = squaredScale
    let scale = squaredScale.midpoint
    largestDistortion = limit.largestDistortion * scale
    enclosedLargestDistortion = limit.enclosedLargestDistortion * squaredScale
    range = CurveRange(
      leastDistortion: limit.range.leastDistortion == 0
        ? 0 : max(limit.range.leastDistortion * scale, .leastNormalMagnitude),
      largestRate: limit.range.largestRate)
    assurance = limit.assurance
    isCostly = limit.isCostly
    evidence = [Silence.self] + limit.evidence
    if let precise = limit.precise {
      makePrecise = { Curve(precise, squaredScale: squaredScale, name: name, summary: summary) }
    } else {
      makePrecise = nil
    }
    preparing = { limit.preparation }
    atDistortion = { (distortion) throws(DomainError) in try limit.point(atDistortion: distortion) }
    atRate = { (rate) throws(DomainError) in try limit.point(atRate: rate) }
    bounding = { (distortion) throws(DomainError) in try limit.bound(atDistortion: distortion) }
    proving = { (evidence, distortion) throws(DomainError) in
      try limit.proved(by: evidence, atDistortion: distortion)
    }
  }

  /// What is solved once, on all cores, before several threads ask for it; nil where nothing is left to be solved.
  public var preparation: (@Sendable () -> Void)? { preparing() }

  /// The curve at a distortion D > 0.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number; `.distortionTooSmall` below
  ///   the curve's range.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try range.require(distortion: distortion)
    return scaled(try atDistortion(Self.clamped(distortion / squaredScale.midpoint)), distortion: distortion)
  }

  /// The least distortion of the curve at a rate in bits.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is a number in [0, `range.largestRate`].
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    let point = try atRate(rate)
    return scaled(point, distortion: point.distortion * squaredScale.midpoint)
  }

  /// The enclosure of the curve at the exact binary value of D > 0.
  ///
  /// - Throws: as `point(atDistortion:)`.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try range.require(distortion: distortion)
    let standard = standard(distortion)
    var bound: Bound
    switch kind {
    case .lower: bound = try bounding(standard.high)
    case .upper: bound = try bounding(standard.low)
    case .exact, .estimate:
      bound = try bounding(standard.low)
      if standard.low < standard.high { bound.rate = bound.rate.hull(with: try bounding(standard.high).rate) }
    }
    bound.distortion = distortion
    bound.slope = bound.slope.map { $0 / squaredScale.midpoint }
    return bound
  }

  /// What evidence, from anywhere, proves about the curve's claim at D: the rate in bits lies in this interval.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number; `.evidenceRefused` for
  ///   evidence beyond what is evaluated.
  public func proved(by evidence: any Evidence, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try range.requireNumber(distortion: distortion)
    let standard = standard(distortion)
    let low = try proving(evidence, standard.low)
    return standard.low < standard.high ? low.hull(with: try proving(evidence, standard.high)) : low
  }

  /// Reads evidence for this curve.
  ///
  /// - Throws: `MalformedEvidence` if the type is none that proves anything about the curve, or the form is none of its type.
  public func evidence(from form: EvidenceForm) throws(MalformedEvidence) -> any Evidence {
    guard let type = evidence.first(where: { $0.type == form.type }) else {
      let known = evidence.map { $0.type }.joined(separator: ", ")
      throw MalformedEvidence("evidence of type \"\(form.type)\" proves nothing about \(name) (there are: \(known))")
    }
    return try type.init(form)
  }

  /// The two ends of D/s^2.
  private func standard(_ distortion: Double) -> (low: Double, high: Double) {
    let interval = Interval(distortion) / squaredScale
    return (Self.clamped(interval.lower), Self.clamped(interval.upper))
  }

  /// Rounding may reach 0 or overflow, where the limit has no value but the next number's will do.
  private static func clamped(_ distortion: Double) -> Double {
    distortion == 0 ? 0 : min(max(distortion, .leastNormalMagnitude), .greatestFiniteMagnitude)
  }

  private func scaled(_ point: OperatingPoint, distortion: Double) -> OperatingPoint {
    OperatingPoint(
      distortion: distortion, rate: point.rate, slope: point.slope.map { $0 / squaredScale.midpoint })
  }
}
