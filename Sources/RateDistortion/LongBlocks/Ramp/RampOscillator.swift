import IntervalArithmetic

/// One point of the ramp's R(D): the conservative oscillator u'' = 1 - exp u of one amplitude, and what follows from it.
///
/// The log-density u = ln q of the ramp's test channel swings between u+ = ln L and u+ - X. With x = u+ - u its energy
/// equation is u'^2/2 = h - exp u + u = L (1 - exp(-x)) - x, so the amplitude X > 0 gives everything (h the energy, P the
/// period, J the action, the integral of u' du over a period, dJ/dh = P):
///
///     L = X/(1 - exp(-X)),  h = L - ln L,  P = sqrt 2 int_0^X dx/sqrt(L (1 - exp(-x)) - x),  J likewise with the root above,
///     beta = P^2/2,      R = 1 - h + 3J/(2P) nats,      D = 1/12 - J/P^3.
///
/// **X < 100.** With psi(x) = (1 - exp(-x))/x the radicand is L x (X - x) G(x), G = (psi(x) - psi(X))/(X - x) > 0, and
/// x = X sin^2(theta/2) removes both singularities:
///
///     P = sqrt(2/L) int_0^pi d theta/sqrt G,      J = sqrt(2L) X^2/2 int_0^pi sin^2 theta sqrt G d theta.
///
/// The integrands are even, 2 pi periodic and analytic: the trapezoidal rule with M intervals is off by at most
/// 2 pi K/(exp(2 M b) - 1), |integrand| <= K for |Im theta| <= b. As G is the mean of s exp(-s(x + (X - x) r)) over
/// 0 <= r, s <= 1, |Im x| <= 1 gives |G(x)| >= cos 1 G(Re x), and with sinh b = 2/X indeed |Im x| <= 1 and Re x exceeds
/// [0, X] by d = X (cosh b - 1)/2 at most, so exp(-d) cos(1) G(X) <= |G| <= exp(d) G(0). Since 2 M b >= 44, it is negligible.
///
/// **X >= 100.** 1/12 cancels in D. With e = 1/L, P = sqrt(2L) (2 + e p) and J = 2 sqrt(2L) (2L/3 + j), where p and j (near
/// 2 ln 2 and 2 ln 2 - 2) are the differences to the integrals of sqrt((X - x)/L)^(-+1), which `RampLayer` computes,
///
///     D = e (12 (p - j) + 6 e p^2 + e^2 p^3)/(12 (2 + e p)^3),      R = 1 + ln L + (3j - p)/(2 + e p),
///
/// so D -> 1/(4L) and R -> ln(4L) - 2 = -ln D - 2.
package struct RampOscillator<Number: SeriesNumber> {
  /// X.
  let amplitude: Double
  /// beta = -dR/dD in nats per unit of distortion.
  package let slope: Number
  /// R in nats.
  package let rate: Number
  /// D.
  package let distortion: Number
  /// 1/12 - D.
  let descent: Number

  /// The oscillator of amplitude 0 < X < infinity.
  package init(amplitude: Double) {
    self.amplitude = amplitude
    let x = Number(amplitude)
    if amplitude >= RampLayer<Number>.leastAmplitude {
      let layer = RampLayer<Number>(amplitude: amplitude)
      let (e, p, j) = (layer.reciprocal, layer.period, layer.action)
      let base = 2 + e * p
      slope = .squared(base) / e
      rate = 1 - .log(e) + (3 * j - p) / base
      let square = Number.squared(p)
      distortion = e * (12 * (p - j) + e * (6 * square + e * p * square)) / (12 * base * .squared(base))
      descent = Number(1) / 12 - distortion
      return
    }
    // L = 1/psi(X), and L - 1 = (1 - psi)/psi.
    let excess = Self.oneMinusPsi(x)
    let psi = 1 - excess
    let (period, action) = Self.integrals(amplitude)
    let actionOverPeriod = x * x / 2 * action / (psi * period)
    let energyExcess = Self.argumentMinusLog1p(excess / psi)
    let squaredPeriod = 2 * psi * .squared(period)
    slope = squaredPeriod / 2
    rate = 3 * actionOverPeriod / 2 - energyExcess
    descent = actionOverPeriod / squaredPeriod
    distortion = Number(1) / 12 - descent
  }

  /// A lower bound on R(D) in nats for every X and D: the line of slope -beta through the curve's point.
  ///
  /// - Parameter descent: 1/12 - D, or nil to use D itself: which of the two is the more accurate difference.
  func dual(atDistortion d: Number, descent given: Number?) -> Number {
    guard let given else { return rate + slope * (distortion - d) }
    return rate + slope * (given - descent)
  }

  // MARK: The integrals for moderate amplitudes

  /// The integrals over [0, pi] of 1/sqrt G and of sin^2 theta sqrt G.
  private static func integrals(_ amplitude: Double) -> (period: Number, action: Number) {
    let x = Number(amplitude)
    // b = asinh(2/X) = ln(2/X + sqrt(4/X^2 + 1)).
    let sinh = 2 / amplitude
    let strip = Double.log(sinh + (sinh * sinh + 1).squareRoot()) * (1 - 1e-12)
    let intervals = Int((22 / strip).rounded(.up)) + 1
    var periods: [Number] = []
    var actions: [Number] = []
    for i in 0...intervals {
      let half = Number.pi * Number(i) / Number(2 * intervals)
      let sine: Number = i == 0 ? 0 : .squared(.sin(half))
      let cosine: Number = i == intervals ? 0 : .squared(.cos(half))
      let root: Number = .sqrt(divided(x * sine, x * cosine, amplitude: x))
      let isEnd = i == 0 || i == intervals
      periods.append(isEnd ? 1 / (2 * root) : 1 / root)
      actions.append(4 * sine * cosine * root)
    }
    let step: Number = .pi / Number(intervals)
    let overshoot: Number = (Number.sqrt(1 + .squared(2 / x)) - 1) * x / 2
    let factor: Number = 2 * .pi / .expm1(2 * Number(intervals) * Number(strip))
    let ends = (low: divided(x, 0, amplitude: x), high: divided(0, x, amplitude: x))
    let largestPeriod: Number = Number.sqrt(.exp(overshoot) / (ends.low * .cos(1)))
    let largestAction: Number = (1 + .squared(2 / x)) * .sqrt(.exp(overshoot) * ends.high)
    return (
      .widened(step * pairwiseSum(periods[...]), by: factor * largestPeriod),
      .widened(step * pairwiseSum(actions[...]), by: factor * largestAction)
    )
  }

  /// G at x, with y = X - x: (psi(x) - exp(-x) psi(y))/X or, for X <= 1 where that cancels, the divided difference of the
  /// series, sum over k of (-1)^(k+1) (x^(k-1) + ... + X^(k-1))/(k+1)!; what follows k = 20 is below 1/21! < 2^-65.
  private static func divided(_ x: Number, _ y: Number, amplitude: Number) -> Number {
    guard amplitude.greatestMagnitude <= 1 else { return (psi(x) - .exp(-x) * psi(y)) / amplitude }
    var power: Number = 1
    var symmetric: Number = 1
    var factorial: Number = 2
    var sum = symmetric / factorial
    for k in 2...20 {
      power = power * x
      symmetric = symmetric * amplitude + power
      factorial = factorial * Number(-(k + 1))
      sum = sum + symmetric / factorial
    }
    return .widened(sum, by: Number(0x1p-65))
  }

  /// (1 - exp(-x))/x for x >= 0.
  private static func psi(_ x: Number) -> Number {
    x.greatestMagnitude == 0 ? 1 : -Number.expm1(-x) / x
  }

  /// 1 - psi(x) = x/2 - x^2/6 + x^3/24 - ..., relative to its size; the series' terms fall for x <= 1.
  private static func oneMinusPsi(_ x: Number) -> Number {
    guard x.greatestMagnitude <= 1 else { return 1 - psi(x) }
    var sum: Number = .between(0, 1)
    for k in stride(from: 20, through: 1, by: -1) { sum = (1 - x * sum) / Number(k + 1) }
    return x * sum
  }

  /// x - ln(1 + x) for x >= 0: x^2/2 - x^3/3 + ..., an enveloping series, up to x = 1/16.
  private static func argumentMinusLog1p(_ x: Number) -> Number {
    guard x.greatestMagnitude <= 0.0625 else { return x - .log1p(x) }
    var sum: Number = .between(0, 1)
    for k in stride(from: 18, through: 2, by: -1) { sum = 1 / Number(k) - x * sum }
    return .squared(x) * sum
  }

  /// By halves, so that rounding grows with the logarithm of the number of terms.
  private static func pairwiseSum(_ terms: ArraySlice<Number>) -> Number {
    guard terms.count > 4 else { return terms.reduce(0, +) }
    let middle = (terms.startIndex + terms.endIndex) / 2
    return pairwiseSum(terms[..<middle]) + pairwiseSum(terms[middle...])
  }
}
