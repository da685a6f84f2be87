import IntervalArithmetic

/// The functions of a cell of the circle that the proof of optimality speaks about, enclosed over intervals of p in [0, 1].
///
/// With x = pi p, s = sin(x)/x, S = s - cos x, and j = S/x:
///
///     g = G' = 1 - s^2 + 2 s S,             G = p delta the cost of a cell,
///     g' = 2 pi x (s^2 - j^2),
///     v = p g' = 2 (sin^2 x - S^2),         phi'' = (lambda v - 1)/p for phi = -p log p + lambda G,
///     v' = 4 pi (x s^2 + S j - 2 x s S),
///     w = p delta' = 2 s S,                 w' = 2 pi (x (s^2 - j^2) - s j).
///
/// Priority: narrow over wide intervals. s falls and S rises and falls with x, and their intervals are exact ranges; g and v
/// are further narrowed by their mean-value forms.
struct CircleCost {
  let x: Interval
  let s: Interval
  let sMinusCos: Interval
  let j: Interval
  private let p: Interval

  init(_ p: Interval) {
    self.p = p
    x = .pi * p
    s = .sinc(x)
    sMinusCos = .sincMinusCos(x)
    // 0 <= j <= x/3 on [0, pi]: the series S = x^2/3 - x^4/30 + ... has alternating, decreasing terms while x <= 3, and
    // beyond S/x < 1.1/3 < 1 <= x/3.
    let cap = Interval.hull(0, (x / 3).upper)
    j = x.lower > 0 ? (sMinusCos / x).intersection(with: cap) : cap
  }

  var gNatural: Interval { 1 - .squared(s) + 2 * s * sMinusCos }
  var gSlope: Interval { 2 * .pi * x * (s - j) * (s + j) }
  var vNatural: Interval { 2 * (.squared(.sin(x)) - .squared(sMinusCos)) }
  var vSlope: Interval { 4 * .pi * (x * .squared(s) + sMinusCos * j - 2 * x * s * sMinusCos) }
  var wSlope: Interval { 2 * .pi * (x * (s - j) * (s + j) - s * j) }

  /// g over the interval, the natural form cut with the mean-value form.
  var g: Interval { meanValue(gNatural, slope: gSlope) { $0.gNatural } }

  /// v over the interval, the natural form cut with the mean-value form.
  var v: Interval { meanValue(vNatural, slope: vSlope) { $0.vNatural } }

  private func meanValue(
    _ natural: Interval, slope: @autoclosure () -> Interval, at value: (CircleCost) -> Interval
  ) -> Interval {
    guard !p.isPoint else { return natural }
    let middle = Interval(p.midpoint)
    return natural.intersection(with: value(CircleCost(middle)) + slope() * (p - middle))
  }
}
