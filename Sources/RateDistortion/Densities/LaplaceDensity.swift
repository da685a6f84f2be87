import IntervalArithmetic

/// The standard Laplace density f(x) = exp(-|x|)/2.
///
/// - Mean 0, variance 2, h = 1 + log 2. Each half is an exponential density of weight 1/2.
/// - Symmetric: |x| is. Memoryless on either side, and so log-concave: -|x| is concave.
public struct LaplaceDensity: StandardDensity, SymmetricDensity, MemorylessDensity {
  /// The standard Laplace density.
  public init() {}

  /// `laplace`.
  public var name: String { "laplace" }
  /// The whole line.
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  /// 0.
  public var corners: [Double] { [0] }

  /// 2.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 2 }
  /// 1 + log 2.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 + .log(2) }
  /// 9: the integral of f^(1/3) is 2^(-1/3) 6.
  public var panterDiteConstant: Double { 9 }

  /// Intervals across the corner at 0 are not used: cells are cut there.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number {
    .exp(-magnitude(x)) / 2
  }

  @inlinable
  func magnitude<Number: RealNumber>(_ x: Number) -> Number { .sqrt(.squared(x)) }
}

extension LaplaceDensity {
  /// |exp(-z)|/2 on the right piece, |exp(z)|/2 on the left one.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    Double.exp(middle > 0 ? -real.lowerBound : real.upperBound) / 2 * (1 + 0x1p-40)
  }
}
