import RateDistortion

/// What is to be thought of an operating point: five words, one meaning each.
public enum Verdict: String, Sendable, CaseIterable {
  /// Below the converse by more than the allowance: the evaluation is wrong, or the source is another one.
  case impossible
  /// Within the tolerance of the converse or of the exact curve: nothing better exists.
  case optimal
  /// Within the tolerance of the best code known, or better than it, while the converse lies further below.
  case bestKnown = "best-known"
  /// A better code is known, by more than the tolerance.
  case suboptimal
  /// Above the converse, and no good code is known to compare with.
  case undecided
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

/// The excess of a point's Lagrangian R + lambda D over the least that is achievable.
public struct LagrangianGap: Sendable, Equatable {
  /// lambda in bits per unit of distortion: that of the training where the file has it, else the slope of the achievable curve's
  /// convex hull at the point's rate.
  public let lambda: Double
  /// The excess in bits; below 0 only for what lies below the curve.
  public let bits: Double
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
    /// Never impossible; nil for a point that is impossible, for then D proves nothing.
    public let verdict: Verdict?
  }

  /// The point.
  public let point: TrainedPoint
  /// Its source's name in the catalogue.
  public let source: String
  /// The file it is from.
  public let file: String
  /// The judgement: of the code where the entropy of its index is known, else of the rate as it is. What is impossible is so by
  /// its rate, which no entropy can mend.
  public let verdict: Verdict
  /// The judgement of the rate as it is, entropy model included.
  public let modelVerdict: Verdict
  /// To the best that is achievable.
  public let gap: Gap
  /// The excess of the Lagrangian over the best that is achievable; nil where the curve has no slope.
  public let lagrangian: LagrangianGap?
  /// To the converse, where that is another curve, and to further curves.
  public let references: [Gap]
  /// What the same distortion costs more, in bits, for reproductions of the source's law, or as near to it as the point's are: the
  /// achievable limit at realism less the one without; nil where points are not judged at realism, or one of the two is not known.
  public let realismPrice: Double?
  /// Where the entropy of the index is known.
  public let code: Code?
  /// What may be wrong with a suspicious point; the point is judged as it is.
  public let hint: Hint?
}

/// What may be wrong with a point. A guess: nothing is corrected by it.
public enum Hint: Sendable, Equatable {
  /// Impossible or too large as it stands, plausible if a mistake was made that explains most points of the source.
  case mistake(Explanation)
  /// The distortion is `ratio` times the largest there is, `largest`, and no mistake explains it.
  case distortionTooLarge(ratio: Double, largest: Double)
  /// Impossible as written, possible within half a unit of the last digit.
  case tooFewDigits
  /// Impossible at realism, possible without: the reproductions have another law than the source's, or the decoder does not draw
  /// on its own.
  case notRealistic
  /// The rate is below the entropy of the index by more than noise: not the same unit, or not the same code?
  case rateBelowEntropy
  /// The entropy of the index is `bits` below the converse, more than few samples explain: another unit?
  case entropyBelowConverse(bits: Double)

  /// Whether two hints say the same of two points, whatever their numbers.
  func isLike(_ other: Hint) -> Bool {
    switch (self, other) {
    case (.mistake(let a), .mistake(let b)): return a.mistake == b.mistake
    case (.distortionTooLarge, .distortionTooLarge), (.tooFewDigits, .tooFewDigits), (.notRealistic, .notRealistic),
      (.rateBelowEntropy, .rateBelowEntropy), (.entropyBelowConverse, .entropyBelowConverse):
      return true
    default: return false
    }
  }
}
