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

  /// How fine boxes and lattice are, in units of 1/sqrt(beta).
  struct Resolution: Sendable {
    var box = 0.1
    var lattice = 0.08
    /// Of a multiplier of the radius: rings, and reproductions on a ray.
    var ring = 0.04
    var ray = 0.04
  }

  /// Blocks that earn less are passed over.
  private static let negligible = 0.75
  /// Squares of the lattice along a side of a block.
  private static let blockSide = 8

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
    let boxes = LatentBoxes(source, dual, width: min(resolution.box * unit, 0.2 * min(source.first, source.second)))
    let spacing = resolution.lattice * unit
    let excess = dual.slope * spacing * spacing / 2 * (1 + 0x1p-40)
    let reward = OneShotReward(boxes, slope: dual.slope, top: 1 + excess)
    let wanted = Self.vertices(reward, spacing: spacing, slope: dual.slope, excess: excess)
    let largest = parallelMap(count: wanted.count, block: 1) { index -> Double in
      var scratch = reward.scratch()
      var largest = 0.0
      for j in wanted[index].rows {
        let found = reward.supremum(
          first: Double(wanted[index].column) * spacing, second: Double(j) * spacing, isBound: true, &scratch)
        largest = worst(largest, found.value)
      }
      return largest
    }
    let lattice = largest.reduce(0) { worst($0, $1) } * OneShotReward.betweenSteps * Double.exp(excess)
    let outside = Self.probabilityOutside
    let tail = outside * Double.exp(dual.values.max() ?? 0)
    supremum = (worst(Self.negligible, lattice) + tail) * (1 + 1e-8)
    var sum = 0.0
    for (i, column) in boxes.columns.enumerated() {
      for (j, row) in boxes.rows.enumerated() {
        sum += column.probability * row.probability * boxes.boxes[i * boxes.rows.count + j].mean
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

  /// The corners of all squares of blocks that are not passed over: columns of the lattice, with rows in order.
  private static func vertices(
    _ reward: OneShotReward, spacing: Double, slope: Double, excess: Double
  ) -> [(column: Int, rows: [Int])] {
    let source = reward.boxes.source
    let clusters = BoxCluster.clusters(reward.boxes)
    let side = Double(blockSide) * spacing
    let far = LatentBoxes.reach
    let across = Int((far * source.first / side).rounded(.up))
    let bottom = Int(
      ((-reward.boxes.bend * far * far * source.first * source.first - far * source.second) / side).rounded(.down))
    let top = Int((far * source.second / side).rounded(.up))
    let blocks = parallelMap(count: across, block: 1) { i -> [Bool] in
      (bottom..<top).map { j in
        let low = SIMD2(Double(i) * side, Double(j) * side)
        return !(BoxCluster.bound(clusters, from: low, to: low + side, slope: slope) < negligible)
      }
    }
    var wanted: [(column: Int, rows: [Int])] = []
    for column in 0...(across * blockSide) {
      var rows: Set<Int> = []
      for i in [(column - 1) / blockSide, column / blockSide] where i < across && column > 0 || i == 0 {
        for (index, isKept) in blocks[min(i, across - 1)].enumerated() where isKept {
          rows.formUnion(((bottom + index) * blockSide)...((bottom + index + 1) * blockSide))
        }
      }
      if !rows.isEmpty { wanted.append((column, rows.sorted())) }
    }
    return wanted
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
