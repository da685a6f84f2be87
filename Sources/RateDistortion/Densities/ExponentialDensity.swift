import IntervalArithmetic

/// The standard exponential density f(x) = exp(-x), x >= 0.
///
/// - Mean 1, variance 1, h = 1.
/// - Memoryless, and so log-concave: exp(-(x + t)) = exp(-t) exp(-x).
public struct ExponentialDensity: StandardDensity, BoundedBelowDensity, MemorylessDensity {
  /// The standard exponential density.
  public init() {}

  /// `exponential`.
  public var name: String { "exponential" }
  /// [0, infinity).
  public var support: ClosedRange<Double> { 0 ... .infinity }
  /// None inside the support.
  public var corners: [Double] { [] }

  /// 1.
  public func mean<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  /// 1.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  /// 1.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  /// 9/4: the integral of f^(1/3) is 3.
  public var panterDiteConstant: Double { 2.25 }

  /// exp(-x) for x >= 0.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number { .exp(-x) }
}

extension ExponentialDensity {
  /// |exp(-z)| = exp(-Re z).
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    Double.exp(-real.lowerBound) * (1 + 0x1p-40)
  }
}
