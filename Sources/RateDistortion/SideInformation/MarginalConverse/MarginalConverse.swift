import IntervalArithmetic

/// The converse for one-shot codes whose index is coded by its own law: no code has a smaller H(U) at D.
///
/// The larger of two bounds at every distortion: the converse for H(U|Y), which holds for H(U) all the more, and
///
///     H(U) >= sup over lambda of [c(lambda) - lambda D/sigma^2_{X|Y}]   nats
///
/// by what a set of sources, however scattered, earns at most behind the noise (`MarginalDual`, `RewardBound`): cells that the
/// decoder cannot tell apart cost distortion, and cells that it can, bins, must lie some 7 sigma_{X|Y} apart, which bounds what
/// binning saves. The larger the noise, the more is lost at the ends of the source; where the second bound is below the first the
/// curve is the first.
///
/// - Source: this package's; proofs in <doc:MarginalConverse>.
/// - Units: of sigma^2_{X|Y}, by which `Curve` scales.
public struct MarginalConverse<Conditional: Limit>: Limit {
  /// The converse for H(U|Y), of kind `lower`.
  public let conditional: Conditional
  private let spread: Interval
  private let lines: MarginalLines

  /// - Parameter problem: how far E[X|Y] spreads.
  public init(_ problem: GaussianSideInformation, conditional: Conditional) {
    self.conditional = conditional
    spread = problem.enclosedSpread
    lines = problem.spread > 0 ? MarginalLines(spread: problem.enclosedSpread) : MarginalLines()
  }

  public var name: CurveName { .oneShotMarginalLower }
  public var kind: BoundKind { .lower }
  public var isCostly: Bool { conditional.isCostly }
  public var summary: String {
    "no one-shot code whose index is coded by its own law does better (converse for H(index))"
  }
  public var largestDistortion: Double { conditional.largestDistortion }
  public var enclosedLargestDistortion: Interval { conditional.enclosedLargestDistortion }
  public var range: CurveRange { conditional.range }
  public var assurance: Assurance { conditional.assurance }
  public var evidence: [any Evidence.Type] { [RewardMultiplier.self] + conditional.evidence }
  public var slopeOfSilence: Double? { conditional.slopeOfSilence }
  public var precise: MarginalConverse? {
    conditional.precise.map { MarginalConverse(conditional: $0, spread: spread, lines: lines) }
  }

  private init(conditional: Conditional, spread: Interval, lines: MarginalLines) {
    self.conditional = conditional
    self.spread = spread
    self.lines = lines
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let point = try conditional.point(atDistortion: distortion)
    guard let line = lines.highest(at: distortion), line.rate > point.rate * natsPerBit else { return point }
    return OperatingPoint(distortion: distortion, nats: line.rate, natsPerDistortion: line.slope)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let point = try conditional.point(atRate: rate)
    guard let line = lines.farthest(at: rate * natsPerBit), line.distortion > point.distortion else { return point }
    return OperatingPoint(distortion: line.distortion, nats: rate * natsPerBit, natsPerDistortion: line.slope)
  }

  /// By the bound that is the larger in floating point.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try conditional.point(atDistortion: distortion)
    guard let line = lines.highest(at: distortion), line.rate > point.rate * natsPerBit else {
      return try conditional.bound(atDistortion: distortion)
    }
    let evidence = RewardMultiplier(slope: line.slope, bounds: lines.bounds(forSlope: line.slope, spread: spread))
    return Bound(
      kind: kind, distortion: distortion, rate: rate(by: evidence, at: distortion), slope: line.slope / natsPerBit,
      evidence: evidence)
  }

  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? RewardMultiplier else {
      return try conditional.proof(by: evidence, at: distortion)
    }
    guard spread.lower > 0 else { return .entire }
    guard named.slope > 0x1p-40, named.slope < 0x1p40, 1...RewardMultiplier.mostBounds ~= named.bounds.count else {
      throw .evidenceRefused("the slope, or the number of bounds, is beyond what is evaluated")
    }
    guard zip(named.bounds, named.bounds.dropFirst()).allSatisfy({ $0.price < $1.price }) else {
      throw .evidenceRefused("the prices do not increase")
    }
    for bound in named.bounds where !bound.isProved {
      throw .evidenceRefused(
        "it is not proved that sets earn at most \(bound.density.words), and \(bound.end.words) at an end, "
          + "at price \(bound.price.words)")
    }
    return .hull(rate(by: named, at: distortion).lower, .infinity)
  }

  /// The number that a slope claims from below, true if its bounds are.
  private func rate(by evidence: RewardMultiplier, at distortion: Double) -> Interval {
    let dual = MarginalDual(evidence.bounds, spread: spread).least(slope: evidence.slope).value
    let nats = Interval(dual) - Interval(evidence.slope) * Interval(distortion)
    return nats.isEmpty || nats.lower.isNaN ? .entire : nats / .ln2
  }
}

extension CurveName {
  /// The converse for one-shot codes whose index is coded by its own law.
  public static let oneShotMarginalLower = CurveName(rawValue: "one-shot-marginal-lower")
}
