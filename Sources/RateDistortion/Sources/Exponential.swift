import IntervalArithmetic

/// The exponential scalar of scale s.
///
/// f(x) = exp(-x/s)/s for x >= 0, variance s^2, h = 1 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Sullivan 1996 for the quantizer.
public struct Exponential: ScaleFamily {
  /// The density and its scale.
  public let scaled: ScaledDensity<ExponentialDensity>

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "exponential",
    definition: "a scalar of density exp(-x/scale) / scale, x >= 0",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Sullivan 1996",
    parameters: [
      ParameterDescription("scale", help: "scale; mean and standard deviation", domain: .positive(default: 1))
    ])

  /// The source of a density at its scale.
  public init(scaled: ScaledDensity<ExponentialDensity>) { self.scaled = scaled }
}
