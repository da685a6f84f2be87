import IntervalArithmetic

/// One side of R(D) of the sawbridge, coding many jumps together; both sides are proved.
///
/// Down to D = 0.0245 (R = 2.5 bits) finitely many reproductions at a slope bound it from both sides (`SawbridgeSolution`): the
/// dual bound's supremum over all reproductions is enclosed on a family with one parameter, the channel is a finite sum. Below
/// it the lower side is the closed form of `SawbridgeLowerBound`, exact in the limit, and the upper side that of
/// `SawbridgeNoise`; they differ by 2.9 D bits at most. Everywhere the better of both is taken.
///
/// The sides are within 1e-6 bits of each other from 0.02 to 1.5 bits and within 4e-6 to 2.5 bits; above D = 0.1655, where the
/// iteration is slow, the upper side shares time between a channel and none, within 1e-5 bits. Solving for a bound takes 0.1 s to
/// 1 s up to 1.5 bits, and some 15 s from 2.2 bits on; therefore a table of slopes is carried (`SlopeTable`), whose tangents and chords
/// are within 1e-4 bits of each other from 0.05 to 2.5 bits, and a bound solves at its very distortion if it is asked to be precise.
///
/// R leaves 0 at D = 1/6 with the slope pi^2/2 nats; at high rate R = -log2 D - 2 log2 e bits, and one-shot codes lose
/// log2(e^2/6) = 0.3004 bits (0.904 dB).
///
/// - Domain: D > 0; 0 for D >= 1/6, infinite at 0.
/// - Source: derived here; Rose 1994 for reproductions as moving particles; Csiszar 1974 for the lower bound.
struct SawbridgeRateDistortion: Limit {
  let kind: BoundKind
  private let search: SawbridgeSearch
  /// The slopes that the program carries; nil where bounds solve at the very distortion.
  private var table: SlopeTable?

  /// Both sides, which share what they find.
  static var sides: [Curve] {
    let search = SawbridgeSearch()
    let table = shippedTable.stored
    return [BoundKind.lower, .upper].map { Curve(SawbridgeRateDistortion(kind: $0, search: search, table: table)) }
  }

  /// The table of the sawbridge, from 0.05 to 2.5 bits.
  static var shippedTable: ShippedTable {
    ShippedTable(name: "sawbridge", of: SawbridgeSlopes(search: SawbridgeSearch()), bits: 9.5e-5)
  }

  var precise: SawbridgeRateDistortion? {
    var precise = self
    precise.table = nil
    return precise
  }

  var name: CurveName { .shannon }
  var summary: String {
    kind == .lower
      ? "rate-distortion function R(D) from below, a dual bound's enclosed supremum (derived here)"
      : "rate-distortion function R(D) from above, a channel of finite support or of logistic noise (derived here)"
  }
  var largestDistortion: Double { 1.0 / 6 }
  var isCostly: Bool { table == nil }

  var enclosedLargestDistortion: Interval { Interval(1) / 6 }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let closed = try closedForm(atDistortion: distortion)
    if let table {
      let found = table.point(kind, at: distortion)
      return found.map { kind.claimsMore($0.rate, than: closed.rate) ? $0 : closed } ?? closed
    }
    guard distortion < largestDistortion, let found = search.found(.distortion(distortion)) else { return closed }
    let slope = found.solution.slope
    var rate = closed.rate
    if kind == .lower {
      rate = max(rate, (found.solution.least - slope * distortion) / natsPerBit)
    } else if let top = search.found(.distortion(min(distortion, Self.nearTop))), let moved = top.channelSlope {
      let table = top.solution.table(slope: moved, as: Double.self)
      let share = (largestDistortion - distortion) / (largestDistortion - table.distortion)
      rate = min(rate, table.rate * min(1, share) / natsPerBit)
    }
    return OperatingPoint(distortion: distortion, rate: max(0, rate), slope: slope / natsPerBit)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let closed = try closedForm(atRate: rate)
    let nats = rate * natsPerBit
    if let table {
      let found = table.point(kind, ofRate: rate)
      return found.map { kind.claimsMore($0.distortion, than: closed.distortion) ? $0 : closed } ?? closed
    }
    guard nats > 1e-9, let found = search.found(.rate(nats)) else { return closed }
    let slope = found.solution.slope
    var distortion = closed.distortion
    if kind == .lower {
      distortion = max(distortion, (found.solution.least - nats) / slope)
    } else if let top = search.found(.distortion(Self.nearTop)), let moved = top.channelSlope {
      let table = top.solution.table(slope: moved, as: Double.self)
      if nats < table.rate {
        distortion = largestDistortion - (largestDistortion - table.distortion) * nats / table.rate
      } else if let moved = found.channelSlope {
        distortion = min(distortion, found.solution.table(slope: moved, as: Double.self).distortion)
      }
    }
    return OperatingPoint(distortion: min(distortion, largestDistortion), rate: rate, slope: slope / natsPerBit)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let closed = try SawbridgeLowerBound().bound(atDistortion: distortion)
    var lower = closed.rate.lower
    var dual = closed.evidence
    var slope = closed.slope
    var (upper, channel): (Double, any Evidence) = noise(atDistortion: distortion)
    if let table {
      let (below, above) = (table.rateFromBelow(at: distortion), table.rateFromAbove(at: distortion))
      let tangent = (Interval(below.rate) / .ln2).lower
      if let named = below.slope, tangent > lower {
        (lower, dual, slope) = (tangent, NamedSlopes([named]), named / natsPerBit)
      }
      let chord = (Interval(above.rate) / .ln2).upper
      if !above.slopes.isEmpty, chord < upper { (upper, channel) = (chord, NamedSlopes(above.slopes)) }
      return Bound(
        kind: kind, distortion: distortion, rate: .hull(lower, max(lower, upper)), slope: slope,
        evidence: kind == .lower ? dual : channel)
    }
    // 1/6 is no floating-point number; a little below the nearest one R is some 1e-9 bits.
    if let found = search.found(.distortion(min(distortion, largestDistortion * (1 - 1e-9)))) {
      let solution = found.solution
      slope = solution.slope / natsPerBit
      let tangent = line(solution, at: distortion)
      if tangent > lower {
        lower = tangent
        dual = TestChannel(family: Self.particles, achieving: solution.slope, dual: solution.slope)
      }
    }
    if let found = search.found(.distortion(min(distortion, Self.nearTop))) {
      let solution = found.solution
      // The channel found meets D to rounding, on one side or the other.
      let attempt = { (margin: Double) -> (slope: Double, rate: Double)? in
        guard let moved = found.channelSlope else { return nil }
        let rate = achieved(solution, moved * (1 + margin), at: distortion)
        return rate < .infinity ? (moved * (1 + margin), rate) : nil
      }
      if let proof = attempt(0) ?? nudged(from: 0x1p-46, by: 64, below: 0x1p-27, attempt), proof.rate < upper {
        upper = proof.rate
        channel = TestChannel(family: Self.particles, achieving: proof.slope, dual: solution.slope)
      }
    }
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(lower, max(lower, upper)), slope: slope,
      evidence: kind == .lower ? dual : channel)
  }

  var evidence: [any Evidence.Type] { [NamedSlopes.self, TestChannel.self] }

  /// A slope names the reproductions, which are computed anew, and their dual bound and channel enclosed.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    if let named = evidence as? NamedSlopes {
      return try SawbridgeSlopes(search: search).rate(by: named, at: distortion) / .ln2
    }
    guard let channel = evidence as? TestChannel else { return .entire }
    if kind == .lower, channel.family != Self.particles {
      return try SawbridgeLowerBound().proof(by: evidence, at: distortion)
    }
    let (family, achieving, dual) = (channel.family, channel.achieving, channel.dual)
    if family == Self.noise, achieving > 1, achieving.isFinite {
      return .hull(0, achieved(SawbridgeNoise<Interval>(slope: achieving), at: distortion))
    }
    guard family == Self.particles, SawbridgeSolution.slopes.contains(dual), achieving > 0, achieving < 1e4 else {
      return .entire
    }
    let solution = search.solution(slope: dual)
    guard kind == .upper else { return .hull(max(0, line(solution, at: distortion)), .infinity) }
    return .hull(0, achieved(solution, achieving, at: distortion))
  }

  private static var particles: String {
    "finitely many reproductions by alternating minimisation at the slope (nats)"
  }
  private static var noise: String { "logistic noise on the jump, of inverse scale" }

  /// Above this distortion channels are shared with silence.
  private static let nearTop = 0.1655

  /// The tangent's proved height at D, in bits.
  private func line(_ solution: SawbridgeSolution, at distortion: Double) -> Double {
    let height = search.proved(solution) - Interval(solution.slope) * Interval(distortion)
    return height.isEmpty ? -.infinity : (height / .ln2).lower
  }

  /// The proved rate of a channel in bits if its distortion is at most D, infinite otherwise.
  private func achieved(_ solution: SawbridgeSolution, _ slope: Double, at distortion: Double) -> Double {
    let table = solution.table(slope: slope, as: Interval.self)
    guard table.distortion.upper <= distortion else { return .infinity }
    // Shared with sending nothing, for (1/6 - D)/(1/6 - the channel's distortion) of the time.
    let sixth = Interval(1) / 6
    let share = (sixth - Interval(distortion)) / (sixth - table.distortion)
    let rate = table.rate / .ln2
    return max(0, min(rate.upper, (rate * share).upper))
  }

  private func achieved(_ noise: SawbridgeNoise<Interval>, at distortion: Double) -> Double {
    guard noise.distortion.upper <= distortion else { return .infinity }
    return max(0, (noise.rate / .ln2).upper)
  }

  /// The channel of logistic noise at D, or the whole of the source at D above 1/20.
  private func noise(atDistortion distortion: Double) -> (Double, TestChannel) {
    let slope = SawbridgeNoise<Double>.slope(atDistortion: min(distortion, 0.05))
    let attempt = { (margin: Double) -> (Double, TestChannel)? in
      let upper = achieved(SawbridgeNoise<Interval>(slope: slope * (1 + margin)), at: distortion)
      guard upper < .infinity else { return nil }
      return (upper, TestChannel(family: Self.noise, achieving: slope * (1 + margin), dual: slope))
    }
    return attempt(0) ?? nudged(from: 0x1p-50, by: 16, below: 2, attempt)
      ?? (.infinity, TestChannel(family: Self.noise, achieving: slope, dual: slope))
  }

  private func closedForm(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    let lower = try SawbridgeLowerBound().point(atDistortion: distortion)
    guard kind == .upper, distortion < largestDistortion else { return lower }
    let noise = SawbridgeNoise<Double>(slope: SawbridgeNoise<Double>.slope(atDistortion: min(distortion, 0.05)))
    return OperatingPoint(distortion: distortion, rate: noise.rate / natsPerBit, slope: lower.slope)
  }

  private func closedForm(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    let lower = try SawbridgeLowerBound().point(atRate: rate)
    guard kind == .upper else { return lower }
    let nats = rate * natsPerBit
    guard nats > 1.5 else {
      return OperatingPoint(distortion: largestDistortion, rate: rate, slope: lower.slope)
    }
    // R = ln beta - 2 + 2 Q/beta: fixed point for ln beta.
    let start = nats + 2
    let logarithm = newtonRoot(in: (start - 2)...(start + 1), from: start, resolution: 1e-15) {
      (SawbridgeNoise<Double>(slope: Double.exp($0)).rate - nats, 1)
    }
    let noise = SawbridgeNoise<Double>(slope: Double.exp(logarithm))
    return OperatingPoint(distortion: noise.distortion, rate: rate, slope: lower.slope)
  }
}
