import IntervalArithmetic

/// The Gaussian scalar N(0, sigma^2), or two independent ones.
///
///     R(D) = max(0, n/2 log2(n sigma^2 / D)),      D(R) = n sigma^2 2^(-2R/n),      n = 1, 2.
///
/// - Distortion: squared error, summed over both components of a pair.
/// - Source: Shannon 1959; Cover, Thomas, "Elements of Information Theory", Theorem 10.3.2.
public struct Gaussian: ScalarSource, ParallelMeans, GaussianReproductions {
  /// sigma^2.
  public let variance: Double
  /// n, 1 or 2 components.
  public let dimension: Int
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
      ParameterDescription("variance", help: "variance of the source", domain: .positive(default: 1)),
      ParameterDescription(
        "dimension", help: "independent components, 1 or 2 (1)", domain: .wholeNumber(atLeast: 1)),
    ])

  /// The Gaussian of the given variance, 1 by default.
  public init(parameters: SourceParameters) throws(DomainError) {
    let number = parameters.number("dimension") ?? 1
    guard let dimension = Int(exactly: number), (1...2).contains(dimension) else {
      throw .parameterOutOfRange(name: "dimension", value: String(number), requirement: "1 or 2")
    }
    try self.init(variance: parameters.number("variance") ?? 1, dimension: dimension)
  }

  /// N(0, variance), or two of them.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless the variance lies in [1e-200, 1e200] and there are one or two.
  public init(variance: Double, dimension: Int = 1) throws(DomainError) {
    guard variance >= 1e-200, variance <= 1e200 else {
      throw .parameterOutOfRange(
        name: "variance", value: String(variance), requirement: "greater than 0 (from 1e-200 to 1e200)")
    }
    guard (1...2).contains(dimension) else {
      throw .parameterOutOfRange(name: "dimension", value: String(dimension), requirement: "1 or 2")
    }
    self.variance = variance
    self.dimension = dimension
    scaled = try ScaledDensity(GaussianDensity(), squaredScale: variance)
  }

  /// The variance in force, and the number of components where there are two.
  public var parameters: SourceParameters {
    dimension == 1 ? ["variance": .number(variance)] : ["variance": .number(variance), "dimension": .number(2)]
  }

  /// Those of every scalar, or those of a source in the plane.
  public var limits: SourceLimits { dimension == 1 ? scalarLimits : pairLimits }

  /// R(D) of two.
  private var pairShannon: Curve {
    Curve(
      LogarithmicLimit(
        name: .shannon, kind: .exact, summary: "rate-distortion function R(D) (Shannon 1959)",
        formula: "log2(2 variance/D)", variance: 2 * Interval(variance), dimension: 2))
  }

  /// R(D), and one-shot codes of both components together from both sides.
  private var pairLimits: SourceLimits {
    let shannon = pairShannon
    let sides = PlaneCodes.curves(of: .twoScalars, squaredScale: Interval(variance))
    return PlaneCodes.limits(longBlocks: [shannon], reference: shannon, oneShot: sides, others: [])
  }

  /// Codes of one component; those of two are no partitions of a line.
  public var codes: CodeReference? { dimension == 1 ? codes(shift: 0) : nil }

  /// Codes of both components together.
  public var planeCodes: PlaneReference? {
    guard dimension == 2 else { return nil }
    let squaredScale = Interval(variance)
    return PlaneReference(
      plane: BentPlane(.twoScalars, frame: PlaneFrame(squaredScale: squaredScale)),
      oneShot: PlaneCodes.oneShot(of: .twoScalars, squaredScale: squaredScale), longBlocks: [pairShannon])
  }

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
  public var shippedTables: [ShippedTable] {
    [EntropyConstrainedConverse(scaled.density).shippedTable, PlaneCodes(source: .twoScalars).shippedTable]
  }
}
