import RateDistortion

/// Judges the points of one source.
struct PointJudge: Sendable {
  private let source: PointTable.Source
  private let achievable: Curve
  /// The converse if it is another curve than the achievable one, then the further curves, one of a name.
  let references: [Curve]
  /// The curves that decide between the words, the converse first.
  let judging: [CurveName]
  private let isConverseAchievable: Bool
  /// Whether nothing better than the achievable curve exists.
  private let isExact: Bool
  /// Whether a one-shot code reaches the achievable curve.
  private let isCodeAchievable: Bool
  private let codes: KnownCodes
  private let weights: DistortionWeights
  private let allowance: Allowance
  private let tolerance: Tolerance
  private let sourceName: String
  private let largestDistortion: Double
  private var explanation: Explanation?
  private var isExplained: @Sendable (TrainedPoint) -> Bool = { _ in false }

  init(_ source: PointTable.Source, standardErrors: Double, tolerance: Double, curves: [CurveName] = []) {
    self.source = source
    self.tolerance = Tolerance(bits: tolerance, standardErrors: standardErrors)
    sourceName = source.name
    let judgement = source.source.judgement
    achievable = judgement.achievable
    // R(D) may reach further than the curve by which points are judged: a Shannon lower bound is 0 before it is.
    let rateDistortion = source.source.curves.filter { $0.name == .shannon }
    largestDistortion = rateDistortion.map(\.largestDistortion).reduce(achievable.largestDistortion, max)
    allowance = Allowance(
      converse: judgement.converse, quickConverse: judgement.quickConverse, standardErrors: standardErrors)
    isConverseAchievable = judgement.converse.name == achievable.name
    isExact = isConverseAchievable || achievable.kind == .exact
    weights = DistortionWeights(hull: judgement.hull, corners: source.source.corners(upToRate: 16))
    let slow = judgement.slowCodes.filter { curves.contains($0.name) }
    codes = KnownCodes((judgement.codes + slow).filter { $0.name != judgement.achievable.name })
    let isAchieved = judgement.codes.contains { $0.name == judgement.achievable.name }
    judging = [judgement.converse.name] + (isAchieved && !isConverseAchievable ? [achievable.name] : []) + codes.names
    var references: [Curve] = isConverseAchievable ? [] : [judgement.converse]
    // Of a curve known from both sides, the achievable one.
    let further = curves.compactMap { try? source.source.curves(named: $0).last }
    for curve in judgement.references + further
    where !(references + [achievable]).contains(where: { $0.name == curve.name }) {
      references.append(curve)
    }
    self.references = references
    isCodeAchievable = isAchieved
  }

  func judge(_ point: TrainedPoint) -> JudgedPoint {
    let level = decibels(point.distortion)
    let achievableRate = rate(of: achievable, at: point.distortion)
    let gap = gap(of: point, level: level, to: achievable, rate: achievableRate)
    var gaps: [Gap] = []
    gaps.reserveCapacity(references.count)
    var converseRate = achievableRate
    for (index, curve) in references.enumerated() {
      let rate = rate(of: curve, at: point.distortion)
      if index == 0, !isConverseAchievable { converseRate = rate }
      gaps.append(self.gap(of: point, level: level, to: curve, rate: rate))
    }

    let isImpossible = allowance.excludes(Allowance.Measurement(point), converseRate: converseRate)
    let rates = Rates(achievable: achievableRate, converse: converseRate)
    let model = isImpossible ? .impossible : verdict(on: point, rate: point.rate, rates)
    let code = code(of: point, rates, isImpossible: isImpossible)
    return JudgedPoint(
      point: point, source: sourceName, file: source.file, verdict: code?.verdict ?? model, modelVerdict: model,
      gap: gap, lagrangian: weights.gap(of: point), references: gaps, code: code,
      hint: hint(for: point, converseRate: converseRate, isImpossible: isImpossible))
  }

  /// The rates of two curves at a point's distortion.
  private struct Rates {
    let achievable: Double?
    let converse: Double?
  }

  /// The verdict on a possible point at a rate, its own or its code's.
  private func verdict(on point: TrainedPoint, rate: Double, _ rates: Rates) -> Verdict {
    let allowed = tolerance.allowed(point, rate: rate, slope: weights.weight(atRate: rate)?.slope)
    let isWithin = { (reference: Double?) in reference.map { rate - $0 <= allowed } ?? false }
    if isWithin(isExact ? rates.achievable : rates.converse) { return .optimal }
    let codeRate = codes.rate(atDistortion: point.distortion)
    let known = [codeRate, isCodeAchievable ? rates.achievable : nil].compactMap { $0 }.min()
    guard known != nil else { return .undecided }
    return isWithin(known) ? .bestKnown : .suboptimal
  }

  private func code(of point: TrainedPoint, _ rates: Rates, isImpossible: Bool) -> JudgedPoint.Code? {
    guard let entropy = point.entropy else { return nil }
    return finite(point.rate - entropy).map {
      JudgedPoint.Code(
        entropyModelBits: $0, gapBits: rates.achievable.flatMap { finite(entropy - $0) },
        verdict: isImpossible ? nil : verdict(on: point, rate: entropy, rates))
    }
  }

  /// A curve's rate, nil where it is no finite number.
  private func rate(of curve: Curve, at distortion: Double) -> Double? {
    (try? curve.point(atDistortion: distortion)).flatMap { finite($0.rate) }
  }

  private func gap(of point: TrainedPoint, level: Double, to curve: Curve, rate: Double?) -> Gap {
    let distortion =
      point.rate > 0 ? (try? curve.point(atRate: point.rate))?.distortion : curve.largestDistortion
    let reference = distortion.flatMap { $0 > 0 ? $0 : nil }
    return Gap(
      curve: curve.name, bits: rate.flatMap { finite(point.rate - $0) },
      decibels: reference.flatMap { finite(level - decibels($0)) })
  }

  private func hint(for point: TrainedPoint, converseRate: Double?, isImpossible: Bool) -> Hint? {
    if let entropy = point.entropy {
      // Less than this is what the two samples differ by.
      let noise = allowance.standardErrors * point.rateError + 0.01
      if entropy > point.rate + noise { return .rateBelowEntropy }
    }
    let rounded = Self.rounded(point)
    if isImpossible, rounded != point, isPossible(rounded) { return .tooFewDigits }
    if isTooLarge(point) || isImpossible, let explanation, isExplained(point) { return .mistake(explanation) }
    if isTooLarge(point) {
      return .distortionTooLarge(ratio: point.distortion / largestDistortion, largest: largestDistortion)
    }
    guard isImpossible else {
      // The bias of a plug-in entropy is about (symbols - 1)/(2 ln 2 samples), far below this.
      guard let entropy = point.entropy, let converseRate, entropy + 0.05 < converseRate else { return nil }
      return .entropyBelowConverse(bits: converseRate - entropy)
    }
    return nil
  }

  /// The point at the far end of what its last digits leave open.
  private static func rounded(_ point: TrainedPoint) -> TrainedPoint {
    var rounded = point
    rounded.rate += halfLastDigit(point.rate)
    rounded.distortion += halfLastDigit(point.distortion)
    return rounded
  }

  private func isPossible(_ point: TrainedPoint) -> Bool {
    let measurement = Allowance.Measurement(point)
    return !allowance.excludes(
      measurement, converseRate: rate(of: allowance.converse, at: point.distortion))
  }

  /// Whether a distortion is so large that something else must have been meant.
  private func isTooLarge(_ point: TrainedPoint) -> Bool { point.distortion > 1.5 * largestDistortion }

  // MARK: Mistakes

  /// Whether something must be wrong with a point, whatever the code.
  func isSuspicious(_ point: TrainedPoint) -> Bool { isTooLarge(point) || !isPlausible(Self.rounded(point)) }

  /// Whether a point does not lie below the converse, by floating point: a guess needs no proof.
  private func isPlausible(_ point: TrainedPoint) -> Bool {
    let distortion = point.distortion + allowance.standardErrors * point.distortionError
    guard let least = rate(of: allowance.converse, at: distortion) else { return true }
    return point.rate + allowance.standardErrors * point.rateError + Allowance.roundingError >= least
  }

  /// How many bits a plausible point lies from the achievable curve; nil if it is none.
  func distance(_ point: TrainedPoint) -> Double? {
    guard point.distortion <= 1.05 * largestDistortion, point.rate > -1, isPlausible(point),
      let gap = rate(of: achievable, at: point.distortion).map({ (point.rate - $0).magnitude }),
      gap <= max(1, point.rate / 2)
    else { return nil }
    return gap
  }

  /// The judge of another source's points by the same measure.
  func judging(_ other: KnownSource) -> PointJudge {
    PointJudge(
      PointTable.Source(other, file: source.file), standardErrors: allowance.standardErrors, tolerance: tolerance.bits)
  }

  /// The judge that knows what explains the points of its source, if something has to be explained.
  func explaining(_ points: [TrainedPoint]) -> PointJudge {
    guard let (explanation, meantJudge) = Explanation.search(points, of: source, by: self) else { return self }
    var judge = self
    judge.explanation = explanation
    judge.isExplained = { point in explanation.mistake.meant(point).flatMap { meantJudge.distance($0) } != nil }
    return judge
  }
}

extension Allowance.Measurement {
  init(_ point: TrainedPoint) {
    self.init(
      rate: point.rate, distortion: point.distortion, rateError: point.rateError,
      distortionError: point.distortionError)
  }
}

private func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }

/// Half a unit of the last decimal digit it takes to write a number, up to 12 decimals; 0 if it has more.
private func halfLastDigit(_ value: Double) -> Double {
  var unit = 1.0
  for _ in 0...12 {
    let scaled = value / unit
    // Written as scaled.rounded() units, the number reads back to itself.
    if scaled.magnitude < 0x1p53, (scaled.rounded() * unit - value).magnitude <= 4 * value.ulp { return unit / 2 }
    unit /= 10
  }
  return 0
}
