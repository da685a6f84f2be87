import IntervalArithmetic

/// The mathematics of a curve: what a limit is at D in (0, Dmax), and nothing else.
///
/// A conformer writes formulas for a source in standard units and may rely on its arguments: D is a normal number below Dmax,
/// R a positive number within the curve's range. What every curve does alike is done once, in the extension below and in
/// `Curve`: the check of the domain, the value at and beyond Dmax, scaling, the sides that a kind may claim, and that nothing
/// but a proof's own evidence counts.
///
/// There are two ways in. `point` is fast floating point, in both directions, for sweeps and for judging millions of points.
/// `bound` is the claim: an interval with its evidence, proved at exactly the distortion given.
public protocol Limit: Sendable {
  /// The stable identifier, as `--curves` takes it.
  var name: CurveName { get }
  /// What its numbers claim.
  var kind: BoundKind { get }
  /// What it means, in a line, with its source.
  var summary: String { get }

  /// Dmax, the distortion at and above which the rate is 0, as the nearest floating-point number.
  var largestDistortion: Double { get }
  /// An enclosure of Dmax: from its upper end on, rate 0 is achieved.
  var enclosedLargestDistortion: Interval { get }
  /// -dR/dD just below Dmax in bits per unit of distortion; nil where it is infinite or not known.
  var slopeOfSilence: Double? { get }

  /// The distortions and rates that are computed.
  var range: CurveRange { get }
  /// What the enclosures rest on.
  var assurance: Assurance { get }
  /// Whether a bound, or the check of its claim, takes a noticeable part of a second: then `table` prints the curve only if
  /// asked for it.
  var isCostly: Bool { get }
  /// The same curve, proved at the very distortion where this one rests on a table; nil where there is no such difference.
  var precise: Self? { get }
  /// The types of evidence that prove something about this curve, besides `Silence`.
  var evidence: [any Evidence.Type] { get }

  /// What is solved once, when it is first needed, on all cores: for those who are about to ask from several threads, all but
  /// one of which would wait. Nil where nothing is, or nothing is left to be solved.
  var preparation: (@Sendable () -> Void)? { get }

  /// The curve at a distortion in `range`, below Dmax.
  func point(at distortion: Double) throws(DomainError) -> OperatingPoint

  /// The least distortion of the curve at a rate in bits, positive and in `range`.
  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint

  /// The enclosure of the curve at the exact binary value of a distortion in `range` below the upper end of Dmax.
  func enclosure(at distortion: Double) throws(DomainError) -> Bound

  /// What evidence, from anywhere, proves about the rate in bits at the exact binary value of D; an end that it does not prove
  /// is infinite.
  ///
  /// Nothing is trusted but the code or multiplier that the evidence names: numbers are checked against stated ranges, and
  /// every intermediate result that is not finite counts as the worst case.
  ///
  /// - Throws: `DomainError.evidenceRefused` for evidence beyond what is evaluated, with the reason.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval
}

/// The distortions and rates for which a curve is computed.
public struct CurveRange: Sendable, Equatable {
  /// The least distortion; 0 for a source of finitely many letters, each of which has a reproduction of its own.
  public var leastDistortion: Double
  /// The largest rate, in bits.
  public var largestRate: Double

  /// The largest rate any curve is asked for, in bits. A rate of 500 bits is a distortion near 1e-151 or 1e-301, where
  /// floating-point numbers end; no table or compressor comes near it.
  public static let largestRate = 500.0

  /// All normal numbers, and 500 bits: below 2.2e-308 numbers lose the digits that a bound would need.
  public static let everywhere = CurveRange()

  /// A part of `everywhere`.
  public init(leastDistortion: Double = .leastNormalMagnitude, largestRate: Double = CurveRange.largestRate) {
    self.leastDistortion = leastDistortion
    self.largestRate = largestRate
  }

  /// Throws unless D is a number that some curve has a value at: a normal one, or 0 where this one reaches it.
  @inlinable
  func requireNumber(distortion: Double) throws(DomainError) {
    let isReached = distortion == 0 && leastDistortion == 0
    guard distortion >= .leastNormalMagnitude || isReached, distortion.isFinite else {
      throw .distortionOutOfRange(distortion)
    }
  }

  /// Throws unless D is a number that some curve has a value at, and this one too.
  @inlinable
  func require(distortion: Double) throws(DomainError) {
    try requireNumber(distortion: distortion)
    guard distortion >= leastDistortion else { throw .distortionTooSmall(distortion, least: leastDistortion) }
  }

  /// Throws unless R is a number of bits in [0, `largestRate`].
  @inlinable
  func require(rate: Double) throws(DomainError) {
    guard rate >= 0, rate <= largestRate else { throw .rateOutOfRange(rate, largest: largestRate) }
  }
}

extension Limit {
  @inlinable public var enclosedLargestDistortion: Interval { Interval(largestDistortion) }
  @inlinable public var slopeOfSilence: Double? { nil }
  @inlinable public var range: CurveRange { .everywhere }
  public var assurance: Assurance { .proved }
  public var isCostly: Bool { false }
  public var precise: Self? { nil }
  public var preparation: (@Sendable () -> Void)? { nil }
  public var evidence: [any Evidence.Type] { [ClosedForm.self] }

  /// A closed form needs no evidence but its name, and is evaluated anew.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? ClosedForm else { return .entire }
    let bound = try enclosure(at: distortion)
    return bound.evidence as? ClosedForm == named ? bound.rate : .entire
  }

  /// The curve at a distortion D > 0.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number; `.distortionTooSmall` below
  ///   the curve's range.
  @inlinable
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try range.require(distortion: distortion)
    guard distortion < largestDistortion else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    return try point(at: distortion)
  }

  /// The least distortion of the curve at a rate in bits.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is a number in [0, `range.largestRate`].
  @inlinable
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try range.require(rate: rate)
    guard rate > 0 else { return OperatingPoint(distortion: largestDistortion, rate: 0, slope: slopeOfSilence) }
    return try point(ofRate: rate)
  }

  /// The enclosure of the curve at the exact binary value of D > 0.
  ///
  /// - Throws: as `point(atDistortion:)`.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try range.require(distortion: distortion)
    guard distortion < enclosedLargestDistortion.upper else {
      return Bound(kind: kind, distortion: distortion, rate: 0, slope: 0, evidence: Silence())
    }
    var bound = try enclosure(at: distortion)
    bound.assurance = assurance
    return bound
  }

  /// What evidence, from anywhere, proves about the curve's claim at D: the rate in bits lies in this interval.
  ///
  /// Which ends are claimed follows from the curve's kind, whatever the evidence proves besides: a lower bound claims its lower
  /// end, an upper bound its upper one, an estimate none. An end that is not proved is infinite.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number; `.evidenceRefused` for
  ///   evidence beyond what is evaluated.
  public func proved(by evidence: any Evidence, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try range.requireNumber(distortion: distortion)
    var rate = Interval.hull(0, distortion >= enclosedLargestDistortion.upper ? 0 : .infinity)
    if !(evidence is Silence) {
      let proof = try proof(by: evidence, at: distortion)
      // What is empty or not a number proves nothing; where two proofs contradict each other, none is believed.
      let both = proof.isEmpty ? rate : rate.intersection(with: proof)
      if !both.isEmpty { rate = both }
    }
    switch kind {
    case .lower: return .hull(rate.lower, .infinity)
    case .upper: return .hull(0, rate.upper)
    case .exact: return rate
    case .estimate: return .hull(0, .infinity)
    }
  }
}
