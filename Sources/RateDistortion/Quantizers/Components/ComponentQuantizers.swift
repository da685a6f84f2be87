import GSL
import IntervalArithmetic

/// Transform coding with the optimal entropy-constrained scalar quantizer of every coefficient, all at one slope: the best code that is
/// a transform followed by scalar quantizers, time sharing included.
///
/// With the standard normal variable's hull of (H, D) at the slope beta, h(beta) and d(beta), a coefficient of variance v at the slope beta
/// has h(beta v) and v d(beta v). Slopes have to be equal: the sum of H_i + beta D_i is least where every term is. So
///
///     H(beta) = sum of h(beta v_i),      D(beta) = sum of v_i d(beta v_i),
///
/// is the lower convex hull of the sums, and with the Karhunen-Loeve transform the best such code for squared error, since any other
/// orthogonal one has variances that the eigenvalues majorise, and less of a coding gain at high rate. (At low rate the optimum of
/// orthogonal transforms is believed to be the Karhunen-Loeve one too, and nothing is claimed of that: the kind is `upper`.)
///
/// At high rate every coefficient costs 1/2 log2(pi e/6) = 0.2546 bits more than R(D) at equal distortion: 1.53 dB. At rate 0 both end in
/// the sum of the variances. A slope at which the quantizers jump is where two codes share the time.
///
/// - Units: distortion in those of the variances, summed over coefficients; a rate per vector. Up to 16 bits for the largest variance.
/// - Source: Goyal, "Theoretical Foundations of Transform Coding", IEEE Signal Process. Mag. 18 (2001) 9-21; Huang, Schultheiss 1963.
public struct ComponentQuantizers: Limit {
  public let name: CurveName
  public let summary: String
  /// The coefficients.
  public let components: GaussianComponents
  private let optima: OptimaBySlope<GaussianDensity>
  private let known = Memo<Target, Codes>(capacity: 256)

  /// What is used at a target: codes of one slope, or two that share the time.
  struct Codes: Sendable {
    var evidence: CoefficientSlopes
    var entropy: Double
    var distortion: Double
  }

  /// The curve of coefficients under a name.
  public init(_ components: GaussianComponents, name: CurveName, summary: String) {
    self.components = components
    self.name = name
    self.summary = summary
    optima = OptimaBySlope(GaussianDensity())
  }

  public var kind: BoundKind { .upper }
  public var largestDistortion: Double { components.total.midpoint }
  public var enclosedLargestDistortion: Interval { components.total }
  /// Many different variances need many quantizers.
  public var isCostly: Bool { components.groups.count > 16 }

  /// The largest slope: that at which the largest variance has 16 bits, and a little less.
  private var largestSlope: Double { optima.slopes.upperBound / components.largest * (1 - 0x1p-8) }

  /// At the largest slope, at least: D at a slope beta is at most 1.5/(2 beta), as the quantizers of one coefficient show.
  public var range: CurveRange {
    let most = 0.75 / largestSlope
    let (distortion, nats) = components.groups.reduce((0.0, 0.0)) { sum, group in
      let count = Double(group.count)
      return (
        sum.0 + count * min(group.nominal, most),
        sum.1 + count * optima.equalStepRate(slope: max(largestSlope * group.nominal, optima.slopes.lowerBound))
      )
    }
    return CurveRange(
      leastDistortion: max(distortion, .leastNormalMagnitude),
      largestRate: min(nats / natsPerBit * (1 - 0x1p-20), CurveRange.largestRate))
  }

  // MARK: Floating point

  /// Whether a coefficient is sent at a slope; the quantizers of others have no threshold.
  private func isSent(_ group: GaussianComponents.Group, _ slope: Double) -> Bool {
    slope * group.nominal > optima.slopes.lowerBound
  }

  /// H in nats and D at a slope.
  private func sums(slope: Double) -> (entropy: Double, distortion: Double) {
    var sum = (entropy: 0.0, distortion: 0.0)
    for group in components.groups {
      let count = Double(group.count)
      guard isSent(group, slope) else {
        sum.distortion += count * group.nominal
        continue
      }
      let design = optima.design(slope: slope * group.nominal)
      sum.entropy += count * design.entropy
      sum.distortion += count * group.nominal * design.distortion
    }
    return sum
  }

  /// How close sums are to a target that is met; what is left is taken to first order, along the hull.
  private static var tolerance: Double { 1e-12 }

  /// The codes at a target: the slope at which the sums meet it, or where they jump over it two slopes next to one another.
  ///
  /// - Throws: `DomainError.distortionTooSmall` or `.rateOutOfRange` beyond the largest slope.
  private func codes(_ target: Target) throws(DomainError) -> Codes {
    try known.value(of: target) { () throws(DomainError) in try solved(target) }
  }

  private func solved(_ target: Target) throws(DomainError) -> Codes {
    let excess = { (slope: Double) in target.excess(of: sums(slope: slope)) }
    let level: Double
    switch target {
    case .distortion(let distortion): level = components.waterLevel(atDistortion: distortion)
    case .rate(let nats): level = components.waterLevel(atRate: nats) / 1.4
    }
    let largest = Double.log(largestSlope)
    let start = min(-Double.log(2 * level), largest)
    // From one side to the other, in steps that grow.
    var (low, high) = (start, start)
    var width = 0.05
    while !(excess(Double.exp(low)) <= 0) {
      low -= width
      width *= 2
    }
    width = 0.05
    while !(excess(Double.exp(high)) >= 0) {
      guard high < largest else { throw beyond(target) }
      high = min(high + width, largest)
      width *= 2
    }
    let root =
      low < high
      ? (try? brentRoot("the slope of coefficients", in: low...high) { x in
        let value = excess(Double.exp(x))
        return value.magnitude < Self.tolerance ? 0 : min(max(value, -1e3), 1e3)
      }) ?? high : low
    return shared(target, around: Double.exp(root))
  }

  private func beyond(_ target: Target) -> DomainError {
    switch target {
    case .distortion(let distortion): return .distortionTooSmall(distortion, least: range.leastDistortion)
    case .rate(let nats): return .rateOutOfRange(nats / natsPerBit, largest: range.largestRate)
    }
  }

  /// One slope where the sums are on the target, else the ones next to it on both sides, and the share that meets it.
  private func shared(_ target: Target, around slope: Double) -> Codes {
    let sums = sums(slope: slope)
    if target.excess(of: sums).magnitude < 2 * Self.tolerance { return codes(slope, sums) }
    var margin = 0x1p-50
    while margin < 0.5 {
      let coarser = (slope: slope * (1 - margin), sums: self.sums(slope: slope * (1 - margin)))
      let finer = (slope: slope * (1 + margin), sums: self.sums(slope: slope * (1 + margin)))
      if target.excess(of: coarser.sums) <= 0, target.excess(of: finer.sums) >= 0 {
        let (a, b) = (target.quantity(of: coarser.sums), target.quantity(of: finer.sums))
        let weight = min(max((target.value - a) / (b - a), 0), 1)
        return Codes(
          evidence: CoefficientSlopes(
            eigenvalues: NamedEigenvalues(components.variances), coarser: coarser.slope, finer: finer.slope,
            weight: weight),
          entropy: coarser.sums.entropy + weight * (finer.sums.entropy - coarser.sums.entropy),
          distortion: coarser.sums.distortion + weight * (finer.sums.distortion - coarser.sums.distortion))
      }
      margin *= 4
    }
    return codes(slope, sums)
  }

  private func codes(_ slope: Double, _ sums: (entropy: Double, distortion: Double)) -> Codes {
    Codes(
      evidence: CoefficientSlopes(
        eigenvalues: NamedEigenvalues(components.variances), coarser: slope, finer: slope, weight: 1),
      entropy: sums.entropy, distortion: sums.distortion)
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = try codes(.distortion(distortion))
    // To first order along the hull, for what is left of the distortion.
    let nats = max(0, found.entropy + found.evidence.finer * (found.distortion - distortion))
    return OperatingPoint(distortion: distortion, nats: nats, natsPerDistortion: found.evidence.finer)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let found = try codes(.rate(nats))
    let slope = found.evidence.finer
    return OperatingPoint(
      distortion: found.distortion + (found.entropy - nats) / slope, rate: rate, slope: slope / natsPerBit)
  }

  // MARK: Proof

  /// Codes whose distortion is proved to be at most D, and their enclosed entropy: those found, with the slope, or the share of the finer
  /// code, enlarged until intervals confirm.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let found = try codes(.distortion(min(distortion, largestDistortion))).evidence
    let bound = try nudged(from: 4 * Self.tolerance, by: 8, below: 0.5) { margin throws(DomainError) -> Bound? in
      let code = found.finer(by: margin, upTo: largestSlope)
      let (entropy, achieved) = try performance(of: code)
      guard achieved.upper <= distortion else { return nil }
      let rate = entropy / .ln2
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(max(0, rate.lower), rate.upper),
        slope: found.finer / natsPerBit, evidence: code)
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no codes of the coefficients were enclosed"))
  }

  /// Enclosed entropy in nats and distortion of codes at named slopes, found anew.
  private func performance(
    of codes: CoefficientSlopes
  ) throws(DomainError) -> (entropy: Interval, distortion: Interval) {
    let finer = try performance(slope: codes.finer)
    guard codes.weight < 1 else { return finer }
    let coarser = try performance(slope: codes.coarser)
    let share = Interval(codes.weight)
    return (
      (1 - share) * coarser.entropy + share * finer.entropy,
      (1 - share) * coarser.distortion + share * finer.distortion
    )
  }

  private func performance(slope: Double) throws(DomainError) -> (entropy: Interval, distortion: Interval) {
    guard slope > 0, slope <= 1.01 * largestSlope else {
      throw .evidenceRefused("the slope \(slope.words) is not from 0 to \(largestSlope.words)")
    }
    var sum: (entropy: Interval, distortion: Interval) = (0, 0)
    for group in components.groups {
      let count = Interval(group.count)
      let variance = Interval.hull(max(group.variance.lower, 0), max(group.variance.upper, 0))
      guard isSent(group, slope) else {
        sum.distortion = sum.distortion + count * variance
        continue
      }
      let design = optima.design(slope: slope * group.nominal)
      let quantizer = ThresholdQuantizer(unchecked: design.thresholds, of: optima.density)
      let own = quantizer.performance(on: optima.density, as: Interval.self)
      sum.entropy = sum.entropy + count * own.entropy
      sum.distortion = sum.distortion + count * variance * own.distortion
    }
    return sum
  }

  public var evidence: [any Evidence.Type] { [CoefficientSlopes.self] }

  /// Quantizers found anew at the slopes named prove their entropy achievable, if their distortion is at most D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? CoefficientSlopes else { return .entire }
    try named.eigenvalues.require(components.variances)
    guard named.weight >= 0, named.weight <= 1 else {
      throw .evidenceRefused("the share \(named.weight.words) is not from 0 to 1")
    }
    let (entropy, achieved) = try performance(of: named)
    return .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
  }
}

extension Target {
  /// The number that is asked for.
  fileprivate var value: Double {
    switch self {
    case .distortion(let value), .rate(let value): return value
    }
  }

  /// What of the sums is asked for.
  fileprivate func quantity(of sums: (entropy: Double, distortion: Double)) -> Double {
    switch self {
    case .distortion: return sums.distortion
    case .rate: return sums.entropy
    }
  }

  /// Positive where the sums' slope is larger than the target's: the relative difference, as a logarithm.
  fileprivate func excess(of sums: (entropy: Double, distortion: Double)) -> Double {
    switch self {
    case .distortion(let distortion): return Double.log(distortion / sums.distortion)
    case .rate(let nats): return Double.log(sums.entropy / nats)
    }
  }
}
