import IntervalArithmetic

/// One side of R(D) of a finite source.
///
/// A reproduction law and a slope found by Blahut and Arimoto's iteration prove it, whatever has converged: `FiniteLaw`
/// encloses both bounds. They are within 1e-9 bits of each other for matrices of up to 65,536 entries, 1e-6 bits for larger.
///
/// At the least distortion of all, where no finite slope leads, the code that sends every letter's nearest reproduction is the
/// upper side, and the law of its index at a slope that leaves nothing to other reproductions the dual: with a reproduction for
/// every letter both are H(X).
///
/// - Domain: D from the least distortion of the source on; 0 from the largest one on.
/// - Certificate: the law and the slope in nats; the law's points are the letters, counted from 0. At the least distortion
///   ``NearestReproductions``.
public struct FiniteShannonCurve: Limit {
  private let solutions: FiniteSolutions
  public let kind: BoundKind
  public let isCostly: Bool

  init(_ solutions: FiniteSolutions, kind: BoundKind, isCostly: Bool = false) {
    self.solutions = solutions
    self.kind = kind
    self.isCostly = isCostly
  }

  public var name: CurveName { .shannon }
  public var summary: String {
    kind == .lower
      ? "rate-distortion function R(D) from below, the dual of a law (Csiszar 1974)"
      : "rate-distortion function R(D) from above, a law's channel (Blahut 1972)"
  }
  public var largestDistortion: Double { solutions.largestDistortion }
  public var range: CurveRange {
    solutions.leastDistortion == 0 ? CurveRange(leastDistortion: 0) : .everywhere
  }

  /// - Throws: also `DomainError.distortionTooSmall` below the source's least distortion.
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireAchievable(distortion)
    if distortion == solutions.leastDistortion {
      return OperatingPoint(distortion: distortion, rate: solutions.nearest.rate.midpoint, slope: nil)
    }
    guard let solution = solutions.solution(.distortion(distortion)) else {
      throw .distortionTooSmall(distortion, least: solutions.leastDistortion)
    }
    let value = kind == .lower ? solution.dualValue : solution.channelValue
    return OperatingPoint(
      distortion: distortion, rate: max(0, value) / natsPerBit, slope: solution.dual.slope / natsPerBit)
  }

  /// Next to rate 0 the search for the slope may end early: the lower side is then valid and up to 1e-6 bits looser. A rate that
  /// sends every letter's nearest reproduction is not spent in full.
  ///
  /// - Throws: also `DomainError.rateOutOfRange` for rates to which no slope leads.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nearest = solutions.nearest
    if rate >= nearest.rate.lower {
      return OperatingPoint(distortion: solutions.leastDistortion, rate: nearest.rate.midpoint, slope: nil)
    }
    guard largestDistortion > solutions.leastDistortion, let solution = solutions.solution(.rate(rate * natsPerBit))
    else {
      throw .rateOutOfRange(rate, largest: rate.nextDown)
    }
    return OperatingPoint(
      distortion: max(0, kind == .lower ? solution.dualValue : solution.channelValue), rate: rate,
      slope: solution.dual.slope / natsPerBit)
  }

  public var enclosedLargestDistortion: Interval { .hull(largestDistortion, .infinity) }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    try requireAchievable(distortion)
    let source = solutions.source
    let silent = FiniteLaw(slope: 0, law: source.bestReproduction)
    if distortion >= largestDistortion, silent.proved(.upper, of: source, atDistortion: distortion).upper == 0 {
      return Bound(kind: kind, distortion: distortion, rate: 0, slope: 0, evidence: silent.named)
    }
    if distortion == solutions.leastDistortion { return leastDistortionBound }
    // At the largest distortion rounding leaves open whether nothing need be sent; next to it hardly anything.
    let target = min(distortion, largestDistortion * (1 - 0x1p-40))
    guard let solution = solutions.solution(.distortion(target)) else {
      throw .distortionTooSmall(distortion, least: solutions.leastDistortion)
    }
    let lower = solution.dual.proved(.lower, of: source, atDistortion: distortion).lower
    let (channel, upper) = achieving(solution.channel, distortion)
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(lower, max(lower, upper)),
      slope: solution.dual.slope / natsPerBit,
      evidence: (kind == .lower ? solution.dual : channel).named)
  }

  /// The bound at the least distortion of all.
  private var leastDistortionBound: Bound {
    let (source, distortion) = (solutions.source, solutions.leastDistortion)
    let law = solutions.nearest.law
    let lower = law.proved(.lower, of: source, atDistortion: distortion).lower
    let upper = source.nearestReproductions(atDistortion: distortion).upper
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(lower, max(lower, upper)), slope: nil,
      evidence: kind == .lower ? law.named : NearestReproductions())
  }

  public var evidence: [any Evidence.Type] { [NamedLaw.self, NearestReproductions.self] }

  /// A law proves the lower end as a dual, and the upper one as a channel.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    if evidence is NearestReproductions { return solutions.source.nearestReproductions(atDistortion: distortion) }
    guard let named = evidence as? NamedLaw, let law = FiniteLaw(named, of: solutions.source) else { return .entire }
    return law.proved(kind, of: solutions.source, atDistortion: distortion)
  }

  /// The channel with its slope raised until its distortion is proved to be at most D, which the search meets to rounding.
  private func achieving(_ law: FiniteLaw, _ distortion: Double) -> (FiniteLaw, Double) {
    var channel = law
    for margin in [0, 0x1p-49, 0x1p-46, 0x1p-42, 0x1p-36, 0x1p-30] {
      channel = FiniteLaw(moving: law, to: law.slope * (1 + margin))
      let upper = channel.proved(.upper, of: solutions.source, atDistortion: distortion).upper
      if upper < .infinity { return (channel, upper) }
    }
    return (channel, .infinity)
  }

  private func requireAchievable(_ distortion: Double) throws(DomainError) {
    guard distortion >= solutions.leastDistortion else {
      throw .distortionTooSmall(distortion, least: solutions.leastDistortion)
    }
  }
}
