import IntervalArithmetic
import ParallelBlocks

/// The sets that a multiplier of the radius alone is worst at: `WorstCells` for a round source, whose reproductions need only
/// be sought on a ray.
///
/// By symmetry the best multiplier of a round source is a function of the radius: the condition of the one-shot dual is convex
/// in c, and its average over all turns earns as much. On a ring the set c + t > beta |x - y|^2 is an arc about the direction of
/// y, whose moments are sines.
struct RadialCells {
  private let knots: [Double]
  private let reward: RadialReward
  private let spacing: Double
  /// How far out reproductions are tried, in deviations.
  private static let reach = 5.0
  private static let rounds = 6
  /// Sets that earn less than this part of the most are not followed.
  private static let share = 0.9

  init(_ dual: OneShotDual, of source: BentGaussian) {
    knots = dual.first
    let unit = 1 / dual.slope.squareRoot()
    spacing = 0.12 * unit
    reward = RadialReward(source, dual, width: 0.08 * unit, top: 1, step: 0.06)
  }

  /// The mean of the hat of every knot.
  var gains: [Double] {
    var gains = [Double](repeating: 0, count: knots.count)
    for ring in reward.rings {
      for (place, share) in hats(ring) { gains[place] += ring.probability * share }
    }
    return gains
  }

  /// The shares of the knots' hats in the mean of c on a ring.
  private func hats(_ ring: RadialReward.Ring) -> [(Int, Double)] {
    let radius = (2 * ring.mean).squareRoot()
    let next = knots.partitioningIndex { $0 > radius }
    guard next < knots.count, next > 0 else { return [(min(next, knots.count - 1), 1)] }
    let (a, b) = (knots[next - 1] * knots[next - 1] / 2, knots[next] * knots[next] / 2)
    let share = (ring.mean - a) / (b - a)
    return [(next - 1, 1 - share), (next, share)]
  }

  /// The supremum S, about, and the sets at the reproductions that earn nearly as much.
  func found() -> (supremum: Double, cells: [WorstCells.Cell]) {
    let places = reward.suprema(spacing: spacing, reach: Self.reach)
    let largest = places.reduce(0) { max($0, $1.value) }
    let near = places.filter { $0.value > Self.share * largest }
    let followed = parallelMap(count: near.count, block: 4) { cell(at: near[$0].radius, t: near[$0].t) }
    let supremum = [largest] + followed.compactMap { $0.map { 1 + $0.excess } }
    return (supremum.max() ?? 0, followed.compactMap { $0?.cell })
  }

  /// The set that is reached from a reproduction and a t, and its excess.
  private func cell(at radius: Double, t: Double) -> (cell: WorstCells.Cell, excess: Double)? {
    var (y, t) = (radius, t)
    let (slope, s) = (reward.slope, reward.scale)
    var shares = [Double](repeating: 0, count: knots.count)
    for round in 0...Self.rounds {
      var (p, x, square, c) = (0.0, 0.0, 0.0, 0.0)
      for ring in reward.rings {
        let here = ring.low.c + ring.share * (ring.high.c - ring.low.c)
        let r = s * (2 * ring.mean).squareRoot()
        let (a, b) = (here + t - slope * (r * r + y * y), 2 * slope * r * y)
        guard a + b > 0 else { continue }
        let angle = a < b ? Double.acos(-a / b) : Double.pi
        let part = ring.probability * angle / Double.pi
        p += part
        x += ring.probability * Double.sin(angle) / Double.pi * r
        square += part * r * r
        c += part * here
        if round == Self.rounds {
          for (place, share) in hats(ring) { shares[place] += part * share }
        }
      }
      guard p > 1e-12 else { return nil }
      if round == Self.rounds {
        let used = shares.indices.filter { shares[$0] > 0 }
        let cell = WorstCells.Cell(
          places: used.map { Int32(truncatingIfNeeded: $0) }, shares: used.map { shares[$0] / p },
          inertia: (square - x * x / p) / p, information: -Double.log(p))
        return (cell, c / p - cell.limit(slope: slope))
      }
      y = x / p
      t = min(1, 1 + Double.log(p))
    }
    return nil
  }
}
