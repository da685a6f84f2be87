import IntervalArithmetic

/// Realistic codes of a uniform scalar on [0, 1] with common randomness: cells of 1/K that begin at a random place, and what is left at both ends.
///
/// **The code.** Encoder and decoder know u, uniform on [0, 1]. K - 1 cells of length 1/K begin at u/K, a cell of u/K lies before them and one of (1 - u)/K
/// behind. An inner cell is reproduced at its middle; the first one at u^2/(2K), the last one at 1 - (1 - u)^2/(2K).
///
/// **The law.** Over u the middles of the inner cells cover [1/(2K), 1 - 1/(2K)] with the density 1, as each has the probability 1/K and moves by 1/K. The
/// first cell has the probability u/K, and its reproduction moves by u/K du: density 1 on [0, 1/(2K)]; likewise the last. So the reproduction is uniform on [0, 1].
///
/// **The cost**, in the mean over u, in nats:
///
///     H = (K - 1)/K ln K + (2/K) int_0^1 -u ln(u/K) du = ln K + 1/(2K),
///     D = (K - 1)/(12 K^3) + (2/K^3) int_0^1 [(u - u^2/2)^3 + (u^2/2)^3]/3 du = (5K - 2)/(60 K^3).
///
/// K = 0 stands for silence: an independent draw has D = 1/6 at no rate. Codes share the time. The points (D, H) are the vertices of a
/// convex polygon: its slopes are 4.29 to K = 1, 13.3 to K = 2 and then grow like 6 K^2.
///
/// - Kind: upper; H(M | U) of codes with common randomness. As K grows H - log(1/sqrt(12 D)) -> 0, as without realism.
/// - Source: derived here.
struct StaggeredCells: Limit {
  var name: CurveName { .realismShared }
  var kind: BoundKind { .upper }
  var summary: String {
    "one shot at perfect realism, common randomness: staggered cells that share the time, achievable (derived here)"
  }
  var largestDistortion: Double { enclosedLargestDistortion.upper }
  var enclosedLargestDistortion: Interval { 1 / Interval(6) }
  /// Above this many cells K and K + 1 are the same to floating point.
  static let continuumOfCells = 0x1p50

  /// H in nats and D of K cells.
  static func vertex<Number: RealNumber>(_ cells: Double, as: Number.Type = Number.self) -> (
    nats: Number, distortion: Number
  ) {
    guard cells > 0 else { return (0, 1 / Number(6)) }
    let k = Number(cells)
    // A power of K alone may be too large to be squared.
    return (.log(k) + 1 / (2 * k), (5 - 2 / k) / 60 / k / k)
  }

  /// The largest K whose D is at least a distortion.
  private func cells(_ isCoarse: (Double) -> Bool, near guess: Double) -> Double {
    var cells = max(0, guess.rounded(.down))
    guard cells < Self.continuumOfCells else { return cells }
    while cells > 0, !isCoarse(cells) { cells -= 1 }
    while isCoarse(cells + 1) { cells += 1 }
    return cells
  }

  /// The codes around a distortion: K, and K + 1 or, where these are the same, K.
  private func codes(at distortion: Double) -> StaggeredCodes {
    // D K^2 is 1/12 but for the ends.
    let fewer = cells(
      { Self.vertex($0, as: Double.self).distortion >= distortion }, near: (1 / (12 * distortion)).squareRoot())
    guard fewer < Self.continuumOfCells else {
      return StaggeredCodes(fewer: fewer, more: fewer * (1 + 0x1p-40), weight: 1)
    }
    return StaggeredCodes(fewer: fewer, more: fewer + 1, weight: share(fewer, at: distortion))
  }

  private func share<Number: RealNumber>(_ fewer: Double, at distortion: Number) -> Number {
    let (coarse, fine) = (Self.vertex(fewer, as: Number.self), Self.vertex(fewer + 1, as: Number.self))
    return (coarse.distortion - distortion) / (coarse.distortion - fine.distortion)
  }

  private func slope(_ codes: StaggeredCodes) -> Double {
    let (coarse, fine) = (Self.vertex(codes.fewer, as: Double.self), Self.vertex(codes.more, as: Double.self))
    return (fine.nats - coarse.nats) / (coarse.distortion - fine.distortion)
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let codes = codes(at: distortion)
    return OperatingPoint(
      distortion: distortion, nats: codes.performance(as: Double.self).nats, natsPerDistortion: slope(codes))
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let fewer = cells({ Self.vertex($0, as: Double.self).nats <= nats }, near: Double.exp(nats))
    let (coarse, fine) = (Self.vertex(fewer, as: Double.self), Self.vertex(fewer + 1, as: Double.self))
    guard fewer < Self.continuumOfCells else {
      let codes = StaggeredCodes(fewer: fewer, more: fewer * (1 + 0x1p-40), weight: 1)
      return OperatingPoint(distortion: coarse.distortion, rate: rate, slope: slope(codes) / natsPerBit)
    }
    let weight = (nats - coarse.nats) / (fine.nats - coarse.nats)
    return OperatingPoint(
      distortion: coarse.distortion + weight * (fine.distortion - coarse.distortion), rate: rate,
      slope: slope(StaggeredCodes(fewer: fewer, more: fewer + 1, weight: weight)) / natsPerBit)
  }

  /// The codes of a little less distortion, until intervals confirm it.
  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let codes = codes(at: distortion)
    let nats = codes.performance(as: Interval.self).nats
    let bound = nudged(from: 0x1p-50, by: 4, below: 0x1p-20) { margin -> Bound? in
      let moved = self.codes(at: distortion * (1 - margin))
      let found = moved.performance(as: Interval.self)
      guard found.distortion.upper <= distortion else { return nil }
      return Bound(
        kind: kind, distortion: distortion, rate: (nats / .ln2).hull(with: found.nats / .ln2),
        slope: slope(codes) / natsPerBit,
        evidence: moved)
    }
    return bound
      ?? Bound(
        kind: kind, distortion: distortion, rate: .hull(0, .infinity), slope: nil,
        evidence: NoEvidence("no mixture was enclosed"))
  }

  var evidence: [any Evidence.Type] { [StaggeredCodes.self] }

  /// A mixture proves the upper end.
  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let codes = evidence as? StaggeredCodes, codes.isValid else { return .entire }
    let found = codes.performance(as: Interval.self)
    return .hull(0, found.distortion.upper <= distortion ? (found.nats / .ln2).upper : .infinity)
  }
}

/// Codes of staggered cells, `fewer` and `more`, the second used the fraction `weight` of the time.
public struct StaggeredCodes: Evidence, Equatable {
  public static let type = "staggered-cells"
  public static let meaning =
    "Two codes of a uniform scalar by the number K of cells, which begin at a random place that encoder and decoder know, 0 for an independent "
    + "draw, and the second one's share of the time. The mixture's rate is achievable at perfect realism, if its enclosed distortion is at most D."

  /// K of the coarser code.
  public let fewer: Double
  /// K of the finer code.
  public let more: Double
  /// The finer code's share of the time.
  public let weight: Double

  /// Two codes and a share.
  public init(fewer: Double, more: Double, weight: Double) {
    self.fewer = fewer
    self.more = more
    self.weight = weight
  }

  /// Whether they are codes.
  var isValid: Bool {
    [fewer, more].allSatisfy { $0 >= 0 && $0.isFinite && $0 == $0.rounded() } && weight >= 0 && weight <= 1
  }

  /// H in nats and D of the mixture.
  func performance<Number: RealNumber>(as: Number.Type = Number.self) -> (nats: Number, distortion: Number) {
    let (coarse, fine) = (StaggeredCells.vertex(fewer, as: Number.self), StaggeredCells.vertex(more, as: Number.self))
    let share = Number(weight)
    return ((1 - share) * coarse.nats + share * fine.nats, (1 - share) * coarse.distortion + share * fine.distortion)
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(
      fewer: try form.number("fewer_cells"), more: try form.number("more_cells"), weight: try form.number("weight"))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, numbers: ["fewer_cells": fewer, "more_cells": more, "weight": weight])
  }

  public var sentence: String {
    "staggered cells of 1/\(fewer.words) and 1/\(more.words), the second \(weight.words) of the time"
  }
}
