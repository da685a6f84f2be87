import IntervalArithmetic

/// The Gaussian scalar N(0, sigma^2).
///
///     R(D) = max(0, 1/2 log2(sigma^2 / D)),      D(R) = sigma^2 2^(-2R).
///
/// - Distortion: squared error.
/// - Source: Shannon 1959; Cover, Thomas, "Elements of Information Theory", Theorem 10.3.2.
public struct Gaussian: InformationSource {
  /// sigma^2.
  public let variance: Double

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "gaussian",
    definition: "a scalar N(0, variance)",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Shannon 1959; Cover, Thomas, Theorem 10.3.2",
    parameters: [
      ParameterDescription("variance", help: "variance of the source", domain: .positive(default: 1))
    ])

  /// The Gaussian of the given variance, 1 by default.
  public init(parameters: SourceParameters) throws(DomainError) {
    try self.init(variance: parameters.number("variance") ?? 1)
  }

  /// N(0, variance).
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless the variance is a finite number greater than 0.
  public init(variance: Double) throws(DomainError) {
    guard variance > 0, variance.isFinite else {
      throw .parameterOutOfRange(
        name: "variance", value: String(variance), requirement: "a finite number greater than 0")
    }
    self.variance = variance
  }

  /// The variance in force.
  public var parameters: SourceParameters {
    var parameters = SourceParameters()
    parameters.set("variance", to: .number(variance))
    return parameters
  }

  /// R(D), and the optimal scalar quantizer.
  public var curves: [any Curve] {
    [rateDistortion, ScaledCurve(EntropyConstrainedCurve(GaussianDensity()), squaredScale: Interval(variance))]
  }

  /// One-shot codes are judged by the optimal scalar quantizer; R(D) is only reached by coding many samples together.
  public var judgement: Judgement {
    Judgement(
      converse: ScaledCurve(EntropyConstrainedConverse(GaussianDensity()), squaredScale: Interval(variance)),
      achievable: ScaledCurve(EntropyConstrainedCurve(GaussianDensity()), squaredScale: Interval(variance)),
      references: [rateDistortion])
  }

  private var rateDistortion: LogarithmicCurve {
    LogarithmicCurve(
      name: .shannon, kind: .exact, summary: "rate-distortion function R(D) (Shannon 1959)",
      formula: "1/2 log2(variance/D)", variance: Interval(variance))
  }
}
