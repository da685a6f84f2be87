import IntervalArithmetic

/// One side of what one-shot codes of a finite source achieve, with encoder and decoder sharing time by agreement: `one-shot-lower`, the
/// largest of the tangents of multipliers, and `ecvq`, the chords between codes.
///
/// For squared error between numbers on a line the two meet to rounding; in general the program behind the multipliers allows fractions
/// of cells, which no code has, and the codes are found by a search.
///
/// - Domain: D from the least distortion of the source on, where both are the entropy of the nearest reproductions or less; 0 from Dmax on.
/// - Certificate: the multiplier (`LetterDual`), or the codes that share the time (`LetterCode`).
struct LetterHullCurve: Limit {
  let kind: BoundKind
  private let source: FiniteSource
  private let hull: LazyTable<LetterHull>
  let largestDistortion: Double
  let enclosedLargestDistortion: Interval
  let range: CurveRange
  /// The largest number of letters for which the hull takes no noticeable time.
  private static let quickLetters = 32
  /// The largest number of letters, and of reproductions, for which there is a hull.
  private static let mostLetters = 128

  /// From below and from above, of one hull; none of a source with too many letters, or without a single reproduction for all.
  static func bothSides(of source: FiniteSource) -> [LetterHullCurve] {
    guard max(source.probabilities.count, source.reproductions) <= mostLetters, source.largestDistortion.isFinite else {
      return []
    }
    let hull = LazyTable(isCarried: false) { LetterHull(source) }
    return [.lower, .upper].map { LetterHullCurve(source, kind: $0, hull) }
  }

  private init(_ source: FiniteSource, kind: BoundKind, _ hull: LazyTable<LetterHull>) {
    self.source = source
    self.kind = kind
    self.hull = hull
    let most = source.enclosedBestDistortion
    largestDistortion = kind == .upper ? most.upper : most.midpoint
    enclosedLargestDistortion = most
    let least = kind == .upper ? source.enclosedLeastDistortion.upper : source.leastDistortion
    range = least == 0 ? CurveRange(leastDistortion: 0) : CurveRange(leastDistortion: least)
  }

  var name: CurveName { kind == .lower ? .oneShotLower : .ecvq }
  var summary: String {
    kind == .lower
      ? "no one-shot code does better (one-shot dual, proved)"
      : "one-shot codes found by search, sharing the time (Chou, Lookabaugh, Gray 1989), each proved"
  }
  var isCostly: Bool { source.probabilities.count > Self.quickLetters }
  var preparation: (@Sendable () -> Void)? { hull.preparation }
  var evidence: [any Evidence.Type] {
    kind == .lower ? [LetterDual.self] : [LetterCode.self, SharedCodes<LetterCode>.self]
  }

  // MARK: Floating point

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    if kind == .lower {
      let best = tangent(at: distortion)
      return OperatingPoint(
        distortion: distortion, nats: max(0, best?.rate(at: distortion) ?? 0), natsPerDistortion: best?.dual.slope)
    }
    let (coarse, fine) = try chord { $0.distortion.midpoint <= distortion }
    guard let coarse, distortion > fine.distortion.midpoint else {
      return OperatingPoint(distortion: distortion, nats: fine.entropy.midpoint, natsPerDistortion: nil)
    }
    let slope = Self.slope(coarse, fine)
    return OperatingPoint(
      distortion: distortion, nats: fine.entropy.midpoint - slope * (distortion - fine.distortion.midpoint),
      natsPerDistortion: slope)
  }

  /// A rate that sends the finest code is not spent in full.
  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = kind.inside(rate) * natsPerBit
    if kind == .lower {
      let tangents = hull.value().tangents
      let best = tangents.max { ($0.least - nats) / $0.dual.slope < ($1.least - nats) / $1.dual.slope }
      let distortion = best.map { ($0.least - nats) / $0.dual.slope } ?? 0
      guard let best, distortion > range.leastDistortion else {
        return OperatingPoint(
          distortion: range.leastDistortion, rate: try point(at: range.leastDistortion).rate, slope: nil)
      }
      return OperatingPoint(
        distortion: min(distortion, largestDistortion), rate: rate, slope: best.dual.slope / natsPerBit)
    }
    guard let finest = hull.value().corners.last, nats < finest.entropy.midpoint else {
      return OperatingPoint(
        distortion: range.leastDistortion, rate: try point(at: range.leastDistortion).rate, slope: nil)
    }
    let (coarse, fine) = try chord { $0.entropy.midpoint >= nats }
    guard let coarse else { return OperatingPoint(distortion: fine.distortion.midpoint, rate: rate, slope: nil) }
    let slope = Self.slope(coarse, fine)
    return OperatingPoint(
      distortion: fine.distortion.midpoint + (fine.entropy.midpoint - nats) / slope, rate: rate,
      slope: slope / natsPerBit)
  }

  /// The multiplier that says most at D.
  private func tangent(at distortion: Double) -> LetterHull.Tangent? {
    hull.value().tangents.max { $0.rate(at: distortion) < $1.rate(at: distortion) }
  }

  /// The first corner that is fine enough, and the one before it.
  private func chord(
    _ isFine: (LetterHull.Corner) -> Bool
  ) throws(DomainError) -> (coarse: LetterHull.Corner?, fine: LetterHull.Corner) {
    let corners = hull.value().corners
    guard let last = corners.indices.last else {
      throw .distortionTooSmall(range.leastDistortion, least: largestDistortion)
    }
    let next = corners.firstIndex(where: isFine) ?? last
    return (next > 0 ? corners[next - 1] : nil, corners[next])
  }

  private static func slope(_ coarse: LetterHull.Corner, _ fine: LetterHull.Corner) -> Double {
    (fine.entropy.midpoint - coarse.entropy.midpoint) / (coarse.distortion.midpoint - fine.distortion.midpoint)
  }

  // MARK: Proof

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let slope = try point(at: min(distortion, largestDistortion.nextDown)).slope
    func bound(_ nats: Interval, _ evidence: any Evidence) -> Bound {
      let bits = nats / .ln2
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(max(0, bits.lower), max(0, bits.upper)), slope: slope,
        evidence: evidence)
    }
    if kind == .lower {
      guard let tangent = tangent(at: distortion), tangent.rate(at: distortion) > 0 else {
        return bound(0, Silence())
      }
      return bound(Interval(tangent.least) - Interval(tangent.dual.slope) * Interval(distortion), tangent.dual)
    }
    let (coarse, fine) = try chord { $0.distortion.upper <= distortion }
    guard let coarse else { return bound(fine.entropy, fine.code) }
    // More and more of the finer one than is needed, until the mixture's distortion is proved to be enough: of it alone it is.
    let share = (coarse.distortion - Interval(distortion)) / (coarse.distortion - fine.distortion)
    let mixed = nudged(from: 0x1p-50, by: 4, below: 1) { margin -> Bound? in
      let weight = min(1, max(0, share.upper + margin))
      let mixture = Self.mixture(weight, coarse.performance, fine.performance)
      guard mixture.distortion.upper <= distortion else { return nil }
      return bound(mixture.entropy, SharedCodes(coarser: coarse.code, finer: fine.code, weight: weight))
    }
    return mixed ?? bound(fine.entropy, fine.code)
  }

  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    do throws(LawRefused) {
      switch evidence {
      case let dual as LetterDual:
        let nats = Interval(try dual.least(of: source)) - Interval(dual.slope) * Interval(distortion)
        return .hull(max(0, (nats / .ln2).lower), .infinity)
      case let code as LetterCode:
        let (entropy, achieved) = try code.enclosed(of: source)
        return Self.achieved(entropy, achieved, distortion)
      case let shared as SharedCodes<LetterCode> where shared.weight >= 0 && shared.weight <= 1:
        let (entropy, achieved) = Self.mixture(
          shared.weight, try shared.coarser.enclosed(of: source), try shared.finer.enclosed(of: source))
        return Self.achieved(entropy, achieved, distortion)
      default: return .entire
      }
    } catch {
      throw .evidenceRefused(error.description)
    }
  }

  /// H and D of two codes that share the time.
  private static func mixture(
    _ weight: Double, _ coarser: LetterCode.Performance, _ finer: LetterCode.Performance
  ) -> LetterCode.Performance {
    let share = Interval(weight)
    return (
      (1 - share) * coarser.entropy + share * finer.entropy, (1 - share) * coarser.distortion + share * finer.distortion
    )
  }

  /// The entropy of a code in bits from above, if it is proved to have at most the distortion.
  private static func achieved(_ entropy: Interval, _ achieved: Interval, _ distortion: Double) -> Interval {
    .hull(0, achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity)
  }
}
