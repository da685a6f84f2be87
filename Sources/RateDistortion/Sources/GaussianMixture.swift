import IntervalArithmetic

/// The mixture of two scalar Gaussians: N(m1, v1) with probability w, N(m2, v2) with probability 1 - w.
///
/// For D at most the smaller variance v, X is the sum of N(0, D) and the mixture of N(m_i, v_i - D), so R(D) is the Shannon
/// lower bound; beyond it R(D) lies above, the optimal reproduction law is discrete, and the bounds are two-sided.
///
/// h(X) has no closed form and is enclosed by quadrature (`MixtureEntropy`).
///
/// - Distortion: squared error.
public struct GaussianMixture: InformationSource {
  private let mixture: MixtureSource

  public static let description = SourceDescription(
    name: "gaussian-mixture",
    definition: "a scalar N(mean-1, variance-1) with probability weight, N(mean-2, variance-2) otherwise",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Shannon 1959; Csiszar 1974; Rose 1994",
    parameters: [
      ParameterDescription(
        "weight", help: "probability of the first component, 0.5 if nothing is said", domain: .between(0, 1)),
      ParameterDescription(
        "mean-1", help: "mean of the first component, 0 if nothing is said", domain: .between(-1e6, 1e6)),
      ParameterDescription(
        "mean-2", help: "mean of the second component, 0 if nothing is said", domain: .between(-1e6, 1e6)),
      ParameterDescription("variance-1", help: "variance of the first component", domain: .positive(default: 0.1)),
      ParameterDescription("variance-2", help: "variance of the second component", domain: .positive(default: 1)),
    ])

  public init(parameters: SourceParameters) throws(DomainError) {
    try self.init(
      weight: parameters.number("weight") ?? 0.5,
      means: (parameters.number("mean-1") ?? 0, parameters.number("mean-2") ?? 0),
      variances: (parameters.number("variance-1") ?? 0.1, parameters.number("variance-2") ?? 1))
  }

  /// The mixture.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 0 < weight < 1, the variances are positive and within a factor 10^6 of
  ///   each other, and the means are at most 10^3 of the smaller deviation apart.
  public init(
    weight: Double = 0.5, means: (Double, Double) = (0, 0), variances: (Double, Double) = (0.1, 1)
  ) throws(DomainError) {
    guard weight > 0, weight < 1 else {
      throw .parameterOutOfRange(
        name: "weight", value: String(weight), requirement: "a number strictly between 0 and 1")
    }
    for (name, variance) in [("variance-1", variances.0), ("variance-2", variances.1)] {
      let other = name == "variance-1" ? variances.1 : variances.0
      guard variance > 0, variance.isFinite, variance <= 1e6 * other, other <= 1e6 * variance else {
        throw .parameterOutOfRange(
          name: name, value: String(variance),
          requirement: "a finite number greater than 0, within a factor 1e6 of the other variance")
      }
    }
    let least = min(variances.0, variances.1).squareRoot()
    guard abs(means.0 - means.1) <= 1e3 * least else {
      throw .parameterOutOfRange(
        name: "mean-2", value: String(means.1), requirement: "within 1000 of the smaller deviation of mean-1")
    }
    mixture = MixtureSource(weight: weight, means: means, variances: variances)
  }

  public var parameters: SourceParameters {
    [
      "weight": .number(mixture.weight), "mean-1": .number(mixture.means.0), "mean-2": .number(mixture.means.1),
      "variance-1": .number(mixture.variances.0), "variance-2": .number(mixture.variances.1),
    ]
  }

  private var shannonLowerBound: LogarithmicLimit { .shannonLowerBound(entropy: mixture.differentialEntropy) }

  /// The table of the default parameters.
  public var shippedTables: [ShippedTable] {
    let isDefault = mixture.weight == 0.5 && mixture.means == (0, 0) && mixture.variances == (0.1, 1)
    return isDefault ? [ShippedTable(name: Self.description.name, of: LineEngine(mixture))] : []
  }

  /// R(D) from both sides, by the table of the program or one that is solved when it is first asked for.
  private var shannonCurves: [Curve] {
    let engine = LineEngine(mixture)
    let table = LazyTable(shippedTables.first) {
      SlopeTable(solving: engine, tolerance: 6e-5, largestRate: 6 * natsPerBit)
    }
    return SlopeCurve.bothSides(of: engine, gaussianComponent: mixture.gaussianComponent, table: table)
      .map { Curve($0) }
  }

  private var gaussianUpperBound: LogarithmicLimit {
    LogarithmicLimit(
      name: .waterFilling, kind: .upper, summary: "Gaussian R(D) of the same variance, achievable (Shannon 1959)",
      formula: "1/2 log2(variance/D)", variance: mixture.variance)
  }

  /// The Shannon lower bound, R(D) from both sides, and the Gaussian R(D) above it.
  ///
  /// Points are judged by R(D), which only long blocks reach: no good one-shot code is known to compare with, so that none is called
  /// suboptimal.
  public var limits: SourceLimits {
    let shannon = Curve(shannonLowerBound)
    let sides = shannonCurves
    return SourceLimits(
      curves: [shannon] + sides + [Curve(gaussianUpperBound)],
      judgement: Judgement(converse: sides[0], achievable: sides[1], codes: [], quickConverse: shannon))
  }
}
