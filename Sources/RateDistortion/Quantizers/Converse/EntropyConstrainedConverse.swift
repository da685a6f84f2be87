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

extension LagrangianClaim {
  /// The bound of a grid, next to the cost of the quantizer found.
  ///
  /// The grid is judged by the cost given; any number would do, and only a good one proves much.
  ///
  /// - Parameters:
  ///   - gap: how far below the cost the bound may be, in bits.
  ///   - bits: the rate from where on the gap is four times as large with every bit more, for else the grid would fill the memory.
  init(
    mu: Double, rate: Double, cost: Double, of density: some UnimodalDensity, gap: Double = 8e-7, upTo bits: Double = 4
  ) {
    let extra = max(0, rate - bits)
    var grid = EntropyConstrainedLowerBound(
      density: density, mu: mu, known: cost * (1 + 1e-13),
      gap: gap * Double.exp(2 * extra * natsPerBit) * mu * natsPerBit, cellSize: (6 * mu).squareRoot())
    self.mu = Interval(mu)
    least = .hull(grid.bound(), grid.known)
  }
}

/// The converse for one-shot codes of a scalar source with a unimodal density: no code, whatever its encoder, whether it shares
/// time or randomness, has a rate H(codeword) below this.
///
/// Proofs, of which the better counts:
///
/// - the lower convex hull of all scalar quantizers from below, by duality: for any mu > 0 and any enclosed lower bound J on
///   D + mu H (`EntropyConstrainedLowerBound`, which needs the density to be unimodal), H >= (J - D)/mu.
/// - the Shannon lower bound H >= h(X) - 1/2 log(2 pi e D), 0.2546 bits below the quantizer at high rate, which holds for every
///   density.
///
/// A grid takes up to seconds. Where the program carries a table of slopes (`EntropyConstrainedSlopes`), its tangent nearest D proves the
/// bound: it and what is achieved by sharing time between the table's quantizers are within 1e-4 bits of each other up to 6.5 bits, and
/// 1e-3 at 8. A precise bound, and any bound without a table, has a grid of its own at the slope of the hull at D, found in floating
/// point; its gap to the designed quantizer is at most 1e-6 bits up to 4 bits, and four times as large with every bit more. No grid is
/// searched above 8 bits, where it would fill the memory.
///
/// - Units: of the standard density, by which `Curve` scales.
/// - Source: `EntropyConstrainedLowerBound`; Shannon 1959.
public struct EntropyConstrainedConverse<Density: UnimodalDensity>: Limit {
  /// The achievable side, whose search it shares.
  public let achievable: EntropyConstrainedCurve<Density>
  /// The multipliers that the program carries; nil where bounds have grids of their own.
  private var table: SlopeTable?
  /// The Shannon lower bound in standard units.
  let shannonLowerBound: LogarithmicLimit

  /// The converse of a density.
  public init(_ density: Density) { self.init(achievable: EntropyConstrainedCurve(density)) }

  /// The converse beside the achievable side.
  public init(achievable: EntropyConstrainedCurve<Density>) {
    self.achievable = achievable
    shannonLowerBound = .shannonLowerBound(entropy: achievable.density.differentialEntropy(as: Interval.self))
    table = shippedTable.stored
  }

  /// The largest rate of a quantizer beside which a grid is searched, in bits.
  static var largestRate: Double { 8 }

  /// The table of the density.
  var shippedTable: ShippedTable {
    ShippedTable(
      name: achievable.density.name + "-ecsq", of: EntropyConstrainedSlopes(achievable: achievable), bits: 1e-4)
  }

  public var precise: EntropyConstrainedConverse? {
    var precise = self
    precise.table = nil
    return precise
  }

  public var name: CurveName { .ecsq }
  public var kind: BoundKind { .lower }
  public var summary: String { "no one-shot code of the scalar does better (grid of thresholds, proved)" }
  /// Where grids of thresholds have to be searched.
  public var isCostly: Bool { table == nil }
  /// The variance.
  public var largestDistortion: Double { achievable.largestDistortion }
  public var enclosedLargestDistortion: Interval { achievable.enclosedLargestDistortion }
  /// That of the achievable side, for points; bounds hold at any distortion.
  public var range: CurveRange { achievable.range }

  /// The bound by the table, or the optimal quantizer's point.
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let table else { return try achievable.point(at: distortion) }
    let shannon = try shannonLowerBound.point(atDistortion: distortion)
    return table.point(kind, at: distortion).map { kind.claimsMore($0.rate, than: shannon.rate) ? $0 : shannon }
      ?? shannon
  }

  /// The bound by the table, or the optimal quantizer's point.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard let table else { return try achievable.point(ofRate: rate) }
    let shannon = try shannonLowerBound.point(atRate: kind.inside(rate))
    let found = table.point(kind, ofRate: rate)
    var best = found.map { kind.claimsMore($0.distortion, than: shannon.distortion) ? $0 : shannon } ?? shannon
    best.distortion = min(best.distortion, largestDistortion)
    best.rate = rate
    return best
  }

  /// The proved lower bound at D.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let shannon = try shannonLowerBound.enclosure(at: distortion)
    if let table {
      let below = table.rateFromBelow(at: distortion)
      let rate = Interval(below.rate) / .ln2
      guard let slope = below.slope, rate.lower > shannon.rate.lower else { return shannon }
      // Beyond the last slope, where quantizers share no time, one that is designed for D says how far the tangent is from the hull.
      var achieved = (Interval(table.rateFromAbove(at: distortion).rate) / .ln2).upper
      if achieved == .infinity { achieved = try achievable.enclosure(at: distortion).rate.upper }
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(rate.lower, max(rate.upper, achieved)),
        slope: slope / natsPerBit, evidence: NamedSlopes([slope]))
    }
    let target = distortion * (1 - EntropyConstrainedCurve<Density>.margin)
    guard let found = try? achievable.optimum(.distortion(target)), found.rate <= Self.largestRate else {
      return shannon
    }
    let claim = LagrangianClaim(
      mu: found.mu, rate: found.rate, cost: found.distortion + found.mu * found.entropy, of: achievable.density)
    let multiplier = 1 / (found.mu * natsPerBit)
    return claim.bound(
      at: distortion, orElse: shannon,
      evidence: LagrangianBound(multiplier: multiplier, least: claim.least.lower * multiplier * (1 - 0x1p-48)))
  }

  public var evidence: [any Evidence.Type] { [NamedSlopes.self, LagrangianBound.self, ClosedForm.self] }

  /// A slope or multiplier proves what the grid proves there, computed anew; the least cost named beside a multiplier is not trusted.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    switch evidence {
    case let named as NamedSlopes:
      let rate = try EntropyConstrainedSlopes(achievable: achievable).rate(by: named, at: distortion) / .ln2
      return .hull(max(0, rate.lower), .infinity)
    case let lagrangian as LagrangianBound where lagrangian.multiplier > 0:
      let mu = 1 / (lagrangian.multiplier * natsPerBit)
      let design = try achievable.general.design(slope: lagrangian.multiplier)
      guard design.rate <= Self.largestRate else { return .entire }
      let claim = LagrangianClaim(
        mu: mu, rate: design.rate, cost: design.distortion + mu * design.entropy, of: achievable.density)
      return .hull(max(0, claim.rate(at: distortion).lower), .infinity)
    case is ClosedForm:
      return try shannonLowerBound.proof(by: evidence, at: distortion)
    default:
      return .entire
    }
  }
}
