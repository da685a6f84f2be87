import IntervalArithmetic

/// How little distortion a set of sources leaves behind Gaussian noise if it takes up a share rho of the line, from below.
///
/// A set of density rho <= 1 under a flat prior, X seen through noise N(0, 1): by Theorem 1 (`RewardBound`) t rho - rho D is at most
/// theta(t) at every price t, so that with R = -log rho
///
///     R >= log((t - D)/theta(t)).
///
/// R is what bins of this density cost, H(index) where all have it. For bins of several densities the lower convex hull holds.
///
/// - Domain: prices of `RewardTable`. They end at 1, so the bound is 0 from D = 1 - theta(1) = 0.756 on.
/// - Units: of the noise variance.
public struct BinningConverse: Limit {
  /// The converse.
  public init() {}

  public var name: CurveName { .binningLower }
  public var kind: BoundKind { .lower }
  public var summary: String { "no set that takes up a share 2^-R of the line leaves less distortion (rewards)" }
  public var largestDistortion: Double { 1 }
  public var evidence: [any Evidence.Type] { [RewardDensity.self] }

  /// D = t - theta/rho has to be well above 0 at the smallest price, where theta is about (2/3) t^(3/2)/sqrt(2 log 1/t): best
  /// is t near 3 D.
  public var range: CurveRange {
    let first = RewardTable.bounds[0]
    return CurveRange(
      leastDistortion: first.price / 4, largestRate: Double.log(0.75 * first.price / first.density) / natsPerBit)
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let best = best(at: distortion)
    return OperatingPoint(
      distortion: distortion, nats: max(0, best.nats),
      natsPerDistortion: best.nats > 0 ? 1 / (best.bound.price - distortion) : 0)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let inverse = Double.exp(rate * natsPerBit)
    let places = RewardTable.bounds.map { (distortion: $0.price - $0.density * inverse, price: $0.price) }
    guard let best = places.max(by: { $0.distortion < $1.distortion }) else { return try point(at: largestDistortion) }
    return OperatingPoint(
      distortion: best.distortion, nats: rate * natsPerBit,
      natsPerDistortion: 1 / (best.price - best.distortion))
  }

  private func best(at distortion: Double) -> (nats: Double, bound: RewardBound) {
    var best = (nats: -Double.infinity, bound: RewardTable.bounds[0])
    for bound in RewardTable.bounds where bound.price > distortion {
      let nats = Double.log((bound.price - distortion) / bound.density)
      if nats > best.nats { best = (nats, bound) }
    }
    return best
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let best = best(at: distortion)
    let evidence = RewardDensity(price: best.bound.price, density: best.bound.density)
    let rate = Self.rate(by: evidence, at: distortion)
    guard rate.lower > 0 else {
      return Bound(kind: kind, distortion: distortion, rate: 0, slope: 0, evidence: Silence())
    }
    return Bound(
      kind: kind, distortion: distortion, rate: rate,
      slope: 1 / (best.bound.price - distortion) / natsPerBit, evidence: evidence)
  }

  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? RewardDensity else { return .entire }
    guard RewardBound(price: named.price, density: named.density, end: .infinity).isProved else {
      throw .evidenceRefused(
        "it is not proved that sets earn at most \(named.density.words) at price \(named.price.words)")
    }
    return .hull(Self.rate(by: named, at: distortion).lower, .infinity)
  }

  /// log2((t - D)/density), the number that is claimed from below.
  private static func rate(by evidence: RewardDensity, at distortion: Double) -> Interval {
    let margin = Interval(evidence.price) - Interval(distortion)
    guard margin.lower > 0, evidence.density > 0 else { return .entire }
    return .log(margin / Interval(evidence.density)) / .ln2
  }
}

extension CurveName {
  /// The converse for binning under a flat prior.
  public static let binningLower = CurveName(rawValue: "binning-lower")
}

/// Evidence of the converse for binning: what sets earn at most at a price.
public struct RewardDensity: Evidence, Equatable {
  public static let type = "reward-density"
  public static let meaning =
    "A price t from 0 to 1 and a bound on what sets earn at most a unit of length behind Gaussian noise. It proves "
    + "R >= log2((t - D)/density). The bound is proved anew."

  /// t.
  public let price: Double
  /// At least theta(t).
  public let density: Double

  init(price: Double, density: Double) {
    self.price = price
    self.density = density
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    price = try form.number("price")
    density = try form.number("density")
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["price": price, "density": density]) }
  public var sentence: String {
    "a set earns at most \(density.words) a unit of length at price \(price.words): R >= log2((\(price.words) - D)/\(density.words))"
  }
}
