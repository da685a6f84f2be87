import IntervalArithmetic

/// The banana of "Nonlinear Transform Coding": W = (Z0, Z1 - Z0^2/10), Z0 ~ N(0, 9), Z1 ~ N(0, 1/4) independent.
///
/// The public trainer's banana is a rotation and shift of it, which changes no rate and no distortion. The map from Z to W
/// preserves areas, so that h(W) = h(Z0) + h(Z1) = log(2 pi e 3/2) nats and the Shannon lower bound is log2(3/D); the
/// covariance is diagonal, with variances 9 and 1/4 + Var(Z0^2)/100 = 1.87.
///
/// - Distortion: squared error, summed over both components.
/// - Source: Balle et al., "Nonlinear Transform Coding", IEEE J. Sel. Topics Signal Process. 15 (2021) 339-353, Figures 1-3.
public struct Banana: InformationSource {
  public static let description = SourceDescription(
    name: "banana",
    definition: "(Z0, Z1 - Z0^2/10), Z0 ~ N(0, 9) and Z1 ~ N(0, 1/4) independent",
    distortionMeasure: .sumOfSquaredErrors,
    components: 2,
    reference: "Balle et al., Nonlinear Transform Coding, Figs. 1-3")

  /// The banana.
  public init() {}

  public init(parameters: SourceParameters) throws(DomainError) { self.init() }

  public var parameters: SourceParameters { SourceParameters() }

  /// The Shannon lower bound, R(D) from both sides, one-shot codes from below and above, and linear transform coding: the
  /// Gaussian R(D) of the same covariance.
  public var limits: SourceLimits {
    let shannon = Curve(
      LogarithmicLimit.shannonLowerBound(entropy: BananaSource().differentialEntropy, dimension: 2))
    let sides = shannonCurves
    let waterFilling = (try? WaterFilling(eigenvalues: [9, 1.87.nextUp], kind: .upper)).map { Curve($0) }
    return PlaneCodes.limits(
      longBlocks: [shannon] + sides, reference: sides[0], oneShot: PlaneCodes.curves(of: .banana),
      others: [waterFilling].compactMap { $0 })
  }

  /// Codes of the public trainer's banana.
  public var planeCodes: PlaneReference? {
    PlaneReference(
      plane: BentPlane(.banana, frame: .trainer), oneShot: PlaneCodes.oneShot(of: .banana), longBlocks: shannonCurves)
  }

  /// R(D) from both sides.
  private var shannonCurves: [Curve] {
    let engine = PlaneEngine(source: BananaSource())
    let table = LazyTable(shippedTables.first) {
      SlopeTable(solving: engine, tolerance: 6e-4, largestRate: 5 * natsPerBit)
    }
    return SlopeCurve.bothSides(of: engine, table: table).map { Curve($0) }
  }

  public var shippedTables: [ShippedTable] {
    [
      ShippedTable(name: Self.description.name, of: PlaneEngine(source: BananaSource()), bits: 9.5e-5),
      PlaneCodes(source: .banana).shippedTable,
    ]
  }
}
