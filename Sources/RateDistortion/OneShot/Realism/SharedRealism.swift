import IntervalArithmetic

/// The cells of a closed phase when reproductions have to be realisations: c(p) in the place of delta(p).
///
/// **Claim.** With common randomness U of any amount, the least H(M | U) at perfect realism and distortion D is the lower
/// convex hull of the least -sum p_i log p_i with sum p_i c(p_i) <= D.
///
/// **Proof.** *From below.* Let all randomness, of encoder and decoder too, be part of U: H(M | U) can only fall. Given U = u
/// the message is a function of the phase, with cells of some probabilities p_i, and each is reproduced by one vector. That is
/// a realisation X_w, because the reproduction has the law of X. The cell costs at least p_i c(p_i), the least mean distance of
/// a set of measure p_i from a point of the curve. So the pair of distortion and entropy given u lies in the set of which the
/// hull is taken, and its mean over u in the hull.
///
/// *From above.* Let U be uniform on the circle, and the phase V + U be coded by a partition of the circle into arcs. The
/// decoder puts out the realisation whose phase is the arc's centre less U. V + U is uniform whatever U is: so M and U are
/// independent, the reproduced phase is uniform, H(M | U) = H(M), and the distortion is the mean distance of arcs from their
/// centres. A further part of U, known to both, chooses among partitions. QED
///
/// The problem is that of E(D) with another cost of cells. The dual bound for that cost is a lower bound, uniform codes that
/// share the time are achievable, and for a `ConcavePhase` their polygon is the hull.
///
/// - Source: derived here; Theis, Agustsson, "On the advantages of stochastic encoders", 2021, for the dithered code of the
///   circle.
struct CentredCells<Source: ClosedPhase>: CellSource {
  let source: Source

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { source.centredDistortion(p) }
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { source.centredSlope(p) }
}

/// Section 3 of "Limits at perfect realism and closed phases": p c(p) has the derivative r(p/2), whose own derivative r'(p/2)/2
/// is not negative and concave on the whole of [0, 1].
extension CentredCells: UnimodalSlope, BiuniformOptimal where Source: ConcavePhase {
  var slopePeak: Double { 0.5 }
}

extension ClosedPhase {
  /// With shared randomness from both sides: the dual bound, and dithered uniform codes that share the time.
  var sharedRealism: [Curve] {
    let cells = CentredCells(source: self)
    return [
      Curve(
        DualBound(source: cells), name: .realismShared,
        summary: "one shot at perfect realism, common randomness: dual lower bound (derived here)"),
      Curve(
        TimeSharing(source: cells), name: .realismShared,
        summary:
          "one shot at perfect realism, common randomness: dithered uniform codes that share the time (derived here)"),
    ]
  }
}

extension ConcavePhase {
  /// With shared randomness: dithered uniform codes that share the time.
  var sharedRealism: [Curve] {
    [
      Curve(
        TimeSharing(source: CentredCells(source: self)), name: .realismShared,
        summary:
          "one shot at perfect realism, common randomness: dithered uniform codes that share the time (derived here)")
    ]
  }
}
