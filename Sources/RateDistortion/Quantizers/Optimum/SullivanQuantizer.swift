import GSL
import IntervalArithmetic

/// The optimal entropy-constrained scalar quantizers of densities without memory, exponential and Laplace, in closed form: equal
/// steps, and for the Laplace source a wider middle cell.
///
/// *Exponential.* Without memory, what is left to quantize at a threshold a is the source itself moved by a, at exp(-a) of the
/// probability: the least cost of [a, infinity) is V(a) = exp(-a) (V(0) + mu a), and
///
///     V(0) = min over w of  D(0, w) - mu P log P + exp(-w) (V(0) + mu w),      P = 1 - exp(-w),
///
/// has the same best w everywhere: all steps are equal. So D + mu H >= min over w of v(w) + mu h(w) for every code, and the
/// quantizer of step w achieves it, with
///
///     D = v(w) = 1 - w^2 e^w/(e^w - 1)^2,      H = h(w) = -log(1 - e^-w) + w/(e^w - 1),
///
/// codepoints at delta(w) = 1 - w/(e^w - 1) above the thresholds. The threshold condition is explicit in mu,
/// (w - delta)^2 - delta^2 = mu w, hence mu = w - 2 delta(w) = w coth(w/2) - 2.
///
/// *Laplace.* Each side beyond the middle cell [-b, b] is an exponential source of probability exp(-b)/2, with the steps w
/// above; b solves the one transcendental equation
///
///     b^2 - delta(w)^2 = mu log(p_0/p_1),      p_0 = 1 - exp(-b),      p_1 = exp(-b) (1 - exp(-w))/2,
///
///     D = 2 - exp(-b) (b^2 + 2 b + 2) + exp(-b) v(w),      H = -p_0 log p_0 + exp(-b) (h(w) + b + log 2).
///
/// Middle cells that are not symmetric about 0 are no better (Sullivan 1996; the general lower bound confirms it wherever it
/// is computed).
///
/// - Units: those of the source's scale.
/// - Source: Sullivan, "Efficient Scalar Quantization of Exponential and Laplacian Random Variables", IEEE Trans. Inform.
///   Theory 42 (1996) 1365-1374.
public struct SullivanQuantizer: Sendable, Equatable {
  /// Which source it quantizes.
  public enum Source: Sendable, Equatable {
    /// exp(-x), x >= 0.
    case exponential
    /// exp(-|x|)/2.
    case laplace

    /// The source of a density without memory: there are two of them.
    init(_ density: some MemorylessDensity) { self = density.isSymmetric ? .laplace : .exponential }
  }

  /// The source.
  public let source: Source
  /// w, the width of all cells but the middle one of the Laplace source.
  public let step: Double
  /// b, the first threshold: half the width of the middle cell; 0 for the exponential source, which has none.
  public let firstThreshold: Double

  /// The optimal quantizer of step w > 0.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless the step lies in [1e-7, 600].
  public init(_ source: Source, step: Double) throws(DomainError) {
    guard Self.steps.contains(step) else {
      throw .parameterOutOfRange(name: "step", value: String(step), requirement: "from 1e-7 to 600")
    }
    self.init(source, uncheckedStep: step)
  }

  static var steps: ClosedRange<Double> { 1e-7...600 }

  init(_ source: Source, uncheckedStep step: Double) {
    self.source = source
    self.step = step
    firstThreshold = source == .exponential ? 0 : Self.middle(step)
  }

  /// b: at w/2 the next cell would be the cheaper at the threshold, at w the middle cell.
  private static func middle(_ w: Double) -> Double {
    let mu = mu(step: w)
    let delta = offset(w)
    let logP = Double.log(-Double.expm1(-w))
    return newtonRoot(in: 0.25 * w...w, from: 0.55 * w) { b in
      let p = -Double.expm1(-b)
      let value = b * b - delta * delta - mu * (Double.log(2 * p) + b - logP)
      return (value, 2 * b - mu * ((1 - p) / p + 1))
    }
  }

  /// mu = w coth(w/2) - 2, the slope -dD/dH in distortion per nat, of a step; w^2/6 - w^4/360 + ... for small ones.
  static func mu(step w: Double) -> Double {
    if w < 0.1 {
      let s = w * w
      return s / 6 * (1 - s / 60 * (1 - s / 42 * (1 - s / 40)))
    }
    return w - 2 * offset(w)
  }

  /// delta(w) = 1 - w/(e^w - 1).
  private static func offset(_ w: Double) -> Double {
    let cell: QuantizationCell<Double> = ExponentialDensity().cell(from: 0, to: w)
    return cell.centroid
  }

  /// mu = -dD/dH, in squared units of the scale per nat.
  public var mu: Double { Self.mu(step: step) }

  /// H in nats and D in squared units of the scale; with `Interval`, enclosures of them.
  public func performance<Number: RealNumber>(
    as number: Number.Type = Number.self
  ) -> (entropy: Number, distortion: Number) {
    let w = Number(step)
    let first: QuantizationCell<Number> = ExponentialDensity().cell(from: 0, to: step)
    let p = -Number.expm1(-w)
    let entropy = w / .expm1(w) - .log(p)
    let variance = first.distortion / first.probability
    guard source == .laplace else { return (entropy, variance) }
    let b = Number(firstThreshold)
    let beyond = Number.exp(-b)
    let middle: QuantizationCell<Number> = LaplaceDensity().cell(from: -firstThreshold, to: firstThreshold)
    return (
      beyond * (entropy + b + .log(2)) - .xlogx(-.expm1(-b)), middle.distortion + beyond * variance
    )
  }

  /// The optimal quantizer whose entropy in nats, or whose distortion, is given: both are monotone in the step.
  ///
  /// - Returns: nil beyond the steps that are computed.
  static func solving(_ source: Source, _ target: Target) -> SullivanQuantizer? {
    func excess(_ logStep: Double) -> Double {
      let (entropy, distortion) = SullivanQuantizer(source, uncheckedStep: .exp(logStep)).performance(as: Double.self)
      // Logarithms, which are nearly linear in log w at both ends.
      switch target {
      case .rate(let value): return Double.log(value / entropy)
      case .distortion(let value): return Double.log(distortion / value)
      }
    }
    let bracket = Double.log(steps.lowerBound)...Double.log(steps.upperBound)
    guard let logStep = try? brentRoot("the step of Sullivan's quantizer", in: bracket, of: excess) else { return nil }
    return SullivanQuantizer(source, uncheckedStep: .exp(logStep))
  }
}

extension SullivanQuantizer: Evidence {
  public static let type = "sullivan"
  public static let meaning =
    "The optimal quantizer of equal steps and a wider middle cell of an exponential or Laplace source, by its step. Above: its "
    + "enclosed entropy, if its enclosed distortion is at most D. Below: the least D + mu H over all one-shot codes at its "
    + "slope mu, enclosed anew by memorylessness."

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let sources: [String: Source] = ["laplace": .laplace, "exponential": .exponential]
    guard let source = sources[try form.text("source")] else {
      throw MalformedEvidence("\"source\" is neither laplace nor exponential")
    }
    let step = try form.number("step")
    guard Self.steps.contains(step) else { throw MalformedEvidence("\"step\" is not from 1e-7 to 600") }
    self.init(source, uncheckedStep: step)
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [.init("source", .text(source == .laplace ? "laplace" : "exponential")), .init("step", .number(step))])
  }

  public var sentence: String {
    "Sullivan's quantizer: steps of \(step.words) scales, first threshold at \(firstThreshold.words)"
  }
}
