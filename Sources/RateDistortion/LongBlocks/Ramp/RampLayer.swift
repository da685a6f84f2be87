import IntervalArithmetic

/// The boundary layer of the ramp's oscillator at large amplitude X >= 100: how much its period and action differ from those
/// of a ball thrown up a slope.
///
/// With e = 1/L = (1 - exp(-X))/X the radicand of `RampOscillator` over L is 1 - exp(-x) - e x = a - eps, where a = e (X - x)
/// is the slope and eps = exp(-x) - exp(-X) the wall. In units of sqrt L,
///
///     p = int_0^X (a - eps)^(-1/2) dx - 2L,      j = int_0^X (a - eps)^(1/2) dx - 2L/3.
///
/// **Up to T = 6.75^2**, with x = t^2 and psi(x) = (1 - exp(-x))/x, the integrals are those of 2/sqrt(psi(t^2) - e) and
/// 2 t^2 sqrt(psi(t^2) - e) over [0, 6.75], by 16 panels of the Clenshaw-Curtis rule of n = 48 intervals: with
/// |integrand| <= K in the Bernstein ellipse of parameter rho = 3, of semi-axes 5w/3 and 4w/3 for a panel of half-width w, the
/// error is at most w 64 K rho^(1-n)/(15 (1 - rho^-2)) (Trefethen, "Approximation Theory and Approximation Practice",
/// Theorem 19.3). K follows from |psi(z)| <= psi(Re z) and, with Y >= |Im z|, from one of
///
///     Re psi(z) >= cos(Y) psi(max Re z)   if Y < pi/2,      Re psi(z) >= x/(x^2 + Y^2) - exp(-min Re z)/min Re z
///                                                     at x = max Re z, if min Re z >= Y (x/(x^2 + Y^2) then falls).
///
/// **Beyond T** the wall is negligible: eps/a <= L exp(-x), and eps/a <= 2.1 exp(-x) for x <= X/2. So both integrands differ
/// from those of the slope alone, which integrate in closed form, by less than a^(-1/2) eps/a, in all by less than
/// 3 exp(-T) + 1.5 L^2 exp(-X/2).
struct RampLayer<Number: SeriesNumber> {
  /// e = 1/L.
  let reciprocal: Number
  /// p.
  let period: Number
  /// j.
  let action: Number

  /// From here on the layer's width is small enough for the bounds above.
  static var leastAmplitude: Double { 100 }

  private static var end: Double { 6.75 }
  private static var panels: Int { 16 }

  /// The layer at X >= 100.
  init(amplitude: Double) {
    let x = Number(amplitude)
    let wall = Number.exp(-x)
    reciprocal = (1 - wall) / x
    let core = Self.core(reciprocal)
    let cut = Number.squared(Number(Self.end))
    // Roots in the unit sqrt X, so that nothing overflows: s = sqrt(1 - T/X).
    let rest = Number.sqrt(1 - cut / x)
    // int_0^T a^(-1/2) and int_0^T a^(1/2), as quotients that do not cancel; sqrt(e X) = sqrt(1 - wall).
    let root = Number.sqrt(1 - wall)
    let slopePeriod = 2 * cut / (root * (1 + rest))
    let slopeAction = 2 * cut * root * (1 + rest + .squared(rest)) / (3 * (1 + rest))
    // 2 sqrt(X/e) - 2L and (2/3) sqrt(e) X^(3/2) - 2L/3, both in [-2 wall L, 0], and the neglected parts beyond T.
    let decay = Number.exp(-x / 4) / reciprocal  // L exp(-X/4), squared below: no overflow
    let neglected = 3 * Number.exp(-cut) + 3 * .squared(decay) / 2 + 2 * wall / reciprocal
    period = .widened(core.period - slopePeriod, by: neglected)
    action = .widened(core.action - slopeAction, by: neglected)
  }

  /// The two integrals over [0, 6.75] in t.
  private static func core(_ reciprocal: Number) -> (period: Number, action: Number) {
    let rule = ClenshawCurtis<Number>.shared
    let half = Number(end / Double(2 * panels))
    var period: Number = 0
    var action: Number = 0
    for panel in 0..<panels {
      let center = half * Number(2 * panel + 1)
      var periods: Number = 0
      var actions: Number = 0
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let square = Number.squared(center + half * node)
        let psi = square.greatestMagnitude < 1e-30 ? .between(1 - square, 1) : -Number.expm1(-square) / square
        let root = Number.sqrt(psi - reciprocal)
        periods = periods + weight / root
        actions = actions + weight * square * root
      }
      let error = panelError(center: center, half: half, reciprocal: reciprocal)
      period = period + .widened(2 * half * periods, by: error.period)
      action = action + .widened(2 * half * actions, by: error.action)
    }
    return (period, action)
  }

  /// The rule's error on a panel, by the bounds on psi in its ellipse; infinite where they give none.
  private static func panelError(center: Number, half: Number, reciprocal: Number) -> (period: Number, action: Number) {
    let (long, short) = (5 * half / 3, 4 * half / 3)
    let far = center + long
    let near = center - long
    let imaginary = 2 * far * short
    let largest = Number.squared(far)
    let least = Number.squared(near) - .squared(short)
    let isCrossingZero = near.isPossiblyNegative
    let lowest = isCrossingZero ? -Number.squared(short) : least
    var real: Number = 0
    if imaginary.greatestMagnitude < 1.45 {
      real = .cos(imaginary) * -Number.expm1(-largest) / largest
    } else if !(lowest - imaginary).isPossiblyNegative {
      real = largest / (.squared(largest) + .squared(imaginary)) - .exp(-lowest) / lowest
    }
    let floor = real - reciprocal
    guard !floor.isPossiblyNegative else { return (Number(Double.infinity), Number(Double.infinity)) }
    let ceiling = Number.exp(isCrossingZero ? -lowest : 0)  // psi(x) <= max(1, exp(-x))
    let shrink = ClenshawCurtis<Number>.shared.ellipseFactor * half
    let modulus = Number.squared(far) + .squared(short)
    return (shrink * 2 / .sqrt(floor), shrink * 2 * modulus * .sqrt(ceiling + reciprocal))
  }
}

/// The Clenshaw-Curtis rule with n = 48 intervals on [-1, 1]: closed forms, so its nodes and weights can be enclosed.
///
///     x_k = cos(k pi/n),      w_k = c_k/n (1 - sum_{j=1}^{n/2} b_j cos(2 j k pi/n)/(4 j^2 - 1)),
///
/// c_k = 1 at the two ends and 2 between, b_j = 1 for j = n/2 and 2 otherwise (Waldvogel 2006).
private struct ClenshawCurtis<Number: SeriesNumber>: Sendable {
  let nodes: [Number]
  let weights: [Number]

  static var intervals: Int { 48 }

  /// 64 rho^(1-n)/(15 (1 - rho^-2)) at rho = 3.
  let ellipseFactor: Number

  static var shared: ClenshawCurtis<Number> {
    if let rule = ClenshawCurtisRules.double as? ClenshawCurtis<Number> { return rule }
    if let rule = ClenshawCurtisRules.interval as? ClenshawCurtis<Number> { return rule }
    return ClenshawCurtis()
  }

  init() {
    let n = Self.intervals
    let angle = { (k: Int) in Number.pi * Number(k) / Number(n) }
    nodes = (0...n).map { k in 2 * k == n ? 0 : .cos(angle(k)) }
    weights = (0...n).map { k in
      var sum: Number = 1
      for j in 1...(n / 2) {
        let cosine = Number.cos(angle((2 * j * k) % (2 * n)))
        sum = sum - Number(2 * j == n ? 1 : 2) * cosine / Number(4 * j * j - 1)
      }
      return Number(k == 0 || k == n ? 1 : 2) * sum / Number(n)
    }
    var power: Number = 1
    for _ in 1..<n { power = power / 3 }
    ellipseFactor = 64 * power / (15 * (1 - Number(1) / 9))
  }
}

/// The two rules that are used, made once.
private enum ClenshawCurtisRules {
  static let double = ClenshawCurtis<Double>()
  static let interval = ClenshawCurtis<Interval>()
}
