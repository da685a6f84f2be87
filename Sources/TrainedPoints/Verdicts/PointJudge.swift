import RateDistortion

/// Judges the points of one source.
struct PointJudge: Sendable {
  private let source: PointTable.Source
  private let achievable: Curve
  /// The converse if it is another curve than the achievable one, then the further curves, one of a name.
  let references: [Curve]
  private let isConverseAchievable: Bool
  private let allowance: Allowance
  private let tolerance: Double
  private let sourceName: String
  private let largestDistortion: Double

  init(_ source: PointTable.Source, standardErrors: Double, tolerance: Double, curves: [CurveName] = []) {
    self.source = source
    self.tolerance = tolerance
    sourceName = source.name
    let judgement = source.source.judgement
    achievable = judgement.achievable
    // R(D) may reach further than the curve by which points are judged: a Shannon lower bound is 0 before it is.
    let rateDistortion = source.source.curves.filter { $0.name == .shannon }
    largestDistortion = rateDistortion.map(\.largestDistortion).reduce(achievable.largestDistortion, max)
    allowance = Allowance(
      converse: judgement.converse, quickConverse: judgement.quickConverse, standardErrors: standardErrors)
    isConverseAchievable = judgement.converse.name == achievable.name
    var references: [Curve] = isConverseAchievable ? [] : [judgement.converse]
    // Of a curve known from both sides, the achievable one.
    let further = curves.compactMap { try? source.source.curves(named: $0).last }
    for curve in judgement.references + further
    where !(references + [achievable]).contains(where: { $0.name == curve.name }) {
      references.append(curve)
    }
    self.references = references
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
    return JudgedPoint(
      point: point, source: sourceName, file: source.file,
      verdict: isImpossible ? .impossible : verdict(ofGap: gap.bits), gap: gap,
      references: gaps, code: code(of: point, achievableRate: achievableRate, isImpossible: isImpossible),
      hint: hint(for: point, converseRate: converseRate, isImpossible: isImpossible))
  }

  private func verdict(ofGap bits: Double?) -> Verdict {
    bits.map { $0 <= tolerance } ?? false ? .optimal : .suboptimal
  }

  private func code(
    of point: TrainedPoint, achievableRate: Double?, isImpossible: Bool
  ) -> JudgedPoint.Code? {
    guard let entropy = point.entropy else { return nil }
    let gap = achievableRate.flatMap { finite(entropy - $0) }
    return finite(point.rate - entropy).map {
      JudgedPoint.Code(entropyModelBits: $0, gapBits: gap, verdict: isImpossible ? nil : verdict(ofGap: gap))
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
    let ratio = point.distortion / largestDistortion
    let measure = source.source.description.distortionMeasure
    if ratio > 1.5 {
      // A sum over so many would be a mean that there is.
      let isSum = measure == .meanSquaredError && (source.components.map { ratio <= 1.5 * $0 } ?? false)
      return .distortionTooLarge(
        ratio: ratio, largest: largestDistortion, components: isSum ? source.components : nil)
    }
    guard isImpossible else {
      // The bias of a plug-in entropy is about (symbols - 1)/(2 ln 2 samples), far below this.
      guard let entropy = point.entropy, let converseRate, entropy + 0.05 < converseRate else { return nil }
      return .entropyBelowConverse(bits: converseRate - entropy)
    }
    var rounded = point
    rounded.rate += halfLastDigit(point.rate)
    rounded.distortion += halfLastDigit(point.distortion)
    if rounded != point, isPossible(rounded) { return .tooFewDigits }
    var inNats = point
    inNats.rate /= natsPerBit
    inNats.rateError /= natsPerBit
    if isPossible(inNats) { return .rateInNats }
    if measure == .sumOfSquaredErrors, let components = source.components, components > 1 {
      var summed = point
      summed.distortion *= components
      summed.distortionError *= components
      if isPossible(summed) { return .distortionAveraged(components: components) }
    }
    return nil
  }

  private func isPossible(_ point: TrainedPoint) -> Bool {
    let measurement = Allowance.Measurement(point)
    return !allowance.excludes(
      measurement, converseRate: rate(of: allowance.converse, at: point.distortion))
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
