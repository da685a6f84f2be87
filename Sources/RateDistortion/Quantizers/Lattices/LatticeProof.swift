import IntervalArithmetic

/// What a lattice achieves, enclosed: the entropy of its cells, and its distortion about their centroids.
///
/// With p, m and q a cell's probability, first moments about its lattice point and second ones, summed over both coordinates,
///
///     H = -sum of p log p,      D = sum of q - |m|^2/p.
///
/// Where columns and rows are coded apart, H and D are the sums of both partitions', each with the moments of its own coordinate.
///
/// What lies in no cell that is summed, beyond the ellipse r = 8.5 (`LatticeCells`), is sent as the likeliest cell of either partition:
/// that is a code, with finitely many indices, whose H and D are enclosed with at most `BentGaussian.outside` more, where |x - y|^2 <= 2 |x|^2 + 2 |y|^2.
/// Where a probability cannot be told from 0 the cell's distortion is at most q.
package struct LatticeProof {
  /// H in nats.
  package let entropy: Interval
  /// D.
  package let distortion: Interval
  /// How many cells there are.
  package let count: Int
  /// The sum of the cells' probabilities, 1 but for what is left out.
  package let probability: Interval

  private static let reach = 8.5
  private static let tolerance = 1e-15

  /// - Throws: `LawRefused` unless the lattice is one that is evaluated.
  package init(_ code: LatticeQuantizer, of source: BentGaussian) throws(LawRefused) {
    try code.require(of: source)
    let cells = LatticeCells<Interval>(code, of: source, tolerance: Self.tolerance, reach: Self.reach)
    let outside = source.outside(reach: Self.reach)
    var (entropy, distortion) = (Interval(0), Interval(0))
    // The squared distance of the likeliest cell's centroid from the origin, at most: of its place, and half of a cell's diameter.
    var square = Interval(0)
    for partition in cells.partitions(of: code.lattice) {
      let likeliest = partition.indices.max {
        partition[$0].moments.probability.upper < partition[$1].moments.probability.upper
      }
      for (index, cell) in partition.enumerated() {
        let times = Interval(cell.count)
        let p = cell.moments.enclosedProbability
        distortion = distortion + times * cell.moments.enclosedInertia
        guard index == likeliest else {
          entropy = entropy - times * .xlogx(p)
          continue
        }
        // One of them has all of what lies outside.
        let more = Interval.hull(p.lower, min(1, p.upper + outside.probability * (1 + 0x1p-40)))
        entropy = entropy - (times - 1) * .xlogx(p) - .xlogx(more)
        square = square + .squared(Interval(cell.place.x)) + .squared(Interval(cell.place.y))
      }
    }
    // |y|^2 <= 2 |place|^2 + 2 step^2, and with room for the rounding of the place.
    square = 2 * square + 4 * .squared(Interval(code.step))
    let left = 2 * Interval(outside.square) + 2 * square * Interval(outside.probability)
    self.entropy = .hull(max(0, entropy.lower), entropy.upper)
    self.distortion = distortion + .hull(0, left.upper)
    probability = cells.cells.reduce(Interval(0)) { $0 + Interval($1.count) * $1.moments.enclosedProbability }
    count = cells.cells.reduce(0) { $0 + $1.count }
  }
}

extension LocalMoments<Interval> {
  /// The probability, which is from 0 to 1.
  var enclosedProbability: Interval {
    .hull(min(1, max(0, probability.lower)), min(1, max(0, probability.upper)))
  }

  /// The second moment about the centroid.
  var enclosedInertia: Interval {
    let square = firstSquare + secondSquare
    guard probability.lower > 0 else { return .hull(0, max(0, square.upper)) }
    let inertia = square - (.squared(first) + .squared(second)) / probability
    return .hull(max(0, inertia.lower), max(0, min(inertia.upper, square.upper)))
  }
}

/// What a lattice achieves, in floating point: H in nats, and D.
struct LatticePerformance: Sendable {
  var entropy = 0.0
  var distortion = 0.0

  /// Nothing.
  init() {}

  /// To some 1e-10.
  init(_ code: LatticeQuantizer, of source: BentGaussian) {
    let cells = LatticeCells<Double>(code, of: source, tolerance: 1e-11, reach: 7.2)
    for cell in cells.partitions(of: code.lattice).joined() {
      let (moments, count) = (cell.moments, Double(cell.count))
      distortion += count * (moments.firstSquare + moments.secondSquare)
      guard moments.probability > 0 else { continue }
      entropy -= count * .xlogx(moments.probability)
      distortion -= count * (moments.first * moments.first + moments.second * moments.second) / moments.probability
    }
  }
}
