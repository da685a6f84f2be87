import IntervalArithmetic

/// The standard uniform density f(x) = 1 on [-1/2, 1/2].
///
/// - Mean 0, variance 1/12, h = 0.
/// - Symmetric, and log-concave: the logarithm of a constant on an interval.
public struct UniformDensity: StandardDensity, SymmetricDensity, BoundedAboveDensity, LogConcaveDensity {
  /// The standard uniform density.
  public init() {}

  /// `uniform`.
  public var name: String { "uniform" }
  /// [-1/2, 1/2].
  public var support: ClosedRange<Double> { -0.5...0.5 }
  /// 1/2, the end of the support.
  public var reach: Double { 0.5 }
  /// None inside the support.
  public var corners: [Double] { [] }

  /// 1/12.
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 / 12 }
  /// 0.
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 0 }
  /// 1/12.
  public var panterDiteConstant: Double { 1 / 12.0 }
  /// 0: c is bounded, log 1/q is not.
  public var initialSaving: Double { 0 }

  /// 1.
  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number { 1 }

  /// 4: the series has one term, so any radius will do.
  @inlinable
  public func radius(at m: Double) -> Double { 4 }

  /// 1: f is constant.
  @inlinable
  public func growth(at m: Double) -> Double { 1 }

  /// 0: the series ends with its first term.
  @inlinable
  public func degree(at m: Double) -> Int { 0 }

  /// The first coefficient is 1, and there is no other.
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {}

  /// p rises linearly over a length min(s, 1), stays, and falls:
  ///
  ///     I = s/2 - log s,     E var = s^2/12 - s^3/24      for s <= 1,
  ///     I = 1/(2 s),         E var = 1/12 - 1/(24 s)      for s >= 1.
  public func offsetAverages(step s: Double) -> OffsetAverages {
    s <= 1
      ? OffsetAverages(
        information: s / 2 - Double.log(s), conditional: s * s * (2 - s) / 24, informationByStep: 0.5 - 1 / s,
        conditionalByStep: s * (4 - 3 * s) / 24)
      : OffsetAverages(
        information: 1 / (2 * s), conditional: (2 - 1 / s) / 24, informationByStep: -1 / (2 * s * s),
        conditionalByStep: 1 / (24 * s * s))
  }
}

extension UniformDensity {
  /// 1: the piece continues as a constant.
  public func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double { 1 }
}
