import IntervalArithmetic

/// The uniform law on the unit sphere of n dimensions, {x in R^n : |x| = 1}.
///
/// For n = 2 it is the circle, n = 3 the sphere, and for large n, at the distortion n d of components scaled by sqrt n,
/// R(D)/n tends to the Gaussian's 1/2 log2(1/d).
///
/// - Distortion: squared error summed over the n components.
/// - Source: derived here; see `SphereRateDistortion`.
public struct Sphere: InformationSource, ParallelMeans {
  /// n, from 2 to 1024. (For n = 1 the law is a fair coin, a finite alphabet, whose R(D) reaches D = 0 at 1 bit.)
  public let dimension: Int
  private let rateDistortion: SphereRateDistortion

  public static let description = SourceDescription(
    name: "sphere",
    definition: "uniform on {x in R^n : |x| = 1}, n = dimension",
    distortionMeasure: .sumOfSquaredErrors,
    reference: "derived here; the circle of Bhadane, Wagner, Balle 2022 in n dimensions",
    parameters: [
      ParameterDescription(
        "dimension", help: "n, the number of components, 2 to \(SphereRateDistortion.largestDimension) (3)",
        domain: .wholeNumber(atLeast: 2))
    ])

  public init(parameters: SourceParameters) throws(DomainError) {
    let number = parameters.number("dimension") ?? 3
    guard let dimension = Int(exactly: number) else {
      throw .parameterOutOfRange(
        name: "dimension", value: String(number),
        requirement: "a whole number from 2 to \(SphereRateDistortion.largestDimension)")
    }
    try self.init(dimension: dimension)
  }

  /// The sphere of n dimensions.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless n is from 2 to 1024.
  public init(dimension: Int) throws(DomainError) {
    self.dimension = dimension
    rateDistortion = try SphereRateDistortion(dimension: dimension)
  }

  public var parameters: SourceParameters { ["dimension": .number(Double(dimension))] }

  /// What is known of one-shot codes: a converse, and in three dimensions a better one and tilings.
  private var oneShotCurves: [Curve] {
    if dimension == 3 { return [Curve(CapConverse()), Curve(SphereTilings())] }
    return dimension <= CapCells.largestDimension ? [Curve(DualBound(source: CapCells(dimension: dimension)))] : []
  }

  public var limits: SourceLimits {
    let curve = Curve(rateDistortion)
    return SourceLimits(
      curves: [curve] + oneShotCurves + [curve.uncorrelatedRealism("von Mises-Fisher noise")],
      judgement: Judgement(converse: curve, achievable: curve, codes: []))
  }
}
