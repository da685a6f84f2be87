import IntervalArithmetic

/// The uniform scalar on [0, 1].
///
/// A cell of length p costs the variance of a uniform variable on it; intervals are optimal by rearrangement, the pair
/// distance (u - u')^2 increasing with |u - u'|:
///
///     delta(p) = p^2 / 12,      w(p) = p^2 / 6,      Dmax = delta(1) = 1/12.
///
/// - Theorems: "Biuniform codes are optimal": w and v increase, sections 1.6, 3, 4.2 and 5; Gyorgy and Linder 2000.
/// - Distortion: squared error of the scalar.
/// - Source: Gyorgy, Linder, "Optimal Entropy-Constrained Scalar Quantization of a Uniform Source", IEEE Trans. Inform.
///   Theory 46 (2000) 2704-2711.
public struct UniformScalar: BiuniformOptimal {
  /// The uniform scalar.
  public init() {}

  @inlinable
  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    .squared(p) / 12
  }

  @inlinable
  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    .squared(p) / 6
  }

  @inlinable
  public func cellSize(atDistortion distortion: Double) -> Double {
    min((12 * distortion).squareRoot(), 1)
  }

  @inlinable
  public var slopePeak: Double { 1 }
}

extension UniformScalar: OneShotSource {
  public static let description = SourceDescription(
    name: "uniform",
    // A public trainer's "stationary" sawbridge draws its two uniform variables from one seed: every path is the straight
    // line t + V - 1, so its mean squared error over t is that of the scalar V.
    aliases: ["sawbridge_stationary_asis"],
    definition: "a scalar uniform on [0, 1]",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Gyorgy, Linder 2000")

  public init(parameters: SourceParameters) throws(DomainError) {
    self.init()
  }

  /// Without common randomness, and codes with it.
  public var realismCurves: [Curve] { privateRealism + [Curve(StaggeredCells())] }

  /// The one-shot limits, of which the hull is the optimal entropy-constrained scalar quantizer, limits for long blocks, the
  /// practical schemes, which are compared with R(D), and what realism leaves.
  public var limits: SourceLimits {
    let oneShot = oneShotLimits
    let ecsq = Curve(
      TimeSharing(source: self), name: .ecsq,
      summary: "optimal entropy-constrained scalar quantizer, time sharing included (Gyorgy, Linder 2000)")
    guard let scaled else {
      return SourceLimits(curves: oneShot.curves + realismCurves, judgement: oneShot.judgement())
    }
    let shannon = scaled.shannonCurves
    let schemes = scaled.practicalSchemes
    return SourceLimits(
      curves: oneShot.curves + [scaled.shannonReference] + shannon + schemes + [ecsq] + realismCurves,
      judgement: oneShot.judgement(),
      gaps: {
        SchemeGaps(
          reference: shannon.first ?? scaled.shannonReference, schemes: schemes, limits: scaled.gapLimits)
      })
  }

  /// Codes on the line of x in [0, 1], against E(D) and R(D).
  public var codes: CodeReference? {
    scaled.map { scaled in
      CodeReference(
        line: ScalarLine(scaled: scaled, shift: 1 / 2.0), oneShot: oneShotLimits.bothSides,
        longBlocks: scaled.shannonCurves)
    }
  }

  /// That of its density.
  public var shippedTables: [ShippedTable] { scaled.map { [$0.shippedTable] } ?? [] }

  /// The density, for the quantizers; a scale of 1 is always valid.
  private var scaled: ScaledDensity<UniformDensity>? { try? ScaledDensity(UniformDensity(), scale: 1) }
}
