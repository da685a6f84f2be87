import IntervalArithmetic

/// Uniform reconstruction with a dead zone, as video codecs quantize: an integer index is sent, the decoder multiplies
/// by the step, and the encoder rounds towards zero more often than to the nearest,
///
///     k = sign(x) floor(|x|/s + r),      x^ = k s,      0 <= r <= 1/2,
///
/// so thresholds lie at (j + 1 - r) s, j = 0, 1, ..., and the dead zone is 2 (1 - r) s wide; r is the codec's rounding
/// parameter (1/3 for intra and 1/6 for inter blocks in the H.264 reference encoder). The codepoints are the multiples
/// of the step whatever the source, so that the decoder needs no table; towards zero of the cells' middles for r < 1/2,
/// where the centroids of a peaked density lie too. For an exponential source there is the positive side alone, and as
/// its dead zone is reproduced at 0 and not at its mean, the scheme beats sending nothing (the variance at rate 0) only
/// above 0.4 bits; below, the curve is at the variance.
///
/// At every rate the best r is used. Where both functions are smooth it solves, at constant rate,
///
///     dD/dr dH/ds = dD/ds dH/dr,
///
/// the condition that the gradients of H and D are parallel. r tends to 1/2 at high rate, where H = h - log2 s and D =
/// s^2/12. For the uniform density, whose H and D have corners where a cell enters at the ends, the best of 33 values
/// of r is refined.
///
/// - Domain: rates from 0 to `largestQuantizerRate`. Accuracy of `point`: 1e-11 relative in D, 1e-11 bits in H.
/// - Kind: upper; the certificate is step and r, and the bound's upper end is that code's enclosed entropy. The lower
///   end holds for codes of the same r.
/// - Source: Sullivan, "Efficient Scalar Quantization of Exponential and Laplacian Random Variables", IEEE Trans.
///   Inform. Theory 42 (1996) 1365-1374; Sullivan, Sun, "On Dead-Zone Plus Uniform Threshold Scalar Quantization", VCIP
///   2005; Wiegand, Schwarz, "Source Coding: Part I", section 4.4.
public struct DeadZoneQuantizers<Density: ScalarDensity>: Curve {
  /// The source.
  public let source: ScaledDensity<Density>

  /// The dead-zone quantizers of a source.
  public init(source: ScaledDensity<Density>) { self.source = source }

  /// The curve's identifier.
  public var name: CurveName { .deadZone }
  /// What the curve's numbers claim.
  public var kind: BoundKind { .upper }
  /// The scheme in a line.
  public var summary: String { "uniform reconstruction with the best dead zone, entropy-coded (Sullivan, Sun 2005)" }
  /// The variance: what is reached with nothing sent.
  public var largestDistortion: Double { source.variance.midpoint }

  /// Entropy in bits and distortion of the quantizer with a given step and rounding parameter.
  ///
  /// - Parameters:
  ///   - step: s in the source's units; at least that of `largestQuantizerRate`.
  ///   - rounding: r in [0, 1/2].
  /// - Throws: `DomainError.parameterOutOfRange` for another step or r.
  public func quantizer(step: Double, rounding: Double) throws(DomainError) -> OperatingPoint {
    guard rounding >= 0, rounding <= 0.5 else {
      throw .parameterOutOfRange(name: "rounding", value: String(rounding), requirement: "a number from 0 to 1/2")
    }
    let standard = step / source.scale
    let largest = StepCells<Density>.largestStep(of: source.density, phase: 1 - rounding)
    guard standard >= source.leastStep, standard <= largest else {
      throw .parameterOutOfRange(
        name: "step", value: String(step),
        requirement: "a number from \(source.leastStep * source.scale) to \(largest * source.scale)")
    }
    let cells = StepCells(density: source.density, step: standard, phase: 1 - rounding, reproduction: .multiples)
    return point(StepCells.Solution(cells: cells, sums: cells.sums()))
  }

  /// The best rounding parameter r at a rate, in [0, 1/2]; 1/2 at rate 0.
  ///
  /// - Throws: `DomainError.rateOutOfRange`.
  public func bestRounding(atRate rate: Double) throws(DomainError) -> Double {
    try source.requireQuantizerRate(rate)
    guard rate > 0 else { return 0.5 }
    return best(at: .entropy(rate * natsPerBit)).map { 1 - $0.cells.phase } ?? 0.5
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
    guard distortion < largestDistortion, let best = best(at: .distortion(source.standard(distortion))) else {
      return OperatingPoint(distortion: distortion, rate: 0, slope: 0)
    }
    var point = point(best)
    point.distortion = distortion
    return point
  }

  /// The distortion at a rate, in floating point.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is within the curve's domain.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    try source.requireQuantizerRate(rate)
    guard rate > 0, let best = best(at: .entropy(rate * natsPerBit)),
      source.scaled(best.sums.distortion) < largestDistortion
    else {
      return OperatingPoint(distortion: largestDistortion, rate: rate, slope: nil)
    }
    var point = point(best)
    point.rate = rate
    point.slope = try meanSlope(at: point.distortion) ?? point.slope
    return point
  }

  /// A step and a rounding parameter prove the entropy of their code achievable, if its distortion is at most D.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    guard case .deadZone(let step, let rounding) = certificate else {
      return .hull(0, source.variance.upper <= distortion ? 0 : .infinity)
    }
    let achieved = StepCells<Density>.rateAchieved(
      by: source, step: step, phase: 1 - rounding, reproduction: .multiples, atDistortion: distortion)
    return .hull(0, achieved)
  }

  /// The rate at a distortion with its error and the scheme's parameters.
  ///
  /// - Throws: `DomainError` unless the distortion is within the curve's domain.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try source.requireQuantizerDistortion(distortion)
    guard distortion < source.variance.upper else {
      return Bound(
        kind: .upper, distortion: distortion, rate: 0, slope: 0,
        certificate: .closedForm("nothing is sent: D = variance"))
    }
    let target = Interval(distortion) / source.squaredScale
    guard let best = best(at: .distortion(source.standard(distortion))), let code = best.codeBelow(target) else {
      return Bound(
        kind: .upper, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        certificate: .closedForm("no code was enclosed"))
    }
    let lower = best.codeAbove(target)?.entropy ?? 0
    return Bound(
      kind: .upper, distortion: distortion,
      rate: .hull(max(0, (lower / .ln2).lower), (code.entropy / .ln2).upper),
      slope: try meanSlope(at: distortion) ?? source.scaledSlope(nats: best.slope),
      certificate: .deadZone(step: code.cells.step, rounding: 1 - code.cells.phase))
  }

  private func point(_ solution: StepCells<Density>.Solution) -> OperatingPoint {
    OperatingPoint(
      distortion: source.scaled(solution.sums.distortion), rate: solution.sums.entropy / natsPerBit,
      slope: source.scaledSlope(nats: solution.slope))
  }

  private typealias Solution = StepCells<Density>.Solution

  private func best(at target: StepCells<Density>.Target) -> Solution? {
    source.density.support.upperBound.isFinite ? scanned(target) : stationary(target)
  }

  private func solution(_ target: StepCells<Density>.Target, phase: Double, from start: Double? = nil) -> Solution? {
    StepCells.solution(
      of: source.density, phase: phase, reproduction: .multiples, at: target, startingAt: start)
  }

  /// The phase at which the gradients are parallel, by the secant method kept inside its bracket. Off by 1e-8 from the
  /// best phase, D is off by 1e-15 of itself.
  private func stationary(_ target: StepCells<Density>.Target) -> Solution? {
    func residual(_ solution: Solution) -> Double {
      let sums = solution.sums
      return sums.distortionByPhase * sums.entropyByStep / sums.distortionByStep - sums.entropyByPhase
    }
    guard var left = solution(target, phase: 0.5) else { return nil }
    var leftResidual = residual(left)
    var low = 0.5
    var high = 1.0
    var phase = min(0.5 + left.cells.step / 20, 0.9)
    for _ in 0..<60 {
      guard let middle = solution(target, phase: phase, from: left.cells.step) else { return left }
      let value = residual(middle)
      // The residual is positive where a wider dead zone still gains.
      if value > 0 { low = phase } else { high = phase }
      let secant = phase - value * (phase - left.cells.phase) / (value - leftResidual)
      let next = secant > low && secant < high ? secant : (low + high) / 2
      if abs(next - phase) < 1e-8 { return middle }
      left = middle
      leftResidual = value
      phase = next
    }
    return left
  }

  /// The best of 33 phases, refined by golden sections between its neighbours.
  private func scanned(_ target: StepCells<Density>.Target) -> Solution? {
    func cost(_ solution: Solution?) -> Double {
      guard let solution else { return .infinity }
      switch target {
      case .entropy: return solution.sums.distortion
      case .distortion: return solution.sums.entropy
      }
    }
    let width = 1.0 / 64
    let scan = (0...32).map { solution(target, phase: 0.5 + width * Double($0)) }
    guard var best = scan.compactMap({ $0 }).min(by: { cost($0) < cost($1) }) else { return nil }
    var low = max(0.5, best.cells.phase - width)
    var high = min(1, best.cells.phase + width)
    let ratio = 0.618033988749894848204586834366
    var left = solution(target, phase: high - ratio * (high - low))
    var right = solution(target, phase: low + ratio * (high - low))
    while high - low > 1e-11 {
      for candidate in [left, right] {
        if let candidate, cost(candidate) < cost(best) { best = candidate }
      }
      if cost(left) < cost(right) {
        high = low + ratio * (high - low)
        right = left
        left = solution(target, phase: high - ratio * (high - low))
      } else {
        low = high - ratio * (high - low)
        left = right
        right = solution(target, phase: low + ratio * (high - low))
      }
    }
    return best
  }
}
