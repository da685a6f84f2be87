import GSL
import IntervalArithmetic

/// The mixture of two scalar Gaussians: N(m1, v1) with probability w, N(m2, v2) with probability 1 - w.
///
/// For D at most the smaller variance v, X is the sum of N(0, D) and the mixture of N(m_i, v_i - D), so R(D) is the Shannon
/// lower bound; beyond it R(D) lies above, the optimal reproduction law is discrete, and the bounds are two-sided.
///
/// h(X) has no closed form; it is integrated by two Gauss-Legendre rules on panels of half the smaller deviation (the
/// integrand f log f is analytic, its nearest singularities the complex zeros of f), enclosed by 1e-12 and ten times the
/// difference of the two: a stated margin, not a proof.
///
/// - Distortion: squared error.
public struct GaussianMixture: InformationSource {
  let density: GaussianMixtureDensity

  public static let description = SourceDescription(
    name: "gaussian-mixture",
    definition: "a scalar N(mean-1, variance-1) with probability weight, N(mean-2, variance-2) otherwise",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Shannon 1959; Csiszar 1974; Rose 1994",
    parameters: [
      ParameterDescription("weight", help: "probability of the first component", domain: .between(0, 1)),
      ParameterDescription("mean-1", help: "mean of the first component", domain: .between(-1e6, 1e6)),
      ParameterDescription("mean-2", help: "mean of the second component", domain: .between(-1e6, 1e6)),
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
    density = GaussianMixtureDensity(weight: weight, means: means, variances: variances)
  }

  public var parameters: SourceParameters {
    [
      "weight": .number(density.weight), "mean-1": .number(density.means.0), "mean-2": .number(density.means.1),
      "variance-1": .number(density.variances.0), "variance-2": .number(density.variances.1),
    ]
  }

  private var shannonLowerBound: LogarithmicLimit {
    .shannonLowerBound(
      entropy: density.differentialEntropy,
      assurance: .margin(
        bits: 1.5e-12, covers: "the quadrature of h, besides ten times the difference of two rules,"))
  }

  private var gaussianUpperBound: LogarithmicLimit {
    LogarithmicLimit(
      name: .waterFilling, kind: .upper, summary: "Gaussian R(D) of the same variance, achievable (Shannon 1959)",
      formula: "1/2 log2(variance/D)", variance: density.variance)
  }

  /// The Shannon lower bound, R(D) from both sides, and the Gaussian R(D) above it.
  ///
  /// Points are judged by the Shannon lower bound, the limit that costs nothing: it is R(D) up to the smaller variance, and
  /// beyond gaps are shown larger than they are.
  public var limits: SourceLimits {
    let shannon = Curve(shannonLowerBound)
    return SourceLimits(
      curves: [shannon] + ScalarShannonCurve.bothSides(of: density).map { Curve($0) } + [Curve(gaussianUpperBound)],
      judgement: Judgement(converse: shannon, achievable: shannon))
  }
}

/// f of the mixture.
struct GaussianMixtureDensity: ScalarSourceDensity {
  let weight: Double
  let means: (Double, Double)
  let variances: (Double, Double)
  private(set) var differentialEntropy: Interval

  init(weight: Double, means: (Double, Double), variances: (Double, Double)) {
    self.weight = weight
    self.means = means
    self.variances = variances
    differentialEntropy = .entire
    let entropies = [20, 26].map { entropy(by: GaussLegendreRule(nodes: $0)) }
    let margin = 1e-12 + 10 * abs(entropies[0] - entropies[1])
    if margin.isFinite { differentialEntropy = .hull(entropies[1] - margin, entropies[1] + margin) }
  }

  var variance: Interval {
    let w = Interval(weight)
    let difference = Interval(means.0) - Interval(means.1)
    return w * Interval(variances.0) + (1 - w) * Interval(variances.1) + w * (1 - w) * .squared(difference)
  }

  /// Eight deviations: 1.3e-15 of the probability is outside.
  var bulk: ClosedRange<Double> {
    let (a, b) = (8 * variances.0.squareRoot(), 8 * variances.1.squareRoot())
    return min(means.0 - a, means.1 - b)...max(means.0 + a, means.1 + b)
  }

  var corners: [Double] { [] }
  var exponentialSides: Set<Side> { [] }
  var gaussianComponent: Double { min(variances.0, variances.1) }

  func density(_ x: Double) -> Double {
    weight * normal(x, means.0, variances.0) + (1 - weight) * normal(x, means.1, variances.1)
  }

  private func normal(_ x: Double, _ mean: Double, _ variance: Double) -> Double {
    Double.exp(-(x - mean) * (x - mean) / (2 * variance)) / (2 * Double.pi * variance).squareRoot()
  }

  func tail(_ side: Side, about y: Double) -> (probability: Double, secondMoment: Double) {
    let sign = side == .right ? 1.0 : -1.0
    let end = side == .right ? bulk.upperBound : bulk.lowerBound
    var probability = 0.0
    var moment = 0.0
    for (w, mean, variance) in [(weight, means.0, variances.0), (1 - weight, means.1, variances.1)] {
      let deviation = variance.squareRoot()
      let cell: QuantizationCell<Double> = GaussianDensity().cell(
        from: min(sign * (end - mean) / deviation, GaussianDensity().reach), to: .infinity)
      probability += w * cell.probability
      moment += w * variance * cell.distortion(about: sign * (y - mean) / deviation)
    }
    return (probability, moment)
  }

  private func entropy(by rule: GaussLegendreRule) -> Double {
    // Ten deviations; what is left is below 1e-21.
    let reach = bulk.upperBound - bulk.lowerBound
    let (low, high) = (bulk.lowerBound - reach / 4, bulk.upperBound + reach / 4)
    let width = min(variances.0, variances.1).squareRoot() / 2
    let panels = ((high - low) / width).rounded(.up)
    var sum = 0.0
    for panel in stride(from: 0, to: panels, by: 1) {
      let middle = low + (high - low) * (panel + 0.5) / panels
      let half = (high - low) / (2 * panels)
      for (node, nodeWeight) in zip(rule.nodes, rule.weights) {
        let f = density(middle + half * node)
        if f > 0 { sum -= nodeWeight * half * f * Double.log(f) }
      }
    }
    return sum
  }
}
