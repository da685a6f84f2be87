import IntervalArithmetic

/// The logistic scalar of scale s.
///
/// f(x) = exp(-x/s)/(s (1 + exp(-x/s))^2), variance pi^2 s^2/3, h = 2 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Chou, Lookabaugh, Gray 1989 for the quantizer's conditions.
public struct Logistic: InformationSource {
  /// The scale s.
  public let scale: Double

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "logistic",
    definition: "a scalar of density exp(-x/scale) / (scale (1 + exp(-x/scale))^2)",
    distortionMeasure: .sumOfSquaredErrors,
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
    guard scale >= 1e-100, scale <= 1e100 else {
      throw .parameterOutOfRange(
        name: "scale", value: String(scale), requirement: "greater than 0 (from 1e-100 to 1e100)")
    }
    self.scale = scale
  }

  /// The scale in force.
  public var parameters: SourceParameters {
    var parameters = SourceParameters()
    parameters.set("scale", to: .number(scale))
    return parameters
  }

  /// The optimal scalar quantizer.
  public var curves: [any Curve] { [ecsq] }

  /// One-shot codes are judged by the optimal scalar quantizer: proved from below, designed from above.
  public var judgement: Judgement {
    Judgement(
      converse: ScaledCurve(EntropyConstrainedConverse(LogisticDensity()), squaredScale: .squared(Interval(scale))),
      achievable: ecsq)
  }

  private var ecsq: ScaledCurve<EntropyConstrainedCurve<LogisticDensity>> {
    ScaledCurve(EntropyConstrainedCurve(LogisticDensity()), squaredScale: .squared(Interval(scale)))
  }
}
