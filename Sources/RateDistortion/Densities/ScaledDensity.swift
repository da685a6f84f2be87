import IntervalArithmetic

/// A scalar source s X: a standard density and its scale s.
///
/// Quantizers are designed for the standard density; thresholds and codepoints scale by s, distortions by s^2, rates
/// not at all.
public struct ScaledDensity<Density: ScalarDensity>: Sendable {
  /// The density at scale 1.
  public let density: Density
  /// s, as the nearest floating-point number.
  public let scale: Double
  /// s^2, enclosed: what a standard distortion is multiplied by.
  public let squaredScale: Interval

  /// The source of scale s: sigma of a Gaussian, b of a Laplace or exponential, the width of a uniform source.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 1e-100 <= s <= 1e100.
  public init(_ density: Density, scale: Double) throws(DomainError) {
    guard scale >= 1e-100, scale <= 1e100 else {
      throw .parameterOutOfRange(name: "scale", value: String(scale), requirement: "a number from 1e-100 to 1e100")
    }
    self.density = density
    self.scale = scale
    squaredScale = .squared(Interval(scale))
  }

  /// The source whose squared scale is given: sigma^2 of a Gaussian.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 1e-200 <= s^2 <= 1e200.
  public init(_ density: Density, squaredScale: Double) throws(DomainError) {
    guard squaredScale >= 1e-200, squaredScale <= 1e200 else {
      throw .parameterOutOfRange(
        name: "squared scale", value: String(squaredScale), requirement: "a number from 1e-200 to 1e200")
    }
    self.density = density
    scale = squaredScale.squareRoot()
    self.squaredScale = Interval(squaredScale)
  }

  /// The variance: the distortion at rate 0.
  public var variance: Interval { squaredScale * density.variance(as: Interval.self) }

  /// h(s X) in nats.
  public var differentialEntropy: Interval {
    density.differentialEntropy(as: Interval.self) + Interval.log(squaredScale) / 2
  }
}
