import IntervalArithmetic

/// The lower convex hull of E(D): the best rate when codes may be alternated in a known pattern, or chosen by randomness U that
/// encoder and decoder share.
///
/// The second is no better than the first. Let all randomness be part of U; its rate is H(M | U). Given U = u a code has a
/// distortion D(u) and an entropy of at least E(D(u)), which is at least the hull of E there; and the mean of the hull over u
/// is at least the hull at the mean distortion (Jensen). So the hull is the exact limit of one-shot codes with common
/// randomness.
///
/// Between the distortions of two neighbouring uniform codes E is concave (its slope along the biuniform path,
/// log(q/eps)/(G'(q) - G'(eps)), decreases as the odd cell grows: proved for sawbridge, uniform and ramp, verified with
/// intervals for the circle), so the hull is the polygon through uniform codes (delta(1/K), log K). These lie on the curve
/// (delta(p), -log p), whose convex part begins below p = 1/2 at the latest, so from some first K >= 2 on every K is a
/// vertex, and before it only K = 1: the first K is where the slope log K / (Dmax - delta(1/K)) from (Dmax, 0) is least
/// (4 for the ramp, 3 for the circle, 2 for sawbridge and uniform). At its vertices, and only there, the hull meets the dual
/// bound and E(D).
///
/// That the polygon is the hull is a theorem which a `BiuniformOptimal` source asserts; for any other it is what its uniform
/// codes achieve by sharing time, and of kind `upper`.
///
/// - Domain: D > 0; the rate is 0 for D >= Dmax and tends to infinity at 0.
/// - Source: derived here; Bhadane, Wagner, Balle, Theorems 3 to 6, for the ingredients.
public struct TimeSharing<Source: CellSource>: Limit {
  @usableFromInline let source: Source
  public let kind: BoundKind
  public let largestDistortion: Double
  /// The number of cells of the first vertex after the code that sends nothing.
  public let firstVertex: Double
  @usableFromInline let firstDistortion: Double
  /// What lies below the polygon, where its vertices are closer than rounding.
  let dual: DualBound<Source>

  /// The polygon of a source's uniform codes: achievable.
  public init(source: Source) { self.init(source, kind: .upper, dual: DualBound(source: source)) }

  private init(_ source: Source, kind: BoundKind, dual: DualBound<Source>) {
    self.source = source
    self.kind = kind
    self.dual = dual
    let largest = source.largestDistortion
    largestDistortion = largest
    // The curve is convex for p <= p*, so the least slope is at a whole K next to 1/p* <= 4; 64 is far beyond it.
    let slope = { (cells: Int) in
      Double.log(Double(cells)) / (largest - source.cellDistortion(1 / Double(cells)))
    }
    firstVertex = Double((2...64).min { slope($0) < slope($1) } ?? 2)
    firstDistortion = source.cellDistortion(1 / firstVertex)
  }

  public var name: CurveName { .timeSharing }
  public var summary: String {
    (kind == .exact ? "limit with common randomness, the lower hull of E(D): " : "")
      + "time shared between uniform codes"
  }
  public var enclosedLargestDistortion: Interval { source.distortionOfSilence(as: Interval.self) }
  public var slopeOfSilence: Double? { beta(side(from: 1)) / natsPerBit }

  /// A side of the polygon: uniform codes of `fewer` and `more` cells.
  @usableFromInline
  struct Side {
    @usableFromInline var fewer: Double
    @usableFromInline var more: Double

    @inlinable
    init(fewer: Double, more: Double) {
      self.fewer = fewer
      self.more = more
    }
  }

  @inlinable
  func side(from fewer: Double) -> Side {
    fewer < firstVertex ? Side(fewer: 1, more: firstVertex) : Side(fewer: fewer, more: fewer + 1)
  }

  /// The fraction of time for the code of more cells: (delta(1/fewer) - D)/(delta(1/fewer) - delta(1/more)).
  @inlinable
  func weight<Number: RealNumber>(_ side: Side, at distortion: Number) -> Number {
    let high = source.cellDistortion(1 / Number(side.fewer))
    let low = source.cellDistortion(1 / Number(side.more))
    return (high - distortion) / (high - low)
  }

  /// The height of the side's line, in nats, where the second code has the weight given.
  @inlinable
  func rate<Number: RealNumber>(_ side: Side, weight: Number) -> Number {
    .log(Number(side.fewer)) + weight * .log1p(Number(side.more - side.fewer) / Number(side.fewer))
  }

  /// The side's beta.
  @inlinable
  func beta(_ side: Side) -> Double {
    let drop = source.cellDistortion(1 / side.fewer) - source.cellDistortion(1 / side.more)
    return Double.log1p((side.more - side.fewer) / side.fewer) / drop
  }

  @inlinable
  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let p = source.cellSize(atDistortion: distortion)
    guard 1 / p < BiuniformFamily<Source>.continuumOfCells else {
      let slope = 1 / (source.logarithmicSlope(p) * natsPerBit)
      return OperatingPoint(distortion: distortion, rate: -Double.log(p) / natsPerBit, slope: slope)
    }
    let side = side(from: max(1, (1 / p).rounded(.down)))
    let rate = rate(side, weight: min(max(weight(side, at: distortion), 0), 1))
    return OperatingPoint(distortion: distortion, rate: rate / natsPerBit, slope: beta(side) / natsPerBit)
  }

  @inlinable
  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let cells = Double.exp(nats).rounded(.down)
    guard cells < BiuniformFamily<Source>.continuumOfCells else {
      let p = Double.exp(-nats)
      let slope = 1 / (source.logarithmicSlope(p) * natsPerBit)
      return OperatingPoint(distortion: source.cellDistortion(p), rate: rate, slope: slope)
    }
    let side = side(from: max(1, cells))
    let logFewer = Double.log(side.fewer)
    let weight = min(max((nats - logFewer) / Double.log1p((side.more - side.fewer) / side.fewer), 0), 1)
    let high = source.cellDistortion(1 / side.fewer)
    let low = source.cellDistortion(1 / side.more)
    return OperatingPoint(
      distortion: high - weight * (high - low), rate: rate, slope: beta(side) / natsPerBit)
  }
}

extension TimeSharing where Source: BiuniformOptimal {
  /// The lower convex hull of a source's E(D).
  public init(source: Source) { self.init(source, kind: .exact, dual: DualBound(source: source)) }
}
