import IntervalArithmetic

/// The standard uniform density f(x) = 1 on [-1/2, 1/2].
///
/// - Mean 0, variance 1/12, h = 0.
public struct UniformDensity: ScalarDensity {
  /// The standard uniform density.
  public init() {}

  public var name: String { "uniform" }
  public var support: ClosedRange<Double> { -0.5...0.5 }
  public var isSymmetric: Bool { true }
  public var reach: Double { 0.5 }
  public var corners: [Double] { [] }

  public func mean<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 0 }
  public func variance<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 1 / 12 }
  public func differentialEntropy<Number: RealNumber>(as number: Number.Type = Number.self) -> Number { 0 }

  @inlinable
  public func density<Number: RealNumber>(_ x: Number) -> Number { 1 }

  @inlinable
  public func radius(at m: Double) -> Double { 4 }

  /// The series ends with its first term.
  @inlinable
  public func growth(at m: Double) -> Double { 0 }

  @inlinable
  public func series<Number: RealNumber>(at m: Double, into g: UnsafeMutableBufferPointer<Number>) {}

  public var tailStart: Double { 0.5 }

  /// Never called: the support ends.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    QuantizationCell(probability: 0, anchor: a, offset: 0, distortion: 0)
  }
}
