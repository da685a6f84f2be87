import IntervalArithmetic

/// The schemes of a Gaussian vector: a transform, or none, and a scalar quantizer of every coefficient.
struct TransformCoder: Sendable {
  /// The eigenvalues of the covariance, in decreasing order.
  let eigenvalues: [Interval]
  /// The variances of a given transform's coefficients.
  let given: [Interval]?
  /// The variances of the components; nil where there are none.
  let variances: [Interval]?

  /// The schemes; the first is the best known.
  var schemes: (best: ComponentQuantizers, others: [any Limit]) {
    let components = GaussianComponents(variances: eigenvalues)
    let best = ComponentQuantizers(
      components, name: .transformECSQ,
      summary: "Karhunen-Loeve transform, optimal entropy-constrained scalar quantizers at equal slope (Goyal 2001)")
    var others: [any Limit] = [
      CommonStep(
        UniformThresholdRule(), components, name: .transformUniformThreshold,
        summary: "Karhunen-Loeve transform, uniform thresholds of one step with centroids, entropy-coded",
        isCostly: false),
      CommonStep(
        DitherRule(), components, name: .transformDithered,
        summary: "Karhunen-Loeve transform, dithered quantization of one step with the conditional mean",
        isCostly: true),
    ]
    if let variances {
      let total = variances.reduce(0, +)
      others.append(PulseCode(count: variances.count, total: total))
    }
    if let given {
      others.append(
        ComponentQuantizers(
          GaussianComponents(variances: given), name: .givenTransformECSQ,
          summary: "the given transform, optimal entropy-constrained scalar quantizers at equal slope"))
    }
    return (best, others)
  }

  /// What gaps to R(D) tend to.
  ///
  /// At high rate every coefficient costs the scalar lattice's 0.2546 bits, and coefficients of variances v in place of the
  /// eigenvalues 1/2 log2 of the ratio of both products, in dB that of the geometric means. At rate 0 the first bits go to the
  /// largest variance: its share of all times what one coefficient saves; dither sends everything at once. None where an eigenvalue
  /// may be 0: its coefficient is never sent.
  func gapLimits(perComponent: Bool) -> [GapLimits] {
    let values = eigenvalues.map(\.midpoint)
    guard let least = eigenvalues.map(\.lower).min(), least > 0 else { return [] }
    let count = Double(values.count)
    let total = values.reduce(0, +)
    let logarithms = { (values: [Double]) in values.reduce(0) { $0 + Double.log($1) } }
    let unit = perComponent ? count : 1
    let own = logarithms(values)
    let saving = GaussianDensity().initialSaving
    let deviations = values.map { $0.squareRoot() }
    let limits = { (scheme: CurveName, excess: Double, saving: Double) in
      GapLimits(
        scheme: scheme, highRateBits: (count * SpaceFillingLoss.scalarBits + excess / (2 * natsPerBit)) / unit,
        highRateDecibels: SpaceFillingLoss.scalarDecibels + decibels(Double.exp(excess / count)),
        // Of all the distortion a bit; per component a bit is one for each of them.
        initialSaving: saving * unit)
    }
    let leading = saving * (values.first ?? 0) / total
    var found = [
      limits(.transformECSQ, 0, leading), limits(.transformUniformThreshold, 0, leading),
      limits(
        .transformDithered, 0,
        saving / 2 * zip(values, deviations).reduce(0) { $0 + $1.0 * $1.1 } / total / deviations.reduce(0, +)),
    ]
    if let variances {
      let mean = variances.reduce(0) { $0 + $1.midpoint } / count
      found.append(limits(.pulseCode, count * Double.log(mean) - own, saving / count))
    }
    if let given, given.allSatisfy({ $0.lower > 0 }) {
      let variances = given.map(\.midpoint)
      found.append(
        limits(.givenTransformECSQ, logarithms(variances) - own, saving * (variances.first ?? 0) / total))
    }
    return found
  }
}

/// No transform, and every component at the same rate with its own optimal quantizer: pulse-code modulation.
///
/// n components of variances v_i at R/n bits each have D = (sum of v_i) d(R/n), d the standard variable's: one scalar quantizer of n
/// times the rate, for a source of variance sum of v_i. At high rate it loses to the Karhunen-Loeve transform the coding gain, the mean of the
/// variances over the geometric mean of the eigenvalues.
///
/// - Source: Huang, Schultheiss 1963; Jayant, Noll, "Digital Coding of Waveforms", section 12.2.
struct PulseCode: Limit {
  private let coder: EntropyConstrainedCurve<GaussianDensity>
  private let count: Int
  private let total: Interval
  private let curve: Curve

  init(count: Int, total: Interval) {
    self.count = count
    self.total = total
    coder = EntropyConstrainedCurve(GaussianDensity())
    curve = Curve(ScaledRate(coder, times: count), squaredScale: total)
  }

  var name: CurveName { .pulseCode }
  var kind: BoundKind { .upper }
  var summary: String {
    "no transform, every component at the same rate: above klt-ecsq by the coding gain at high rate (Jayant, Noll 1984)"
  }
  var largestDistortion: Double { total.midpoint }
  var enclosedLargestDistortion: Interval { total }
  var slopeOfSilence: Double? { nil }
  var range: CurveRange { curve.range }
  var evidence: [any Evidence.Type] { coder.evidence }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    try curve.point(atDistortion: distortion)
  }
  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint { try curve.point(atRate: rate) }
  func enclosure(at distortion: Double) throws(DomainError) -> Bound { try curve.bound(atDistortion: distortion) }
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    try curve.proved(by: evidence, atDistortion: distortion)
  }
}
