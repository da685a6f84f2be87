import IntervalArithmetic

/// The standard triangular density f(x) = 1 - |x| on [-1, 1]: the law of the sum of two uniform variables on [-1/2, 1/2].
///
/// - Mean 0, variance 1/6, h = 1/2.
/// - Symmetric, and log-concave: f is concave, and the logarithm of a positive concave function is.
public struct TriangularDensity: StandardDensity, SymmetricDensity, BoundedAboveDensity, LogConcaveDensity {
  /// The standard triangular density.
  public init() {}

  /// `triangular`.
  public var name: String { "triangular" }
  /// [-1, 1].
  public var support: ClosedRange<Double> { -1...1 }
  /// 1, the end of the support.
  public var reach: Double { 1 }
  /// 0.
  public var corners: [Double] { [0] }

  /// 1/6.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 / 6 }
  /// 1/2: -2 times the integral of u log u from 0 to 1.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 / 2 }
  /// 9/32: the integral of f^(1/3) is 3/2.
  public var panterDiteConstant: Double { 9 / 32.0 }
  /// 0: c is bounded, log 1/q is not.
  public var initialSaving: Double { 0 }

  /// 1 - |x|.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number { 1 - .sqrt(.squared(x)) }

  /// 1: either piece is a line, and any radius will do.
  @inlinable
  public func radius(at m: Double) -> Double { 1 }

  /// 1 + rho/f(m).
  @inlinable
  public func growth(at m: Double) -> Double { (1 + 1 / (1 - m.magnitude)) * (1 + 0x1p-40) }

  /// 1.
  @inlinable
  public func degree(at m: Double) -> Int { 1 }

  /// 1 -+ u/f(c), and nothing beyond.
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    let c = Number(m) + shift
    if g.count > 1 { g[1] = m > 0 ? -1 / (1 - c) : 1 / (1 + c) }
  }
}

extension TriangularDensity {
  /// |1 -+ z| on the line on which `middle` lies.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    let direction = middle > 0 ? 1.0 : -1.0
    let most = max(abs(1 - direction * real.lowerBound), abs(1 - direction * real.upperBound))
    return (most + imaginary) * (1 + 0x1p-40)
  }
}
