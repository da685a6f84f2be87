import IntervalArithmetic

/// What designed vector quantizers of the plane achieve: the lower convex hull of the codebooks that the program carries, time
/// sharing included, as for the optimal scalar quantizers (`EntropyConstrainedCurve`).
///
/// A bound holds for the codebook, or the two that share the time, that its certificate names, with entropy and distortion
/// enclosed (`CodebookProof`). No better code is excluded. At high rate a hexagonal lattice lies log2(2 pi e 5/(36 sqrt 3)) =
/// 0.45371 bits above R(D). Next to D = Dmax time is shared with the mean alone; the finest codebook of the table ends the
/// curve.
struct CodebookCurve: Limit {
  private let source: BentGaussian
  private let table: SlopeTable
  private let codebooks: [Double: Codebook]

  /// The curve of the codebooks that the program carries; nil if it carries none.
  init?(_ source: BentGaussian) {
    let shipped = PlaneCodes(source: source).shippedTable
    guard let stored = shipped.stored, !stored.entries.isEmpty else { return nil }
    self.source = source
    table = stored
    codebooks = Dictionary(
      shipped.found.compactMap { found in PlaneCodes.codebook(found).map { (found.slope, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  var name: CurveName { .ecvq }
  var kind: BoundKind { .upper }
  var summary: String { "designed entropy-constrained vector quantizers (Chou, Lookabaugh, Gray 1989), each proved" }
  var enclosedLargestDistortion: Interval { source.variance() }
  var largestDistortion: Double { enclosedLargestDistortion.upper }
  /// To the finest codebook.
  var range: CurveRange {
    guard let last = table.entries.last?.point else { return .everywhere }
    return CurveRange(leastDistortion: last.distortion, largestRate: last.rate / natsPerBit)
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let point = table.point(kind, at: distortion) else {
      throw .distortionTooSmall(distortion, least: range.leastDistortion)
    }
    return point
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard let point = table.point(kind, ofRate: rate) else {
      throw .rateOutOfRange(rate, largest: range.largestRate)
    }
    return point
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let entries = table.entries
    let next = entries.firstIndex { $0.point.distortion <= distortion } ?? entries.count
    guard next < entries.count else { throw .distortionTooSmall(distortion, least: range.leastDistortion) }
    let finer = entries[next]
    let coarser = next > 0 ? entries[next - 1] : nil
    let (fine, coarse) = (finer.point, coarser?.point ?? RatePoint(distortion: largestDistortion, rate: 0))
    // A hair more of the finer one than is needed.
    let share =
      (Interval(coarse.distortion) - Interval(distortion))
      / (Interval(coarse.distortion) - Interval(fine.distortion))
    let weight = min(1, max(0, share.upper * (1 + 0x1p-50)))
    let rate = (1 - Interval(weight)) * Interval(coarse.rate) + Interval(weight) * Interval(fine.rate)
    // A table's entry is at most its slack above what was proved, and D is enclosed.
    let slack = max(Self.slack(finer), coarser.map { Self.slack($0) } ?? 0)
    let codes = (
      coarser: coarser.flatMap { codebooks[$0.slope] } ?? .silence(of: source), finer: codebooks[finer.slope]
    )
    let slope = (fine.rate - coarse.rate) / (coarse.distortion - fine.distortion)
    let evidence: any Evidence
    if let finer = codes.finer {
      evidence = weight == 1 ? finer : SharedCodes(coarser: codes.coarser, finer: finer, weight: weight)
    } else {
      evidence = NoEvidence("the table carries no codebook for it")
    }
    let bits = rate / .ln2
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, bits.lower - slack), bits.upper),
      slope: slope / natsPerBit, evidence: evidence)
  }

  /// How much an entry's rate may be above what was proved, in bits.
  private static func slack(_ entry: SlopeBounds) -> Double {
    (2.1 * ShippedTable.slack + entry.slope * entry.distortion.width) / natsPerBit
  }

  var evidence: [any Evidence.Type] { [Codebook.self, SharedCodes<Codebook>.self] }

  /// A codebook, or two that share the time, proves its entropy achievable if its distortion is at most D.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    let (entropy, achieved): (Interval, Interval)
    do throws(LawRefused) {
      switch evidence {
      case let codebook as Codebook:
        let proof = try CodebookProof(codebook, of: source)
        (entropy, achieved) = (proof.entropy, proof.distortion)
      case let shared as SharedCodes<Codebook> where shared.weight >= 0 && shared.weight <= 1:
        let (coarser, finer) = (
          try CodebookProof(shared.coarser, of: source), try CodebookProof(shared.finer, of: source)
        )
        let share = Interval(shared.weight)
        entropy = (1 - share) * coarser.entropy + share * finer.entropy
        achieved = (1 - share) * coarser.distortion + share * finer.distortion
      default: return .entire
      }
    } catch {
      throw .evidenceRefused(error.description)
    }
    return .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
  }
}

extension CodebookCurve {
  /// The limits of its gaps: of hexagonal cells, for both components together.
  static var gapLimits: GapLimits {
    let lattice = Lattice.hexagonal
    return GapLimits(
      scheme: .ecvq, highRateBits: Double(lattice.dimension) * lattice.bitLoss, highRateDecibels: lattice.decibelLoss)
  }
}
