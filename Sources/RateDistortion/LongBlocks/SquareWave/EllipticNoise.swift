import IntervalArithmetic

/// The single-orbit channel of the square wave at one amplitude: what complete elliptic integrals make of it.
///
/// With cosh(u_max/2) = e^X (`SquareWaveRateDistortion`), the complementary modulus k' = e^-X, k^2 = 1 - k'^2, K and E of modulus k, and
/// f = 1 - E/K, g = E/K - k'^2/2,
///
///     beta = K^2 g,      1 - D = f/(K^2 g^2),      R = 2 f/g - 2 X - ln(2 g).
///
/// By the arithmetic-geometric mean of a_0 = 1 and b_0 = k', c_0 = k, c_(n+1) = (a_n - b_n)/2 = c_n^2/(4 a_(n+1)):
///
///     K = pi/(2 agm),      f = sum of 2^(n-1) c_n^2,
///
/// a sum without cancellation where X is small. agm lies between all b_n and a_n. As c_n <= a_n <= 2 a_(n+1), c_(n+1) is at most c_n/2, and
/// what is left of the sum from a term on at most twice that term.
///
/// **Large X.** With L = X + ln 4 and e = k'^2/(1 - k'^2), L <= K <= L (1 + e/4) and 1 <= E <= 1 + L e/2: the expansions in k'^2 have
/// positive terms, and coefficients that fall (DLMF 19.12.1, 19.12.2). So E/K = (1 + y)/L with |y| <= L e/2 and g = (1 + z)/L with |z| <= L
/// e, hence |f/g - (L - 1)| <= y + (L - 1)|z|/(1 - |z|) <= 2 L^2 e, |beta/L - 1| <= 2 L e, and
///
///     D = (1 + d)/L, |d| <= 5 L^2 e,      R = ln 8 - 2 + ln L + d', |d'| <= 5 L^2 e.
///
/// From X = 23 on 5 L^2 e < 3.2e-17, and it falls.
///
/// | X            | method                            | remainder |
/// |--------------|-----------------------------------|-----------|
/// | (0, 23)      | arithmetic-geometric mean         | 2^(n-1) c_n^2, below rounding after 14 steps |
/// | [23, 1e300]  | L alone                           | 1e-16 relative |
///
/// - Source: DLMF 19.8(i), 19.12.
package struct EllipticNoise<Number: SeriesNumber> {
  /// X > 0.
  package let amplitude: Double
  /// D, the mean squared error.
  package let distortion: Number
  /// 1 - D.
  package let fall: Number
  /// R in nats.
  package let rate: Number
  /// beta = -dR/dD in nats per unit of distortion.
  package let slope: Number

  /// Beyond this only the logarithm counts.
  private static var largeAmplitude: Double { 23 }

  /// The channel of an amplitude X in (0, 1e300].
  package init(amplitude: Double) {
    self.amplitude = amplitude
    let x = Number(amplitude)
    guard amplitude < Self.largeAmplitude else {
      let level: Number = x + .log(4)
      distortion = (1 + .uncertainty(1e-16)) / level
      fall = 1 - distortion
      rate = .log(8) - 2 + .log(level) + .uncertainty(1e-16)
      slope = level * (1 + .uncertainty(1e-16))
      return
    }
    // c_0^2 = k^2 = 1 - e^-2X.
    let square: Number = -.expm1(-2 * x)
    var (a, b): (Number, Number) = (1, .exp(-x))
    var sum: Number = square / 2
    var c: Number = square / (2 * (1 + b))
    var weight: Number = 1
    for _ in 0..<14 {
      (a, b) = ((a + b) / 2, .sqrt(a * b))
      sum = sum + weight * .squared(c)
      weight = 2 * weight
      c = .squared(c) / (2 * (a + b))
    }
    let rest = weight * .squared(c)
    let mean = Number.between(b, a)
    let f: Number = Number.between(sum, sum + 2 * rest)
    let quarter: Number = .pi / (2 * mean)
    let g: Number = 1 - f - .exp(-2 * x) / 2
    let ratio: Number = f / g
    slope = .squared(quarter) * g
    fall = ratio / slope
    distortion = 1 - fall
    // 2g = 1 + k^2 - 2 f.
    rate = 2 * ratio - 2 * x - .log1p(square - 2 * f)
  }

  /// R(X) + beta (D(X) - D), which no rate at D is below.
  package func dual(atDistortion d: Number) -> Number {
    amplitude < Self.largeAmplitude ? rate + slope * (1 - d - fall) : rate + slope * distortion - slope * d
  }
}
