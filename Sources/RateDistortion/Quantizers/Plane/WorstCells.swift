import IntervalArithmetic
import ParallelBlocks

/// The sets of the plane that a multiplier c is worst at: with S > 1 those on which its integral is more than a cell may earn.
///
/// For every set A with probability P and least moment of inertia M about a point the condition of the one-shot dual says
///
///     integral of c over A <= beta M - P log P.
///
/// For a given c the set that exceeds this most at a reproduction y is where a + t > 0 (`OneShotReward`). It has a better y,
/// its centroid, and a better t, 1 + log P; going back and forth between set and (y, t) the excess only grows, as with
/// Lloyd's iteration. The start is a lattice of reproductions, of which the local maxima are followed. Boxes are coarse and
/// taken as points with their variances: nothing is claimed of what is found.
struct WorstCells {
  /// Knots of |z_0|/s_0 and z_1/s_1.
  struct Knots: Sendable {
    var first: [Double]
    var second: [Double]

    static let standard = Knots(
      first: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.6], second: [-3.6, -3, -2.3, -1.6, -0.8, 0, 0.8, 1.6, 2.3, 3, 3.6])

    /// Of the radius alone.
    static let radial = Knots(first: [0, 0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 3.6, 4.1], second: [])

    var count: Int { first.count * max(1, second.count) }
  }

  /// A set, in what the condition says of it at any slope.
  struct Cell: Sendable {
    /// Knots whose hats have a share in the mean of c on the set, and these shares.
    var places: [Int32]
    var shares: [Double]
    /// M/P.
    var inertia: Double
    /// -log P.
    var information: Double

    /// By how much the mean of c on the set is more than a cell may earn.
    func excess(_ values: [Double], slope: Double) -> Double {
      zip(places, shares).reduce(-limit(slope: slope)) { $0 + $1.1 * values[Int($1.0)] }
    }

    func limit(slope: Double) -> Double { slope * inertia + information }
  }

  private let source: BentGaussian
  private let slope: Double
  private let knots: Knots
  private let boxes: LatentBoxes
  private let reward: OneShotReward
  /// The lattice's.
  private let spacing: Double
  /// How far out reproductions are tried, in deviations.
  private static let reach = 5.0
  /// How many sets are followed, and how long.
  private static let most = 300
  private static let rounds = 6

  init(_ dual: OneShotDual, of source: BentGaussian) {
    self.source = source
    slope = dual.slope
    knots = Knots(first: dual.first, second: dual.second)
    let unit = 1 / slope.squareRoot()
    spacing = min(0.3 * unit, 0.35 * min(source.first, 2 * source.second))
    boxes = LatentBoxes(source, dual, width: min(0.16 * unit, 0.3 * min(source.first, source.second)))
    reward = OneShotReward(boxes, slope: slope, top: 1)
  }

  /// The mean of the hat of every knot.
  var gains: [Double] {
    var gains = [Double](repeating: 0, count: knots.count)
    for i in boxes.columns.indices {
      for j in boxes.rows.indices {
        let p = boxes.columns[i].probability * boxes.rows[j].probability
        for (place, share) in hats(i, j) { gains[place] += p * share }
      }
    }
    return gains
  }

  /// The shares of the knots' hats in the mean of c on a box.
  private func hats(_ i: Int, _ j: Int) -> [(Int, Double)] {
    let (s, t) = (abs(boxes.columns[i].mean), boxes.rows[j].mean)
    let (a, b) = (LatentBoxes.patch(knots.first, s), LatentBoxes.patch(knots.second, t))
    let (u, v) = ((s - a.start) * a.inverse, (t - b.start) * b.inverse)
    let n = knots.second.count
    return [
      (a.knot * n + b.knot, (1 - u) * (1 - v)), (a.knot * n + b.knot + b.step, (1 - u) * v),
      ((a.knot + a.step) * n + b.knot, u * (1 - v)), ((a.knot + a.step) * n + b.knot + b.step, u * v),
    ]
  }

  /// A reproduction, what it earns, and the t at which it does.
  private struct Place {
    var first: Double
    var second: Double
    var value: Double
    var t: Double
  }

  /// The supremum S, about, and the sets at its local maxima.
  func found() -> (supremum: Double, cells: [Cell]) {
    let places = maxima()
    let followed = parallelMap(count: places.count, block: 4) { cell(from: places[$0]) }
    // A t beyond 1 is none: the set of one cell is everything.
    let supremum = places.map(\.value) + followed.compactMap { $0.map { 1 + $0.excess } }
    return (supremum.max() ?? 0, followed.compactMap { $0?.cell })
  }

  /// The local maxima on the lattice, the largest first.
  private func maxima() -> [Place] {
    let across = Int((Self.reach * source.first / spacing).rounded(.up))
    let bend = boxes.bend
    let far = Self.reach * source.first
    let bottom = Int(((-bend * far * far - Self.reach * source.second) / spacing).rounded(.down))
    let top = Int((Self.reach * source.second / spacing).rounded(.up))
    let found = parallelMap(count: across + 1, block: 1) { i -> [Place] in
      var scratch = reward.scratch()
      let x = Double(i) * spacing
      return (bottom...top).map { j in
        let y = Double(j) * spacing
        // Far inside of the ridge's bow, or outside, nothing is near.
        let height = (y + bend * x * x) / source.second
        let reach = 5.5 + 1.5 / (slope.squareRoot() * source.second)
        guard abs(height) < reach * (1 + 2 * bend * x) else { return Place(first: x, second: y, value: 0, t: 0) }
        let best = reward.supremum(first: x, second: y, isBound: false, &scratch)
        return Place(first: x, second: y, value: best.value, t: best.place)
      }
    }
    let largest = found.joined().reduce(0) { max($0, $1.value) }
    var maxima: [Place] = []
    for i in 0...across {
      for j in found[i].indices where found[i][j].value > 0.7 * largest {
        let isLargest = (max(0, i - 1)...min(across, i + 1)).allSatisfy { a in
          (max(0, j - 1)...min(found[i].count - 1, j + 1)).allSatisfy { found[a][$0].value <= found[i][j].value }
        }
        if isLargest { maxima.append(found[i][j]) }
      }
    }
    return Array(maxima.sorted { $0.value > $1.value }.prefix(Self.most))
  }

  /// The set that is reached from a place, and its excess.
  private func cell(from place: Place) -> (cell: Cell, excess: Double)? {
    let curved = boxes.bend * source.first * source.first
    var place = place
    var shares = [Double](repeating: 0, count: knots.count)
    for round in 0...Self.rounds {
      var (p, x, y, square, c) = (0.0, 0.0, 0.0, 0.0, 0.0)
      reward.visit(first: place.first, second: place.second) { i, j, probability, level in
        guard level.mean + place.t > 0 else { return }
        let (box, column, row) = (boxes.boxes[i * boxes.rows.count + j], boxes.columns[i], boxes.rows[j])
        let (u, v) = (box.first - place.first, box.second - place.second)
        p += probability
        x += probability * u
        y += probability * v
        c += probability * box.mean
        square +=
          probability
          * (u * u + v * v + source.first * source.first * column.variance + curved * curved * column.squareVariance
            + source.second * source.second * row.variance)
        if round == Self.rounds {
          for (place, share) in hats(i, j) { shares[place] += probability * share }
        }
      }
      guard p > 1e-12 else { return nil }
      if round == Self.rounds {
        let used = shares.indices.filter { shares[$0] > 0 }
        let cell = Cell(
          places: used.map { Int32(truncatingIfNeeded: $0) }, shares: used.map { shares[$0] / p },
          inertia: (square - (x * x + y * y) / p) / p, information: -Double.log(p))
        return (cell, c / p - cell.limit(slope: slope))
      }
      place.first += x / p
      place.second += y / p
      place.t = min(1, 1 + Double.log(p))
    }
    return nil
  }
}
