import IntervalArithmetic

/// A source that is a scalar with a known density: what it shares with the others of its kind.
///
/// Its curves are the limits for long blocks, the optimal entropy-constrained scalar quantizer from both sides, and the
/// practical schemes.
public protocol ScalarSource: InformationSource {
  /// The density at scale 1.
  associatedtype Density: ScalarDensity

  /// The density and its scale.
  var scaled: ScaledDensity<Density> { get }

  /// R(D), or what is known of it.
  var longBlockCurves: [any Curve] { get }
}

extension ScalarSource {
  /// The Shannon lower bound, and R(D) from both sides.
  public var longBlockCurves: [any Curve] {
    [SpecializedCurve(HighRate.shannonLowerBound(of: scaled))] + scaled.shannonCurves
  }

  /// Limits for long blocks, the optimal scalar quantizer, practical schemes.
  public var curves: [any Curve] { longBlockCurves + [scalarConverse, scalarOptimum] + scaled.practicalSchemes }

  /// One-shot codes are judged by the optimal scalar quantizer, proved from below and designed from above; R(D) is only
  /// reached by coding many samples together.
  public var judgement: Judgement {
    Judgement(
      converse: scalarConverse, achievable: scalarOptimum, references: longBlockCurves.filter { !$0.isCostly })
  }

  /// The optimal scalar quantizer and the practical schemes against R(D).
  public var gaps: SchemeGaps? {
    let optimum = GapLimits(
      scheme: .ecsq, highRateBits: SpaceFillingLoss.scalarBits, highRateDecibels: SpaceFillingLoss.scalarDecibels)
    return SchemeGaps(
      reference: longBlockCurves.first { $0.name == .shannon } ?? scaled.shannonReference,
      schemes: [scalarOptimum] + scaled.practicalSchemes, limits: [optimum] + scaled.gapLimits,
      table: { scaled.shannonTable })
  }

  private var scalarConverse: any Curve {
    SpecializedCurve(ScaledCurve(EntropyConstrainedConverse(scaled.density), squaredScale: scaled.squaredScale))
  }

  private var scalarOptimum: any Curve {
    SpecializedCurve(ScaledCurve(EntropyConstrainedCurve(scaled.density), squaredScale: scaled.squaredScale))
  }
}
