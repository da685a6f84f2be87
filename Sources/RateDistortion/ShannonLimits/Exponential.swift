import IntervalArithmetic

/// The exponential scalar of scale s.
///
/// f(x) = exp(-x/s)/s for x >= 0, variance s^2, h = 1 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Sullivan 1996 for the quantizer.
public struct Exponential: ScalarSource {
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

  /// The source of the given scale, 1 by default.
  public init(parameters: SourceParameters) throws(DomainError) {
    try self.init(scale: parameters.number("scale") ?? 1)
  }

  /// The source of a scale.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless the scale lies in [1e-100, 1e100], where its square is a number.
  public init(scale: Double) throws(DomainError) {
    scaled = try ScaledDensity(scale: scale)
  }

  /// The scale in force.
  public var parameters: SourceParameters {
    var parameters = SourceParameters()
    parameters.set("scale", to: .number(scaled.scale))
    return parameters
  }
}
