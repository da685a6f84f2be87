import IntervalArithmetic

/// Entropy-coded dithered quantization (ECDQ): Q(X + Z) - Z with a uniform quantizer of step s and a dither Z, uniform
/// over a step, that encoder and decoder share.
///
/// The error Q(X + Z) - Z - X is uniform on [-s/2, s/2] and independent of X (Schuchman 1964), so the decoder sees Y =
/// X + U, and the entropy of the index given the dither is a mutual information (Zamir, Feder 1992, theorem 1),
///
///     H(Q | Z) = I(X; X + U) = h(X + U) - log s.
///
/// This is what a neural compressor with *randomised offset* sends, and what training with additive uniform noise
/// prices exactly. Three decoders:
///
/// | curve         | estimate of X                           | distortion                          |
/// |---------------|-----------------------------------------|-------------------------------------|
/// | `ecdq`        | Y                                       | s^2/12                              |
/// | `ecdq-wiener` | mean + a (Y - mean), the best linear    | v (s^2/12) / (v + s^2/12), v = var X |
/// | `ecdq-mean`   | E[X | Y]                                | E var(X | Y)                        |
///
/// With p(y) the probability of the cell [y - s/2, y + s/2] and D(y) its distortion about its centroid, X + U has the
/// density p(y)/s and E[X | Y = y] is that centroid, so
///
///     I = -(1/s) integral of p log p dy,      E var(X | Y) = (1/s) integral of D(y) dy:
///
/// entropy and distortion of the uniform-threshold quantizer, averaged over its offset. At low rate I falls like 1/s
/// while the distortion saved falls like 1/s (conditional mean) or 1/s^2 (Wiener); at high rate all tend to h - 1/2
/// log(12 D), and the Gaussian's raw `ecdq` never exceeds R(D) by more than 1/2 log2(4 pi e/12) = 0.754 bits (Ziv
/// 1985).
///
/// Numerics: points come from floating point (`offsetAverages`), bounds from the integrals enclosed (`enclosedOffsetAverages`) at a step
/// whose distortion, enclosed, is at most D. Of the density nothing is assumed but what `ScalarDensity` asserts.
///
/// - Domain: rates from 0 to `largestQuantizerRate`.
/// - Kind: upper. The lower end of an enclosure takes H and D to be monotone in the step, which is claimed by nobody.
/// - Source: Ziv, "On Universal Quantization", IEEE Trans. Inform. Theory 31 (1985) 344-347; Zamir, Feder, "On
///   Universal Quantization by Randomized Uniform/Lattice Quantizers", ibid. 38 (1992) 428-436, and "Information Rates
///   of Pre/Post-Filtered Dithered Quantizers", ibid. 42 (1996) 1340-1353; "Nonlinear Transform Coding", eq. (13) and
///   Figure 3.
public struct DitheredQuantizers<Density: ScalarDensity>: Limit {
  /// What the decoder makes of Y = X + U.
  public enum Decoder: Sendable, CaseIterable {
    /// Y itself.
    case raw
    /// The best linear estimate.
    case wiener
    /// The conditional mean.
    case conditionalMean
  }

  /// The standard density.
  public let density: Density
  /// The decoder.
  public let decoder: Decoder

  /// The dithered quantizers of a source with one decoder.
  public init(_ density: Density, decoder: Decoder) {
    self.density = density
    self.decoder = decoder
  }

  public var name: CurveName {
    switch decoder {
    case .raw: return .ditheredRaw
    case .wiener: return .ditheredWiener
    case .conditionalMean: return .ditheredMean
    }
  }

  public var kind: BoundKind { .upper }

  public var summary: String {
    switch decoder {
    case .raw: return "entropy-coded dithered quantization, I(X; X+U) at s^2/12 (Ziv 1985)"
    case .wiener: return "entropy-coded dithered quantization with a linear post-filter (Zamir, Feder 1996)"
    case .conditionalMean:
      return "entropy-coded dithered quantization with the conditional mean: NTC with random offset"
    }
  }

  /// The variance: for a larger distortion nothing is sent, although the raw decoder's s^2/12 has no limit.
  public var largestDistortion: Double { variance }
  public var enclosedLargestDistortion: Interval { density.variance(as: Interval.self) }
  public var range: CurveRange { density.quantizerRange }

  /// Rate and distortion with a given step.
  ///
  /// - Parameter step: s in standard units, from that of `largestQuantizerRate` to 10^9 scales.
  /// - Throws: `DomainError.parameterOutOfRange` for another step.
  public func quantizer(step: Double) throws(DomainError) -> OperatingPoint {
    guard step >= density.leastStep, step <= Self.largestStep else {
      throw .parameterOutOfRange(
        name: "step", value: String(step), requirement: "a number from \(density.leastStep) to \(Self.largestStep)")
    }
    return point(step: step)
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    var result = point(step: step(atDistortion: distortion))
    result.distortion = distortion
    return result
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    var result = point(step: step(atInformation: rate * natsPerBit))
    guard result.distortion < largestDistortion else {
      return OperatingPoint(distortion: largestDistortion, rate: rate, slope: nil)
    }
    result.rate = rate
    return result
  }

  public var evidence: [any Evidence.Type] { [DitherStep.self] }

  /// A step proves its I(X; X + U) achievable, if the decoder's distortion is at most D.
  ///
  /// - Throws: `DomainError.evidenceRefused` for a step out of the range of `quantizer(step:)`, which may be halved.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let dither = evidence as? DitherStep else { return .entire }
    let least = density.leastStep / 2
    guard dither.step >= least, dither.step <= Self.largestStep else {
      throw .evidenceRefused("the step is not from \(least) to \(Self.largestStep) scales")
    }
    let achieved = achieved(step: dither.step, distortion)
    return .hull(0, achieved.distortion <= distortion ? achieved.rate.upper : .infinity)
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let found = step(atDistortion: distortion)
    let values = density.offsetAverages(step: found)
    // What the logarithm of a step moves that of the distortion by: next to the variance next to nothing.
    let elasticity = decoder == .conditionalMean ? values.conditionalByStep * found / values.conditional : 2
    // What failed says how far it was off, and what is nearer fails too.
    var least = 0.0
    typealias Proof = (step: Double, rate: Interval, margin: Double)
    let best = nudged(from: margin(atStep: found, elasticity), by: 4, below: 20) { margin -> Proof? in
      guard margin >= least else { return nil }
      let step = found * Double.exp(-margin)
      let achieved = achieved(step: step, distortion)
      if achieved.distortion <= distortion { return (step: step, rate: achieved.rate, margin: margin) }
      least = margin + 0.9 * Double.log(achieved.distortion / distortion) / elasticity
      return nil
    }
    guard let best else {
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no step was enclosed"))
    }
    let lower = best.rate.lower + 2 * best.margin * values.informationByStep * found / natsPerBit
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, lower), best.rate.upper), slope: point(step: found).slope,
      evidence: DitherStep(step: best.step))
  }

  /// What a step may be too wide by, of itself, for its distortion to be proved at most D: rounding, where a closed form has it. Where
  /// it is enclosed, half the enclosure's width, which ends of cells that are rounded off make larger for small steps, over
  /// the elasticity.
  private func margin(atStep step: Double, _ elasticity: Double) -> Double {
    guard decoder == .conditionalMean else { return 0x1p-53 }
    let margin = (0x1p-40 + 0x1p-39 / step) / elasticity
    return margin < 1 ? max(margin, 0x1p-53) : 1
  }

  /// The decoder's distortion at a step, at most, and I(X; X + U) in bits, enclosed, unless that is more than is of use.
  private func achieved(step: Double, _ largest: Double) -> (distortion: Double, rate: Interval) {
    let noise = Interval.squared(Interval(step)) / 12
    let closed: Interval? =
      switch decoder {
      case .raw: noise
      // v noise/(v + noise), in which noise is but once.
      case .wiener: enclosedLargestDistortion / (1 + enclosedLargestDistortion / noise)
      case .conditionalMean: nil
      }
    if let closed, !(closed.upper <= largest) { return (closed.upper, .entire) }
    let averages = density.enclosedOffsetAverages(step: step)
    return ((closed ?? averages.conditional).upper, averages.information / .ln2)
  }

  /// The largest step that is used, in standard units: a rate near 1e-9 bits.
  private static var largestStep: Double { 1e9 }

  // MARK: Standard units and nats

  private var variance: Double { density.variance(as: Double.self) }

  private func point(step: Double) -> OperatingPoint {
    let values = density.offsetAverages(step: step)
    let (distortion, derivative) = distortion(step, values)
    return OperatingPoint(
      distortion: distortion, rate: values.information / natsPerBit,
      slope: lambda(ofBeta: -values.informationByStep / derivative))
  }

  /// The decoder's distortion and its derivative by the step.
  private func distortion(_ step: Double, _ values: OffsetAverages) -> (Double, Double) {
    let noise = step * step / 12
    switch decoder {
    case .raw: return (noise, step / 6)
    case .wiener:
      let share = variance / (variance + noise)
      return (share * noise, share * share * step / 6)
    case .conditionalMean: return (values.conditional, values.conditionalByStep)
    }
  }

  /// The step at which the decoder has a distortion: in closed form, or by Newton's method for the conditional mean.
  private func step(atDistortion distortion: Double) -> Double {
    switch decoder {
    case .raw: return (12 * distortion).squareRoot()
    case .wiener: return (12 * distortion * variance / (variance - distortion)).squareRoot()
    case .conditionalMean:
      return solve(from: (12 * distortion * variance / (variance - distortion)).squareRoot()) { values in
        // The rest of the variance near its end, the distortion elsewhere: what is nearly a power of the step.
        let rest = variance - values.conditional
        return distortion < variance / 2
          ? (Double.log(values.conditional / distortion), values.conditionalByStep / values.conditional)
          : (Double.log((variance - distortion) / rest), values.conditionalByStep / rest)
      }
    }
  }

  /// The step at which I(X; X + U) has a value in nats.
  private func step(atInformation information: Double) -> Double {
    solve(from: Double.exp(density.differentialEntropy(as: Double.self) - information)) { values in
      (Double.log(information / values.information), -values.informationByStep / values.information)
    }
  }

  /// Newton's method in log step for an increasing function of it, given with its derivative by the step.
  private func solve(from start: Double, _ function: (OffsetAverages) -> (Double, Double)) -> Double {
    var low = Double.log(density.leastStep / 4)
    var high = Double.log(Self.largestStep)
    var x = Double.log(min(start, Self.largestStep / 2))
    for _ in 0..<100 {
      let step = Double.exp(x)
      let (value, slope) = function(density.offsetAverages(step: step))
      if value < 0 { low = x } else { high = x }
      let newton = x - value / (slope * step)
      let next = newton >= low && newton <= high ? newton : (low + high) / 2
      // The error of a Newton step is of the order of its square.
      if abs(next - x) < 1e-8 || !(low < high) { return Double.exp(next) }
      x = next
    }
    return Double.exp(x)
  }
}

/// Subtractive dither, uniform over one step, in units of the source's scale.
public struct DitherStep: Evidence, Equatable {
  public static let type = "dithered"
  public static let meaning =
    "The step of a dithered quantizer, in units of the source's scale. I(X; X + U) is achievable, U uniform over a step, if the "
    + "decoder's distortion, enclosed, is at most D."

  /// The step.
  public let step: Double

  /// Dither over a step.
  public init(step: Double) { self.step = step }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) { step = try form.number("step") }

  public var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["step": step]) }
  public var sentence: String { "dither uniform over a step of \(step.words) scales" }
}
