import GSL
import IntervalArithmetic

/// The standard logistic density f(x) = exp(-x) / (1 + exp(-x))^2, whose distribution function is s(x) = 1/(1 + exp(-x)).
///
/// - Mean 0, variance pi^2/3, h = 2.
/// - Symmetric: f = 1/(4 cosh(x/2)^2). Log-concave: (log f)' = 1 - 2 s falls, (log f)'' = -2 f.
public struct LogisticDensity: StandardDensity, SymmetricDensity, LogConcaveDensity {
  /// The standard logistic density.
  public init() {}

  /// `logistic`.
  public var name: String { "logistic" }
  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  /// 700: exp(-700) is 1e-304.
  public var reach: Double { 700 }
  /// None on the real line.
  public var corners: [Double] { [] }

  /// pi^2/3.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { .squared(.pi) / 3 }
  /// 2.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 2 }
  /// B(1/3, 1/2)^3/6: f^(1/3) is 4^(-1/3) sech(x/2)^(2/3), and the integral of sech(u)^a is B(a/2, 1/2).
  public var panterDiteConstant: Double {
    let third = 1 / 3.0
    return Double.exp(3 * (logGamma(third) + logGamma(0.5) - logGamma(third + 0.5))) / 6
  }
  /// Infinite: the tails are exponential, c about t and log 1/q too.
  public var initialSaving: Double { .infinity }

  /// exp(-|x|) / (1 + exp(-|x|))^2.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number {
    // exp(-|x|), so that nothing overflows on either side.
    let z = Number.exp(-Number.sqrt(.squared(x)))
    return z / .squared(1 + z)
  }

  /// Below the distance pi of the poles at +-i pi.
  @inlinable
  public func radius(at m: Double) -> Double { 1.5 }

  /// f(z) = 1/(2 (cosh z + 1)) and |cosh z + 1| = cosh x + cos y for z = x + i y, where cos y >= 0 as |y| <= 3/2; so
  /// |f(z)/f(m)| <= (cosh m + 1)/cosh x <= 2 cosh m/cosh x <= 2 exp(3/2) < 9.
  @inlinable
  public func growth(at m: Double) -> Double { 9 }

  /// s' = s - s^2 gives (k + 1) s_(k+1) = s_k - sum s_i s_(k-i), and f = s'. Divided by s_1 = f(m), with t_k = s_k/s_1,
  ///
  ///     (k + 1) t_(k+1) = (1 - 2 s_0) t_k - s_1 sum over 0 < i < k of t_i t_(k-i),      g_k = (k + 1) t_(k+1),
  ///
  /// about -|m|, where s_0 is small rather than near 1; on the right the odd coefficients change sign.
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    let z = Number.exp(-(m > 0 ? Number(m) + shift : -(Number(m) + shift)))
    let slope = (1 - z) / (1 + z)
    let s1 = z / .squared(1 + z)
    // g holds t_(k+1) until the end.
    for k in stride(from: 1, to: g.count, by: 1) {
      // Every product but that of the middle occurs twice.
      var convolution: Number = 0
      for i in stride(from: 1, to: (k + 1) / 2, by: 1) { convolution = convolution + g[i - 1] * g[k - i - 1] }
      convolution = 2 * convolution
      if k % 2 == 0 { convolution = convolution + .squared(g[k / 2 - 1]) }
      g[k] = (slope * g[k - 1] - s1 * convolution) / Number(k + 1)
    }
    for k in stride(from: 1, to: g.count, by: 1) {
      g[k] = g[k] * Number(m > 0 && k % 2 == 1 ? -(k + 1) : k + 1)
    }
  }

  /// 1: the series of the dilogarithm needs some 40 terms there.
  public var tailStart: Double { 1 }

  /// With z = exp(-a): p = z/(1 + z), the integral of (x - a) f is log(1 + z), and that of (x - a)^2 f is
  /// -2 Li2(-z) = 2 (z - z^2/4 + z^3/9 - ...), an alternating series whose remainder is at most its first term left out.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let z = Number.exp(-Number(a))
    let p = z / (1 + z)
    // sum of (-z)^k/(k + 1)^2, k >= 0, by Horner's rule; exp(-40) is below rounding.
    let terms = 1 + Int(40 / a)
    var sum: Number = .uncertainty(1)
    for k in stride(from: terms, through: 0, by: -1) { sum = 1 / Number((k + 1) * (k + 1)) - z * sum }
    let first = Number.log1p(z) / p
    let second = 2 * (1 + z) * sum
    return QuantizationCell(probability: p, anchor: a, offset: first, distortion: p * (second - .squared(first)))
  }
}

extension LogisticDensity {
  /// f = 1/(2 (cosh z + 1)), and |cosh z + 1| = cosh x + cos y for z = x + i y, |y| < pi.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    guard imaginary < 3 else { return .infinity }
    let nearest = real.contains(0) ? 0 : min(abs(real.lowerBound), abs(real.upperBound))
    return 1 / (2 * ((Double.exp(nearest) + Double.exp(-nearest)) / 2 + Double.cos(imaginary))) * (1 + 0x1p-40)
  }
}
