import IntervalArithmetic

/// The raised cosine of half width s.
///
/// f(x) = (1 + cos(pi x/s))/(2 s) for |x| <= s, variance (1/3 - 2/pi^2) s^2, h = 2 log 2 - 1 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Chou, Lookabaugh, Gray 1989 for the quantizer's conditions.
public struct RaisedCosine: ScaleFamily {
  /// The density and its scale.
  public let scaled: ScaledDensity<RaisedCosineDensity>

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "raised-cosine",
    definition: "a scalar of density (1 + cos(pi x/scale)) / (2 scale), |x| <= scale",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Chou, Lookabaugh, Gray 1989",
    parameters: [
      ParameterDescription(
        "scale", help: "half the width; the variance is (1/3 - 2/pi^2) scale^2", domain: .positive(default: 1))
    ])

  /// The source of a density at its scale.
  public init(scaled: ScaledDensity<RaisedCosineDensity>) { self.scaled = scaled }

  /// None: its curves are found when they are asked for.
  public var shippedTables: [ShippedTable] { [] }
}
