import IntervalArithmetic

/// One side of the optimal entropy-constrained scalar quantizer of a density without memory, in closed form: at every rate, to
/// 1e-13 bits for the exponential density and 1e-8 for the Laplace one.
///
/// Both sides rest on Sullivan's quantizer of the step at which the distortion is D, which they share. Above, its enclosed
/// entropy is achieved; below, the least D + mu H at its slope is enclosed by memorylessness (`SullivanConverse`). Evidence of the
/// general method proves what it proves here too.
///
/// - Units: of the standard density, by which `Curve` scales. Rates up to 16 bits; the lower side at any distortion.
/// - Source: Sullivan 1996.
public struct MemorylessOptimum<Density: MemorylessDensity>: Limit {
  public let kind: BoundKind
  private let general: EntropyConstrainedConverse<Density>
  private let known: Memo<Target, SullivanQuantizer>

  /// The lower and the upper side of a density.
  public static func sides(of density: Density) -> (lower: MemorylessOptimum, upper: MemorylessOptimum) {
    let general = EntropyConstrainedConverse(density)
    let known = Memo<Target, SullivanQuantizer>()
    return (
      MemorylessOptimum(kind: .lower, general: general, known: known),
      MemorylessOptimum(kind: .upper, general: general, known: known)
    )
  }

  private var density: Density { general.achievable.density }
  private var source: SullivanQuantizer.Source { SullivanQuantizer.Source(density) }

  public var name: CurveName { .ecsq }
  public var summary: String {
    kind == .lower
      ? general.summary : "optimal entropy-constrained scalar quantizer (Sullivan 1996; proved two-sided)"
  }
  /// The variance.
  public var largestDistortion: Double { general.largestDistortion }
  public var enclosedLargestDistortion: Interval { general.enclosedLargestDistortion }
  public var range: CurveRange { general.range }

  /// The optimal quantizer at a distortion, or at an entropy in nats.
  ///
  /// - Throws: `DomainError.rateOutOfRange` above 16 bits.
  private func optimum(_ target: Target) throws(DomainError) -> SullivanQuantizer {
    let largest = range.largestRate
    return try known.value(of: target) { () throws(DomainError) in
      guard let found = SullivanQuantizer.solving(source, target) else {
        let rate: Double
        switch target {
        case .rate(let entropy): rate = entropy / natsPerBit
        case .distortion(let distortion): rate = general.achievable.general.equalStepRate(distortion: distortion)
        }
        throw .rateOutOfRange(rate, largest: largest)
      }
      let entropy = found.performance(as: Double.self).entropy
      guard entropy <= largest * natsPerBit * (1 + 0x1p-40) else {
        throw .rateOutOfRange(entropy / natsPerBit, largest: largest)
      }
      return found
    }
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = try optimum(.distortion(distortion))
    return OperatingPoint(
      distortion: distortion, rate: found.performance(as: Double.self).entropy / natsPerBit,
      slope: 1 / (found.mu * natsPerBit))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let found = try optimum(.rate(rate * natsPerBit))
    return OperatingPoint(
      distortion: found.performance(as: Double.self).distortion, rate: rate, slope: 1 / (found.mu * natsPerBit))
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    guard kind == .lower else {
      return try EntropyConstrainedCurve<Density>.nudgedCode(at: distortion, below: largestDistortion) {
        target throws(DomainError) in
        let found = try optimum(.distortion(target))
        return (found.performance(), found.mu, found)
      }
    }
    let shannon = try general.shannonLowerBound.enclosure(at: distortion)
    let target = distortion * (1 - EntropyConstrainedCurve<Density>.margin)
    guard let found = try? optimum(.distortion(target)) else { return shannon }
    return claim(of: found).bound(at: distortion, orElse: shannon, evidence: found)
  }

  /// What the quantizer's slope proves of every code.
  private func claim(of quantizer: SullivanQuantizer) -> LagrangianClaim {
    let proof = SullivanConverse(quantizer: quantizer)
    return LagrangianClaim(mu: proof.mu, least: proof.least(gap: 5e-9 * proof.mu.upper))
  }

  public var evidence: [any Evidence.Type] {
    (kind == .lower ? general.evidence : general.achievable.evidence) + [SullivanQuantizer.self]
  }

  /// A step proves its quantizer's entropy achievable, if the distortion is at most D, and what memorylessness proves at its
  /// slope.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? SullivanQuantizer else {
      return kind == .lower
        ? try general.proof(by: evidence, at: distortion)
        : try general.achievable.proof(by: evidence, at: distortion)
    }
    guard named.source == source else { return .entire }
    guard kind == .lower else {
      let (entropy, achieved): (Interval, Interval) = named.performance()
      return .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
    }
    return .hull(max(0, claim(of: named).rate(at: distortion).lower), .infinity)
  }
}
