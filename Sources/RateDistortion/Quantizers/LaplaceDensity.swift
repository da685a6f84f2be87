import IntervalArithmetic

/// The standard Laplace density f(x) = exp(-|x|)/2.
///
/// - Mean 0, variance 2, h = 1 + log 2. Each half is an exponential density of weight 1/2.
public struct LaplaceDensity: ScalarDensity {
  /// The standard Laplace density.
  public init() {}

  public var name: String { "laplace" }
  public var support: ClosedRange<Double> { -.infinity ... .infinity }
  public var isSymmetric: Bool { true }
  public var reach: Double { 700 }
  public var corners: [Double] { [0] }

  public func mean<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 0 }
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 2 }
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 + .log(2) }

  /// Intervals across the corner at 0 are not used: cells are cut there.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number {
    .exp(-magnitude(x)) / 2
  }

  @inlinable
  func magnitude<Number: RealNumber>(_ x: Number) -> Number { .sqrt(.squared(x)) }

  @inlinable
  public func radius(at m: Double) -> Double { 4 }

  /// exp(4), rounded up.
  @inlinable
  public func growth(at m: Double) -> Double { 55 }

  /// exp(-u) to the right of 0, exp(u) to the left.
  @inlinable
  public func series<Number: RealNumber>(at m: Double, into g: UnsafeMutableBufferPointer<Number>) {
    for k in stride(from: 1, to: g.count, by: 1) { g[k] = g[k - 1] / Number(m > 0 ? -k : k) }
  }

  public var tailStart: Double { 0 }

  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let p = Number.exp(-Number(a)) / 2
    return QuantizationCell(probability: p, anchor: a, offset: 1, distortion: p)
  }
}
