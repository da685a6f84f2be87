import IntervalArithmetic

/// The search for the optimal reproduction law of a source on the line at one slope: an exchange.
///
/// Atoms start as a lattice of one kernel width, which is as good as a continuum where the source is smooth. Then, in rounds, the
/// weights are solved (`WeightSolver`), idle atoms go, and where g exceeds 1 atoms join. Taking the maxima of g always converges,
/// the problem being convex in the measure, but slowly: where the optimal law has an atom the exchange brackets it by two that
/// close in, the gap falling by 4 a round. Their centroid is off by the square of their distance or so, and three atoms about it
/// close the bracket by 8 at once; the maximum joins too, so that the exchange converges whatever the centroid is. (Newton's method
/// on positions was tried and left out: it needs the right number of atoms, which is what the exchange finds.)
package struct LineSearch {
  private let source: any LineSource
  private let scale: Double
  private let tolerance: Double
  private let domain: LineDomain
  private let grid: LineGrid
  /// Z of the rows at the grid's nodes.
  private let background: [Double]

  /// Single atoms and their weights.
  private struct Atoms {
    var points: [Double] = []
    var weights: [Double] = []

    mutating func append(_ point: Double, _ weight: Double) {
      points.append(point)
      weights.append(weight)
    }
  }

  /// Atoms, the distance of the bounds that they prove, and where g exceeds 1.
  private struct Evaluation {
    var atoms: Atoms
    var gap: Double
    var peaks: [(place: Double, value: Double)]
  }

  /// - Parameter tolerance: the distance of the bounds at which to stop, in nats.
  package init(_ source: any LineSource, slope: Double, tolerance: Double) throws(LawRefused) {
    self.source = source
    self.tolerance = tolerance
    let scale = (2 * slope).squareRoot()
    self.scale = scale
    let domain = try LineDomain(source, slope: slope, rowStart: tolerance < 3e-7 ? 45 : 30)
    self.domain = domain
    grid = LineGrid(source, scale: scale, from: domain.source.low, to: domain.source.high)
    background = grid.nodes.map { domain.mixture(at: $0, scale: scale) }
  }

  /// A law whose two sides are within the tolerance, or the best that was found in 20 rounds.
  package func law() -> LineLaw {
    var atoms = Atoms()
    for point in domain.lattice(corners: source.corners, scale: scale) { atoms.append(point, suggested(point)) }
    var best = Evaluation(atoms: atoms, gap: .infinity, peaks: [])
    for _ in 0..<20 {
      let current = evaluated(solved(atoms))
      if !(current.gap >= best.gap) { best = current }
      guard current.gap > tolerance, let next = exchanged(current) else { break }
      atoms = next
    }
    let few = evaluated(solved(joined(best.atoms)))
    if few.gap <= max(tolerance, best.gap) { best = few }
    return LineLaw(points: best.atoms.points, weights: best.atoms.weights, rows: domain.rows)
  }

  /// The weight of one kernel width of the source, never 0.
  private func suggested(_ x: Double) -> Double {
    max((source.isSymmetric && x > 0 ? 2.0 : 1) * source.density(x) / scale, 1e-14)
  }

  /// The largest such weight within 3 kernel widths: how much of the source pays where g exceeds 1.
  private func near(_ x: Double) -> Double {
    [-3, 0, 3].reduce(0) {
      max($0, suggested(min(max(x + $1 / scale, domain.atoms.lowerBound), domain.atoms.upperBound)))
    }
  }

  /// The atoms with optimal weights, those that are idle left out.
  private func solved(_ atoms: Atoms) -> Atoms {
    let solver = WeightSolver(
      kernel: LineKernel(atoms.points, at: grid, scale: scale), mass: grid.mass, background: background,
      scale: atoms.weights)
    let weights = solver.weights(tolerance: 0.02 * tolerance)
    var kept = Atoms()
    for ((point, before), weight) in zip(zip(atoms.points, atoms.weights), weights)
    where weight > 1e-4 * before || weight > 1e-2 * suggested(point) {
      kept.append(point, weight)
    }
    return kept
  }

  private func evaluated(_ atoms: Atoms) -> Evaluation {
    let kernel = LineKernel(atoms.points, at: grid, scale: scale)
    let z = zip(kernel.mixture(atoms.weights), background).map { $0 + $1 }
    let window = DualWindow(grid.measure(z: z, deep: domain.deep), scale: scale, findsPeaks: true)
    // The law's weight is not quite 1, and its logarithm is what the channel then lacks.
    let weight = atoms.weights.reduce(0, +) + domain.rows.reduce(0) { $0 + $1.weight }
    return Evaluation(atoms: atoms, gap: window.loss + Double.log(weight), peaks: window.peaks)
  }

  /// The atoms and new ones where g exceeds 1 at a cost; nil if there are none.
  private func exchanged(_ evaluation: Evaluation) -> Atoms? {
    let (points, weights) = (evaluation.atoms.points, evaluation.atoms.weights)
    var all = zip(points, weights).map { (point: $0, weight: $1) }
    for peak in evaluation.peaks where domain.atoms.contains(peak.place) {
      guard (peak.value - 1) * min(1, 4 * near(peak.place)) > 0.3 * tolerance else { continue }
      let next = points.firstIndex { $0 > peak.place } ?? points.count
      let neighbours = [next - 1, next].filter { points.indices.contains($0) }
      guard neighbours.allSatisfy({ abs(points[$0] - peak.place) * scale > 1e-7 }) else { continue }
      // Not so small that the solver would take it for idle before it has grown.
      let weight = max(0.1 * (neighbours.map { weights[$0] }.min() ?? 1), 1e-3 * suggested(peak.place))
      all.append((peak.place, weight))
      if neighbours.count == 2 {
        let (a, b) = (points[next - 1], points[next])
        let center = (weights[next - 1] * a + weights[next] * b) / (weights[next - 1] + weights[next])
        guard (b - a) * scale < 1.3 else { continue }
        for step in [-1.0, 0, 1] {
          let place = center + step * (b - a) / 8
          if place > a, place < b { all.append((place, weight)) }
        }
      }
    }
    guard all.count > points.count else { return nil }
    var result = Atoms()
    for (point, weight) in all.sorted(by: { $0.point < $1.point }) where point > result.points.last ?? -.infinity {
      result.append(point, weight)
    }
    return result
  }

  /// The atoms with those nearer than a fifth of a kernel width joined at their centroid.
  private func joined(_ atoms: Atoms) -> Atoms {
    var result = Atoms()
    var last = -Double.infinity
    for (point, weight) in zip(atoms.points, atoms.weights) {
      let end = result.points.count - 1
      if end >= 0, (point - last) * scale < 0.2, (point - result.points[end]) * scale < 0.4,
        result.points[end] > 0 || !source.isSymmetric
      {
        let sum = result.weights[end] + weight
        result.points[end] += (point - result.points[end]) * weight / sum
        result.weights[end] = sum
      } else {
        result.append(point, weight)
      }
      last = point
    }
    return result
  }
}
