import IntervalArithmetic
import ParallelBlocks

/// What a multiplier proves: H + beta D >= E c - log max(S, 1) for every one-shot code, S the supremum of `OneShotReward` over
/// y.
///
/// **Theorem.** If E[(c(X) + 1 + log w - beta d(X, y))_+] <= S w for all y and all w in (0, 1], S >= 1, then H(U) + beta D >= E
/// c(X) - log S. *Proof.* Let first S = 1, and A be a cell with reproduction y and probability P. With w = P the integral over
/// A of c + 1 + log P - beta d is at most that of its positive part everywhere, so at most P: the integral of c over A is at
/// most beta times that of d, less P log P. The sum over the cells is the claim. Else c - log S satisfies the condition with 1:
/// replace w by w/S.
///
/// **All y.** On a square lattice of spacing h let y lie in the square with middle y_0, and rho^2 = h^2/2. With s = t - beta |y
/// - y_0|^2,
///
///     E[(a + t)_+] = E[(c - beta |X - y_0|^2 + 2 beta (X - y_0).(y - y_0) + s)_+],
///
/// which at constant s is convex in y, so at most the largest of its values at the corners v, where t is s + beta rho^2: with
/// G_y(t) for the left side, G_y(t) <= max over corners of G_v(t + beta rho^2), and S is at most exp(beta rho^2) times the
/// largest, over the lattice, of the supremum over t <= 1 + beta rho^2. A projection onto a convex set that holds all boxes
/// brings y nearer to all of them, so y need only be in the rectangle around them. Blocks of squares on which E exp(c - beta d)
/// is small, which is never less than what y earns, are passed over. By the mirror symmetry of c and source, y with a first
/// coordinate from 0 on are enough.
///
/// **Tails.** What lies outside the boxes has the probability p and adds at most p exp(sup c).
///
/// **Rounding.** Everything that is summed is positive but for a + t, whose terms are below 100 in magnitude, at t where the
/// sum of their probabilities is at most e S w; fewer than 2^22 boxes, each probability and moment with a relative error below
/// 1e-12, leave S with one below 1e-8, which is added.
package struct OneShotProof {
  /// S, from above.
  package let supremum: Double
  /// E c, from below; of c less a constant where S would be far above 1.
  package let expectation: Double

  /// The lower bound on H + beta D, in nats.
  package var least: Double {
    (Interval(expectation) - .log(Interval(max(1, supremum)))).lower
  }

  /// How fine boxes and lattices are, in units of 1/sqrt(beta).
  struct Resolution: Sendable {
    /// Of lattices, each twice as fine as the one before it, the widths of the boxes.
    var boxes = [0.2, 0.12, 0.08, 0.06]
    /// The finest lattice's.
    var lattice = 0.04
    /// Of a multiplier of the radius: rings, and reproductions on a ray.
    var ring = 0.04
    var ray = 0.04
  }

  /// Squares that earn less are passed over.
  private static let negligible = 0.75

  /// - Throws: `LawRefused` for what is no multiplier.
  package init(_ dual: OneShotDual, of source: BentGaussian) throws(LawRefused) {
    try self.init(dual, of: source, Resolution())
  }

  init(_ dual: OneShotDual, of source: BentGaussian, _ resolution: Resolution) throws(LawRefused) {
    try dual.require(of: source)
    if dual.isRadial {
      let unit = 1 / dual.slope.squareRoot()
      (supremum, expectation) = RadialReward.supremum(
        dual, of: source, width: resolution.ring * unit, spacing: resolution.ray * unit)
      return
    }
    // c less a constant proves as much if S was above 1, and fewer boxes and places matter.
    let dual = dual.raised(by: -max(0, Double.log(Self.estimate(dual, of: source))))
    let unit = 1 / dual.slope.squareRoot()
    let boxes = resolution.boxes.map {
      LatentBoxes(source, dual, width: min($0 * unit, 0.2 * min(source.first, source.second)))
    }
    let lattice = Self.supremum(boxes, slope: dual.slope, finest: resolution.lattice * unit)
    let outside = Self.probabilityOutside
    let tail = outside * Double.exp(dual.values.max() ?? 0)
    supremum = (worst(Self.negligible, lattice) + tail) * (1 + 1e-8)
    var sum = 0.0
    for (i, column) in boxes[0].columns.enumerated() {
      for (j, row) in boxes[0].rows.enumerated() {
        sum += column.probability * row.probability * boxes[0].boxes[i * boxes[0].rows.count + j].mean
      }
    }
    expectation = sum - outside * max(0, -(dual.values.min() ?? 0)) - 1e-9
  }

  /// About S, from some places on and off the ridge.
  private static func estimate(_ dual: OneShotDual, of source: BentGaussian) -> Double {
    let width = 0.25 * min(source.first, source.second, 1 / dual.slope.squareRoot())
    let reward = OneShotReward(LatentBoxes(source, dual, width: width), slope: dual.slope, top: 1)
    let bend: Double = source.bend()
    var scratch = reward.scratch()
    var largest = 1.0
    for i in 0...6 {
      for j in -5...5 {
        let x = 0.75 * Double(i) * source.first
        let y = 0.8 * Double(j) * source.second - bend * x * x
        largest = max(largest, reward.supremum(first: x, second: y, isBound: false, &scratch).value)
      }
    }
    return largest
  }

  /// P(|s| > 6.5 or |t| > 6.5), from above.
  static var probabilityOutside: Double { (4 * NormalTailEnclosure.tail(at: LatentBoxes.reach)).upper }

  /// A square of a lattice, or its lower left corner.
  private struct Square: Hashable {
    let column: Int
    let row: Int

    func moved(_ columns: Int, _ rows: Int) -> Square { Square(column: column + columns, row: row + rows) }
    var corners: [Square] { [self, moved(1, 0), moved(0, 1), moved(1, 1)] }
    /// Its quarters, on the lattice of half the spacing.
    var quarters: [Square] { Square(column: 2 * column, row: 2 * row).corners }
  }

  /// The most that any y earns: squares are quartered where they may earn more than what the finest lattice and boxes give at
  /// the best places so far, until they are as fine.
  ///
  /// - Parameter boxes: those of the lattices, each of half the spacing of the one before it.
  private static func supremum(_ boxes: [LatentBoxes], slope: Double, finest: Double) -> Double {
    func reward(_ level: Int) -> (reward: OneShotReward, spacing: Double, factor: Double) {
      let spacing = finest * Double(1 << (boxes.count - 1 - level))
      let excess = slope * spacing * spacing / 2 * (1 + 0x1p-40)
      return (
        OneShotReward(boxes[level], slope: slope, top: 1 + excess), spacing,
        OneShotReward.betweenSteps * Double.exp(excess)
      )
    }
    let sharpest = reward(boxes.count - 1)
    var scratch = sharpest.reward.scratch()
    var squares = kept(boxes[0], spacing: reward(0).spacing, slope: slope)
    var (known, largest) = (0.0, 0.0)
    for level in boxes.indices {
      let (reward, spacing, factor) = reward(level)
      let earned = earned(reward, at: Set(squares.flatMap(\.corners)), spacing: spacing)
      if let best = earned.max(by: { $0.value < $1.value })?.key {
        let (x, y) = (Double(best.column) * spacing, Double(best.row) * spacing)
        let value = sharpest.reward.supremum(first: x, second: y, isBound: true, &scratch).value
        known = worst(known, value * sharpest.factor)
      }
      var quarters: [Square] = []
      for square in squares {
        let bound = square.corners.reduce(0) { worst($0, earned[$1] ?? .infinity) } * factor
        if level < boxes.count - 1, !(bound <= known) {
          quarters += square.quarters
        } else {
          largest = worst(largest, bound)
        }
      }
      squares = quarters
    }
    return largest
  }

  /// What reproductions at places of a lattice earn at most, column by column on all cores.
  private static func earned(_ reward: OneShotReward, at places: Set<Square>, spacing: Double) -> [Square: Double] {
    let columns = Dictionary(grouping: places, by: \.column).values.sorted { $0[0].column < $1[0].column }
    let found = parallelMap(count: columns.count, block: 1) { index -> [(Square, Double)] in
      var scratch = reward.scratch()
      return columns[index].map { place in
        let (x, y) = (Double(place.column) * spacing, Double(place.row) * spacing)
        return (place, reward.supremum(first: x, second: y, isBound: true, &scratch).value)
      }
    }
    return Dictionary(uniqueKeysWithValues: found.joined())
  }

  /// The squares of the coarsest lattice, y_0 >= 0, that are not passed over.
  private static func kept(_ boxes: LatentBoxes, spacing: Double, slope: Double) -> [Square] {
    let source = boxes.source
    let clusters = BoxCluster.clusters(boxes)
    let far = LatentBoxes.reach
    let across = Int((far * source.first / spacing).rounded(.up))
    let bottom = Int(
      ((-boxes.bend * far * far * source.first * source.first - far * source.second) / spacing).rounded(.down))
    let top = Int((far * source.second / spacing).rounded(.up))
    return parallelMap(count: across, block: 1) { i -> [Square] in
      (bottom..<top).map { Square(column: i, row: $0) }.filter { square in
        let low = SIMD2(Double(square.column) * spacing, Double(square.row) * spacing)
        return !(BoxCluster.bound(clusters, from: low, to: low + spacing, slope: slope) < negligible)
      }
    }.flatMap { $0 }
  }
}

/// Neighbouring boxes together: a rectangle of the plane around their images, and the sum of p exp(sup c).
struct BoxCluster {
  let low: SIMD2<Double>
  let high: SIMD2<Double>
  let mass: Double

  static func clusters(_ boxes: LatentBoxes) -> [BoxCluster] {
    let size = 8
    let source = boxes.source
    var clusters: [BoxCluster] = []
    for i in stride(from: 0, to: boxes.columns.count, by: size) {
      let columns = i..<min(i + size, boxes.columns.count)
      let (a, b) = (boxes.columns[columns.lowerBound], boxes.columns[columns.upperBound - 1])
      let (left, right) = (source.first * (a.middle - a.half), source.first * (b.middle + b.half))
      let near = left <= 0 && right >= 0 ? 0 : min(abs(left), abs(right))
      let far = max(abs(left), abs(right))
      for j in stride(from: 0, to: boxes.rows.count, by: size) {
        let rows = j..<min(j + size, boxes.rows.count)
        let (c, d) = (boxes.rows[rows.lowerBound], boxes.rows[rows.upperBound - 1])
        var mass = 0.0
        for column in columns {
          for row in rows {
            let box = boxes.boxes[column * boxes.rows.count + row]
            let largest = box.middle + abs(box.alongFirst) + abs(box.alongSecond) + box.twist
            mass += boxes.columns[column].probability * boxes.rows[row].probability * Double.exp(largest)
          }
        }
        clusters.append(
          BoxCluster(
            low: SIMD2(left, source.second * (c.middle - c.half) - boxes.bend * far * far),
            high: SIMD2(right, source.second * (d.middle + d.half) - boxes.bend * near * near),
            mass: mass * (1 + 1e-9)))
      }
    }
    return clusters
  }

  /// An upper bound on E exp(c - beta |X - y|^2) for all y in a rectangle.
  static func bound(
    _ clusters: [BoxCluster], from low: SIMD2<Double>, to high: SIMD2<Double>, slope: Double
  ) -> Double {
    var sum = 0.0
    for cluster in clusters {
      let gap = pointwiseMax(pointwiseMax(cluster.low - high, low - cluster.high), .zero)
      let exponent = slope * (gap.x * gap.x + gap.y * gap.y)
      sum += exponent < 60 ? cluster.mass * Double.exp(-exponent) : cluster.mass * 1e-26
    }
    return sum
  }
}
