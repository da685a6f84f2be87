import IntervalArithmetic

/// The triangular scalar of half width s.
///
/// f(x) = (1 - |x|/s)/s for |x| <= s, variance s^2/6, h = 1/2 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Chou, Lookabaugh, Gray 1989 for the quantizer's conditions.
public struct Triangular: ScaleFamily {
  /// The density and its scale.
  public let scaled: ScaledDensity<TriangularDensity>

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "triangular",
    definition: "a scalar of density (1 - |x|/scale) / scale, |x| <= scale",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Chou, Lookabaugh, Gray 1989",
    parameters: [
      ParameterDescription("scale", help: "half the width; the variance is scale^2 / 6", domain: .positive(default: 1))
    ])

  /// The source of a density at its scale.
  public init(scaled: ScaledDensity<TriangularDensity>) { self.scaled = scaled }

  /// None: its curves are found when they are asked for.
  public var shippedTables: [ShippedTable] { [] }
}
