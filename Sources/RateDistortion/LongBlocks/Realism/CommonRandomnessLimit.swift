import GSL
import IntervalArithmetic

/// The limit of long blocks at perfect realism when encoder and decoder share S random bits a sample: from below for every source of
/// which R(D) is known from below, and exactly where best channels have parallel means.
///
/// **The region.** Blocks of X are coded at R bits a sample, decoded with S bits a sample that the encoder knows too and with any others that
/// it does not, into blocks with the law of X's. E|X - Y|^2 <= D is possible if and only if there is a U with X - U - Y a Markov chain, Y of
/// the law of X, I(X; U) <= R and I(Y; U) <= R + S (Saldi, Linder, Yuksel 2015, Theorem 1).
///
/// **Claim.** With P = E|X - EX|^2 = Dmax and D(.) the inverse of R(.), of least distortions without realism,
///
///     (1 - D(R)/P) (1 - D(R + S)/P) >= (1 - D/(2 P))^2    for D <= 2 P.
///
/// **Proof.** Let EX = 0. Given U, X and Y are independent, so that E<X, Y> = E<x, y> with x = E[X | U] and y = E[Y | U]. U, and with it x, is
/// a description of X of I(X; U) <= R bits, whose distortion E|X - x|^2 = P - E|x|^2 is at least D(R); likewise E|y|^2 <= P - D(R + S), as Y has
/// the law of X. By Cauchy and Schwarz P - D/2 <= E<X, Y> <= sqrt(E|x|^2 E|y|^2). QED
///
/// There is equality where U with both distortions can be had for which x and y are parallel: then the curve is exact.
///
/// **From D to R.** With q = D - D^2/(4 P) the claim reads (1 - D(R)/P)(1 - D(R + S)/P) = 1 - q/P. Any e with 0 < e < P may stand for D(R + S):
/// put
///
///     d = P (q - e)/(P - e).
///
/// A rate below R(d) and below R(e) - S would have D(R) > d and D(R + S) > e, and both factors would be too small. So R >= min(R(d), R(e) -
/// S), and a lower bound on R(.) may be used for it; where the curve is exact, R = max(R(d), R(e) - S) suffices. Both are closest together, and
/// the same, where e = D(R + S). At S = 0 the limit is R(D/2), without end of S it is R(q), the curve `realism-shannon`.
///
/// - Domain: 0 < D; the rate is 0 from 2 P on.
/// - Errors: those of R(.), and what two floating-point solutions leave.
/// - Source: the region Saldi, Linder, Yuksel, "Output constrained lossy source coding with limited common randomness", IEEE Trans. Inform.
///   Theory 61 (2015) 4984-4998; for the Gaussian its Section V. The claim for other sources is derived here.
struct CommonRandomnessLimit: Limit {
  /// S.
  let randomness: CommonRandomness
  /// R(D), or a lower bound on it.
  let curve: Curve
  /// Whether best channels have parallel means.
  let isAttained: Bool

  var name: CurveName { .commonRandomness(randomness) }
  var kind: BoundKind { isAttained && curve.kind == .exact ? .exact : .lower }
  var summary: String {
    "long blocks at perfect realism, \(randomness.bits.words) common random bits a sample "
      + (isAttained ? "(Saldi, Linder, Yuksel 2015)" : "(converse derived here)")
  }
  var largestDistortion: Double { 2 * curve.largestDistortion }
  var enclosedLargestDistortion: Interval { 2 * curve.enclosedLargestDistortion }
  var slopeOfSilence: Double? {
    randomness.bits > 0 ? 0 : (try? curve.point(atRate: 0)).flatMap(\.slope).map { $0 / 2 }
  }
  /// R + S is within the other curve's range, and e is some D 4^-S.
  var range: CurveRange {
    CurveRange(
      leastDistortion: max(2 * curve.range.leastDistortion, 1e-200),
      largestRate: max(0, min(curve.range.largestRate, 300) - randomness.bits))
  }
  var assurance: Assurance { curve.assurance }
  var isCostly: Bool { curve.isCostly }
  var precise: CommonRandomnessLimit? {
    curve.hasPrecise
      ? CommonRandomnessLimit(randomness: randomness, curve: curve.precise, isAttained: isAttained) : nil
  }
  var evidence: [any Evidence.Type] { [CommonRandomnessClaim.self] }

  // MARK: Floating point

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let (own, shared) = (try curve.point(atRate: rate), try curve.point(atRate: rate + randomness.bits))
    let p = curve.largestDistortion
    let (d, e) = (own.distortion, shared.distortion)
    let means = max(0, (p - d) * (p - e)).squareRoot()
    // 2 P - 2 means, without cancellation.
    let distortion = 2 * (p * (d + e) - d * e) / (p + means)
    guard let first = own.slope, let second = shared.slope, first > 0, second > 0 else {
      return OperatingPoint(distortion: distortion, rate: rate, slope: nil)
    }
    return OperatingPoint(distortion: distortion, rate: rate, slope: means / ((p - e) / first + (p - d) / second))
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = try point(ofRate: rate(at: distortion))
    return OperatingPoint(distortion: distortion, rate: found.rate, slope: found.slope)
  }

  /// R at D, between those of as much common randomness as one likes and of none.
  private func rate(at distortion: Double) throws(DomainError) -> Double {
    let most = curve.largestDistortion
    let least = try curve.point(atDistortion: distortion * (1 - distortion / (4 * most))).rate
    let largest = try curve.point(atDistortion: distortion / 2).rate
    let excess = { (rate: Double) -> Double in
      guard rate > 0, let found = try? point(ofRate: rate) else { return .log(2 * most / distortion) }
      return .log(found.distortion / distortion)
    }
    let (low, high) = (least * (1 - 1e-9), largest * (1 + 1e-9) + 1e-12)
    guard excess(low) > 0, excess(high) < 0 else { return excess(low) > 0 ? largest : least }
    return (try? brentRoot("rate with common randomness", in: low...high, of: excess)) ?? largest
  }

  // MARK: Proof

  /// d at D and e, enclosed; nil where they are no distortions of the other curve.
  private func first(_ distortion: Double, _ second: Double) -> Interval? {
    let p = curve.enclosedLargestDistortion
    let least = max(curve.range.leastDistortion, .leastNormalMagnitude)
    guard second >= least, second < p.lower else { return nil }
    let d = Interval.min(Interval(distortion), enclosedLargestDistortion)
    let own = p * (d * (1 - d / (4 * p)) - Interval(second)) / (p - Interval(second))
    return own.lower >= least && own.upper.isFinite ? own : nil
  }

  /// The ends that bounds at d and e leave.
  private func joined(_ own: Interval, _ shared: Interval) -> Interval {
    let rest = shared - Interval(randomness.bits)
    let lower = max(0, min(own.lower, rest.lower))
    return .hull(lower, kind == .exact ? max(lower, own.upper, rest.upper) : .infinity)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let rate = try rate(at: distortion)
    let second = try curve.point(atRate: min(rate + randomness.bits, curve.range.largestRate)).distortion
    guard let d = first(distortion, second) else {
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no two distortions were found"))
    }
    let shared = try curve.bound(atDistortion: second)
    var own = try curve.bound(atDistortion: kind == .lower ? d.upper : d.lower)
    if kind == .exact, !d.isPoint { own.rate = own.rate.hull(with: try curve.bound(atDistortion: d.upper).rate) }
    let slope = (try? point(ofRate: rate))?.slope
    let ends = joined(own.rate, shared.rate)
    return Bound(
      kind: kind, distortion: distortion, rate: kind == .exact ? ends : .hull(ends.lower, max(ends.lower, rate)),
      slope: slope,
      evidence: CommonRandomnessClaim(curve.name, second: second, own: own.evidence, shared: shared.evidence))
  }

  /// What the other curve finds proved at both ends of d, and at e.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? CommonRandomnessClaim, named.curve == curve.name,
      let d = first(distortion, named.second)
    else { return .entire }
    let claims: (own: any Evidence, shared: any Evidence)
    do throws(MalformedEvidence) {
      claims = (try curve.evidence(from: named.own), try curve.evidence(from: named.shared))
    } catch {
      throw .evidenceRefused(error.description)
    }
    let shared = try curve.proved(by: claims.shared, atDistortion: named.second)
    var own = try curve.proved(by: claims.own, atDistortion: d.upper)
    if kind == .exact, !d.isPoint { own = own.hull(with: try curve.proved(by: claims.own, atDistortion: d.lower)) }
    return joined(own, shared)
  }
}

/// Two claims about R(D), or about a bound on it, at two distortions, one of which is named.
struct CommonRandomnessClaim: Evidence {
  static let type = "common-randomness"
  static let meaning =
    "A distortion e, and evidence of two claims about another curve of the same source, which is R(D) or bounds it from below: at e "
    + "and at d = Dmax (q - e)/(Dmax - e), q = D - D^2/(4 Dmax), which is computed anew. With S common random bits a sample the rate is at least "
    + "the lesser of R(d) and R(e) - S; at most the larger, where the best channels of the source have parallel means."

  /// The other curve.
  let curve: CurveName
  /// e.
  let second: Double
  /// The evidence at d, as written.
  let own: EvidenceForm
  /// The evidence at e, as written.
  let shared: EvidenceForm

  init(_ curve: CurveName, second: Double, own: any Evidence, shared: any Evidence) {
    self.curve = curve
    self.second = second
    (self.own, self.shared) = (own.form, shared.form)
  }

  init(_ form: EvidenceForm) throws(MalformedEvidence) {
    curve = CurveName(rawValue: try form.text("curve"))
    second = try form.number("distortion_with_randomness")
    own = try form.part("claim")
    shared = try form.part("claim_with_randomness")
  }

  var form: EvidenceForm {
    EvidenceForm(
      Self.type,
      [
        .init("curve", .text(curve.rawValue)), .init("distortion_with_randomness", .number(second)),
        .init("claim", .form(own)), .init("claim_with_randomness", .form(shared)),
      ])
  }

  var sentence: String {
    "\(curve) at e = \(second.words), less the common random bits, and at Dmax (q - e)/(Dmax - e) with q = D - D^2/(4 Dmax), each by its own "
      + "evidence, \(shared.type) and \(own.type)"
  }
}
