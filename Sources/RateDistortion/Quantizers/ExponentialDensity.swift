import IntervalArithmetic

/// The standard exponential density f(x) = exp(-x), x >= 0.
///
/// - Mean 1, variance 1, h = 1. It has no memory: the cell [a, infinity) is [0, infinity) moved by a.
public struct ExponentialDensity: ScalarDensity {
  /// The standard exponential density.
  public init() {}

  public var name: String { "exponential" }
  public var support: ClosedRange<Double> { 0 ... .infinity }
  public var isSymmetric: Bool { false }
  public var reach: Double { 700 }
  public var corners: [Double] { [] }

  public func mean<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 }

  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number { .exp(-x) }

  @inlinable
  public func radius(at m: Double) -> Double { 4 }

  /// exp(4), rounded up.
  @inlinable
  public func growth(at m: Double) -> Double { 55 }

  /// exp(-u) = sum of (-u)^k/k!.
  @inlinable
  public func series<Number: RealNumber>(at m: Double, into g: UnsafeMutableBufferPointer<Number>) {
    for k in stride(from: 1, to: g.count, by: 1) { g[k] = -g[k - 1] / Number(k) }
  }

  public var tailStart: Double { 0 }

  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let p = Number.exp(-Number(a))
    return QuantizationCell(probability: p, anchor: a, offset: 1, distortion: p)
  }
}
