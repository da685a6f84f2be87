import IntervalArithmetic

/// The standard normal density f(x) = exp(-x^2/2) / sqrt(2 pi).
///
/// - Mean 0, variance 1, h = 1/2 log(2 pi e). A Gaussian of variance v has scale sqrt(v).
/// - Symmetric: x^2 is. Log-concave: (log f)'' = -1.
public struct GaussianDensity: StandardDensity, SymmetricDensity, LogConcaveDensity {
  /// The standard normal density.
  public init() {}

  /// `gaussian`.
  public var name: String { "gaussian" }
  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  /// 37: exp(-37^2/2) is 1e-297.
  public var reach: Double { 37 }
  /// None: it is entire.
  public var corners: [Double] { [] }

  /// 1.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  /// 1/2 log(2 pi e).
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    (1 + .log(2 * .pi)) / 2
  }
  /// pi sqrt(3)/2: f^(1/3) is (2 pi)^(-1/6) exp(-x^2/6), of integral (2 pi)^(-1/6) (6 pi)^(1/2).
  public var panterDiteConstant: Double { Double.pi * 3.0.squareRoot() / 2 }
  /// 2 ln 2: c^2 is about t^2, and log 1/q about t^2/2.
  public var initialSaving: Double { 2 * natsPerBit }

  /// exp(-x^2/2) / sqrt(2 pi).
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number {
    .exp(-.squared(x) / 2) / .sqrt(2 * .pi)
  }

  /// 4/(1 + |m|): the series is that of exp(-m u - u^2/2).
  @inlinable
  public func radius(at m: Double) -> Double { 4 / (1 + m.magnitude) }

  /// |exp(-m u - u^2/2)| <= exp(|m| rho + rho^2/2).
  @inlinable
  public func growth(at m: Double) -> Double {
    let rho = radius(at: m)
    return Double.exp(m.magnitude * rho + rho * rho / 2) * (1 + 0x1p-40)
  }

  /// g = exp(-m u - u^2/2) solves g' = -(m + u) g, so (k + 1) g_(k+1) = -m g_k - g_(k-1).
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    let m = Number(m) + shift
    if g.count > 1 { g[1] = -m }
    for k in stride(from: 2, to: g.count, by: 1) {
      g[k] = -(m * g[k - 1] + g[k - 2]) / Number(k)
    }
  }

  /// 2: the continued fraction needs some 125 terms there.
  public var tailStart: Double { 2 }

  /// With I_n = integral over x > a of (x - a)^n/n! f, integration by parts gives (n + 1) I_(n+1) + a I_n = I_(n-1) and
  /// I_(-1) = f(a), so that the ratios r_n = I_n/I_(n-1) = 1/(a + (n + 1) r_(n+1)) are continued fractions of positive
  /// terms (Laplace's, for n = 0):
  ///
  ///     p = f(a) r_0,      c - a = r_1,      D/p = 2 r_1 r_2 - r_1^2.
  ///
  /// They converge like exp(-2 a sqrt(2 n)); an interval starts from r_n in [0, 1/a] and encloses whatever n is.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let terms = 24 + Int(400 / (a * a))
    let start = Number(a)
    var r0: Number = 1 / (2 * start)
    r0 = r0 + .uncertainty(Double(0.5 / a).nextUp)
    var r1 = r0
    var r2 = r0
    for n in stride(from: terms, through: 0, by: -1) {
      r2 = r1
      r1 = r0
      r0 = 1 / (start + Number(n + 1) * r0)
    }
    let p = density(start) * r0
    return QuantizationCell(probability: p, anchor: a, offset: r1, distortion: p * r1 * (2 * r2 - r1))
  }
}

extension GaussianDensity {
  /// |exp(-z^2/2)| = exp((y^2 - x^2)/2) for z = x + i y; 1/sqrt(2 pi) < 0.39895.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    let nearest = real.contains(0) ? 0 : min(abs(real.lowerBound), abs(real.upperBound))
    return 0.39895 * Double.exp((imaginary * imaginary - nearest * nearest) / 2)
  }
}
