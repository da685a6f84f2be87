import IntervalArithmetic

/// The limits of a source in the plane: long blocks, one-shot codes from below and above, and how they judge.
extension PlaneCodes {
  /// What one-shot codes of a source in the plane are compared with.
  struct OneShot {
    /// `one-shot-lower`; nil where the program carries none.
    var converse: Curve?
    /// `ecvq`; nil where the program carries none.
    var codes: Curve?
    /// `square` and `hexagonal`, and `klt-uniform-threshold` where it is another.
    var lattices: [Curve]
    /// What the gaps of all codes tend to.
    var gapLimits: [GapLimits]
  }

  static func curves(of source: BentGaussian, squaredScale: Interval = 1) -> OneShot {
    let lattices = PlaneLattice.all(of: source).map { LatticeCurve($0, of: source) }
    return OneShot(
      converse: OneShotDualCurve(source).map { Curve($0, squaredScale: squaredScale) },
      codes: CodebookCurve(source).map { Curve($0, squaredScale: squaredScale) },
      lattices: lattices.map { Curve($0, squaredScale: squaredScale) },
      gapLimits: [CodebookCurve.gapLimits] + lattices.map(\.gapLimits))
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
    longBlocks: [Curve], reference: Curve, oneShot: OneShot, others: [Curve]
  ) -> SourceLimits {
    let curves = longBlocks + [oneShot.converse, oneShot.codes].compactMap { $0 } + oneShot.lattices + others
    let converse = oneShot.converse ?? reference
    guard let codes = oneShot.codes else {
      let achievable = longBlocks.last { $0.name == reference.name } ?? reference
      return SourceLimits(
        curves: curves, judgement: Judgement(converse: converse, achievable: achievable, codes: []))
    }
    let gaps = SchemeGaps(reference: reference, schemes: [codes] + oneShot.lattices, limits: oneShot.gapLimits)
    return SourceLimits(
      curves: curves, judgement: Judgement(converse: converse, achievable: codes, references: [reference]),
      gaps: { gaps })
  }
}
