import IntervalArithmetic

/// The standard exponential density f(x) = exp(-x), x >= 0.
///
/// - Mean 1, variance 1, h = 1. It has no memory: the cell [a, infinity) is [0, infinity) moved by a.
public struct ExponentialDensity: ScalarDensity {
  /// The standard exponential density.
  public init() {}

  /// `exponential`.
  public var name: String { "exponential" }
  /// [0, infinity).
  public var support: ClosedRange<Double> { 0 ... .infinity }
  /// It is not.
  public var isSymmetric: Bool { false }
  /// 700: exp(-700) is 1e-304.
  public var reach: Double { 700 }
  /// None inside the support.
  public var corners: [Double] { [] }

  /// 1.
  public func mean<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  /// 1.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  /// 1.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }

  /// exp(-x) for x >= 0.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number { .exp(-x) }

  /// 4, everywhere.
  @inlinable
  public func radius(at m: Double) -> Double { 4 }

  /// exp(4), rounded up.
  @inlinable
  public func growth(at m: Double) -> Double { 55 }

  /// exp(-u) = sum of (-u)^k/k!.
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    for k in stride(from: 1, to: g.count, by: 1) { g[k] = -g[k - 1] / Number(k) }
  }

  /// 0: all tails are alike.
  public var tailStart: Double { 0 }

  /// p = exp(-a), halved for the two-sided density; centroid a + 1, conditional variance 1.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let p = Number.exp(-Number(a))
    return QuantizationCell(probability: p, anchor: a, offset: 1, distortion: p)
  }
}
