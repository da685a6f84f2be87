import IntervalArithmetic

/// The converse for one-shot codes of a source in the plane: no code, whatever its encoder, whether it shares time or
/// randomness, has a rate H(codeword) below it.
///
/// At D the better of two bounds counts: the tangent least - beta D of a multiplier that the program carries (`OneShotProof`),
/// and the Shannon lower bound, which at high rate is 0.4537 bits below the best codes known, and 0.4427 below any.
///
/// - Source: the theorem is this package's (`OneShotProof`); Shannon 1959.
struct OneShotDualCurve: Limit {
  private let source: BentGaussian
  private let table: SlopeTable
  private let duals: [Double: OneShotDual]
  private let shannonLowerBound: LogarithmicLimit

  /// The curve of the multipliers that the program carries; nil if it carries none.
  init?(_ source: BentGaussian) {
    let shipped = PlaneCodes(source: source).shippedTable
    let duals = shipped.found.compactMap { found in PlaneCodes.dual(found).map { (found.slope, $0) } }
    guard let stored = shipped.stored, !duals.isEmpty else { return nil }
    self.source = source
    table = stored
    self.duals = Dictionary(duals, uniquingKeysWith: { first, _ in first })
    shannonLowerBound = .shannonLowerBound(entropy: source.differentialEntropy, dimension: 2)
  }

  var name: CurveName { .oneShotLower }
  var kind: BoundKind { .lower }
  var summary: String { "no one-shot code does better (one-shot dual, proved)" }
  var enclosedLargestDistortion: Interval { source.variance() }
  var largestDistortion: Double { enclosedLargestDistortion.midpoint }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let shannon = try shannonLowerBound.point(atDistortion: distortion)
    return table.point(kind, at: distortion).map { kind.claimsMore($0.rate, than: shannon.rate) ? $0 : shannon }
      ?? shannon
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let shannon = try shannonLowerBound.point(atRate: kind.inside(rate))
    let found = table.point(kind, ofRate: rate)
    var best = found.map { kind.claimsMore($0.distortion, than: shannon.distortion) ? $0 : shannon } ?? shannon
    best.distortion = min(best.distortion, largestDistortion)
    best.rate = rate
    return best
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let shannon = try shannonLowerBound.enclosure(at: distortion)
    guard let point = table.pointFromBelow(at: distortion), let dual = duals[table.entries[point.entry].slope] else {
      return shannon
    }
    let entry = table.entries[point.entry]
    let nats = entry.rateFromBelow(at: distortion, dimension: nil, as: Interval.self)
    let rate = nats / .ln2
    guard rate.lower > shannon.rate.lower else { return shannon }
    return Bound(
      kind: kind, distortion: distortion,
      rate: .hull(rate.lower, rate.upper + 2.1 * ShippedTable.slack / natsPerBit), slope: entry.slope / natsPerBit,
      evidence: dual)
  }

  var evidence: [any Evidence.Type] { [OneShotDual.self, ClosedForm.self] }

  /// A multiplier proves its tangent, with its supremum enclosed anew.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    switch evidence {
    case let dual as OneShotDual:
      do throws(LawRefused) {
        let least = try OneShotProof(dual, of: source).least
        let nats = Interval(least) - Interval(dual.slope) * Interval(distortion)
        return .hull(max(0, (nats / .ln2).lower), .infinity)
      } catch {
        throw .evidenceRefused(error.description)
      }
    case is ClosedForm: return try shannonLowerBound.proof(by: evidence, at: distortion)
    default: return .entire
    }
  }
}
