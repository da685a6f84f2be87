import IntervalArithmetic

/// A waveform behind a box of width W <= 1/2, in closed form.
///
/// The autocorrelation of the box is phi(t) = (W - |t|)_+/W^2, which integrates over the points and the steps of the derivatives
/// of r (`Blur`). With x_+ = max(x, 0) and a = 1/2 - W, on [0, 1/2]
///
///     r(t) = sum of e_m t^m for t <= W,      sum of l_m t^m + f (W - t)_+^n everywhere,      each + g (t - a)_+^n
///
/// |               | e                                           | l                                           | f              | g             | n |
/// |---------------|---------------------------------------------|---------------------------------------------|----------------|---------------|---|
/// | ramp          | (1/W - 1) t^2 - t^3/(3 W^2)                 | -W/3 + t - t^2                              | 1/(3 W^2)      | 0             | 3 |
/// | square wave   | 8 t^2/W - 8 t^3/(3 W^2)                     | -8 W/3 + 8 t                                | 8/(3 W^2)      | -8/(3 W^2)    | 3 |
/// | triangle wave | 16 (1 - 4W/3) t^2 - 32 t^4/(3W) + 32 t^5/(15 W^2) | 32 W^3/15 - 32 W^2 t/3 + 16 t^2 - 64 t^3/3 | -32/(15 W^2) | 32/(15 W^2) | 5 |
///
/// The first two rows: r'' = b (phi - C) with b = 2 and C = 1, or b = 16 and C = phi(1/2 - t); r and r' vanish at 0. The third: r''''
/// = -256 (phi(t) - phi(1/2 - t)), r'' = 32 (1 - 4 W/3) at 0, the mean of 32 (1 - 4 |t|) over phi, and r''' vanishes there. The left form is
/// for arcs shorter than W, where the right one cancels, and the right one for longer ones, where the left one does.
///
/// Powers integrate to delta(p) = p^-2 int_0^p (p - t) r(t) dt and c(p) = (1/q) int_0^q r(t) dt, q = p/2:
///
///     t^m:               p^m/((m + 1)(m + 2))                                             q^m/(m + 1)
///     (W - t)_+^n:       W^(n+1)/((n + 1) p) - W^(n+2)/((n + 1)(n + 2) p^2), p >= W       W^(n+1)/((n + 1) q), q >= W
///     (t - a)_+^n:       (p - a)_+^(n+2)/((n + 1)(n + 2) p^2)                             (q - a)_+^(n+1)/((n + 1) q)
///
/// and C = c(1)/2. Beyond p = 1/2, with u = 1 - p, delta(p) = C - (u/p)^2 (C - delta(u)), w(p) = (u/p^2) (2 (C - delta(u)) - p w(u)).
struct BoxBlur: Sendable {
  let wave: BlurredWave
  let width: Double

  init(_ wave: BlurredWave, width: Double) {
    self.wave = wave
    self.width = width
  }

  /// The coefficients of r: m and e_m, m and l_m, f, g and n.
  private struct Coefficients<Number: RealNumber> {
    let early: [(Int, Number)]
    let late: [(Int, Number)]
    let fall: Number
    let rise: Number
    let degree: Int
  }

  private func coefficients<Number: RealNumber>() -> Coefficients<Number> {
    let w = Number(width)
    let square = Number.squared(w)
    switch wave {
    case .ramp:
      let f: Number = 1 / (3 * square)
      return Coefficients(
        early: [(2, 1 / w - 1), (3, -f)], late: [(0, -w / 3), (1, 1), (2, -1)], fall: f, rise: 0, degree: 3)
    case .squareWave:
      let f: Number = 8 / (3 * square)
      return Coefficients(early: [(2, 8 / w), (3, -f)], late: [(0, -8 * w / 3), (1, 8)], fall: f, rise: -f, degree: 3)
    case .triangleWave:
      let f: Number = 32 / (15 * square)
      let cubic: Number = 64 / 3
      return Coefficients(
        early: [(2, 16 * (1 - 4 * w / 3)), (4, -32 / (3 * w)), (5, f)],
        late: [(0, 32 * w * square / 15), (1, -32 * square / 3), (2, 16), (3, -cubic)], fall: -f, rise: f, degree: 5)
    }
  }

  /// C.
  func power<Number: RealNumber>() -> Number { centredDistortion(1) / 2 }

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    Number.piecewise(p, at: 0.5, below: { shortArc($0) }) { p in
      let (u, most): (Number, Number) = (1 - p, power())
      return most - .squared(u / p) * (most - shortArc(u))
    }
  }

  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    Number.piecewise(p, at: 0.5, below: { shortArcSlope($0) }) { p in
      let (u, most): (Number, Number) = (1 - p, power())
      let inner: Number = 2 * (most - shortArc(u)) - p * shortArcSlope(u)
      return u / .squared(p) * inner
    }
  }

  /// delta(p) up to 1/2.
  private func shortArc<Number: RealNumber>(_ p: Number) -> Number {
    let c: Coefficients<Number> = coefficients()
    let (w, n) = (Number(width), c.degree)
    let weight = { (m: Int) in Number((m + 1) * (m + 2)) }
    let body = Number.piecewise(p, at: width) { p in
      sum(c.early, p) { 1 / weight($0) }
    } above: { p in
      let ends: Number = power(w, n + 1) / (Number(n + 1) * p) - power(w, n + 2) / (weight(n) * .squared(p))
      return sum(c.late, p) { 1 / weight($0) } + c.fall * ends
    }
    return body
      + risen(p, c) { rise, p in
        power(rise, n + 2) / (weight(n) * .squared(p))
      }
  }

  /// w(p) = p delta'(p) up to 1/2.
  private func shortArcSlope<Number: RealNumber>(_ p: Number) -> Number {
    let c: Coefficients<Number> = coefficients()
    let (w, n) = (Number(width), c.degree)
    let weight = { (m: Int) in Number((m + 1) * (m + 2)) }
    let body = Number.piecewise(p, at: width) { p in
      sum(c.early, p) { Number($0) / weight($0) }
    } above: { p in
      let ends: Number = 2 * power(w, n + 2) / (weight(n) * .squared(p)) - power(w, n + 1) / (Number(n + 1) * p)
      return sum(c.late, p) { Number($0) / weight($0) } + c.fall * ends
    }
    return body
      + risen(p, c) { rise, p in
        power(rise, n + 1) / (Number(n + 1) * p) - 2 * power(rise, n + 2) / (weight(n) * .squared(p))
      }
  }

  func centredDistortion<Number: RealNumber>(_ p: Number) -> Number {
    let c: Coefficients<Number> = coefficients()
    let (w, n, q) = (Number(width), c.degree, p / 2)
    let body = Number.piecewise(q, at: width) { q in
      sum(c.early, q) { 1 / Number($0 + 1) }
    } above: { q in
      sum(c.late, q) { 1 / Number($0 + 1) } + c.fall * power(w, n + 1) / (Number(n + 1) * q)
    }
    return body + risen(q, c) { rise, q in power(rise, n + 1) / (Number(n + 1) * q) }
  }

  /// r(q) - c(p).
  func centredSlope<Number: RealNumber>(_ p: Number) -> Number {
    let c: Coefficients<Number> = coefficients()
    let (w, n, q) = (Number(width), c.degree, p / 2)
    let body = Number.piecewise(q, at: width) { q in
      sum(c.early, q) { Number($0) / Number($0 + 1) }
    } above: { q in
      sum(c.late, q) { Number($0) / Number($0 + 1) } - c.fall * power(w, n + 1) / (Number(n + 1) * q)
    }
    return body + risen(q, c) { rise, q in power(rise, n) - power(rise, n + 1) / (Number(n + 1) * q) }
  }

  /// What (t - a)_+^n adds at an argument, by its integral where it is not 0.
  private func risen<Number: RealNumber>(
    _ t: Number, _ c: Coefficients<Number>, _ integral: (Number, Number) -> Number
  ) -> Number {
    let a: Number = 1 / 2 - Number(width)
    return Number.piecewise(t, at: 0.5 - width, below: { _ in 0 }, above: { c.rise * integral($0 - a, $0) })
  }

  /// The sum of c_m f(m) t^m.
  private func sum<Number: RealNumber>(
    _ terms: [(Int, Number)], _ t: Number, _ factor: (Int) -> Number
  ) -> Number {
    var sum: Number = 0
    for (m, coefficient) in terms { sum = sum + coefficient * factor(m) * power(t, m) }
    return sum
  }

  /// x^m.
  private func power<Number: RealNumber>(_ x: Number, _ m: Int) -> Number {
    switch m {
    case 0: return 1
    case 1: return x
    default: return m % 2 == 0 ? .squared(power(x, m / 2)) : x * .squared(power(x, m / 2))
    }
  }
}
