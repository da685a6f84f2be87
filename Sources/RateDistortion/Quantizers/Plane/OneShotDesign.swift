import IntervalArithmetic
import ParallelBlocks

/// The search for the multiplier of the one-shot dual: the largest E c among functions with the given knots, by cutting planes.
///
/// For every set A with probability P and least moment of inertia M about a point the condition says
///
///     integral of c over A <= beta M - P log P,
///
/// linear in the values of c at the knots: a linear program with one constraint a set (`LinearProgram`). For a c the set that
/// violates it most at a reproduction y is where a + t > 0, t that of the supremum of `OneShotReward`. Sets of all y at which
/// it has a local maximum, and a large one, are added until nothing is gained. Boxes are coarse and taken as points with their
/// variances: what is found is proved by `OneShotProof`.
struct OneShotDesign {
  /// Knots of |z_0|/s_0 and z_1/s_1.
  struct Knots: Sendable {
    var first: [Double]
    var second: [Double]

    static let standard = Knots(
      first: [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.6], second: [-3.6, -3, -2.3, -1.6, -0.8, 0, 0.8, 1.6, 2.3, 3, 3.6])
  }

  private let source: BentGaussian
  private let slope: Double
  private let knots: Knots
  private var program: LinearProgram
  private let spacing: Double
  private let width: Double
  /// Values at knots lie between these, so that the first programs have a solution.
  private static let range = -20.0...11.5

  init(_ source: BentGaussian, slope: Double, knots: Knots = .standard) {
    self.source = source
    self.slope = slope
    self.knots = knots
    let unit = 1 / slope.squareRoot()
    spacing = min(0.22 * unit, 0.35 * min(source.first, 2 * source.second))
    width = min(0.16 * unit, 0.3 * min(source.first, source.second))
    let n = knots.first.count * knots.second.count
    let boxes = LatentBoxes(
      source,
      OneShotDual(slope: slope, first: knots.first, second: knots.second, values: Array(repeating: 0, count: n)),
      width: width)
    var gains = [Double](repeating: 0, count: n)
    for i in boxes.columns.indices {
      for j in boxes.rows.indices {
        let p = boxes.columns[i].probability * boxes.rows[j].probability
        for (place, share) in Self.hats(boxes, knots, i, j) { gains[place] += p * share }
      }
    }
    program = LinearProgram(gains: gains)
    for k in 0..<n {
      let place = Int32(truncatingIfNeeded: k)
      program.constraints.append(.init(places: [place], coefficients: [1], limit: Self.range.upperBound))
      program.constraints.append(.init(places: [place], coefficients: [-1], limit: -Self.range.lowerBound))
    }
  }

  /// The shares of the knots' hats in the mean of c on a box.
  private static func hats(_ boxes: LatentBoxes, _ knots: Knots, _ i: Int, _ j: Int) -> [(Int, Double)] {
    let (s, t) = (abs(boxes.columns[i].mean), boxes.rows[j].mean)
    let (a, b) = (LatentBoxes.patch(knots.first, s), LatentBoxes.patch(knots.second, t))
    let (u, v) = ((s - a.start) * a.inverse, (t - b.start) * b.inverse)
    let n = knots.second.count
    return [
      (a.knot * n + b.knot, (1 - u) * (1 - v)), (a.knot * n + b.knot + b.step, (1 - u) * v),
      ((a.knot + a.step) * n + b.knot, u * (1 - v)), ((a.knot + a.step) * n + b.knot + b.step, u * v),
    ]
  }

  /// The best multiplier found, raised or lowered by a constant to where its supremum is about 1.
  ///
  /// Each program is solved in a box around the best multiplier known, which is halved when its solution is no better: without
  /// it the solutions jump to where no set has been yet.
  ///
  /// - Parameters:
  ///   - start: one of a neighbouring slope.
  ///   - rounds: the most linear programs.
  mutating func best(from start: OneShotDual?, rounds: Int, tolerance: Double = 5e-4) -> OneShotDual {
    let n = program.gains.count
    func gain(_ values: [Double]) -> Double { zip(program.gains, values).reduce(0) { $0 + $1.0 * $1.1 } }
    var best: (value: Double, dual: OneShotDual)?
    for var dual in [start].compactMap({ $0 }) + [0, 0.4, 0.7, 1].map(quadratic) {
      dual.slope = slope
      let found = cuts(dual)
      let centred = normalized(dual, found.supremum)
      program.constraints += found.cuts
      if gain(centred.values) > best?.value ?? -.infinity { best = (gain(centred.values), centred) }
    }
    guard var centre = best else { return quadratic(1) }
    var radius = 1.0
    for _ in 0..<rounds where radius > 1e-3 {
      for k in 0..<n {
        let value = centre.dual.values[k]
        program.constraints[2 * k].limit = min(Self.range.upperBound, value + radius)
        program.constraints[2 * k + 1].limit = -max(Self.range.lowerBound, value - radius)
      }
      guard let solution = program.solution(tolerance: 1e-7) else { break }
      let promised = gain(solution.c) - centre.value
      guard promised > tolerance / 4 else { break }
      var dual = centre.dual
      dual.values = solution.c
      let found = cuts(dual)
      let next = normalized(dual, found.supremum)
      program.constraints += found.cuts
      let gained = gain(next.values) - centre.value
      if gained > 0 { centre = (gain(next.values), next) }
      if gained < 0.1 * promised { radius *= 0.6 } else if gained > 0.6 * promised { radius *= 1.5 }
      if program.constraints.count > 4000 {
        // Those that weigh nothing are dropped, but for the bounds.
        program.constraints = program.constraints.enumerated().filter {
          $0.offset < 2 * n || $0.offset >= solution.weights.count || solution.weights[$0.offset] > 1e-9
        }.map(\.element)
      }
    }
    return centre.dual
  }

  /// Raised or lowered to a supremum of 1, and held to the range that is evaluated: a smaller c is feasible where a larger one
  /// is.
  private func normalized(_ dual: OneShotDual, _ supremum: Double) -> OneShotDual {
    var dual = dual.raised(by: -Double.log(supremum))
    dual.values = dual.values.map { min(max($0, Self.range.lowerBound), Self.range.upperBound) }
    return dual
  }

  /// A share of -log f, which is a quadratic of the latent coordinates, as a first multiplier.
  private func quadratic(_ share: Double) -> OneShotDual {
    OneShotDual(
      slope: slope, first: knots.first, second: knots.second,
      values: knots.first.flatMap { s in knots.second.map { share * min((s * s + $0 * $0) / 2, 8) } })
  }

  /// The supremum of a multiplier on a lattice of reproductions, about, and the sets of its local maxima above 1.
  private func cuts(_ dual: OneShotDual) -> (supremum: Double, cuts: [LinearProgram.Constraint]) {
    let boxes = LatentBoxes(source, dual, width: width)
    let reward = OneShotReward(boxes, slope: slope, top: 1)
    let far = 5.0
    let across = Int((far * source.first / spacing).rounded(.up))
    let bend = boxes.bend
    let bottom = Int(((-bend * far * far * source.first * source.first - far * source.second) / spacing).rounded(.down))
    let top = Int((far * source.second / spacing).rounded(.up))
    let found = parallelMap(count: across + 1, block: 1) { i -> [(value: Double, place: Double)] in
      var scratch = reward.scratch()
      let x = Double(i) * spacing
      return (bottom...top).map { j in
        let y = Double(j) * spacing
        // Far inside of the ridge's bow, or outside, nothing is near.
        let height = (y + bend * x * x) / source.second
        let reach = 5.5 + 1.5 / (slope.squareRoot() * source.second)
        guard abs(height) < reach * (1 + 2 * bend * x) else { return (0, 0) }
        return reward.supremum(first: x, second: y, isBound: false, &scratch)
      }
    }
    let supremum = found.joined().reduce(0) { max($0, $1.value) }
    var places: [(value: Double, i: Int, j: Int)] = []
    for i in 0...across {
      for j in found[i].indices where found[i][j].value > min(1, supremum) * 0.8 {
        var isLargest = true
        for a in max(0, i - 1)...min(across, i + 1) {
          for b in max(0, j - 1)...min(found[i].count - 1, j + 1) where found[a][b].value > found[i][j].value {
            isLargest = false
          }
        }
        if isLargest { places.append((found[i][j].value, i, j)) }
      }
    }
    places.sort { $0.value > $1.value }
    let chosen = Array(places.prefix(300))
    let cuts = parallelMap(count: chosen.count, block: 4) { index -> LinearProgram.Constraint? in
      let (i, j) = (chosen[index].i, chosen[index].j)
      return cut(reward, first: Double(i) * spacing, second: Double(bottom + j) * spacing, place: found[i][j].place)
    }
    return (supremum, cuts.compactMap { $0 })
  }

  /// The constraint of the set on which a + t > 0.
  private func cut(
    _ reward: OneShotReward, first: Double, second: Double, place: Double
  ) -> LinearProgram.Constraint? {
    let boxes = reward.boxes
    var shares = [Double](repeating: 0, count: knots.first.count * knots.second.count)
    var (p, x, y, square) = (0.0, 0.0, 0.0, 0.0)
    let curved = boxes.bend * source.first * source.first
    reward.visit(first: first, second: second, withBounds: false) { i, j, probability, mean, _, _ in
      guard mean + place > 0 else { return }
      let (box, column, row) = (boxes.boxes[i * boxes.rows.count + j], boxes.columns[i], boxes.rows[j])
      let (u, v) = (box.first - first, box.second - second)
      p += probability
      x += probability * u
      y += probability * v
      let variance =
        source.first * source.first * column.variance + curved * curved * column.squareVariance
        + source.second * source.second * row.variance
      square += probability * (u * u + v * v + variance)
      for (place, share) in Self.hats(boxes, knots, i, j) { shares[place] += probability * share }
    }
    guard p > 1e-12 else { return nil }
    let inertia = square - (x * x + y * y) / p
    let places = shares.indices.filter { shares[$0] > 0 }
    // Scaled by 1/P, so that all are of one size.
    return LinearProgram.Constraint(
      places: places.map { Int32(truncatingIfNeeded: $0) }, coefficients: places.map { shares[$0] / p },
      limit: (slope * inertia - p * Double.log(p)) / p)
  }
}
