import GSL
import IntervalArithmetic

/// The dual lower bound for a process that is seen, and judged, on n grid points only.
///
/// Half the mean squared distance of two realisations in a cell is its distortion, and on a grid the distance is a count.
/// With N grid intervals, m = p N, and c = (n-1)/n if both ends of [0, 1] are in the grid (N = n - 1), c = 1 if only one is
/// (N = n),
///
///     delta_n(p) >= c delta(p) (1 - 1/m^2)   for m >= 1,      0 for m < 1.
///
/// *Sawbridge.* Jumps in grid intervals j and j' leave a distance |j - j'|/n. A cell is a set of intervals; m neighbouring
/// ones have mean |j - j'| = (m^2 - 1)/(3m), half of which over n is the formula, with equality.
///
/// *Ramp.* On one period write the phases as (j + v)/n and (j' + v')/n. If k of the n points lie between them the mean
/// squared distance is kappa (1 - kappa) + ((v - v')/n)^2 with kappa = k/n; drop the square. What remains depends on the
/// weights w_j that the cell gives to the n grid phases, none above 1/m. The mean distance w^T d w is concave in w (squared
/// distances are of negative type), so its least value is at an extreme point, floor(m) full phases and a part of one more,
/// and by rearrangement these are neighbours: F(m) = m^2 * 2 delta_n is linear between whole m, where it is
/// (m^2 - 1)(m/n)(2 - m/n)/6. That polynomial is convex on [1, n], so F dominates it between them too. With both ends
/// included the two end points see the same value, so the mean is at least (n-1)/n of that over n - 1 points.
///
/// A cell smaller than a grid interval has -log p > log N and no less distortion than none, so p >= 1/N suffices. The bound
/// is the lower convex envelope of the curve (delta_n(p), -log p) over [1/N, 1]: it is convex where w_n = p delta_n' increases,
///
///     w_n = c (w (1 - 1/m^2) + 2 delta / m^2),
///
/// and from its convex arc one tangent leads to (Dmax, 0) and one to (0, log N); where the arc is missing or lies above it,
/// the chord between those two ends is the envelope.
///
/// - Distortion: squared error averaged over the n grid points.
/// - Domain: D > 0; the bound is 0 for D >= Dmax_n = c delta(1) (1 - 1/N^2) and tends to log N at 0: the grid tells no more
///   than N phases apart.
/// - Source: derived here. For the sawbridge Dmax_n = (n-2)/(6(n-1)) is the power of the process on linspace(0, 1, n).
public struct SampledDualBound<Source: SampledProcess>: Limit {
  /// The process in continuous time.
  public let source: Source
  /// The grid.
  public let sampling: Sampling
  public let largestDistortion: Double
  let atoms: Double
  /// The envelope from left to right: the segment from (0, log N), the arc, the segment to (Dmax, 0).
  let leftEnd: Vertex
  let rightEnd: Vertex
  let leftBeta: Double
  let rightBeta: Double

  /// A point of the curve (delta_n(p), -log p), in nats.
  struct Vertex: Sendable {
    var cell: Double
    var distortion: Double
    var rate: Double
  }

  /// The bound of a process on a grid.
  public init(source: Source, sampling: Sampling) {
    self.source = source
    self.sampling = sampling
    let cells = SampledCells(source: source, sampling: sampling)
    let atoms = sampling.atoms
    self.atoms = atoms
    let largest = cells.cellDistortion(1.0)
    largestDistortion = largest
    let vertex = { (p: Double) in
      Vertex(cell: p, distortion: max(0, cells.cellDistortion(p)), rate: -Double.log(p))
    }
    let chordBeta = Double.log(atoms) / largest

    guard let arc = source.increasingSlopes(atoms: atoms) else {
      (leftEnd, rightEnd) = (vertex(1 / atoms), vertex(1))
      (leftBeta, rightBeta) = (chordBeta, chordBeta)
      return
    }
    // Both differences increase over the arc: their derivatives are -w' log p and w' log(N p).
    let rightCell = Self.root(
      of: { p in -cells.logarithmicSlope(p) * Double.log(p) - (largest - cells.cellDistortion(p)) }, in: arc)
    let leftCell = Self.root(
      of: { p in cells.logarithmicSlope(p) * Double.log(atoms * p) - cells.cellDistortion(p) }, in: arc)
    let right = vertex(rightCell)
    let left = vertex(leftCell)
    // A segment that has shrunk to its end has the curve's own slope there.
    let steepness = { (v: Vertex) in 1 / cells.logarithmicSlope(v.cell) }
    let toEnd = largest > right.distortion ? right.rate / (largest - right.distortion) : steepness(right)
    if toEnd >= chordBeta || left.cell >= right.cell {
      (leftEnd, rightEnd) = (vertex(1 / atoms), vertex(1))
      (leftBeta, rightBeta) = (chordBeta, chordBeta)
    } else {
      (leftEnd, rightEnd) = (left, right)
      rightBeta = toEnd
      leftBeta = left.distortion > 0 ? (Double.log(atoms) - left.rate) / left.distortion : steepness(left)
    }
  }

  private static func root(of function: (Double) -> Double, in arc: ClosedRange<Double>) -> Double {
    if function(arc.lowerBound) >= 0 { return arc.lowerBound }
    if function(arc.upperBound) <= 0 { return arc.upperBound }
    // A continuous function with a change of sign: Brent's method cannot fail, and any point of the arc would still give a
    // valid bound.
    let root = try? brentRoot("tangent of the sampled bound", in: arc, of: function)
    return root ?? arc.upperBound
  }

  public var name: CurveName { .lower }
  public var kind: BoundKind { .lower }
  public var summary: String { "dual lower bound for the process on \(sampling.samples) time samples" }

  private var isChord: Bool { leftEnd.cell * atoms <= 1 && rightEnd.cell == 1 && leftBeta == rightBeta }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let found = place(atDistortion: distortion)
    return OperatingPoint(distortion: distortion, nats: found.rate, natsPerDistortion: found.beta)
  }

  /// The bound in nats, its multiplier, and a cell size where the infimum is attained.
  private func place(atDistortion distortion: Double) -> (rate: Double, beta: Double, cell: Double) {
    if distortion >= largestDistortion { return (0, 0, 1) }
    if distortion >= rightEnd.distortion || isChord {
      return (rightBeta * (largestDistortion - distortion), rightBeta, rightEnd.cell)
    }
    if distortion <= leftEnd.distortion {
      return (Double.log(atoms) - leftBeta * distortion, leftBeta, leftEnd.cell)
    }
    let cells = SampledCells(source: source, sampling: sampling)
    let scale = sampling.scale
    let unsampled = distortion * scale.denominator / scale.numerator
    // (log p)-steps are safe Newton steps: delta_n is increasing and nearly a power of p.
    let logCell = newtonRoot(
      in: Double.log(leftEnd.cell)...Double.log(rightEnd.cell),
      from: Double.log(source.cellSize(atDistortion: min(unsampled, source.largestDistortion)))
    ) { logCell in
      let p = Double.exp(logCell)
      return (cells.cellDistortion(p) - distortion, cells.logarithmicSlope(p))
    }
    return (-logCell, 1 / cells.logarithmicSlope(Double.exp(logCell)), Double.exp(logCell))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let cells = SampledCells(source: source, sampling: sampling)
    guard nats < Double.log(atoms) else { return OperatingPoint(distortion: 0, rate: rate, slope: nil) }
    if nats <= rightEnd.rate || isChord {
      return OperatingPoint(
        distortion: largestDistortion - nats / rightBeta, rate: rate, slope: rightBeta / natsPerBit)
    }
    if nats >= leftEnd.rate {
      return OperatingPoint(
        distortion: (Double.log(atoms) - nats) / leftBeta, rate: rate, slope: leftBeta / natsPerBit)
    }
    let p = Double.exp(-nats)
    return OperatingPoint(
      distortion: cells.cellDistortion(p), rate: rate, slope: 1 / (cells.logarithmicSlope(p) * natsPerBit))
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let cells = SampledCells(source: source, sampling: sampling)
    let found = place(atDistortion: distortion)
    let multiplier = found.beta / natsPerBit
    let infimum = dualInfimumBySearch(
      of: cells, multiplier: multiplier, distortion: distortion, near: found.cell, from: cells.smallestCell)
    let lower = max(0, infimum.lower)
    return Bound(
      kind: .lower, distortion: distortion, rate: .hull(lower, max(lower, infimum.upper)), slope: multiplier,
      evidence: DualMultiplier(multiplier: multiplier, minimiser: found.cell))
  }
}

extension SampledDualBound {
  public var evidence: [any Evidence.Type] { [DualMultiplier.self] }

  /// Any multiplier proves a lower end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let dual = evidence as? DualMultiplier, dual.multiplier >= 0 else { return .entire }
    let cells = SampledCells(source: source, sampling: sampling)
    let infimum = dualInfimumBySearch(
      of: cells, multiplier: dual.multiplier, distortion: distortion, near: dual.minimiser, from: cells.smallestCell)
    return .hull(infimum.lower, .infinity)
  }
}

/// The cells of a process on a grid: delta_n as stated in `SampledDualBound`.
struct SampledCells<Source: SampledProcess>: CellSource {
  let source: Source
  let atoms: Double
  let scale: (numerator: Double, denominator: Double)

  init(source: Source, sampling: Sampling) {
    self.source = source
    atoms = sampling.atoms
    scale = sampling.scale
  }

  /// A little below 1/N, so that no rounding excludes p = 1/N.
  var smallestCell: Double { (1 / atoms).nextDown }

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    let m = p * Number(atoms)
    let factor = (m - 1) * (m + 1) / .squared(m)
    return source.cellDistortion(p) * factor * Number(scale.numerator) / Number(scale.denominator)
  }

  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    let m = p * Number(atoms)
    let square = Number.squared(m)
    let sum =
      source.logarithmicSlope(p) * ((m - 1) * (m + 1) / square) + 2 * source.cellDistortion(p) / square
    return sum * Number(scale.numerator) / Number(scale.denominator)
  }

  func cellSize(atDistortion distortion: Double) -> Double {
    source.cellSize(atDistortion: distortion)
  }
}
