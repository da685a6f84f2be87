import IntervalArithmetic

/// A source whose realisations are the points of a closed curve that looks the same from each of them.
///
/// **Theorem asserted.** The phase V is uniform on the circle of length 1, and ||X_v - X_w||^2 = r(|v - w|) where |v - w| <=
/// 1/2 is measured around the circle and r increases on [0, 1/2].
///
/// With C = E||X - EX||^2 and K = C - r/2, the mean over two points of a set costs least for an arc: `CellSource`'s theorem,
/// whose proof for all increasing r is in "Limits at perfect realism and closed phases", section 1. What is asked for here
/// besides is the mean distance of an arc of length p from its **centre**,
///
///     c(p) = (2/p) int_0^(p/2) r(t) dt,      p c'(p) = r(p/2) - c(p).
///
/// It is what a cell costs if the reproduction has to be a realisation itself: among all sets of measure p and all points of
/// the curve, an arc and its centre have the least mean distance, because r increases (the set of the p nearest points is that
/// arc).
public protocol ClosedPhase: CellSource {
  /// c(p), the mean distance of an arc of length p in (0, 1] from its centre.
  func centredDistortion<Number: RealNumber>(_ p: Number) -> Number

  /// p c'(p) = r(p/2) - c(p).
  func centredSlope<Number: RealNumber>(_ p: Number) -> Number
}

/// A closed phase whose r is increasing with a concave derivative.
///
/// **Theorem asserted.** r' >= 0 and r' is concave on (0, 1/2).
///
/// **What follows.** Biuniform codes are optimal, and the dual bound is the curve (delta(p), -log p) with one tangent: the
/// theorems of `BiuniformOptimal` and `UnimodalSlope`, with w increasing on [0, 1/2]. The same holds with c(p) in the place of
/// delta(p).
///
/// **Where it is proved**: "Limits at perfect realism and closed phases", sections 2 and 3. What the first part needs besides
/// algebra is an inequality in three numbers that `ClosedPhaseProof` checks with intervals; the second part needs none.
public protocol ConcavePhase: ClosedPhase, BiuniformOptimal {}
