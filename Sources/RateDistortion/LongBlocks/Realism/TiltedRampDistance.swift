import IntervalArithmetic

/// The distance t (1 - t) of two ramps whose phases differ by t, when t has the density exp(-kappa t (1 - t))/Z.
///
/// With y = kappa/4, s = 2 t - 1 and x = sqrt y, Z = exp(-y) int_0^1 exp(y s^2) ds = F(x)/x, where F is Dawson's function, and
///
///     D = E t (1 - t) = -d ln Z/d kappa,      R = E ln(exp(-kappa t (1 - t))/Z) = -ln Z - kappa D.
///
/// Priorities: relative accuracy of D at both ends and a proved remainder, one text for floating point and intervals; R is
/// accurate next to 1. Two regimes, as GSL's Dawson function has no enclosure:
///
/// | y         | method                             | remainder                    |
/// |-----------|------------------------------------|------------------------------|
/// | below 64  | power series, all terms positive   | geometric                    |
/// | above     | 30 terms of the expansion in 1/y   | Watson's lemma, made explicit |
///
/// **Power series.** With S = sum y^n/(n! (2n + 1)) and U = sum y^n/(n! (2n + 1)(2n + 3)), Z = exp(-y) S, E s^2 = (S - 2U)/S,
/// and so D = U/(2 S). Where n >= 2 y the terms are less than half of the one before.
///
/// **Expansion.** With v = y (1 - s^2), 2 y Z = 2 x F = int_0^y exp(-v) (1 - v/y)^(-1/2) dv = 1 + h. Let a_n = (2n)!/(4^n n!^2)
/// <= 1 be the coefficients of (1 - z)^(-1/2), which decrease, and c_n = a_n n!/y^n = (2n - 1)!!/(2 y)^n. The first N terms
/// integrate over all v > 0 to sum c_n. What is missing is up to v = 0.9 y at most 10 a_N (v/y)^N, in all 10 c_N; beyond, at
/// most the integrand itself, in all less than 0.64 y exp(-0.9 y); what is too much lies beyond y, and as (v/y)^n <= exp(n (v -
/// y)/y) it is less than exp(-y)/(1 - N/y) a term, in all less than 2 N exp(-y). Then with E v = y (1 - E s^2) = kappa D,
///
///     D = 1/(8 y) + h/(4 (1 + h)),      R = ln(2 y) - ln(1 + h) - 1/2 - y h/(1 + h).
struct TiltedRampDistance<Number: SeriesNumber> {
  /// kappa > 0, exact.
  let concentration: Double
  /// D.
  let distortion: Number
  /// R, in nats.
  let rate: Number

  private static var terms: Int { 30 }

  /// The tilted distance at kappa > 0, finite.
  init(concentration kappa: Double) {
    concentration = kappa
    let y = Number(kappa) / 4
    guard kappa >= 256 else {
      let (s, u) = Self.series(y, upTo: kappa / 4)
      distortion = u / (2 * s)
      rate = y - Number.log(s) - 2 * y * u / s
      return
    }
    let h = Self.excess(y)
    distortion = 1 / (8 * y) + h / (4 * (1 + h))
    rate = Number.log(2 * y) - Number.log1p(h) - 1 / Number(2) - y * h / (1 + h)
  }

  /// A lower bound on the rate in nats at every D, whatever kappa: -ln Z - kappa D = R + kappa (D(kappa) - D).
  func dual(atDistortion d: Number) -> Number { rate + Number(concentration) * (distortion - d) }

  /// S and U.
  private static func series(_ y: Number, upTo most: Double) -> (s: Number, u: Number) {
    var power: Number = 1
    var (s, u): (Number, Number) = (0, 0)
    var n = 0
    // Terms fall by half from n = 2 y on; 72 more and they are below 2^-72 of the sum.
    let last = Int(2 * most) + 72
    while n <= last {
      let odd = Number(2 * n + 1)
      s = s + power / odd
      u = u + power / (odd * Number(2 * n + 3))
      n += 1
      power = power * y / Number(n)
    }
    // What is left is at most twice the next term.
    let rest = 2 * power / Number(2 * n + 1)
    return (.between(s, s + rest), .between(u, u + rest / Number(2 * n + 3)))
  }

  /// h = 2 y Z - 1.
  private static func excess(_ y: Number) -> Number {
    var term: Number = 1
    var sum: Number = 0
    for n in 1..<terms {
      term = term * Number(2 * n - 1) / (2 * y)
      sum = sum + term
    }
    let next = term * Number(2 * terms - 1) / (2 * y)
    let missing = 10 * next + 16 * y * .exp(-9 * y / 10) / 25
    let surplus = Number(2 * terms) * .exp(-y)
    return .between(sum - surplus, sum + missing)
  }
}
