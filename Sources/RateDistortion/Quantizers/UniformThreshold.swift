import IntervalArithmetic

/// Uniform-threshold quantizers: one step s, every cell reproduced at its centroid, entropy-coded.
///
/// Two parities compete at every operating point and the better one is the curve:
///
/// - mid-tread, thresholds (k + 1/2) s: a cell around 0 (for an exponential source half a cell); any rate above 0;
/// - mid-rise, thresholds k s: at least one bit for a symmetric source.
///
/// For the Laplace source mid-tread wins at all rates; the exponential source, with no memory, is served by mid-rise,
/// which at one step a cell is the optimal entropy-constrained quantizer.
///
///     H(s) = -sum p_k log2 p_k,      D(s) = sum of the integrals of (x - c_k)^2 f over the cells.
///
/// At high rate H = h - log2 s and D = s^2/12, 0.2546 bits above R(D). This is what transform codes with a trained
/// linear scale and an optimal decoder reach.
///
/// - Domain: rates from 0 to `largestQuantizerRate`. Accuracy of `point`: 1e-12 relative in D, 1e-12 bits in H.
/// - Kind: upper. `bound` sums the cells of a finite code (tails of negligible probability are one cell) with
///   intervals; its upper end is the entropy of a code of distortion at most D. The lower end takes H(s) and D(s) to be
///   monotone, which is believed of log-concave densities, not proved here.
/// - Source: Gish, Pierce 1968; Noll, Zelinski, "Bounds on Quantizer Performance in the Low Bit-Rate Region", IEEE
///   Trans. Commun. 26 (1978) 300-304; "Nonlinear Transform Coding", section II.
public struct UniformThresholdQuantizers<Density: ScalarDensity>: Curve {
  /// The source.
  public let source: ScaledDensity<Density>
  /// The parities that compete.
  public let parities: [Parity]

  /// The uniform-threshold quantizers of a source, of both parities or of one.
  public init(source: ScaledDensity<Density>, parities: [Parity] = Parity.allCases) {
    self.source = source
    self.parities = parities
  }

  /// The curve's identifier.
  public var name: CurveName { .uniformThreshold }
  /// What the curve's numbers claim.
  public var kind: BoundKind { .upper }
  /// The scheme in a line.
  public var summary: String { "uniform thresholds, centroids, entropy-coded; the better of mid-tread and mid-rise" }
  /// The variance: what is reached with nothing sent.
  public var largestDistortion: Double { source.variance.midpoint }

  /// Where zero lies.
  public enum Parity: Sendable, CaseIterable {
    /// In the middle of a cell.
    case midTread
    /// On a threshold.
    case midRise

    /// The first threshold in steps.
    var phase: Double { self == .midTread ? 0.5 : 0 }
  }

  /// Entropy in bits and distortion of the quantizer with a given step.
  ///
  /// - Parameter step: in the source's units; at least that of `largestQuantizerRate`.
  /// - Throws: `DomainError.parameterOutOfRange` for another step: a level count that would exhaust memory is refused.
  public func quantizer(step: Double, parity: Parity) throws(DomainError) -> OperatingPoint {
    let standard = step / source.scale
    let largest = StepCells<Density>.largestStep(of: source.density, phase: parity.phase)
    guard standard >= source.leastStep, standard <= largest else {
      throw .parameterOutOfRange(
        name: "step", value: String(step),
        requirement: "a number from \(source.leastStep * source.scale) to \(largest * source.scale)")
    }
    let cells = StepCells(density: source.density, step: standard, phase: parity.phase, reproduction: .centroid)
    return point(StepCells.Solution(cells: cells, sums: cells.sums()))
  }

  /// The rate at a distortion, in floating point.
  ///
  /// - Throws: `DomainError` unless the distortion is within the curve's domain.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try source.requireQuantizerDistortion(distortion)
    var point = try nearest(atDistortion: distortion)
    point.slope = try meanSlope(at: distortion) ?? point.slope
    return point
  }

  private func meanSlope(at distortion: Double) throws(DomainError) -> Double? {
    try source.meanSlope(at: distortion) { d throws(DomainError) in try nearest(atDistortion: d).rate }
  }

  private func nearest(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    guard distortion < largestDistortion else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    let best = solutions(.distortion(source.standard(distortion))).min { $0.sums.entropy < $1.sums.entropy }
    // No solution: no parity is allowed.
    guard let best else { return OperatingPoint(distortion: distortion, rate: 0, slope: nil) }
    var point = point(best)
    point.distortion = distortion
    return point
  }

  /// The distortion at a rate, in floating point.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is within the curve's domain.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try source.requireQuantizerRate(rate)
    guard rate > 0,
      let best = solutions(.entropy(rate * natsPerBit)).min(by: { $0.sums.distortion < $1.sums.distortion })
    else { return OperatingPoint(distortion: largestDistortion, rate: rate, slope: nil) }
    var point = point(best)
    point.rate = rate
    point.slope = try meanSlope(at: point.distortion) ?? point.slope
    return point
  }

  /// The rate at a distortion with its error and the scheme's parameters.
  ///
  /// - Throws: `DomainError` unless the distortion is within the curve's domain.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    guard distortion < source.variance.upper else {
      return Bound(
        kind: .upper, distortion: distortion, rate: 0, slope: 0,
        certificate: .closedForm("nothing is sent: D = variance"))
    }
    let target = Interval(distortion) / source.squaredScale
    let found = solutions(.distortion(source.standard(distortion))).sorted { $0.sums.entropy < $1.sums.entropy }
    var lower = Double.infinity
    for solution in found {
      lower = min(lower, ((solution.codeAbove(target)?.entropy ?? 0) / .ln2).lower)
    }
    guard let best = found.first, let code = best.codeBelow(target) else {
      return Bound(
        kind: .upper, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        certificate: .closedForm("no code was enclosed"))
    }
    return Bound(
      kind: .upper, distortion: distortion, rate: .hull(max(0, lower), (code.entropy / .ln2).upper), slope: point.slope,
      certificate: .uniformThreshold(step: code.cells.step, phase: code.cells.phase))
  }

  /// A step and a phase prove the entropy of their code achievable, if its distortion is at most D.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    guard case .uniformThreshold(let step, let phase) = certificate else {
      return .hull(0, source.variance.upper <= distortion ? 0 : .infinity)
    }
    let achieved = StepCells<Density>.rateAchieved(
      by: source, step: step, phase: phase, reproduction: .centroid, atDistortion: distortion)
    return .hull(0, achieved)
  }

  /// Both parities where they reach the target.
  private func solutions(_ target: StepCells<Density>.Target) -> [StepCells<Density>.Solution] {
    parities.compactMap { parity in
      StepCells.solution(of: source.density, phase: parity.phase, reproduction: .centroid, at: target)
    }
  }

  private func point(_ solution: StepCells<Density>.Solution) -> OperatingPoint {
    OperatingPoint(
      distortion: source.scaled(solution.sums.distortion), rate: solution.sums.entropy / natsPerBit,
      slope: solution.isCoarsest ? nil : source.scaledSlope(nats: solution.slope))
  }
}
