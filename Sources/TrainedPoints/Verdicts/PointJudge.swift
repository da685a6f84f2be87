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
  /// What codes may rely on whose reproductions have the law of the source; nil where any code is judged.
  private let realism: RealismLimit?
  /// The limit without realism, for the price of it.
  private let withoutRealism: Curve?
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

  /// - Parameter realism: what codes may rely on whose reproductions have the law of the source, of which something has to be known.
  init(
    _ source: PointTable.Source, realism: RealismLimit? = nil, standardErrors: Double, tolerance: Double,
    curves: [CurveName] = []
  ) {
    self.source = source
    self.tolerance = Tolerance(bits: tolerance, standardErrors: standardErrors)
    sourceName = source.name
    let realistic = realism.flatMap { source.source.judgement(at: $0) }
    let judgement = realistic?.judgement ?? source.source.judgement
    self.realism = realistic == nil ? nil : realism
    withoutRealism = realistic?.withoutRealism
    achievable = judgement.achievable
    // R(D) may reach further than the curve by which points are judged: a Shannon lower bound is 0 before it is.
    let rateDistortion = source.source.curves.filter { $0.name == .shannon }
    largestDistortion = rateDistortion.map(\.largestDistortion).reduce(achievable.largestDistortion, max)
    allowance = Allowance(
      converse: judgement.converse, quickConverse: judgement.quickConverse, standardErrors: standardErrors)
    isConverseAchievable = judgement.isConverseAchievable
    isExact = isConverseAchievable || achievable.kind == .exact
    let cornerScale = realistic.map { $0.cornerScale ?? 0 } ?? 1
    let corners = cornerScale > 0 ? source.source.corners(upToRate: 16).map { cornerScale * $0 } : []
    weights = DistortionWeights(hull: judgement.hull, corners: corners)
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
    let judged = place(of: point, on: achievable)
    let achievableRate = rate(of: achievable, at: judged.distortion)
    let gap = gap(of: point, level: level, to: achievable, rate: achievableRate)
    var gaps: [Gap] = []
    gaps.reserveCapacity(references.count)
    var converseRate = achievableRate
    for (index, curve) in references.enumerated() {
      let rate = rate(of: curve, at: place(of: point, on: curve).distortion)
      if index == 0, !isConverseAchievable { converseRate = rate }
      gaps.append(self.gap(of: point, level: level, to: curve, rate: rate))
    }

    let isImpossible = allowance.excludes(measurement(of: point), converseRate: converseRate)
    let rates = Rates(achievable: achievableRate, converse: converseRate)
    let model = isImpossible ? .impossible : verdict(on: judged, rate: point.rate, rates)
    let code = code(of: judged, rates, isImpossible: isImpossible)
    let price = withoutRealism.flatMap { plain in
      rate(of: plain, at: point.distortion).flatMap { rate in achievableRate.map { $0 - rate } }
    }
    // Trainers that allow for another law weigh it too, by what no file says.
    let lagrangian = point.perception > 0 ? nil : weights.gap(of: point)
    return JudgedPoint(
      point: point, source: sourceName, file: source.file, verdict: code?.verdict ?? model, modelVerdict: model,
      gap: gap, lagrangian: lagrangian, references: gaps, realismPrice: price.flatMap(finite), code: code,
      hint: hint(for: point, converseRate: converseRate, isImpossible: isImpossible))
  }

  /// The point that a curve judges: where laws may differ a little, the one at perfect realism that it is worth.
  private func place(of point: TrainedPoint, on curve: Curve) -> TrainedPoint {
    curve.name == .realismPrivate ? point.atPerfectRealism : point
  }

  /// What the converse has to exclude: the point, or the one at perfect realism that its budget is worth, with as large a budget as
  /// its standard error allows.
  private func measurement(of point: TrainedPoint) -> Allowance.Measurement {
    guard realism == .privateRandomness else { return Allowance.Measurement(point) }
    var granted = point
    granted.perception += allowance.standardErrors * point.perceptionError
    return Allowance.Measurement(granted.atPerfectRealism)
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
    var distortion =
      point.rate > 0 ? (try? curve.point(atRate: point.rate))?.distortion : curve.largestDistortion
    if curve.name == .realismPrivate, let budget = point.budget {
      distortion = distortion.map { budget.distortion(ofRealistic: $0) }
    }
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
    if isImpossible, let withoutRealism {
      let plain = rate(of: withoutRealism, at: point.distortion)
      if plain.map({ point.rate + Allowance.roundingError >= $0 }) ?? false { return .notRealistic }
    }
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
    let measurement = measurement(of: point)
    return !allowance.excludes(
      measurement, converseRate: rate(of: allowance.converse, at: measurement.distortion))
  }

  /// Whether a distortion is so large that something else must have been meant.
  private func isTooLarge(_ point: TrainedPoint) -> Bool { point.distortion > 1.5 * largestDistortion }

  // MARK: Mistakes

  /// Whether something must be wrong with a point, whatever the code.
  func isSuspicious(_ point: TrainedPoint) -> Bool { isTooLarge(point) || !isPlausible(Self.rounded(point)) }

  /// Whether a point does not lie below the converse, by floating point: a guess needs no proof.
  private func isPlausible(_ point: TrainedPoint) -> Bool {
    let point = measurement(of: point)
    let distortion = point.distortion + allowance.standardErrors * point.distortionError
    guard let least = rate(of: allowance.converse, at: distortion) else { return true }
    return point.rate + allowance.standardErrors * point.rateError + Allowance.roundingError >= least
  }

  /// How many bits a plausible point lies from the achievable curve; nil if it is none.
  func distance(_ point: TrainedPoint) -> Double? {
    guard point.distortion <= 1.05 * largestDistortion, point.rate > -1, isPlausible(point),
      let gap = rate(of: achievable, at: place(of: point, on: achievable).distortion)
        .map({ (point.rate - $0).magnitude }),
      gap <= max(1, point.rate / 2)
    else { return nil }
    return gap
  }

  /// The judge of another source's points by the same measure; nil where nothing is known by that measure.
  func judging(_ other: KnownSource) -> PointJudge? {
    guard realism.map({ other.judgement(at: $0) != nil }) ?? true else { return nil }
    return PointJudge(
      PointTable.Source(other, file: source.file), realism: realism, standardErrors: allowance.standardErrors,
      tolerance: tolerance.bits)
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

extension TrainedPoint {
  /// How far the law of its reproductions is from the source's; nil where it is the source's.
  fileprivate var budget: PerceptionBudget? { perception > 0 ? try? PerceptionBudget(perception) : nil }

  /// The point at perfect realism that has the same rate (`PerceptionBudget`), with the standard error that the tangent there gives:
  /// no less than the true one, for the function is concave.
  fileprivate var atPerfectRealism: TrainedPoint {
    guard let budget else { return self }
    var point = self
    point.distortion = budget.realisticDistortion(notBelow: distortion)
    point.distortionError *= budget.slope(at: distortion)
    return point
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
