import IntervalArithmetic

/// Every code has rate + multiplier * distortion >= `least`, in bits.
public struct LagrangianBound: Evidence, Equatable {
  public static let type = "lagrangian"
  public static let meaning =
    "A multiplier m in bits per unit of distortion, the unit being the squared scale. The least rate + m distortion over all "
    + "one-shot codes is enclosed anew; less m D it is a lower bound. The value named is not trusted."

  /// m, in bits per unit of distortion, the unit being the source's squared scale.
  public let multiplier: Double
  /// What rate + m distortion was found to be at least, in bits.
  public let least: Double

  /// A multiplier and the least cost found with it.
  public init(multiplier: Double, least: Double) {
    self.multiplier = multiplier
    self.least = least
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(multiplier: try form.number("multiplier_bits"), least: try form.number("least"))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, numbers: ["multiplier_bits": multiplier, "least": least])
  }

  public var sentence: String {
    "R + m D >= \(least.words) for every one-shot code of the standard source, m = \(multiplier.words)"
  }
}

/// A lower bound on D + mu H over all one-shot codes, as a lower bound on H at a distortion: H >= (least - D)/mu.
struct LagrangianClaim {
  /// mu, in squared scales per nat.
  let mu: Interval
  /// What D + mu H is at least, and what a quantizer found has.
  let least: Interval

  /// The rate in bits at the exact binary value of D.
  func rate(at distortion: Double) -> Interval { (least - Interval(distortion)) / (mu * .ln2) }

  /// The claim as a bound at D, unless the Shannon lower bound is better.
  func bound(at distortion: Double, orElse shannon: Bound, evidence: any Evidence) -> Bound {
    let rate = rate(at: distortion)
    guard rate.lower > shannon.rate.lower else { return shannon }
    return Bound(
      kind: .lower, distortion: distortion, rate: rate, slope: 1 / (mu.midpoint * natsPerBit), evidence: evidence)
  }
}

/// The converse for one-shot codes of a scalar source with a unimodal density: no code, whatever its encoder, whether it shares
/// time or randomness, has a rate H(codeword) below this.
///
/// Proofs, of which the better counts:
///
/// - the lower convex hull of all scalar quantizers from below, by duality: for any mu > 0 and any enclosed lower bound J on
///   D + mu H (`EntropyConstrainedLowerBound`, which needs the density to be unimodal), H >= (J - D)/mu. mu is the slope of the
///   hull at D, found in floating point. Its gap to the designed quantizer is at most 1e-6 bits up to 4 bits, and four times as
///   large with every bit more; it is not computed above 8 bits, where the grid would fill the memory.
/// - the Shannon lower bound H >= h(X) - 1/2 log(2 pi e D), 0.2546 bits below the quantizer at high rate, which holds for every
///   density.
///
/// - Units: of the standard density, by which `Curve` scales.
/// - Source: `EntropyConstrainedLowerBound`; Shannon 1959.
public struct EntropyConstrainedConverse<Density: UnimodalDensity>: Limit {
  /// The achievable side, whose points and search it shares.
  public let achievable: EntropyConstrainedCurve<Density>

  /// The converse of a density.
  public init(_ density: Density) { self.init(achievable: EntropyConstrainedCurve(density)) }

  /// The converse beside the achievable side.
  public init(achievable: EntropyConstrainedCurve<Density>) { self.achievable = achievable }

  public var name: CurveName { .ecsq }
  public var kind: BoundKind { .lower }
  public var summary: String { "no one-shot code of the scalar does better (grid of thresholds, proved)" }
  /// The grid takes up to seconds.
  public var isCostly: Bool { true }
  /// The variance.
  public var largestDistortion: Double { achievable.largestDistortion }
  public var enclosedLargestDistortion: Interval { achievable.enclosedLargestDistortion }
  /// That of the achievable side, for points; bounds hold at any distortion.
  public var range: CurveRange { achievable.range }

  /// The optimal quantizer's point.
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    try achievable.point(at: distortion)
  }

  /// The optimal quantizer's point.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint { try achievable.point(ofRate: rate) }

  /// The proved lower bound at D.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let shannon = try shannonLowerBound.enclosure(at: distortion)
    let target = distortion * (1 - EntropyConstrainedCurve<Density>.margin)
    guard let found = try? achievable.optimum(.distortion(target)), found.rate <= 8 else { return shannon }
    let claim = claim(mu: found.mu, rate: found.rate, cost: found.distortion + found.mu * found.entropy)
    let multiplier = 1 / (found.mu * natsPerBit)
    return claim.bound(
      at: distortion, orElse: shannon,
      evidence: LagrangianBound(multiplier: multiplier, least: claim.least.lower * multiplier * (1 - 0x1p-48)))
  }

  /// A proved lower bound on D + mu H over all one-shot codes, next to the cost of the quantizer found.
  ///
  /// The grid is judged by the cost given; any number would do, and only a good one proves much.
  private func claim(mu: Double, rate: Double, cost: Double) -> LagrangianClaim {
    let extra = max(0, rate - 4)
    var grid = EntropyConstrainedLowerBound(
      density: achievable.density, mu: mu, known: cost * (1 + 1e-13),
      gap: 8e-7 * Double.exp(2 * extra * natsPerBit) * mu * natsPerBit, cellSize: (6 * mu).squareRoot())
    return LagrangianClaim(mu: Interval(mu), least: .hull(grid.bound(), grid.known))
  }

  public var evidence: [any Evidence.Type] { [LagrangianBound.self, ClosedForm.self] }

  /// A multiplier proves what the grid proves there, computed anew; the named least cost is not trusted.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    switch evidence {
    case let lagrangian as LagrangianBound where lagrangian.multiplier > 0:
      let mu = 1 / (lagrangian.multiplier * natsPerBit)
      let design = try achievable.general.design(slope: lagrangian.multiplier)
      guard design.rate <= 8 else { return .entire }
      let claim = claim(mu: mu, rate: design.rate, cost: design.distortion + mu * design.entropy)
      return .hull(max(0, claim.rate(at: distortion).lower), .infinity)
    case is ClosedForm:
      return try shannonLowerBound.proof(by: evidence, at: distortion)
    default:
      return .entire
    }
  }

  /// The Shannon lower bound in standard units.
  var shannonLowerBound: LogarithmicLimit {
    .shannonLowerBound(entropy: achievable.density.differentialEntropy(as: Interval.self))
  }
}
