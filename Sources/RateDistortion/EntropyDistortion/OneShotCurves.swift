/// The one-shot limits that every source with a cell distortion has, and how a trained point is judged by them.
extension CellSource {
  /// The dual bound, the best biuniform codes, E(D), and its convex hull.
  public var oneShotCurves: [any Curve] {
    [
      SpecializedCurve(DualBound(source: self)), SpecializedCurve(BiuniformUpperBound(source: self)),
      SpecializedCurve(EntropyDistortionFunction(source: self)), SpecializedCurve(TimeSharing(source: self)),
    ]
  }

  /// Trained one-shot codes are judged by E(D): nothing lies below it, and it is achieved.
  ///
  /// - Parameter sampled: the bound of the sampled process, where points were evaluated on a grid: E(D) of the process in
  ///   continuous time is then no converse, but still what a good code comes near.
  public func oneShotJudgement(sampled: (any Curve)?) -> Judgement {
    let exact = SpecializedCurve(EntropyDistortionFunction(source: self))
    return Judgement(
      converse: sampled ?? exact, achievable: exact,
      references: [SpecializedCurve(DualBound(source: self)), SpecializedCurve(TimeSharing(source: self))]
        + limitsInVerdicts)
  }
}

extension InformationSource where Self: CellSource {
  /// None.
  public var parameters: SourceParameters { SourceParameters() }

  /// The one-shot limits, and those for long blocks.
  public var curves: [any Curve] { oneShotCurves + longBlockCurves }

  /// E(D) and its hull against R(D) where that is quickly computed, and against a lower bound on it otherwise.
  public var gaps: SchemeGaps? {
    guard
      let shannon = longBlockCurves.first(where: { $0.name == .shannon && !$0.isCostly })
        ?? longBlockCurves.first(where: { $0.name == .shannonLowerBound })
    else { return nil }
    let exact = SpecializedCurve(EntropyDistortionFunction(source: self))
    return SchemeGaps(
      reference: shannon, schemes: [exact, SpecializedCurve(TimeSharing(source: self))],
      limits: [CurveName.exact, .timeSharing].compactMap { name in
        highRateLoss.map { GapLimits(scheme: name, highRateBits: $0.bits, highRateDecibels: $0.decibels) }
      })
  }

  /// One-shot codes are judged by E(D).
  public var judgement: Judgement { oneShotJudgement(sampled: nil) }

  /// The distortions delta(1/K) of the uniform codes, K = 1, 2, ..., up to a rate in bits (at most 16).
  public func corners(upToRate rate: Double) -> [Double] {
    let most = Int(Double.exp(min(rate, 16) * natsPerBit).rounded(.down))
    guard most >= 1 else { return [] }
    return (1...most).map { cellDistortion(1 / Double($0)) }
  }
}
