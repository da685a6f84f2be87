import IntervalArithmetic

/// The limits of a source in the plane: long blocks, one-shot codes from below and above, and how they judge.
extension PlaneCodes {
  /// `one-shot-lower` and `ecvq`; nil where the program carries none.
  static func curves(
    of source: BentGaussian, squaredScale: Interval = 1
  ) -> (converse: Curve?, codes: Curve?) {
    (
      OneShotDualCurve(source).map { Curve($0, squaredScale: squaredScale) },
      CodebookCurve(source).map { Curve($0, squaredScale: squaredScale) }
    )
  }

  /// Both that there are, the converse first.
  static func oneShot(of source: BentGaussian, squaredScale: Interval = 1) -> [Curve] {
    let sides = curves(of: source, squaredScale: squaredScale)
    return [sides.converse, sides.codes].compactMap { $0 }
  }

  /// One-shot codes are judged by the one-shot converse and the best codebooks; R(D) is only reached by coding many samples
  /// together.
  ///
  /// - Parameters:
  ///   - longBlocks: the limits of long blocks, in the order in which tables print them.
  ///   - reference: what gaps are measured from, and what judges where there is no converse of one-shot codes.
  static func limits(
    longBlocks: [Curve], reference: Curve, oneShot: (converse: Curve?, codes: Curve?), others: [Curve]
  ) -> SourceLimits {
    let curves = longBlocks + [oneShot.converse, oneShot.codes].compactMap { $0 } + others
    let converse = oneShot.converse ?? reference
    guard let codes = oneShot.codes else {
      let achievable = longBlocks.last { $0.name == reference.name } ?? reference
      return SourceLimits(
        curves: curves, judgement: Judgement(converse: converse, achievable: achievable, codes: []))
    }
    let gaps = SchemeGaps(reference: reference, schemes: [codes], limits: [CodebookCurve.gapLimits])
    return SourceLimits(
      curves: curves, judgement: Judgement(converse: converse, achievable: codes, references: [reference]),
      gaps: { gaps })
  }
}
