import IntervalArithmetic

/// The square wave of random phase: +1 for half a period and -1 for the other half, shifted cyclically.
///
///     X(t) = s(t + V),   s = 1 on [0, 1/2) and -1 on [1/2, 1), of period 1, V uniform on [0, 1].
///
/// Realisations whose phases differ by t <= 1/2 around the circle differ by 2 on a fraction 2 t of the time, r(t) = 8 t, which
/// increases with a constant derivative. So intervals are optimal cells, and with C = E||X||^2 = 1, up to p = 1/2
///
///     delta(p) = w(p) = 4 p/3,      Dmax = delta(1) = 1,
///
/// as for the sawbridge, whose distance is linear too, but on an open line. Beyond, by the identity of every stationary phase
/// C - delta(p) = ((1 - p)/p)^2 (C - delta(1 - p)),
///
///     delta(p) = 1 - (1 - p)^2 (4 p - 1)/(3 p^2),      w(p) = 2 (1 - p)(2 p^2 + 2 p - 1)/(3 p^2).
///
/// w rises up to the root 0.5549 of 2 p^3 + 3 p = 2: at 0.55 the left side is 1.98275.
///
/// - Theorems: "Limits at perfect realism and closed phases", with the inequality that `ClosedPhaseProof` checks.
/// - Distortion: mean squared error over t in [0, 1].
/// - Source: derived here.
public struct SquareWave: ConcavePhase {
  /// The filter that it has passed, if any.
  public let blur: Blur?
  private let blurred: BlurredPhase?

  /// The square wave, as it is or behind a filter.
  public init(blur: Blur? = nil) {
    self.blur = blur
    blurred = blur.map { BlurredPhase(.squareWave, by: $0) }
  }

  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.cellDistortion(p) }
    return Number.piecewise(p, at: 0.5, below: { 4 * $0 / 3 }, above: { 1 - Self.rest($0) })
  }

  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.logarithmicSlope(p) }
    return Number.piecewise(p, at: 0.5, below: { 4 * $0 / 3 }, above: { Self.lateSlope($0) })
  }

  /// 1 - delta(p) beyond 1/2.
  private static func rest<Number: RealNumber>(_ p: Number) -> Number {
    let ratio: Number = (1 - p) / p
    return Number.squared(ratio) * (4 * p - 1) / 3
  }

  /// w(p) beyond 1/2.
  private static func lateSlope<Number: RealNumber>(_ p: Number) -> Number {
    let square = Number.squared(p)
    let factor: Number = 2 * square + 2 * p - 1
    return 2 * (1 - p) * factor / (3 * square)
  }

  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number {
    blurred?.distortionOfSilence(as: number) ?? 1
  }

  public var slopePeak: Double { blurred?.slopePeak ?? 0.55 }

  /// 2 p.
  public func centredDistortion<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.centredDistortion(p) }
    return 2 * p
  }

  /// 2 p.
  public func centredSlope<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.centredSlope(p) }
    return 2 * p
  }
}

extension SquareWave: OneShotSource {
  public static let description = SourceDescription(
    name: "square-wave",
    definition: "s(t + V) on [0, 1], s = +1 and -1 on the halves of a period, V uniform on [0, 1]",
    distortionMeasure: .meanSquaredError,
    reference: "derived here; a twin of the sawbridge (Wagner, Balle 2021) on a closed line",
    parameters: [Blur.parameter])

  public init(parameters: SourceParameters) throws(DomainError) {
    self.init(blur: try Blur.requested(by: parameters))
  }

  public var parameters: SourceParameters { blur?.parameters ?? SourceParameters() }

  /// The inequality that its theorems need.
  public func computedProof() -> [ProofCheck] { [ClosedPhaseProof().check()] }

  /// log2(e^2/6) = 0.3004 bits, as for the ramp; not known behind a filter.
  public var highRateLoss: (bits: Double, decibels: Double)? { blurred == nil ? Ramp().highRateLoss : nil }

  /// In elliptic integrals; none behind a filter.
  public var longBlockCurves: [Curve] { blurred == nil ? [Curve(SquareWaveRateDistortion())] : [] }

  /// Without common randomness, and with it, for one sample and for many.
  ///
  /// The distance r of two independent realisations is uniform on [0, 4], as that of two points of the sphere in three
  /// dimensions is. The limit for many samples is a function of the law of r alone (`RampRealism`): it is that of the sphere.
  public var realismCurves: [Curve] {
    if blurred != nil { return privateRealism + sharedRealism }
    let sphere = try? SphereRateDistortion(dimension: 3)
    let shannon = sphere.map {
      Curve($0, name: CurveName(rawValue: "sphere-shannon"))
        .uncorrelatedRealism("that of the sphere, whose distances have the same law")
    }
    return privateRealism + sharedRealism + [shannon].compactMap { $0 }
  }
}
