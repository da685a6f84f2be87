import IntervalArithmetic

/// The part of a memoryless tail in which a law consists of a row, in closed form: x >= B, where the row begins and all other
/// atoms end 10 + l sigma kernel widths before B or earlier. (Towards the left end by mirror images.)
///
/// f(x) is proportional to exp(-l x), the row has the points a + k h, k >= 0, and weights w (1 - exp(-l h)) exp(-l k h). By Poisson's
/// sum, with sigma^2 = 1/(2 beta),
///
///     sum over all k of exp(-l k h - beta (x - a - k h)^2) = sqrt(pi/beta)/h exp(-l (x - a) + l^2/(4 beta)) (1 + e),
///     |e| <= 2 sum over m >= 1 of exp(-m^2 pi^2/(beta h^2)),
///
/// and the terms k < 0 are below exp(-32) of it, (B - a)/sigma >= 8 + l sigma, since they are h/(sqrt(2 pi) sigma)
/// exp(-((x - a + |k| h)/sigma - l sigma)^2/2) of it each. With C = w (1 - exp(-l h)) sqrt(pi/beta)/h exp(l^2/(4 beta)), for x >= B:
///
/// - *Channel.* Z(x) >= C exp(-l (x - a)) (1 - |e| - exp(-32)), and E[x - a | X >= B] = B - a + 1/l.
/// - *Dual.* a(x) = exp(l (x - a))/C is a choice like any other. Then f a is constant, f(B) exp(l (B - a))/C =: c, and
///   E[a(X) exp(-beta (X - y)^2); X >= B] is c times the integral of the kernel, at most c sqrt(pi/beta).
/// - *Distortion.* Against the row alone the posterior's mean of (x - y)^2 is s = sigma^2 + l^2 sigma^4 up to ripples, which
///   are at most |e| (1 + 3 (2 pi sigma/h)^2) of it; the other points are r of Z and t of the moment at most, both falling beyond
///   B, where (x - y)/sigma > l sigma + 1.
package struct DeepRow {
  /// B as a distance from 0.
  let start: Double
  /// The probability of [B, infinity), once.
  let probability: Interval
  /// c from above, so that c exp(-beta (x - y)^2) dx bounds the dual's part.
  let level: Double
  /// E[-log Z; X >= B] from above.
  let expectation: Double
  /// E[log a; X >= B] from below.
  let dual: Double
  /// beta E[(X - Y)^2; X >= B].
  let exponent: Interval

  /// - Parameters:
  ///   - decay: l; `law`: the row's own; `atoms`: the same written out to well beyond B.
  ///   - density: f at distance x from 0 on this side.
  init(
    _ row: LineRow, decay l: Double, slope beta: Double, law: LineLaw, atoms: LineAtoms,
    density: (Double) -> Interval
  ) throws(LawRefused) {
    let scale = (2 * beta).squareRoot()
    let direction = row.side == .right ? 1.0 : -1.0
    let first = direction * row.first
    let (b, decay, h) = (Interval(beta), Interval(l), Interval(row.spacing))
    guard l / scale <= 6, row.spacing * scale >= 0.05, row.spacing * scale <= 1.25 else {
      throw LawRefused(
        "a row's spacing is not from 0.05 to 1.25 kernel widths, or its kernel wider than 6 decay lengths")
    }
    guard first > 0 else { throw LawRefused("a row does not begin on its own side") }
    let last = law.points.reduce(first) { max($0, direction * $1) }
    guard (last - first) * scale <= 100 else { throw LawRefused("atoms go on far into a row") }
    start = last + (10 + l / scale) / scale
    let x = Interval(start)
    let distance = x - Interval(first)
    let ripple = Interval(2.01) * .exp(-.squared(.pi) / (b * .squared(h)))
    let lost = ripple + .exp(-32)
    let share = Interval(row.weight) * -.expm1(-decay * h)
    let logC = Interval.log(share / h) + Interval.log(Interval.pi / b) / 2 + Interval.squared(decay) / (4 * b)
    probability = density(start) / decay
    level = (density(start) * .exp(decay * distance - logC)).upper
    let mean = decay * distance + 1 - logC
    expectation = (probability * (mean - .log1p(-lost))).upper
    dual = (probability * mean).lower

    // Against the row alone; then with the other points, whose Z and moment at B bound those beyond.
    let alone: Interval = 1 / 2 + Interval.squared(decay) / (4 * b)
    let frequency: Interval = 2 * .pi / h
    let spread: Interval = lost * (1 + 3 * Interval.squared(frequency) / (2 * b))
    let rowZ = Interval.exp(logC - decay * distance) * (1 - lost)
    var (others, moment) = (Interval(0), Interval(0))
    func add(_ place: Double, _ weight: Double) {
      let exponent = b * .squared(x - Interval(place))
      let kernel = Interval(weight) * .exp(-exponent)
      others = others + kernel
      moment = moment + kernel * exponent
    }
    for (point, weight) in zip(atoms.points, atoms.weights) where direction * point < first {
      add(direction * point, weight)
    }
    // Atoms among the row's points, which the list above cannot tell from these; their whole weight is a bound.
    for (point, weight) in zip(law.points, law.weights) where direction * point >= first {
      add(direction * point, weight)
    }
    // Of the opposite end's row, what is not written out is 50 kernel widths away or more.
    let rest = atoms.total * .exp(-400)
    let most = alone * (1 + spread) + (moment + 400 * rest) / rowZ
    let least = alone * (1 - spread) / (1 + (others + rest) / rowZ)
    exponent = probability * .hull(max(0, least.lower), most.upper)
    guard exponent.isBounded, expectation.isFinite, dual.isFinite, level < .infinity else {
      throw LawRefused("a row weighs next to nothing or too much")
    }
  }
}
