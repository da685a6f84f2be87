import IntervalArithmetic

/// The logistic scalar of scale s.
///
/// f(x) = exp(-x/s)/(s (1 + exp(-x/s))^2), variance pi^2 s^2/3, h = 2 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Chou, Lookabaugh, Gray 1989 for the quantizer's conditions.
public struct Logistic: ScalarSource {
  /// The density and its scale.
  public let scaled: ScaledDensity<LogisticDensity>

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "logistic",
    definition: "a scalar of density exp(-x/scale) / (scale (1 + exp(-x/scale))^2)",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Chou, Lookabaugh, Gray 1989",
    parameters: [
      ParameterDescription("scale", help: "scale; the variance is pi^2 scale^2 / 3", domain: .positive(default: 1))
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
