import IntervalArithmetic

/// The Laplace scalar of scale b.
///
/// f(x) = exp(-|x|/b)/(2 b), variance 2 b^2, h = 1 + log(2 b).
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Balle et al., "Nonlinear Transform Coding", Figures 2-4 and 6 (b = 1); Sullivan 1996 for the quantizer.
public struct Laplace: ScaleFamily {
  /// The density and its scale.
  public let scaled: ScaledDensity<LaplaceDensity>

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "laplace",
    definition: "a scalar of density exp(-|x|/scale) / (2 scale)",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Sullivan 1996; Balle et al., Nonlinear Transform Coding, Figs. 2, 3",
    parameters: [
      ParameterDescription("scale", help: "scale b; the variance is 2 b^2", domain: .positive(default: 1))
    ])

  /// The source of a density at its scale.
  public init(scaled: ScaledDensity<LaplaceDensity>) { self.scaled = scaled }
}
