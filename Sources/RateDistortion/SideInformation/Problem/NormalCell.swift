import IntervalArithmetic

/// An end of a cell of the standard normal density, with what its two neighbours need of it.
package struct NormalCellEnd {
  /// The end.
  let position: Double
  /// The density there.
  let density: Double
  /// The probability beyond |position|.
  let tail: Double

  package init(_ position: Double) {
    self.position = position
    (tail, density) = NormalSeries.values(at: position.magnitude)
  }

  /// The infinite ends, at finite places beyond everything in reach, so that position times density is 0.
  static let minusInfinity = NormalCellEnd(unbounded: -1e3)
  static let infinity = NormalCellEnd(unbounded: 1e3)

  private init(unbounded position: Double) {
    self.position = position
    density = 0
    tail = 0
  }
}

/// A set of a standard normal variable W, by its probability, its centroid, and its distortion E (W - c)^2 about it.
///
/// Sets grow by unions, D = D1 + D2 + p1 p2/(p1 + p2) (c1 - c2)^2: sums of positive terms, so that the small distortion of a
/// good code is never the difference of large numbers.
package struct NormalCell {
  package private(set) var probability = 0.0
  package private(set) var centroid = 0.0
  package private(set) var distortion = 0.0

  /// Cells narrower than this are integrated by the Taylor series of `GaussianDensity`. Wider ones by
  ///
  ///     p = Q(a) - Q(b),   c = (f(a) - f(b))/p,   D = p - (b f(b) - a f(a)) - p c^2,
  ///
  /// which lose a factor of about 12 (1 + a^2) / width^2 to cancellation.
  package static let narrow = 0.5

  init() {}

  /// - Parameter narrow: which cells are too narrow for differences of their ends.
  package init(from a: NormalCellEnd, to b: NormalCellEnd, narrow: Double = narrow) {
    if b.position - a.position < narrow {
      let cell: QuantizationCell<Double> = GaussianDensity().cell(from: a.position, to: b.position)
      probability = cell.probability
      centroid = cell.centroid
      distortion = cell.distortion
      return
    }
    if a.position >= 0 {
      probability = a.tail - b.tail
    } else {
      probability = b.position <= 0 ? b.tail - a.tail : 1 - b.tail - a.tail
    }
    guard probability > 0 else { return }
    centroid = (a.density - b.density) / probability
    let edges = b.position * b.density - a.position * a.density
    distortion = max(0, probability - edges - probability * centroid * centroid)
  }

  /// Joins a disjoint set.
  mutating func unite(with other: NormalCell) {
    let total = probability + other.probability
    guard total > 0 else { return }
    let shift = other.centroid - centroid
    let share = other.probability / total
    distortion += other.distortion + probability * share * shift * shift
    centroid += share * shift
    probability = total
  }
}

/// exp(-x^2/2)/sqrt(2 pi).
func normalDensity(_ x: Double) -> Double { Double.exp(-x * x / 2) * 0.39894228040143267793994605993438 }

/// 1/2 log(2 pi e), the differential entropy of a standard normal variable in nats.
let normalEntropy = 1.41893853320467274178
