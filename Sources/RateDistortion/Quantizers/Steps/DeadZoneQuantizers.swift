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
/// s^2/12. Where the support is bounded H and D have corners in r, as cells enter at the ends: the best of 33 values of r is
/// refined. Whatever r is found, its code is achieved; that no other is better is believed, not proved, and for densities
/// of several modes there may be a better one.
///
/// - Domain and kind: those of `StepScheme`. Accuracy of `point`: 1e-11 relative in D, 1e-11 bits in H.
/// - Source: Sullivan, "Efficient Scalar Quantization of Exponential and Laplacian Random Variables", IEEE Trans.
///   Inform. Theory 42 (1996) 1365-1374; Sullivan, Sun, "On Dead-Zone Plus Uniform Threshold Scalar Quantization", VCIP
///   2005; Wiegand, Schwarz, "Source Coding: Part I", section 4.4.
public struct DeadZoneQuantizers<Density: ScalarDensity>: StepScheme {
  /// The standard density.
  public let density: Density

  /// The dead-zone quantizers of a source.
  public init(_ density: Density) { self.density = density }

  public var name: CurveName { .deadZone }
  public var summary: String { "uniform reconstruction with the best dead zone, entropy-coded (Sullivan, Sun 2005)" }

  /// Entropy in bits and distortion of the quantizer with a given step and rounding parameter.
  ///
  /// - Parameters:
  ///   - step: s in standard units; at least that of `largestQuantizerRate`.
  ///   - rounding: r in [0, 1/2].
  /// - Throws: `DomainError.parameterOutOfRange` for another step or r.
  public func quantizer(step: Double, rounding: Double) throws(DomainError) -> OperatingPoint {
    guard rounding >= 0, rounding <= 0.5 else {
      throw .parameterOutOfRange(name: "rounding", value: String(rounding), requirement: "a number from 0 to 1/2")
    }
    return try quantizer(step: step, of: family(phase: 1 - rounding))
  }

  /// The best rounding parameter r at a rate, in [0, 1/2]; 1/2 at rate 0.
  ///
  /// - Throws: `DomainError.rateOutOfRange`.
  public func bestRounding(atRate rate: Double) throws(DomainError) -> Double {
    try range.require(rate: rate)
    guard rate > 0 else { return 0.5 }
    return solutions(.rate(rate * natsPerBit), near: nil).first.map { 1 - $0.steps.phase } ?? 0.5
  }

  private func family(phase: Double) -> StepFamily<Density> {
    StepFamily(density: density, phase: phase, reproduction: .multiples)
  }

  func evidence(of steps: EqualSteps) -> any Evidence {
    SteppedReproductions(step: steps.step, rounding: 1 - steps.phase)
  }

  public var evidence: [any Evidence.Type] { [SteppedReproductions.self] }

  /// A step and a rounding parameter prove the entropy of their code achievable, if its distortion is at most D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let code = evidence as? SteppedReproductions else { return .entire }
    return .hull(0, try family(phase: 1 - code.rounding).rateAchieved(step: code.step, atDistortion: distortion))
  }

  typealias Solution = StepFamily<Density>.Solution

  /// The quantizer of the best phase.
  func solutions(_ target: Target, near neighbour: Solution?) -> [Solution] {
    guard density.isBounded else { return stationary(target).map { [$0] } ?? [] }
    if let neighbour { return refined(target, near: neighbour).map { [$0] } ?? [] }
    return scanned(target).map { [refined(target, near: $0, orAtLeast: $0) ?? $0] } ?? []
  }

  private func solution(_ target: Target, phase: Double, from start: Double? = nil) -> Solution? {
    family(phase: phase).solution(at: target, startingAt: start)
  }

  /// The phase at which the gradients are parallel, by the secant method kept inside its bracket. Off by 1e-8 from the
  /// best phase, D is off by 1e-15 of itself.
  private func stationary(_ target: Target) -> Solution? {
    func residual(_ solution: Solution) -> Double {
      let sums = solution.sums
      return sums.distortionByPhase * sums.entropyByStep / sums.distortionByStep - sums.entropyByPhase
    }
    guard var left = solution(target, phase: 0.5) else { return nil }
    var leftResidual = residual(left)
    var low = 0.5
    var high = 1.0
    var phase = min(0.5 + left.steps.step / 20, 0.9)
    for _ in 0..<60 {
      guard let middle = solution(target, phase: phase, from: left.steps.step) else { return left }
      let value = residual(middle)
      // The residual is positive where a wider dead zone still gains.
      if value > 0 { low = phase } else { high = phase }
      let secant = phase - value * (phase - left.steps.phase) / (value - leftResidual)
      let next = secant > low && secant < high ? secant : (low + high) / 2
      if abs(next - phase) < 1e-8 { return middle }
      left = middle
      leftResidual = value
      phase = next
    }
    return left
  }

  /// The distance of the phases that are tried.
  private static var width: Double { 1.0 / 64 }

  /// The best of 33 phases.
  private func scanned(_ target: Target) -> Solution? {
    // Each step is a good guess at the next.
    var scan: [Solution] = []
    for index in 0...32 {
      let phase = 0.5 + Self.width * Double(index)
      if let found = solution(target, phase: phase, from: scan.last?.steps.step) { scan.append(found) }
    }
    return scan.min { target.cost(of: $0.sums) < target.cost(of: $1.sums) }
  }

  /// The best phase between the neighbours of one that is good, or what is known to meet the target; nil if nothing does.
  private func refined(_ target: Target, near neighbour: Solution, orAtLeast known: Solution? = nil) -> Solution? {
    let phase = neighbour.steps.phase
    var best = known
    _ = goldenMinimum(in: max(0.5, phase - Self.width)...min(1, phase + Self.width), to: 1e-11) { phase in
      guard let found = solution(target, phase: phase, from: (best ?? neighbour).steps.step) else { return .infinity }
      let cost = target.cost(of: found.sums)
      if cost < best.map({ target.cost(of: $0.sums) }) ?? .infinity { best = found }
      return cost
    }
    return best
  }
}

/// A scalar quantizer with thresholds at (1 - rounding + j) step and codepoints at (j + 1) step, j >= 0, mirrored where the
/// support goes there, and 0 in the dead zone; the step in units of the source's scale.
public struct SteppedReproductions: Evidence, Equatable {
  public static let type = "dead-zone"
  public static let meaning =
    "Codepoints at whole steps, in units of the source's scale, thresholds at (1 - rounding + j) steps, mirrored for a symmetric "
    + "source. The enclosed entropy is achievable, if the enclosed distortion is at most D."

  /// The step.
  public let step: Double
  /// By how much of a step a value falls short of a codepoint and is still rounded up to it.
  public let rounding: Double

  /// Codepoints by their step, thresholds by the rounding parameter.
  public init(step: Double, rounding: Double) { (self.step, self.rounding) = (step, rounding) }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(step: try form.number("step"), rounding: try form.number("rounding"))
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["step": step, "rounding": rounding]) }
  public var sentence: String { "steps of \(step.words) scales, rounding offset \(rounding.words)" }
}
