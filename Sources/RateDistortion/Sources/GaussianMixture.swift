import IntervalArithmetic

/// A mixture of scalar Gaussians: two by default, N(m1, v1) with probability w and N(m2, v2) otherwise; or any number of them, by lists of
/// their weights, means and deviations.
///
/// For D at most the smallest variance v, X is the sum of N(0, D) and the mixture of N(m_i, v_i - D), so R(D) is the Shannon
/// lower bound; beyond it R(D) lies above, the optimal reproduction law is discrete, and the bounds are two-sided.
///
/// h(X) has no closed form and is enclosed by quadrature (`MixtureEntropy`).
///
/// - Distortion: squared error.
public struct GaussianMixture: InformationSource {
  private let mixture: MixtureSource
  public let parameters: SourceParameters

  public static let description = SourceDescription(
    name: "gaussian-mixture",
    definition:
      "a scalar N(mean-1, variance-1) with probability weight, N(mean-2, variance-2) otherwise; or of the lists given",
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
      ParameterDescription(
        "weights", help: "in place of the others, of any number of components; divided by their sum", domain: .numbers),
      ParameterDescription("means", help: "with weights, the components' means (0)", domain: .numbers),
      ParameterDescription("deviations", help: "with weights, their standard deviations (1)", domain: .numbers),
    ])

  /// The most components.
  public static let mostComponents = 64

  private static let pair = ["weight", "mean-1", "mean-2", "variance-1", "variance-2"]
  private static let lists = ["weights", "means", "deviations"]

  public init(parameters given: SourceParameters) throws(DomainError) {
    guard let list = Self.lists.first(where: { given.values[$0] != nil }) else {
      try self.init(
        weight: given.number("weight") ?? 0.5,
        means: (given.number("mean-1") ?? 0, given.number("mean-2") ?? 0),
        variances: (given.number("variance-1") ?? 0.1, given.number("variance-2") ?? 1))
      return
    }
    if let other = Self.pair.first(where: { given.values[$0] != nil }) {
      throw .parameterOutOfRange(name: other, value: "beside \(list)", requirement: "absent where lists are given")
    }
    guard let weights = given.numbers("weights")?.values else {
      throw .parameterOutOfRange(name: list, value: "without weights", requirement: "given together with weights")
    }
    try self.init(
      weights: weights, means: given.numbers("means")?.values ?? weights.map { _ in 0 },
      deviations: given.numbers("deviations")?.values ?? weights.map { _ in 1 })
  }

  /// The mixture of two.
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
    parameters = [
      "weight": .number(weight), "mean-1": .number(means.0), "mean-2": .number(means.1),
      "variance-1": .number(variances.0), "variance-2": .number(variances.1),
    ]
    mixture = MixtureSource([
      .init(weight: Interval(weight), mean: means.0, variance: variances.0),
      .init(weight: 1 - Interval(weight), mean: means.1, variance: variances.1),
    ])
    let isDefault = weight == 0.5 && means == (0, 0) && variances == (0.1, 1)
    shippedTables = isDefault ? [ShippedTable(name: Self.description.name, of: LineEngine(mixture))] : []
  }

  /// The mixture of a list of components.
  ///
  /// - Parameters:
  ///   - weights: in any unit; they are divided by their sum.
  ///   - deviations: roots of the variances.
  /// - Throws: `DomainError.parameterOutOfRange` unless the lists are equally long, of 1 to 64, weights and deviations are positive, the
  ///   weights within a factor 10^9 of each other and the deviations of 10^3, and the means at most 10^3 of the smallest deviation apart.
  public init(weights: [Double], means: [Double], deviations: [Double]) throws(DomainError) {
    guard (1...Self.mostComponents).contains(weights.count) else {
      throw .parameterOutOfRange(
        name: "weights", value: "of \(weights.count) numbers", requirement: "of 1 to \(Self.mostComponents) numbers")
    }
    for (name, list) in [("means", means), ("deviations", deviations)] where list.count != weights.count {
      throw .parameterOutOfRange(
        name: name, value: "of \(list.count) numbers", requirement: "of \(weights.count), as many as there are weights")
    }
    for (name, list, factor) in [("weights", weights, 1e9), ("deviations", deviations, 1e3)] {
      let largest = list.max() ?? 0
      for (index, value) in list.enumerated() {
        guard value >= 1e-100, value <= 1e100, value >= largest / factor else {
          throw .parameterOutOfRange(
            name: name, value: "\(value.words) at place \(index + 1)",
            requirement: "from 1e-100 to 1e100, and within a factor \(factor.words) of the largest")
        }
      }
    }
    let least = deviations.min() ?? 1
    for (index, mean) in means.enumerated() {
      guard abs(mean - means[0]) <= 1e3 * least else {
        throw .parameterOutOfRange(
          name: "means", value: "\(mean.words) at place \(index + 1)",
          requirement: "within 1000 of the smallest deviation of the first one")
      }
    }
    parameters = [
      "weights": .numbers(weights, columns: weights.count), "means": .numbers(means, columns: means.count),
      "deviations": .numbers(deviations, columns: deviations.count),
    ]
    // A deviation's square is rounded: the variances in force are those floating-point numbers.
    let sum = weights.reduce(Interval(0)) { $0 + Interval($1) }
    mixture = MixtureSource(
      weights.indices.map {
        .init(weight: Interval(weights[$0]) / sum, mean: means[$0], variance: deviations[$0] * deviations[$0])
      })
    shippedTables = []
  }

  /// The table of the default parameters.
  public let shippedTables: [ShippedTable]

  private var shannonLowerBound: LogarithmicLimit { .shannonLowerBound(entropy: mixture.differentialEntropy) }

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
