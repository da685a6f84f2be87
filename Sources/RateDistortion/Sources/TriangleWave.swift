import IntervalArithmetic

/// The triangle wave of random phase, between -1 and 1, shifted cyclically.
///
///     X(t) = s(t + V),   s(t) = 1 - 4 |t| on [-1/2, 1/2], of period 1, V uniform on [0, 1].
///
/// s is the integral of a square wave of slopes +4 and -4, so that r'' = 2 E s'(t) s'(0) = 32 (1 - 4 t) up to t = 1/2:
/// realisations whose phases differ by t differ in mean square by r(t) = 16 t^2 - 64 t^3/3, whose derivative 64 t (1/2 - t) is
/// positive and concave. So intervals are optimal cells, and with C = E||X||^2 = 1/3, up to p = 1/2
///
///     delta(p) = 4 p^2/3 - 16 p^3/15,      w(p) = 8 p^2/3 - 16 p^3/5,      Dmax = delta(1) = 1/3.
///
/// Beyond, with q = 1 - p and C - delta(p) = (q/p)^2 (C - delta(q)),
///
///     delta(p) = 1/3 - (q/p)^2 h,      w(p) = (q/p^2) (2 h - p q^2 (8/3 - 16 q/5)),      h = 1/3 - 4 q^2/3 + 16 q^3/15.
///
/// - Theorems: "Limits at perfect realism and closed phases", with the inequality that `ClosedPhaseProof` checks.
/// - Distortion: mean squared error over t in [0, 1].
/// - Source: derived here.
public struct TriangleWave: ConcavePhase {
  /// The filter that it has passed, if any.
  public let blur: Blur?
  private let blurred: BlurredPhase?

  /// The triangle wave, as it is or behind a filter.
  public init(blur: Blur? = nil) {
    self.blur = blur
    blurred = blur.map { BlurredPhase(.triangleWave, by: $0) }
  }

  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.cellDistortion(p) }
    return Number.piecewise(p, at: 0.5, below: { Self.early($0) }, above: { Self.late($0) })
  }

  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.logarithmicSlope(p) }
    return Number.piecewise(p, at: 0.5, below: { Self.earlySlope($0) }, above: { Self.lateSlope($0) })
  }

  /// delta(p) up to 1/2.
  private static func early<Number: RealNumber>(_ p: Number) -> Number {
    let square = Number.squared(p)
    return 4 * square * (5 - 4 * p) / 15
  }

  /// w(p) up to 1/2.
  private static func earlySlope<Number: RealNumber>(_ p: Number) -> Number {
    let square = Number.squared(p)
    return 8 * square * (5 - 6 * p) / 15
  }

  /// delta(p) beyond 1/2.
  private static func late<Number: RealNumber>(_ p: Number) -> Number {
    let (third, q) = (Number(1) / 3, 1 - p)
    return third - Number.squared(q / p) * (third - early(q))
  }

  /// w(p) beyond 1/2, where q^2 (8/3 - 16 q/5) is the slope w(q).
  private static func lateSlope<Number: RealNumber>(_ p: Number) -> Number {
    let (third, q) = (Number(1) / 3, 1 - p)
    let inner: Number = 2 * (third - early(q)) - p * earlySlope(q)
    return q / Number.squared(p) * inner
  }

  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number {
    blurred?.distortionOfSilence(as: number) ?? 1 / Number(3)
  }

  public var slopePeak: Double { 0.5 }

  /// 4 p^2/3 - 2 p^3/3.
  public func centredDistortion<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.centredDistortion(p) }
    return 2 * .squared(p) * (2 - p) / 3
  }

  /// 8 p^2/3 - 2 p^3.
  public func centredSlope<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.centredSlope(p) }
    return 2 * .squared(p) * (4 - 3 * p) / 3
  }
}

extension TriangleWave: OneShotSource {
  public static let description = SourceDescription(
    name: "triangle-wave",
    definition: "s(t + V) on [0, 1], s(t) = 1 - 4 |t| on [-1/2, 1/2] of period 1, V uniform on [0, 1]",
    distortionMeasure: .meanSquaredError,
    reference: "derived here",
    parameters: [Blur.parameter])

  public init(parameters: SourceParameters) throws(DomainError) {
    self.init(blur: try Blur.requested(by: parameters))
  }

  public var parameters: SourceParameters { blur?.parameters ?? SourceParameters() }

  /// The inequality that its theorems need.
  public func computedProof() -> [ProofCheck] { [ClosedPhaseProof().check()] }
}
