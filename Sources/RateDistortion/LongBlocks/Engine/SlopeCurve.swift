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
struct SlopeCurve<Source: LawSource>: Limit {
  let kind: BoundKind
  let enclosedLargestDistortion: Interval
  /// From above rate 0 is claimed at it, which is true from the upper end on.
  let largestDistortion: Double
  private let source: Source
  private let table: LazyTable<SlopeTable>
  /// Up to this distortion R(D) is the Shannon lower bound; 0 if it nowhere is.
  private let met: Double
  /// The Shannon lower bound.
  private let shannon: LogarithmicLimit?
  /// The Gaussian R(D) of the same Dmax.
  private let gaussian: LogarithmicLimit?
  /// Laws found for the very distortion, for both sides.
  private let solved: Memo<Double, Solution>
  /// Whether bounds solve at the very distortion.
  private var isPrecise = false

  /// From below and from above.
  ///
  /// - Parameter gaussianComponent: the largest variance a coordinate of which every component of the source has.
  static func bothSides(of source: Source, gaussianComponent: Double = 0, table: LazyTable<SlopeTable>) -> [SlopeCurve]
  {
    let silence = source.silence
    let dimension = source.dimension ?? 1
    let shannon = source.differentialEntropy.map {
      LogarithmicLimit.shannonLowerBound(entropy: $0, dimension: dimension)
    }
    let gaussian = source.dimension.map {
      LogarithmicLimit(
        name: .waterFilling, kind: .upper, summary: "", formula: "n/2 log2(Dmax/D)", variance: silence,
        dimension: $0)
    }
    let solved = Memo<Double, Solution>()
    return [BoundKind.lower, .upper].map {
      SlopeCurve(
        kind: $0, enclosedLargestDistortion: silence,
        largestDistortion: $0 == .upper ? silence.upper : silence.midpoint, source: source, table: table,
        met: gaussianComponent * Double(dimension), shannon: shannon,
        gaussian: gaussian, solved: solved)
    }
  }

  var preparation: (@Sendable () -> Void)? { table.preparation }

  var name: CurveName { .shannon }
  var summary: String {
    kind == .lower
      ? "rate-distortion function R(D) from below: Csiszar's dual of reproduction laws (Csiszar 1974)"
      : "rate-distortion function R(D) from above: test channels of reproduction laws (Csiszar 1974)"
  }
  /// Where a table has to be solved first.
  var isCostly: Bool { !table.isCarried }
  var precise: SlopeCurve? {
    var precise = self
    precise.isPrecise = true
    return precise
  }
  var evidence: [any Evidence.Type] { [NamedSlopes.self, NamedLaw.self, ClosedForm.self] }

  // MARK: Closed forms

  private static var nonnegative: ClosedForm { ClosedForm("R(D) >= 0") }

  /// The closed form of this side.
  private var closedForm: LogarithmicLimit? { kind == .lower ? shannon : gaussian }

  /// What each closed form proves of R(D), in bits.
  private func closedForms(at distortion: Double) -> [(form: ClosedForm, rate: Interval)] {
    var forms = [(form: Self.nonnegative, rate: Interval.hull(0, .infinity))]
    if let shannon {
      let rate = shannon.rate(at: distortion)
      forms.append(
        (ClosedForm(shannon.formula), .hull(max(0, rate.lower), distortion <= met ? max(0, rate.upper) : .infinity)))
    }
    if let gaussian {
      forms.append((ClosedForm(gaussian.formula), .hull(0, max(0, gaussian.rate(at: distortion).upper))))
    }
    return forms
  }

  // MARK: Points

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    if kind == .upper, distortion <= met, let shannon { return try shannon.point(atDistortion: distortion) }
    var best = OperatingPoint(distortion: distortion, rate: kind == .lower ? 0 : .infinity, slope: 0)
    for point in [table.value().point(kind, at: distortion), try closedForm?.point(atDistortion: distortion)] {
      if let point, kind.claimsMore(point.rate, than: best.rate) { best = point }
    }
    return best
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let asked = kind.inside(rate)
    var best = OperatingPoint(distortion: kind == .lower ? 0 : largestDistortion, rate: rate, slope: nil)
    func consider(_ point: OperatingPoint?, from least: Double = 0) {
      guard let point, kind.claimsMore(max(point.distortion, least), than: best.distortion) else { return }
      best = OperatingPoint(
        distortion: min(max(point.distortion, least), largestDistortion), rate: rate, slope: point.slope)
    }
    if kind == .upper, let shannon = try shannon?.point(atRate: asked), shannon.distortion <= met {
      consider(shannon)
    } else {
      consider(table.value().point(kind, ofRate: rate), from: kind == .upper ? met : 0)
      consider(try closedForm?.point(atRate: asked))
    }
    return best
  }

  // MARK: Bounds

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let below = table.value().rateFromBelow(at: distortion)
    let above = table.value().rateFromAbove(at: distortion)
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
    if isPrecise, distortion > met, let precise = try? preciseBound(at: distortion),
      consider(precise.rate, precise.evidence)
    {
      slope = precise.slope
    }
    return Bound(
      kind: kind, distortion: distortion, rate: rate.isEmpty ? .entire : rate, slope: slope, evidence: best)
  }

  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    switch evidence {
    case let named as NamedSlopes: return try source.rate(by: named, at: distortion) / .ln2
    case let law as NamedLaw:
      do throws(LawRefused) {
        return source.rate(by: [try source.bounds(by: law)], at: distortion) / .ln2
      } catch {
        throw .evidenceRefused(error.description)
      }
    case let named as ClosedForm: return closedForms(at: distortion).first { $0.form == named }?.rate ?? .entire
    default: return .entire
    }
  }

  // MARK: The very point

  /// A law and what it proves.
  private struct Solution: Sendable {
    var law: NamedLaw
    var bounds: SlopeBounds
    /// -d log D/d log slope of its channel, where it is known: 1 where R falls as a logarithm.
    var steepness = 1.0

    /// How far its channel's distortion is from another, as a logarithm.
    func excess(over distortion: Double) -> Double { Double.log(bounds.distortion.upper / distortion) }
  }

  /// The law of the slope at which the channel's own distortion is D. A tangent misses R at a distortion off by a factor exp(e) by about
  /// (d/4) e^2 nats, so e is made smaller, by secant steps, until that is a tenth of what the law's own sides are apart.
  private func solution(at distortion: Double) throws(LawRefused) -> Solution {
    guard let start = table.value().slope(at: distortion) else { throw LawRefused("there is no slope to start from") }
    func solution(slope: Double) throws(LawRefused) -> Solution {
      let law = try source.law(slope: slope)
      return Solution(law: law, bounds: try source.bounds(by: law))
    }
    var found = try solution(slope: start)
    for _ in 0..<4 {
      let excess = found.excess(over: distortion)
      guard abs(excess) > max(1e-5, (0.4 * found.bounds.gap).squareRoot()) else { break }
      let steepness = found.steepness
      var next = try solution(slope: found.law.slope * Double.exp(min(max(excess / steepness, -0.5), 0.5)))
      let fall = (excess - next.excess(over: distortion)) / Double.log(next.law.slope / found.law.slope)
      next.steepness = fall > 0.02 ? fall : steepness
      found = next
    }
    return found
  }

  /// The law's tangent, or its channel brought to just below D by tilting: a flat continuation costs what D is missed by.
  private func preciseBound(at distortion: Double) throws(LawRefused) -> Bound {
    var best = try solved.value(of: distortion) { () throws(LawRefused) in try solution(at: distortion) }
    let slope = best.law.slope
    if kind == .upper {
      let near = max(2e-8, 0.1 * best.bounds.gap)
      var tilted = best
      for _ in 0..<10 where !(-near...0).contains(tilted.excess(over: distortion)) {
        let before = tilted.excess(over: distortion)
        let step = (before + near / 2) / tilted.steepness
        let law = tilted.law
        let tilt = NamedLaw(
          slope: law.slope * Double.exp(step), points: law.points, weights: law.weights, rows: law.rows)
        (tilted.law, tilted.bounds) = (tilt, try source.bounds(by: tilt))
        let fall = (before - tilted.excess(over: distortion)) / step
        if fall > 0.02 { tilted.steepness = fall }
      }
      if tilted.excess(over: distortion) <= 0 { best = tilted }
    }
    return Bound(
      kind: kind, distortion: distortion, rate: source.rate(by: [best.bounds], at: distortion) / .ln2,
      slope: slope / natsPerBit, evidence: best.law)
  }
}
