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
/// - Domain and kind: those of `StepScheme`. Accuracy of `point`: 1e-12 relative in D, 1e-12 bits in H.
/// - Source: Gish, Pierce 1968; Noll, Zelinski, "Bounds on Quantizer Performance in the Low Bit-Rate Region", IEEE
///   Trans. Commun. 26 (1978) 300-304; "Nonlinear Transform Coding", section II.
public struct UniformThresholdQuantizers<Density: ScalarDensity>: StepScheme {
  /// The standard density.
  public let density: Density
  /// The parities that compete.
  public let parities: [Parity]

  /// The uniform-threshold quantizers of a source, of both parities or of one.
  public init(_ density: Density, parities: [Parity] = Parity.allCases) {
    self.density = density
    self.parities = parities
  }

  public var name: CurveName { .uniformThreshold }
  public var summary: String { "uniform thresholds, centroids, entropy-coded; the better of mid-tread and mid-rise" }

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
  /// - Parameter step: in standard units; at least that of `largestQuantizerRate`.
  /// - Throws: `DomainError.parameterOutOfRange` for another step: a level count that would exhaust memory is refused.
  public func quantizer(step: Double, parity: Parity) throws(DomainError) -> OperatingPoint {
    try quantizer(step: step, of: family(phase: parity.phase))
  }

  private func family(phase: Double) -> StepFamily<Density> {
    StepFamily(density: density, phase: phase, reproduction: .centroid)
  }

  /// Both parities where they reach the target.
  func solutions(
    _ target: Target, near neighbour: StepFamily<Density>.Solution?
  ) -> [StepFamily<Density>.Solution] {
    parities.compactMap { family(phase: $0.phase).solution(at: target) }
  }

  func evidence(of steps: EqualSteps) -> any Evidence { SteppedThresholds(step: steps.step, phase: steps.phase) }

  public var evidence: [any Evidence.Type] { [SteppedThresholds.self] }

  /// A step and a phase prove the entropy of their code achievable, if its distortion is at most D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let code = evidence as? SteppedThresholds else { return .entire }
    return .hull(0, try family(phase: code.phase).rateAchieved(step: code.step, atDistortion: distortion))
  }
}

/// A scalar quantizer with thresholds at (phase + j) step, j >= 0, mirrored where the support goes there, and centroids; the step
/// in units of the source's scale.
public struct SteppedThresholds: Evidence, Equatable {
  public static let type = "uniform-threshold"
  public static let meaning =
    "Thresholds at (phase + j) steps, in units of the source's scale, mirrored for a symmetric source; cells are reproduced at "
    + "their centroids. The enclosed entropy is achievable, if the enclosed distortion is at most D."

  /// The step.
  public let step: Double
  /// The first threshold, in steps.
  public let phase: Double

  /// Thresholds by step and phase.
  public init(step: Double, phase: Double) { (self.step, self.phase) = (step, phase) }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(step: try form.number("step"), phase: try form.number("phase"))
  }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["step": step, "phase": phase]) }
  public var sentence: String { "thresholds at (\(phase.words) + j) steps of \(step.words) scales, centroids" }
}
