/// How near a point must be to a curve to be called as good as it, in bits.
///
/// Three gaps say how far (R, D) lies from an achievable curve A with the lower convex hull H, whose slope at R is m:
///
///     b = R - A(D)                                      bits at equal distortion
///     d = D - A^-1(R),   10 log10(D/A^-1(R)) in dB      distortion at equal rate, m d in bits
///     L = R + lambda D - min over H of (r + lambda d)   excess of the Lagrangian that trainers minimise, at their lambda
///
/// **L is the largest.** Both (A(D), D) and (R, A^-1(R)) are among the codes that L compares with, so L >= b for every lambda, and
/// L >= m d at lambda = m. Where A is convex the three agree to second order in the gap. They part in two places.
///
/// - Where E(D) is not convex, L counts the distance of the curve from its hull too, which only codes that share time reach: the two
///   cells of the ramp have L = 1/9 bits and no code is better. So L <= tolerance is enough and not needed; b is what a better code
///   of the same distortion would save.
/// - Where hardly anything is sent, the axis ends what can be saved: b <= R, whatever the distortion, so that b <= tolerance says
///   nothing for R <= tolerance. L sees the distortion above Dmax, and no more: at D = Dmax it is R and a little. Nor does d: E(D) is
///   vertical at Dmax, and what the first bits buy there is m d = o(R).
///
/// **The rule.** A point is as good as the curve if
///
///     b <= t(R),        t(R) = min(tolerance, R/2),
///
/// and then L tells how much of it is the hull's. b <= R/2 says A(D) >= R/2: nothing does the same with less than half of the bits.
/// The fraction is a convention, that there is one is not: it follows that
///
/// - (a) a point with R > 0 and D >= Dmax is never optimal: there A(D) = 0 and b = R > R/2; L >= R as well, for sending nothing has
///   the Lagrangian lambda Dmax <= lambda D;
/// - (b) a point within the tolerance above a steep piece of E(D) is optimal, however far that is from the hull;
/// - (c) the answer does not jump at R = tolerance: b and t are continuous where A is; t bends at twice the tolerance, and is 0 where
///   nothing is sent.
///
/// A measured point that sends nothing lies a little above or below Dmax, by sampling noise: t is at least z standard errors of
/// R + m D (at most the tolerance), if the file has them, and else a millionth of a bit, for what is left of a collapsed model's rate.
struct Tolerance: Sendable {
  /// The most, in bits.
  let bits: Double
  /// z.
  let standardErrors: Double

  /// Below this, in bits, a rate is rounding.
  static let noise = 1e-6

  /// t(R) at a rate of a point: its own, or that of its code.
  ///
  /// - Parameter slope: m, where it is known; asked for only if it matters.
  func allowed(_ point: TrainedPoint, rate: Double, slope: @autoclosure () -> Double?) -> Double {
    guard rate / 2 < bits else { return bits }
    let distortionError = point.distortionError > 0 ? (slope() ?? 0) * point.distortionError : 0
    let measured = (point.rateError * point.rateError + distortionError * distortionError).squareRoot()
    return min(bits, max(rate / 2, standardErrors * measured, Self.noise))
  }
}
