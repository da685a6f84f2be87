import RateDistortion

/// What is to be thought of an operating point.
public enum Verdict: String, Sendable, CaseIterable {
  /// Below the converse by more than the allowance: the evaluation is wrong, or the source is another one.
  case impossible
  /// Within the tolerance of the best that is achievable.
  case optimal
  /// Possible, and behind the best by more than the tolerance.
  case suboptimal
}

/// How far a point lies from a curve; positive means worse than the curve.
public struct Gap: Sendable, Equatable {
  /// The curve.
  public let curve: CurveName
  /// R less the curve's rate at D, in bits; nil where that rate is infinite.
  public let bits: Double?
  /// 10 log10 of D over the curve's distortion at R; nil where the curve has no such distortion.
  public let decibels: Double?
}

/// What a trained point is worth.
public struct JudgedPoint: Sendable, Equatable {
  /// What the entropy of the quantised index says of the code alone, whatever its entropy model.
  public struct Code: Sendable, Equatable {
    /// R less the entropy, in bits: what the entropy model costs.
    public let entropyModelBits: Double
    /// The entropy less the achievable rate at D, in bits. A plug-in entropy is too low for few samples, so this may be a
    /// little below 0.
    public let gapBits: Double?
    /// Optimal or suboptimal, never impossible; nil for a point that is impossible, for then D proves nothing.
    public let verdict: Verdict?
  }

  /// The point.
  public let point: TrainedPoint
  /// Its source's name in the catalogue.
  public let source: String
  /// The file it is from.
  public let file: String
  /// The judgement.
  public let verdict: Verdict
  /// To the best that is achievable.
  public let gap: Gap
  /// To the converse, where that is another curve, and to further curves.
  public let references: [Gap]
  /// Where the entropy of the index is known.
  public let code: Code?
  /// What may be wrong with a suspicious point; the point is judged as it is.
  public let hint: Hint?
}

/// What may be wrong with a point. A guess: nothing is corrected by it.
public enum Hint: Sendable, Equatable {
  /// The distortion is `ratio` times the largest there is, `largest`: in dB, or, where `components` are given, summed over
  /// them instead of averaged?
  case distortionTooLarge(ratio: Double, largest: Double, components: Double?)
  /// Impossible in bits, possible in nats.
  case rateInNats
  /// Impossible as it stands, possible times the number of components: averaged where the sum is meant?
  case distortionAveraged(components: Double)
  /// Impossible as written, possible within half a unit of the last digit.
  case tooFewDigits
  /// The rate is below the entropy of the index by more than noise: not the same unit, or not the same code?
  case rateBelowEntropy
  /// The entropy of the index is `bits` below the converse, more than few samples explain: another unit?
  case entropyBelowConverse(bits: Double)

  /// Whether two hints say the same of two points, whatever their numbers.
  func isLike(_ other: Hint) -> Bool {
    switch (self, other) {
    case (.distortionTooLarge(_, _, let a), .distortionTooLarge(_, _, let b)): return a == b
    case (.rateInNats, .rateInNats), (.distortionAveraged, .distortionAveraged), (.tooFewDigits, .tooFewDigits),
      (.rateBelowEntropy, .rateBelowEntropy), (.entropyBelowConverse, .entropyBelowConverse):
      return true
    default: return false
    }
  }
}
