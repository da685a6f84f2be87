/// The Taylor series of 1 - sin(x)/x and sin(x)/x - cos(x) near 0, where the formulas as written cancel.
///
/// With y = x^2,
///
///     1 - sinc(x)      = y/6 (1 - y/20 (1 - y/42 (1 - y/72 ...)))        factors (2k)(2k+1)
///     sinc(x) - cos(x) = y/3 (1 - y/10 (1 - y/28 (1 - y/54 ...)))        factors 2k(2k+3)
///
/// Priorities: a proved relative error, then speed. Both are evaluated in plain `Double` and the error is bounded once
/// and for all, here, instead of by interval operations at every call.
///
/// Claim: for |x| <= 1 and x^2 >= 2^-960 the relative error is below 4.7 u, u = 2^-53, so that the real value lies
/// within `ulps` = 5 neighbouring `Double`.
///
/// Proof. The nested sums s have alternating terms of decreasing size, so they lie in [1 - y/d, 1], d the first
/// divisor. Let E u bound the relative error of the next inner sum. The term t = y/d s' carries y (1), 1/d (1), their
/// product (1), the product with s' (1) and E, and the difference s = 1 - t adds its rounding: error (4 + E) t/(1 - t)
/// + 1. With y <= 1 that is, from inside to outside, 1.13 then 1.27 for divisor 20, and 1.20 then 1.56 for divisor 10.
/// The leading factor adds y, the division and the product: 4.27 u and 4.56 u. Eight divisors leave out a relative
/// 2^-62.9 and 2^-59.5, that is 0.02 u at most. Higher-order terms in u are below 1e-14 u. Five steps are 5 u at least,
/// even where a step is halved at a power of two.
@usableFromInline
enum SincSeries {
  /// Both series are used below this |x|.
  @inlinable
  static var limit: Double { 1 }

  /// Steps to the neighbouring `Double` that cover the error.
  @inlinable
  static var ulps: Int64 { 5 }

  @inlinable
  static func oneMinusSinc(_ x: Double) -> Double {
    let y = x * x
    var sum = 1 - y * (1 / 342)
    sum = 1 - y * (1 / 272) * sum
    sum = 1 - y * (1 / 210) * sum
    sum = 1 - y * (1 / 156) * sum
    sum = 1 - y * (1 / 110) * sum
    sum = 1 - y * (1 / 72) * sum
    sum = 1 - y * (1 / 42) * sum
    sum = 1 - y * (1 / 20) * sum
    return y / 6 * sum
  }

  @inlinable
  static func sincMinusCos(_ x: Double) -> Double {
    let y = x * x
    var sum = 1 - y * (1 / 304)
    sum = 1 - y * (1 / 238) * sum
    sum = 1 - y * (1 / 180) * sum
    sum = 1 - y * (1 / 130) * sum
    sum = 1 - y * (1 / 88) * sum
    sum = 1 - y * (1 / 54) * sum
    sum = 1 - y * (1 / 28) * sum
    sum = 1 - y * (1 / 10) * sum
    return y / 3 * sum
  }
}
