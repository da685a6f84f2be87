import IntervalArithmetic

/// The logistic scalar of scale s.
///
/// f(x) = exp(-x/s)/(s (1 + exp(-x/s))^2), variance pi^2 s^2/3, h = 2 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Chou, Lookabaugh, Gray 1989 for the quantizer's conditions.
public struct Logistic: ScaleFamily {
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

  /// The source of a density at its scale.
  public init(scaled: ScaledDensity<LogisticDensity>) { self.scaled = scaled }
}
