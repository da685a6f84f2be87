import IntervalArithmetic

/// The operational curve of the optimal entropy-constrained scalar quantizer, and its lower convex hull: the least H at a
/// distortion D over all one-shot scalar codes, time sharing included.
///
/// An achievable side: a bound holds for the quantizer that its certificate names, with H and D summed from enclosed cells, and
/// nothing is assumed of the density. That no quantizer is better is the converse's claim (`EntropyConstrainedConverse`, of the
/// same name and the kind `lower`), which not every density has.
///
/// At high rate it lies 1/2 log2(pi e/6) = 0.2546 bits above R(D) (Gish, Pierce 1968); at rate 0 it ends in D = variance.
///
/// - Units: of the standard density, by which `Curve` scales. Rates up to 16 bits.
/// - Source: Chou, Lookabaugh, Gray 1989; Sullivan 1996 for densities without memory (`MemorylessOptimum`).
public struct EntropyConstrainedCurve<Density: ScalarDensity>: Limit {
  /// The standard density.
  public let density: Density
  /// The search for optimal quantizers.
  let general: EntropyConstrainedQuantizer<Density>
  /// What was found; the converse asks for the same.
  private let known = Memo<Target, EntropyConstrainedQuantizer<Density>.HullPoint>(capacity: 256)

  /// The curve of a density.
  public init(_ density: Density) {
    self.density = density
    general = EntropyConstrainedQuantizer(density: density)
  }

  public var name: CurveName { .ecsq }
  /// Achievable; `EntropyConstrainedConverse` is the other side.
  public var kind: BoundKind { .upper }
  public var summary: String {
    "optimal entropy-constrained scalar quantizer (Chou, Lookabaugh, Gray 1989; global optimum, proved two-sided)"
  }
  /// The variance.
  public var largestDistortion: Double { density.variance(as: Double.self) }
  public var enclosedLargestDistortion: Interval { density.variance(as: Interval.self) }
  /// Up to 16 bits.
  public var range: CurveRange { CurveRange(largestRate: EntropyConstrainedQuantizer<Density>.largestRate) }

  // MARK: Floating point

  /// The optimum at a distortion, or at an entropy in nats.
  ///
  /// - Throws: `DomainError.rateOutOfRange` above 16 bits.
  func optimum(_ target: Target) throws(DomainError) -> EntropyConstrainedQuantizer<Density>.HullPoint {
    try known.value(of: target) { () throws(DomainError) in
      switch target {
      case .rate(let entropy): return try general.hull(rate: entropy / natsPerBit)
      case .distortion(let distortion): return try general.hull(distortion: distortion)
      }
    }
  }

  /// The hull at a distortion, in floating point.
  ///
  /// - Throws: `DomainError.rateOutOfRange` if more than 16 bits are needed.
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = try optimum(.distortion(distortion))
    return OperatingPoint(distortion: distortion, rate: found.rate, slope: 1 / (found.mu * natsPerBit))
  }

  /// The hull at a rate in bits, in floating point.
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let found = try optimum(.rate(rate * natsPerBit))
    return OperatingPoint(distortion: found.distortion, rate: rate, slope: 1 / (found.mu * natsPerBit))
  }

  // MARK: Proof

  /// A quantizer, or two that share the time, whose distortion is proved to be at most D, and its enclosed entropy.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    try Self.nudgedCode(at: distortion, below: largestDistortion) { target throws(DomainError) in
      let found = try optimum(.distortion(target))
      let finer = ThresholdQuantizer(unchecked: found.finer.thresholds, of: density)
      guard found.isTimeSharing else { return (performance(of: finer), found.mu, finer) }
      let coarser = ThresholdQuantizer(unchecked: found.coarser.thresholds, of: density)
      let shared = SharedQuantizers(coarser: coarser, finer: finer, weight: found.weight)
      return (performance(of: shared), found.mu, shared)
    }
  }

  /// The first margin by which a bound's code is designed for less than D; the converse asks for the same design.
  static var margin: Double { 0x1p-50 }

  /// A code whose distortion is proved to be at most D: the optimum at D (1 - margin), until intervals confirm.
  static func nudgedCode(
    at distortion: Double, below largest: Double,
    _ code: (Double) throws(DomainError) -> (
      performance: (entropy: Interval, distortion: Interval), mu: Double, evidence: any Evidence
    )
  ) throws(DomainError) -> Bound {
    let bound = try nudged(from: margin, by: 8, below: 0.5) { margin throws(DomainError) -> Bound? in
      let found = try code(max(min(distortion, largest) * (1 - margin), .leastNormalMagnitude))
      guard found.performance.distortion.upper <= distortion else { return nil }
      let rate = found.performance.entropy / .ln2
      return Bound(
        kind: .upper, distortion: distortion, rate: .hull(max(0, rate.lower), rate.upper),
        slope: 1 / (found.mu * natsPerBit), evidence: found.evidence)
    }
    return bound
      ?? Bound(
        kind: .upper, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no quantizer was enclosed"))
  }

  public var evidence: [any Evidence.Type] { [ThresholdQuantizer.self, SharedQuantizers.self] }

  /// A quantizer, or a mixture of two, proves its entropy achievable if its distortion is at most D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    let (entropy, achieved): (Interval, Interval)
    switch evidence {
    case let named as ThresholdQuantizer where named.thresholds.isEmpty:
      (entropy, achieved) = (0, density.variance(as: Interval.self))
    case let named as ThresholdQuantizer:
      (entropy, achieved) = performance(of: try quantizer(named: named))
    case let named as SharedQuantizers where named.weight >= 0 && named.weight <= 1:
      let coarser = try quantizer(named: named.coarser)
      let finer = try quantizer(named: named.finer)
      (entropy, achieved) = performance(of: SharedQuantizers(coarser: coarser, finer: finer, weight: named.weight))
    default:
      return .entire
    }
    return .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
  }

  /// The most thresholds that are enclosed.
  private static var mostThresholds: Int { 1 << 18 }

  /// A quantizer made anew of the thresholds that somebody names.
  private func quantizer(named: ThresholdQuantizer) throws(DomainError) -> ThresholdQuantizer {
    guard named.thresholds.count <= Self.mostThresholds else {
      throw .evidenceRefused("there are more than \(Self.mostThresholds) thresholds: too costly to check here")
    }
    return try ThresholdQuantizer(thresholds: named.thresholds, of: density)
  }

  private func performance(of quantizer: ThresholdQuantizer) -> (entropy: Interval, distortion: Interval) {
    quantizer.performance(on: density, as: Interval.self)
  }

  private func performance(of shared: SharedQuantizers) -> (entropy: Interval, distortion: Interval) {
    let atCoarser = performance(of: shared.coarser)
    let atFiner = performance(of: shared.finer)
    let share = Interval(shared.weight)
    return (
      (1 - share) * atCoarser.entropy + share * atFiner.entropy,
      (1 - share) * atCoarser.distortion + share * atFiner.distortion
    )
  }
}
