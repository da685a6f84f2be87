import IntervalArithmetic

/// One side of R(D) of a source with a `SlopeTable`, in nats within and bits without.
///
/// Everywhere the better of the table and two closed forms is taken: from below the Shannon lower bound, which R(D) approaches at high
/// rates, from above the Gaussian R(D) of the same Dmax, R(D) <= (d/2) log(Dmax/D), which a Gaussian test channel achieves for any
/// source. Where the source has a Gaussian component of variance D/d, the Shannon lower bound is R(D).
///
/// - `point` is what the table says, in floating point.
/// - `bound` proves the same with intervals from the table's entries and names their slopes; `precise` solves at the very D and
///   names the law.
///
/// - Source: Csiszar, "On the computation of rate-distortion functions", IEEE Trans. Inform. Theory 20 (1974) 122-124.
struct SlopeCurve<Source: SlopeSource>: Limit {
  let kind: BoundKind
  let source: Source
  /// The table, made when it is first asked for.
  let table: @Sendable () -> SlopeTable
  /// Up to this distortion R(D) is the Shannon lower bound; 0 if it nowhere is.
  var gaussianComponent = 0.0
  /// Whether bounds solve at the very distortion.
  var isPrecise = false

  /// From below and from above.
  static func bothSides(
    of source: Source, gaussianComponent: Double = 0, table: @escaping @Sendable () -> SlopeTable
  ) -> [SlopeCurve] {
    [BoundKind.lower, .upper].map {
      SlopeCurve(kind: $0, source: source, table: table, gaussianComponent: gaussianComponent)
    }
  }

  var name: CurveName { .shannon }
  var summary: String {
    kind == .lower
      ? "rate-distortion function R(D) from below: Csiszar's dual of reproduction laws (Csiszar 1974)"
      : "rate-distortion function R(D) from above: test channels of reproduction laws (Csiszar 1974)"
  }
  /// Tables, figures and verdicts have it where it is asked for: a user's own source solves a table first.
  var isCostly: Bool { true }
  /// From above rate 0 is claimed at it, which is true from the upper end on.
  var largestDistortion: Double { kind == .upper ? source.silence.upper : source.silence.midpoint }
  var enclosedLargestDistortion: Interval { source.silence }
  var precise: SlopeCurve? {
    var precise = self
    precise.isPrecise = true
    return precise
  }
  var evidence: [any Evidence.Type] { [NamedSlopes.self, NamedLaw.self, ClosedForm.self] }

  // MARK: Closed forms

  private var dimension: Int { source.dimension ?? 1 }

  /// The Shannon lower bound.
  private var shannon: LogarithmicLimit? {
    source.differentialEntropy.map { .shannonLowerBound(entropy: $0, dimension: dimension) }
  }

  /// The Gaussian R(D) of the same Dmax.
  private var gaussian: LogarithmicLimit? {
    source.dimension.map {
      LogarithmicLimit(
        name: .waterFilling, kind: .upper, summary: "", formula: "n/2 log2(Dmax/D)", variance: source.silence,
        dimension: $0)
    }
  }

  private static var nonnegative: ClosedForm { ClosedForm("R(D) >= 0") }

  /// What each closed form proves of R(D), in bits.
  private func closedForms(at distortion: Double) -> [(form: ClosedForm, rate: Interval)] {
    var forms = [(form: Self.nonnegative, rate: Interval.hull(0, .infinity))]
    if let shannon {
      let rate = shannon.rate(at: distortion)
      let isMet = distortion <= gaussianComponent * Double(dimension)
      forms.append((ClosedForm(shannon.formula), .hull(max(0, rate.lower), isMet ? max(0, rate.upper) : .infinity)))
    }
    if let gaussian {
      forms.append((ClosedForm(gaussian.formula), .hull(0, max(0, gaussian.rate(at: distortion).upper))))
    }
    return forms
  }

  /// Whether a number claims more than another: a larger one below, a smaller one above, of rates and distortions alike.
  private func isBetter(_ number: Double, than other: Double) -> Bool {
    kind == .lower ? number > other : number < other
  }

  // MARK: Points

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    var best = OperatingPoint(distortion: distortion, rate: kind == .lower ? 0 : .infinity, slope: 0)
    func consider(_ rate: Double, _ slope: Double?) {
      if isBetter(rate, than: best.rate) { best = OperatingPoint(distortion: distortion, rate: rate, slope: slope) }
    }
    if kind == .lower {
      if let found = table().pointFromBelow(at: distortion) {
        consider(found.rate / natsPerBit, found.slope / natsPerBit)
      }
      if let shannon = try shannon?.point(atDistortion: distortion) { consider(shannon.rate, shannon.slope) }
    } else if distortion <= gaussianComponent * Double(dimension), let shannon {
      return try shannon.point(atDistortion: distortion)
    } else {
      if let found = table().pointFromAbove(at: distortion) {
        consider(found.rate / natsPerBit, found.slope / natsPerBit)
      }
      if let gaussian = try gaussian?.point(atDistortion: distortion) { consider(gaussian.rate, gaussian.slope) }
    }
    return best
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    // A little inside, so that the bound at that distortion bears the rate out after rounding.
    let slack = (1 + rate) * 1e-12
    let asked = kind == .lower ? rate + slack : max(0, rate - slack)
    let met = gaussianComponent * Double(dimension)
    var best = OperatingPoint(distortion: kind == .lower ? 0 : largestDistortion, rate: rate, slope: nil)
    func consider(_ distortion: Double, _ slope: Double?) {
      if isBetter(distortion, than: best.distortion) {
        best = OperatingPoint(distortion: min(distortion, largestDistortion), rate: rate, slope: slope)
      }
    }
    let shannon = try shannon?.point(atRate: asked)
    if kind == .lower {
      if let found = table().pointFromBelow(atRate: asked * natsPerBit) {
        consider(found.distortion, found.slope / natsPerBit)
      }
      if let shannon { consider(shannon.distortion, shannon.slope) }
    } else if let shannon, shannon.distortion <= met {
      consider(shannon.distortion, shannon.slope)
    } else {
      if let found = table().pointFromAbove(atRate: asked * natsPerBit) {
        consider(max(found.distortion, met), found.slope / natsPerBit)
      }
      if let gaussian = try gaussian?.point(atRate: asked) { consider(gaussian.distortion, gaussian.slope) }
    }
    return best
  }

  // MARK: Bounds

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let below = table().rateFromBelow(at: distortion)
    let above = table().rateFromAbove(at: distortion)
    var rate = Interval.hull((Interval(below.rate) / .ln2).lower, .infinity)
    rate = rate.intersection(with: .hull(0, (Interval(above.rate) / .ln2).upper))
    var best: any Evidence = NamedSlopes(kind == .lower ? below.slope.map { [$0] } ?? [] : above.slopes)
    var slope = try point(at: min(distortion, largestDistortion.nextDown)).slope
    /// Narrows the enclosure; what narrows the curve's own side is its evidence.
    func consider(_ other: Interval, _ evidence: any Evidence) -> Bool {
      let isOwn = kind == .lower ? other.lower > rate.lower : other.upper < rate.upper
      if isOwn { best = evidence }
      rate = rate.intersection(with: other)
      return isOwn
    }
    if kind == .lower ? below.slope == nil : above.slopes.isEmpty { best = Self.nonnegative }
    for (form, bits) in closedForms(at: distortion) { _ = consider(bits, form) }
    if isPrecise, distortion > gaussianComponent * Double(dimension), let precise = try? preciseBound(at: distortion),
      consider(precise.rate, precise.evidence)
    {
      slope = precise.slope
    }
    return Bound(
      kind: kind, distortion: distortion, rate: rate.isEmpty ? .entire : rate, slope: slope, evidence: best)
  }

  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    // Silence is achieved at Dmax, and R(D) >= 0.
    var proved = Interval.hull(0, .infinity)
    do throws(LawRefused) {
      switch evidence {
      case let named as NamedSlopes:
        var entries: [SlopeBounds] = []
        for slope in named.slopes.prefix(4) { entries.append(try source.solvedBounds(slope: slope)) }
        proved = source.rate(by: entries, at: distortion) / .ln2
      case let law as NamedLaw:
        proved = source.rate(by: [try source.bounds(by: law)], at: distortion) / .ln2
      case let named as ClosedForm:
        return closedForms(at: distortion).first { $0.form == named }?.rate ?? .entire
      default: return .entire
      }
    } catch {
      throw .evidenceRefused(error.description)
    }
    return proved
  }

  // MARK: The very point

  /// The law of the slope at which the channel's own distortion is D, by secant steps from the table's slope there; from above it is
  /// tilted until its distortion is just below D.
  private func preciseBound(at distortion: Double) throws(LawRefused) -> Bound {
    guard var slope = (try? point(at: distortion))?.slope.map({ $0 * natsPerBit }), slope > 0 else {
      throw LawRefused("there is no slope to start from")
    }
    var law = try source.law(slope: slope)
    var bounds = try source.bounds(by: law)
    /// log of the distortion against D, and what it falls by as log slope grows: 1 where R falls as a logarithm.
    func excess(_ bounds: SlopeBounds) -> Double { Double.log(bounds.distortion.upper / distortion) }
    var steepness = 1.0
    for _ in 0..<4 where abs(excess(bounds)) > 1e-5 {
      let before = (x: Double.log(slope), excess: excess(bounds))
      slope *= Double.exp(min(max(before.excess / steepness, -0.5), 0.5))
      law = try source.law(slope: slope)
      bounds = try source.bounds(by: law)
      let fall = -(excess(bounds) - before.excess) / (Double.log(slope) - before.x)
      if fall > 0.02 { steepness = fall }
    }
    if kind == .upper {
      // A flat continuation costs what D is missed by: the law's own distortion is brought to just below D, by secant steps too.
      var (tilt, tilted) = (law, bounds)
      for _ in 0..<10 where !(-2e-8...0).contains(excess(tilted)) {
        let before = excess(tilted)
        let step = (before + 1e-8) / steepness
        tilt = NamedLaw(slope: tilt.slope * Double.exp(step), points: law.points, weights: law.weights, rows: law.rows)
        tilted = try source.bounds(by: tilt)
        let fall = (before - excess(tilted)) / step
        if fall > 0.02 { steepness = fall }
      }
      if excess(tilted) <= 0 { (law, bounds) = (tilt, tilted) }
    }
    return Bound(
      kind: kind, distortion: distortion, rate: source.rate(by: [bounds], at: distortion) / .ln2,
      slope: slope / natsPerBit, evidence: law)
  }
}
