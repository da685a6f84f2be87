import IntervalArithmetic

/// Quantizers of one standard density by their step: what coefficients that share one step are coded with.
protocol StepRule: Sendable {
  /// The steps that are computed, in units of the standard deviation; a coefficient of a larger one is not sent.
  var steps: ClosedRange<Double> { get }
  /// Entropy in nats and distortion at a step, and their derivatives by it, in floating point.
  func sums(step: Double) -> StepValues
  /// Entropy in nats and distortion at a step, enclosed.
  func enclosure(step: Double) -> (entropy: Interval, distortion: Interval)
}

/// What a step comes to.
struct StepValues: Sendable {
  var entropy = 0.0
  var distortion = 0.0
  var entropyByStep = 0.0
  var distortionByStep = 0.0
}

/// Uniform thresholds (k + 1/2) s with centroids.
struct UniformThresholdRule: StepRule {
  private let family = StepFamily(density: GaussianDensity(), phase: 0.5, reproduction: .centroid)

  var steps: ClosedRange<Double> { family.density.leastStep...family.largestStep }

  func sums(step: Double) -> StepValues {
    let sums = family.density.sums(of: family.steps(step))
    return StepValues(
      entropy: sums.entropy, distortion: sums.distortion, entropyByStep: sums.entropyByStep,
      distortionByStep: sums.distortionByStep)
  }

  func enclosure(step: Double) -> (entropy: Interval, distortion: Interval) {
    family.density.enclosure(of: family.steps(step))
  }
}

/// Dither uniform over a step, known to both sides, and the conditional mean.
struct DitherRule: StepRule {
  private let density = GaussianDensity()

  var steps: ClosedRange<Double> { density.leastStep...1e9 }

  func sums(step: Double) -> StepValues {
    let averages = density.offsetAverages(step: step)
    return StepValues(
      entropy: averages.information, distortion: averages.conditional, entropyByStep: averages.informationByStep,
      distortionByStep: averages.conditionalByStep)
  }

  func enclosure(step: Double) -> (entropy: Interval, distortion: Interval) {
    let averages = density.enclosedOffsetAverages(step: step)
    return (averages.information, averages.conditional)
  }
}

/// Transform coding with one step s for all coefficients, as codecs have it: what a coefficient of standard deviation sigma costs is what the
/// standard variable costs at the step s/sigma.
///
///     H(s) = sum of h(s/sigma_i),      D(s) = sum of sigma_i^2 d(s/sigma_i).
///
/// At high rate D_i = s^2/12 for every coefficient, which is what equal slopes ask for, and the gap to R(D) is 0.2546 bits a coefficient,
/// 1.53 dB. At low rate most coefficients have a step of many standard deviations and cost next to nothing.
///
/// What a step comes to is true of the code that it names, whatever the coefficients' exact deviations are: each has the step
/// s/sigma_i rounded to a number, in units of its own deviation.
///
/// - Units: a step in those of the coefficients. Rates up to 16 bits for the largest variance.
/// - Source: Zamir, Feder 1996 for the dither; Sullivan, Sun, "On Dead-Zone Plus Uniform Threshold Scalar Quantization", VCIP 2005.
struct CommonStep<Rule: StepRule>: Limit {
  let name: CurveName
  let summary: String
  let isCostly: Bool
  let rule: Rule
  let components: GaussianComponents
  private let known = Memo<Target, Double>(capacity: 256)

  init(_ rule: Rule, _ components: GaussianComponents, name: CurveName, summary: String, isCostly: Bool) {
    self.rule = rule
    self.components = components
    self.name = name
    self.summary = summary
    self.isCostly = isCostly || components.groups.count > 32
  }

  var kind: BoundKind { .upper }
  var largestDistortion: Double { components.total.midpoint }
  var enclosedLargestDistortion: Interval { components.total }

  private var deviation: Double { components.largest.squareRoot() }
  /// The least step for all: the largest deviation's.
  private var leastStep: Double { rule.steps.lowerBound * deviation * (1 + 0x1p-20) }

  /// Cells of a step have at most the distortion step^2/4 a coefficient; by half a bit less than `largestQuantizerRate` for the largest.
  var range: CurveRange {
    let level = leastStep * leastStep / 4
    let (distortion, bits) = components.groups.reduce((0.0, 0.0)) { sum, group in
      let count = Double(group.count)
      let rate = largestQuantizerRate + Double.log(group.nominal / components.largest) / (2 * natsPerBit)
      return (sum.0 + count * min(group.nominal, level), sum.1 + count * max(0, group.nominal > 0 ? rate : 0))
    }
    return CurveRange(
      leastDistortion: max(distortion, .leastNormalMagnitude), largestRate: min(bits, CurveRange.largestRate))
  }

  // MARK: Floating point

  /// The step of a coefficient in units of its deviation; nil if it is not sent.
  private func step(_ step: Double, of group: GaussianComponents.Group) -> Double? {
    let own = step / group.nominal.squareRoot()
    return own <= rule.steps.upperBound ? own : nil
  }

  private func sums(step: Double) -> StepValues {
    var sum = StepValues()
    for group in components.groups {
      let count = Double(group.count)
      guard let own = self.step(step, of: group) else {
        sum.distortion += count * group.nominal
        continue
      }
      let values = rule.sums(step: own)
      sum.entropy += count * values.entropy
      sum.distortion += count * group.nominal * values.distortion
      sum.entropyByStep += count * values.entropyByStep / group.nominal.squareRoot()
      sum.distortionByStep += count * group.nominal.squareRoot() * values.distortionByStep
    }
    return sum
  }

  /// The step that meets a target, by Newton's method in its logarithm; the ends of what is computed beyond.
  private func step(_ target: Target) -> Double {
    known.value(of: target) {
      let level: Double
      switch target {
      case .distortion(let distortion): level = components.waterLevel(atDistortion: distortion)
      case .rate(let nats): level = components.waterLevel(atRate: nats) * 1.4
      }
      let bracket = Double.log(leastStep)...Double.log(rule.steps.upperBound * deviation)
      let root = newtonRoot(in: bracket, from: Double.log(12 * level) / 2, resolution: 1e-9) { x in
        let step = Double.exp(x)
        let sums = sums(step: step)
        switch target {
        case .distortion(let distortion):
          return (Double.log(sums.distortion / distortion), max(step * sums.distortionByStep / sums.distortion, 1e-300))
        case .rate(let nats):
          return (Double.log(nats / sums.entropy), max(-step * sums.entropyByStep / sums.entropy, 1e-300))
        }
      }
      return Double.exp(root)
    }
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let sums = sums(step: step(.distortion(distortion)))
    let slope = -sums.entropyByStep / sums.distortionByStep
    guard slope.isFinite, slope > 0 else {
      return OperatingPoint(distortion: distortion, nats: sums.entropy, natsPerDistortion: nil)
    }
    // To first order for what is left of the distortion; beyond the largest step a code is as good as it is.
    let left = max(sums.distortion - distortion, -1e-6 * distortion)
    return OperatingPoint(
      distortion: distortion, nats: max(0, sums.entropy + slope * left),
      natsPerDistortion: slope)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let sums = sums(step: step(.rate(nats)))
    let slope = -sums.entropyByStep / sums.distortionByStep
    guard slope.isFinite, slope > 0 else {
      return OperatingPoint(distortion: largestDistortion, rate: rate, slope: nil)
    }
    return OperatingPoint(
      distortion: min(largestDistortion, sums.distortion + (sums.entropy - nats) / slope), rate: rate,
      slope: slope / natsPerBit)
  }

  // MARK: Proof

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let found = step(.distortion(distortion))
    let slope = try point(at: min(distortion, largestDistortion)).slope
    let bound = try nudged(from: 0x1p-42, by: 8, below: 2) { margin throws(DomainError) -> Bound? in
      let named = CoefficientStep(
        eigenvalues: NamedEigenvalues(components.variances), step: max(found * (1 - min(margin, 0.5)), leastStep))
      let (entropy, achieved) = try performance(of: named)
      guard achieved.upper <= distortion else { return nil }
      let rate = entropy / .ln2
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(max(0, rate.lower), rate.upper), slope: slope, evidence: named)
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no step was enclosed"))
  }

  private func performance(
    of named: CoefficientStep
  ) throws(DomainError) -> (entropy: Interval, distortion: Interval) {
    guard named.step >= leastStep / 2, named.step.isFinite else {
      throw .evidenceRefused("the step is not at least \((leastStep / 2).words)")
    }
    var sum: (entropy: Interval, distortion: Interval) = (0, 0)
    for group in components.groups {
      let count = Interval(group.count)
      let variance = Interval.hull(max(group.variance.lower, 0), max(group.variance.upper, 0))
      guard let own = step(named.step, of: group) else {
        sum.distortion = sum.distortion + count * variance
        continue
      }
      let values = rule.enclosure(step: own)
      sum.entropy = sum.entropy + count * values.entropy
      sum.distortion = sum.distortion + count * variance * values.distortion
    }
    return sum
  }

  var evidence: [any Evidence.Type] { [CoefficientStep.self] }

  /// A step proves its entropy achievable, if its distortion is at most D.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? CoefficientStep else { return .entire }
    try named.eigenvalues.require(components.variances)
    let (entropy, achieved) = try performance(of: named)
    return .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
  }
}

/// One step for all of a transform's coefficients.
public struct CoefficientStep: Evidence, Equatable {
  public static let type = "coefficient-step"
  public static let meaning =
    "The step of all coefficients' quantizers, in their own unit, and enclosures of their variances. The quantizers' enclosed rate is "
    + "achievable, if their enclosed distortion is at most D; the variances named must be those of the source, which are used."

  /// The variances of the coefficients.
  public let eigenvalues: NamedEigenvalues
  /// The step.
  public let step: Double

  /// A step of coefficients.
  public init(eigenvalues: NamedEigenvalues, step: Double) {
    self.eigenvalues = eigenvalues
    self.step = step
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(eigenvalues: try NamedEigenvalues(form), step: try form.number("step"))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, [.init("step", .number(step))] + eigenvalues.members)
  }

  public var sentence: String { "the step \(step.words) for all \(eigenvalues.lower.count) coefficients" }
}
