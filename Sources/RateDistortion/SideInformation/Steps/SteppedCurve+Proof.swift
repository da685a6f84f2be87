import IntervalArithmetic

extension SteppedCurve {
  /// A code of distortion at most D, proved, and its enclosed rate.
  ///
  /// The code of distortion D (1 - margin), the margin raised from 4e-12 until intervals confirm. Plain steps below 1/20 of
  /// sigma_{X|Y} are bounded in closed form instead, see `finestBound`. Where no code is found, or none is enclosed, nothing
  /// is proved and the rate is unbounded.
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    if bins == nil, let bound = finestBound(distortion) { return bound }
    var isOutOfReach = false
    let bound = try nudged(from: 4e-12, by: 10, below: 1e-3) { margin throws(DomainError) -> Bound? in
      let target = max(min(distortion, largestDistortion) * (1 - margin), .leastNormalMagnitude)
      guard !isOutOfReach, let code = try code(atDistortion: target), let enclosure = code.enclosure else {
        isOutOfReach = true
        return nil
      }
      guard enclosure.distortion.upper <= distortion else { return nil }
      return Bound(
        kind: kind, distortion: distortion, rate: enclosure.rate(coding), slope: slope(at: code),
        evidence: SteppedCode(step: code.step, offset: code.offset, bins: bins))
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no code of this kind is known for a distortion as small"))
  }

  /// Plain steps with an offset drawn uniformly: with U uniform on a step and Z = W + U, whatever tau is,
  ///
  ///     H(k|Y, offset) = h(Z) - log w <= 1/2 log(2 pi e (1 + w^2/12)) - log w,
  ///     D = 1 - J(Z) <= 1 - 1/(1 + w^2/12),
  ///
  /// as no density of this variance has a larger entropy or a smaller Fisher information (Cramer, Rao). Fine steps lose a
  /// relative 3e-4 w^6 in D by this: 5e-12 at w = 1/20.
  private func finestBound(_ distortion: Double) -> Bound? {
    let relative = distortion / problem.conditionalVariance
    guard relative < 1.0 / 4800 else { return nil }
    let deviation = problem.conditionalVariance.squareRoot()
    // A few parts in 2^52 more than rounding can lose.
    let step = (12 * relative / (1 - relative)).squareRoot() * deviation * (1 - 0x1p-45)
    guard step > 0, let (rate, achieved) = finest(step: step), achieved.upper <= distortion else { return nil }
    return Bound(
      kind: kind, distortion: distortion, rate: rate, slope: 1 / (2 * natsPerBit * distortion),
      evidence: SteppedCode(step: step, offset: nil, bins: nil))
  }

  /// The closed bounds on rate and distortion, evaluated with intervals.
  private func finest(step: Double) -> (rate: Interval, distortion: Interval)? {
    guard step > 0, step.isFinite else { return nil }
    let width = Interval(step) / .sqrt(problem.enclosedVariance)
    guard width.lower > 0, width.upper < 1e100 else { return nil }
    let excess = Interval.squared(width) / 12
    let largest: Interval = (.log(2 * .pi) + 1 + .log1p(excess)) / 2
    let rate = (largest - .log(width)) / .ln2
    let distortion = problem.enclosedVariance * (excess / (1 + excess))
    return (.hull(max(0, rate.lower), max(0, rate.upper)), distortion)
  }

  /// The named code's rate if its distortion is proved to be at most D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? SteppedCode, named.bins == bins else { return .entire }
    let rate: Interval
    let achieved: Interval
    if let offset = named.offset {
      let code = try SteppedQuantizer(problem: problem, step: named.step, offset: offset, bins: bins)
      guard let enclosure = code.enclosure else { return .entire }
      (rate, achieved) = (enclosure.rate(coding), enclosure.distortion)
    } else {
      guard bins == nil, let claim = finest(step: named.step) else { return .entire }
      (rate, achieved) = claim
    }
    return .hull(0, achieved.upper <= distortion ? rate.upper : .infinity)
  }
}

/// With side information: equal steps, in units of the source, with a threshold at `offset` steps; without an offset, it is
/// drawn uniformly and known to both sides. The index is the step's number, modulo `bins` if there are any.
public struct SteppedCode: Evidence, Equatable {
  public static let type = "stepped-code"
  public static let meaning =
    "Equal steps in units of the source, the offset of a threshold in steps, and the number of bins if the index is taken modulo "
    + "one. The enclosed rate is achievable, if the enclosed distortion at a decoder that knows Y is at most D."

  /// The step, in units of the source.
  public let step: Double
  /// Where a threshold lies, in steps; nil for an offset drawn uniformly.
  public let offset: Double?
  /// What the index is taken modulo of; nil for the step's own number.
  public let bins: Int?

  /// A code of equal steps.
  public init(step: Double, offset: Double?, bins: Int?) {
    self.step = step
    self.offset = offset
    self.bins = bins
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    let hasBins = try form.numberIfGiven("bins") != nil
    self.init(
      step: try form.number("step"), offset: try form.numberIfGiven("offset"),
      bins: hasBins ? try form.count("bins") : nil)
  }

  public var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("step", .number(step)), .init("offset", offset.map { .number($0) } ?? .none),
        .init("bins", bins.map { .number(Double($0)) } ?? .none),
      ])
  }

  public var sentence: String {
    let place = offset.map { "a threshold at \($0.words) steps" } ?? "an offset drawn uniformly, known to both sides"
    return "steps of \(step.words), \(place); the index is the step's number" + (bins.map { " modulo \($0)" } ?? "")
  }
}
