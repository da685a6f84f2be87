import IntervalArithmetic

/// The operational curve of the optimal entropy-constrained scalar quantizer, and its lower convex hull: the least H at a
/// distortion D over all one-shot scalar codes, time sharing included.
///
/// Two-sided with `EntropyConstrainedConverse`, which has the same name and the kind `lower`: here `bound` is achieved by the
/// quantizer that its certificate holds, with H and D summed from enclosed cells.
///
/// At high rate it lies 1/2 log2(pi e/6) = 0.2546 bits above R(D) (Gish, Pierce 1968); at rate 0 it ends in D = variance.
///
/// - Units: of the standard density; see `ScaledCurve`. Rates up to 16 bits.
/// - Source: Chou, Lookabaugh, Gray 1989; Sullivan 1996 for Laplace and exponential sources.
public struct EntropyConstrainedCurve<Density: ScalarDensity>: Curve {
  /// The standard density.
  public let density: Density
  /// The general method.
  let general: EntropyConstrainedQuantizer<Density>
  /// The closed form, where there is one.
  let closedForm: SullivanQuantizer.Source?

  /// The curve of a density; Laplace and exponential ones use their closed form.
  public init(_ density: Density) {
    self.density = density
    general = EntropyConstrainedQuantizer(density: density)
    closedForm = density is LaplaceDensity ? .laplace : density is ExponentialDensity ? .exponential : nil
  }

  /// `ecsq`.
  public var name: CurveName { .ecsq }
  /// Achievable; `EntropyConstrainedConverse` is the other side.
  public var kind: BoundKind { .upper }
  /// What it means.
  public var summary: String {
    closedForm == nil
      ? "optimal entropy-constrained scalar quantizer (Chou, Lookabaugh, Gray 1989; global optimum, proved two-sided)"
      : "optimal entropy-constrained scalar quantizer (Sullivan 1996; proved two-sided)"
  }
  /// The variance.
  public var largestDistortion: Double { density.variance(as: Double.self) }

  // MARK: Floating point

  /// The optimum at a rate or a distortion, however it is found.
  struct Optimum {
    var mu: Double
    /// H in nats.
    var entropy: Double
    var distortion: Double
    var code: Code

    enum Code {
      case sullivan(SullivanQuantizer)
      case hull(EntropyConstrainedQuantizer<Density>.HullPoint)
    }

    var rate: Double { entropy / natsPerBit }
    var point: OperatingPoint { OperatingPoint(distortion: distortion, rate: rate, slope: 1 / (mu * natsPerBit)) }
  }

  /// - Throws: `DomainError.rateOutOfRange` above 16 bits.
  func optimum(_ target: ScalarTarget) throws(DomainError) -> Optimum {
    let largest = EntropyConstrainedQuantizer<Density>.largestRate
    if let closedForm {
      guard let found = SullivanQuantizer.solving(closedForm, target) else {
        throw .rateOutOfRange(rate(of: target), largest: largest)
      }
      let (entropy, distortion) = found.performance(as: Double.self)
      guard entropy <= largest * natsPerBit * (1 + 0x1p-40) else {
        throw .rateOutOfRange(entropy / natsPerBit, largest: largest)
      }
      return Optimum(mu: found.slope, entropy: entropy, distortion: distortion, code: .sullivan(found))
    }
    let hull: EntropyConstrainedQuantizer<Density>.HullPoint
    switch target {
    case .entropy(let entropy): hull = try general.hull(rate: entropy / natsPerBit)
    case .distortion(let distortion): hull = try general.hull(distortion: distortion)
    }
    return Optimum(mu: hull.mu, entropy: hull.entropy, distortion: hull.distortion, code: .hull(hull))
  }

  private func rate(of target: ScalarTarget) -> Double {
    switch target {
    case .entropy(let entropy): return entropy / natsPerBit
    case .distortion(let distortion): return general.equalStepRate(distortion: distortion)
    }
  }

  /// The hull at a distortion, in floating point.
  ///
  /// - Throws: `DomainError.distortionOutOfRange`; `.rateOutOfRange` if more than 16 bits are needed.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    guard distortion < largestDistortion else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    let point = try optimum(.distortion(distortion)).point
    return OperatingPoint(distortion: distortion, rate: point.rate, slope: point.slope)
  }

  /// The hull at a rate in bits, in floating point.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is a number in [0, 16].
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    let largest = EntropyConstrainedQuantizer<Density>.largestRate
    guard rate >= 0, rate <= largest else { throw .rateOutOfRange(rate, largest: largest) }
    guard rate > 0 else { return OperatingPoint(distortion: largestDistortion, rate: 0, slope: nil) }
    let point = try optimum(.entropy(rate * natsPerBit)).point
    return OperatingPoint(distortion: point.distortion, rate: rate, slope: point.slope)
  }

  // MARK: Proof

  /// A quantizer, or two that share the time, whose distortion is proved to be at most D, and its enclosed entropy.
  ///
  /// The optimum at D (1 - margin), the margin doubled from a few ulps until intervals confirm.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    guard distortion < density.variance(as: Interval.self).upper else {
      return Bound(
        kind: .upper, distortion: distortion, rate: Interval(0), slope: 0,
        certificate: .quantizer(ThresholdQuantizer(unchecked: [], of: density)))
    }
    var margin = 0x1p-50
    while margin < 0.5 {
      let target = max(min(distortion, largestDistortion) * (1 - margin), .leastNormalMagnitude)
      let found = try optimum(.distortion(target))
      let (entropy, achieved, certificate) = enclosed(found)
      if achieved.upper <= distortion {
        let rate = entropy / .ln2
        return Bound(
          kind: .upper, distortion: distortion, rate: .hull(max(0, rate.lower), rate.upper),
          slope: 1 / (found.mu * natsPerBit), certificate: certificate)
      }
      margin *= 8
    }
    return Bound(
      kind: .upper, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
      certificate: .quantizer(ThresholdQuantizer(unchecked: [], of: density)))
  }

  /// A quantizer, or a mixture of two, proves its entropy achievable if its distortion is at most D.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    let entropy: Interval
    let achieved: Interval
    switch certificate {
    case .quantizer(let named) where named.thresholds.isEmpty:
      (entropy, achieved) = (0, density.variance(as: Interval.self))
    case .quantizer(let named):
      let quantizer = try ThresholdQuantizer(thresholds: named.thresholds, of: density)
      (entropy, achieved) = quantizer.performance(on: density, as: Interval.self)
    case .quantizers(let one, let other, let weight):
      guard weight >= 0, weight <= 1 else { return .entire }
      let coarser = try ThresholdQuantizer(thresholds: one.thresholds, of: density)
      let finer = try ThresholdQuantizer(thresholds: other.thresholds, of: density)
      (entropy, achieved) = mixture(of: coarser, finer, weight: weight)
    case .sullivan(let quantizer):
      guard quantizer.source == closedForm else { return .entire }
      (entropy, achieved) = quantizer.performance(as: Interval.self)
    default:
      return .entire
    }
    return .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
  }

  private func mixture(
    of coarser: ThresholdQuantizer, _ finer: ThresholdQuantizer, weight: Double
  ) -> (entropy: Interval, distortion: Interval) {
    let atCoarser = coarser.performance(on: density, as: Interval.self)
    let atFiner = finer.performance(on: density, as: Interval.self)
    let share = Interval(weight)
    return (
      (1 - share) * atCoarser.entropy + share * atFiner.entropy,
      (1 - share) * atCoarser.distortion + share * atFiner.distortion
    )
  }

  /// The enclosed entropy and distortion of a code.
  private func enclosed(_ found: Optimum) -> (entropy: Interval, distortion: Interval, certificate: Certificate) {
    switch found.code {
    case .sullivan(let quantizer):
      let (entropy, distortion) = quantizer.performance(as: Interval.self)
      return (entropy, distortion, .sullivan(quantizer))
    case .hull(let hull):
      let finer = ThresholdQuantizer(unchecked: hull.finer.thresholds, of: density)
      guard hull.isTimeSharing else {
        let (entropy, distortion) = finer.performance(on: density, as: Interval.self)
        return (entropy, distortion, .quantizer(finer))
      }
      let coarser = ThresholdQuantizer(unchecked: hull.coarser.thresholds, of: density)
      let (entropy, distortion) = mixture(of: coarser, finer, weight: hull.weight)
      return (entropy, distortion, .quantizers(coarser: coarser, finer: finer, weight: hull.weight))
    }
  }
}
