import IntervalArithmetic

/// What the dual bound on H(U) would be if the reward of sets before a Gaussian source were known: an estimate of how far a
/// converse can be proved.
///
/// The larger of `MarginalConverse` and
///
///     sup over lambda of [c(lambda) - lambda D/sigma^2_{X|Y}],   c(lambda) = inf over t of lambda t - 1 - log(lambda Theta(t)),
///
/// with Theta from a control problem solved on a grid (`RewardControl`), interpolated by cubics in log Theta against log t,
/// then by chords, with slope 1 beyond t = 2. The control problem bounds Theta, so its exact value would give a bound; a grid's has errors of both signs.
/// Where the spread S of E[X|Y] is outside of what is solved, 0.3 to 32 sigma_{X|Y} (noise variances of 0.001 to 11 times Y's), the curve is the
/// proved converse.
///
/// - Kind: `estimate`. No verdict rests on it. The error is what twice the spacing of the grid changes, and 0.003 bits: 0.003 to
///   0.03 bits.
/// - Units: of sigma^2_{X|Y}, by which `Curve` scales.
/// - Source: this package's; <doc:MarginalConverse>.
public struct MarginalEstimate<Conditional: Limit>: Limit {
  /// The proved converse.
  public let converse: MarginalConverse<Conditional>
  private let table: LazyTable<ControlLines>

  /// - Parameter problem: how far E[X|Y] spreads.
  public init(_ problem: GaussianSideInformation, converse: MarginalConverse<Conditional>) {
    self.converse = converse
    let spread = problem.spread
    table = LazyTable(isCarried: false) { ControlLines(spread: spread) }
  }

  public var name: CurveName { .oneShotMarginalEstimate }
  public var kind: BoundKind { .estimate }
  /// The control problem takes a second or two of CPU time once, ten where the spread is large.
  public var isCostly: Bool { true }
  public var preparation: (@Sendable () -> Void)? { table.preparation }
  public var summary: String {
    "what the converse for H(index) would be if its control problem were solved exactly; not proved"
  }
  public var largestDistortion: Double { converse.largestDistortion }
  public var enclosedLargestDistortion: Interval { converse.enclosedLargestDistortion }
  public var range: CurveRange { converse.range }
  public var evidence: [any Evidence.Type] { [ControlGrid.self] + converse.evidence }
  public var slopeOfSilence: Double? { converse.slopeOfSilence }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let point = try converse.point(atDistortion: distortion)
    guard let line = table.value().highest(at: distortion), line.nats > point.rate * natsPerBit else { return point }
    return OperatingPoint(distortion: distortion, nats: line.nats, natsPerDistortion: line.slope)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let point = try converse.point(atRate: rate)
    let nats = rate * natsPerBit
    guard let line = table.value().farthest(at: nats), line.distortion > point.distortion else { return point }
    return OperatingPoint(
      distortion: min(line.distortion, largestDistortion), nats: nats, natsPerDistortion: line.slope)
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try converse.point(atDistortion: distortion)
    guard let line = table.value().highest(at: distortion), line.nats > point.rate * natsPerBit else {
      var bound = try converse.bound(atDistortion: distortion)
      bound.kind = kind
      bound.rate = Interval(bound.rate.lower)
      return bound
    }
    let (bits, width) = (line.nats / natsPerBit, line.error / natsPerBit)
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, bits - width), bits + width),
      slope: line.slope / natsPerBit,
      evidence: ControlGrid(slope: line.slope, spacing: ControlLines.spacing))
  }

  /// Nothing is proved.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval { .entire }
}

/// What stands behind an estimate of the converse for H(index): a slope and the spacing of a grid. It proves nothing.
public struct ControlGrid: Evidence, Equatable {
  public static let type = "control-grid"
  public static let meaning =
    "The slope of a line below H(index), in nats per sigma_{X|Y}^2, and the spacing of the grid on which the reward of sets was solved, in "
    + "sigma_{X|Y}. It proves nothing: an estimate is computed anew and compared."

  /// lambda.
  public let slope: Double
  /// h.
  public let spacing: Double

  init(slope: Double, spacing: Double) {
    self.slope = slope
    self.spacing = spacing
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    slope = try form.number("slope_nats")
    spacing = try form.number("spacing")
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["slope_nats": slope, "spacing": spacing]) }
  public var sentence: String {
    "an estimate: a control problem on a grid of spacing \(spacing.words), at the slope \(slope.words) nats"
  }
}

extension CurveName {
  /// The converse for codes whose index is coded by its own law, as far as an unproved computation goes.
  public static let oneShotMarginalEstimate = CurveName(rawValue: "one-shot-marginal-estimate")
}
