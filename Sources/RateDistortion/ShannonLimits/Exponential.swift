import IntervalArithmetic

/// The exponential scalar of scale s.
///
/// f(x) = exp(-x/s)/s for x >= 0, variance s^2, h = 1 + log s.
///
/// One-shot codes are judged by the optimal entropy-constrained scalar quantizer, both ways.
///
/// - Distortion: squared error.
/// - Source: Sullivan 1996 for the quantizer.
public struct Exponential: InformationSource {
  /// The scale s.
  public let scale: Double

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "exponential",
    definition: "a scalar of density exp(-x/scale) / scale, x >= 0",
    distortionMeasure: .sumOfSquaredErrors,
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
      converse: ScaledCurve(EntropyConstrainedConverse(ExponentialDensity()), squaredScale: .squared(Interval(scale))),
      achievable: ecsq)
  }

  private var ecsq: ScaledCurve<EntropyConstrainedCurve<ExponentialDensity>> {
    ScaledCurve(EntropyConstrainedCurve(ExponentialDensity()), squaredScale: .squared(Interval(scale)))
  }
}
