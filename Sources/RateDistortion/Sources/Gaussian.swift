import IntervalArithmetic

/// The Gaussian scalar N(0, sigma^2).
///
///     R(D) = max(0, 1/2 log2(sigma^2 / D)),      D(R) = sigma^2 2^(-2R).
///
/// - Distortion: squared error.
/// - Source: Shannon 1959; Cover, Thomas, "Elements of Information Theory", Theorem 10.3.2.
public struct Gaussian: ScalarSource {
  /// sigma^2.
  public let variance: Double
  /// The density and its scale.
  public let scaled: ScaledDensity<GaussianDensity>

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
  /// - Throws: `DomainError.parameterOutOfRange` unless the variance lies in [1e-200, 1e200].
  public init(variance: Double) throws(DomainError) {
    guard variance >= 1e-200, variance <= 1e200 else {
      throw .parameterOutOfRange(
        name: "variance", value: String(variance), requirement: "greater than 0 (from 1e-200 to 1e200)")
    }
    self.variance = variance
    scaled = try ScaledDensity(squaredScale: variance)
  }

  /// The variance in force.
  public var parameters: SourceParameters { ["variance": .number(variance)] }

  /// R(D), which is the Shannon lower bound.
  public var longBlockCurves: [Curve] {
    [
      Curve(
        LogarithmicLimit(
          name: .shannon, kind: .exact, summary: "rate-distortion function R(D) (Shannon 1959)",
          formula: "1/2 log2(variance/D)", variance: Interval(variance)))
    ]
  }

  /// Without common randomness, and the limit for long blocks with it.
  public var realismCurves: [Curve] {
    privateRealism + longBlockCurves.map { $0.uncorrelatedRealism("jointly Gaussian pairs") }
  }

  /// That of the optimal quantizers: R(D) needs none.
  public var shippedTables: [ShippedTable] { [EntropyConstrainedConverse(scaled.density).shippedTable] }
}
