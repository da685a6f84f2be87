import IntervalArithmetic

/// The search for the optimal reproduction law of a source in the plane at one slope under squared error: an exchange, as on the line
/// (`LineSearch`).
///
/// The source is a lattice of nodes, half a kernel width apart or less: the trapezoidal rule errs by 1e-9 nats on what is as smooth as f
/// and the kernel are. The law starts as a lattice of one kernel width, every node giving its probability to the nearest point.
/// Where the source is smooth against the kernel that is as good as a continuum; where its ridge is thinner the optimal law lies on
/// a curve, which the exchange finds. In rounds the weights are solved (`WeightSolver`), only as far as the last gap asks for, points that
/// are idle go, and where g(y) = E[K(X - y)/Z(X)] exceeds 1 points join: from the costliest place on, each at a distance from
/// those that joined before it, whether it is a maximum of g or lies on a long ridge of it, which would take a round for every
/// maximum else. Points of the far tails carry next to nothing, but the dual bound is lost without them: they stay.
///
/// Nothing is claimed of the law; `PlaneProof` evaluates it.
public struct PlaneSearch: Sendable {
  private let grid: PlaneGrid
  /// The nodes' probabilities, mirror images included.
  private let mass: [Double]
  /// 1e-9 of the source's density over that of the kernel, added to Z: no node is without one.
  private let background: [Double]
  private let scale: Double
  private let tolerance: Double

  /// The distance of the lattice's points, of points that join in one round, and of one that is no maximum from those before, in kernel
  /// widths.
  private static let (step, apart, clear) = (1.0, 0.6, 0.14)
  private static let mostRounds = 20
  /// The weights' tolerance in nats, below which nothing is gained.
  private static let finest = 1e-10

  /// - Parameter tolerance: the distance of the bounds at which to stop, in nats, 1e-6 or more.
  /// - Throws: `LawRefused` for a slope outside `PlaneProof`'s limits or so steep that there are more than 1e5 nodes.
  public init(_ source: some PlaneSource, slope: Double, tolerance: Double) throws(LawRefused) {
    try PlaneProof.check(source, slope: slope)
    self.tolerance = tolerance >= 1e-6 ? tolerance : 1e-6
    let scale = (2 * slope).squareRoot()
    let width = min(0.5 / scale, source.scale / 2)
    let grid = PlaneGrid(latticeOf: source, width: width)
    guard grid.count > 0, grid.count <= 100_000 else {
      throw LawRefused("the kernel is too narrow against the source: \(grid.count) nodes")
    }
    var mass = [Double](repeating: 0, count: grid.count)
    grid.forEachNode { band, panel, row, column, index in
      mass[index] = 2 * width * width * source.approximateDensity(grid.columns[panel], band.rows[row])
    }
    self.mass = mass
    self.grid = grid
    self.scale = scale
    let cell = width * width * scale * scale
    background = mass.map { 1e-9 * Double.pi * $0 / cell }
  }

  /// Points and weights, by ascending first coordinate.
  private struct Atoms {
    var first: [Double] = []
    var second: [Double] = []
    var weights: [Double] = []
    var count: Int { weights.count }

    mutating func append(_ first: Double, _ second: Double, _ weight: Double) {
      self.first.append(first)
      self.second.append(second)
      weights.append(weight)
    }

    func sorted() -> Atoms {
      var result = Atoms()
      for j in weights.indices.sorted(by: { (first[$0], second[$0]) < (first[$1], second[$1]) }) {
        result.append(first[j], second[j], weights[j])
      }
      return result
    }

    /// The point nearest to a place among some, and the square of its distance.
    func nearest(_ x: Double, _ y: Double, among points: Range<Int>) -> (square: Double, point: Int)? {
      var best: (square: Double, point: Int)?
      for j in points {
        let (u, v) = (first[j] - x, second[j] - y)
        let square = u * u + v * v
        if square < best?.square ?? .infinity { best = (square, j) }
      }
      return best
    }
  }

  /// Atoms, the distance of the bounds that they prove, and where g exceeds 1.
  private struct Evaluation {
    var atoms: Atoms
    var gap: Double
    var excesses: [PlaneSupremum.Excess]
  }

  /// A law whose two sides are within the tolerance, or the best that was found in 20 rounds.
  ///
  /// - Parameter start: a law to start from, as one that was found at a slope nearby.
  public func law(from start: PlaneLaw? = nil) -> PlaneLaw {
    var atoms = start.flatMap(started) ?? lattice()
    var best = Evaluation(atoms: atoms, gap: .infinity, excesses: [])
    // Finer each time: where every point has joined, an excess at one of next to no weight is left by the solver.
    var target = 3e-5
    for _ in 0..<Self.mostRounds where target > Self.finest {
      let current = evaluated(solved(atoms, tolerance: target))
      if !(current.gap >= best.gap) { best = current }
      guard current.gap > tolerance else { break }
      target = min(target / 2, 0.05 * current.gap)
      if let next = exchanged(current) {
        atoms = next
      } else {
        atoms = current.atoms
        target /= 8
      }
    }
    return PlaneLaw(first: best.atoms.first, second: best.atoms.second, weights: best.atoms.weights)
  }

  /// A law's points that are where the source is; nil if it has none.
  private func started(_ law: PlaneLaw) -> Atoms? {
    let right = grid.columns.last ?? 0
    let (low, high) = (grid.bands.first?.low ?? 0, grid.bands.last?.low ?? 0)
    let total = law.weights.reduce(0, +)
    var atoms = Atoms()
    for ((x, y), weight) in zip(zip(law.first, law.second), law.weights)
    where x >= 0 && x <= right && y >= low && y <= high && weight / total <= 1 {
      atoms.append(x, y, max(weight / total, 1e-14))
    }
    return atoms.count > 0 ? atoms.sorted() : nil
  }

  /// The points of a lattice to which nodes give their probability.
  private func lattice() -> Atoms {
    struct Place: Hashable {
      var column: Int
      var row: Int
    }
    let step = Self.step / scale
    var cells: [Place: Double] = [:]
    grid.forEachNode { band, panel, row, column, index in
      let place = Place(
        column: Int((grid.columns[panel] / step).rounded(.down)), row: Int((band.rows[row] / step).rounded(.down)))
      cells[place, default: 0] += mass[index]
    }
    var atoms = Atoms()
    for (place, weight) in cells where weight > 1e-13 {
      atoms.append((Double(place.column) + 0.5) * step, (Double(place.row) + 0.5) * step, weight)
    }
    return atoms.sorted()
  }

  /// The atoms with optimal weights, those that are idle left out.
  private func solved(_ atoms: Atoms, tolerance: Double) -> Atoms {
    let solver = WeightSolver(
      kernel: PlaneKernel(first: atoms.first, second: atoms.second, at: grid, scale: scale), mass: mass,
      background: background, scale: atoms.weights)
    let weights = solver.weights(tolerance: tolerance)
    var kept = Atoms()
    for j in 0..<atoms.count where weights[j] > 1e-5 * atoms.weights[j] {
      kept.append(atoms.first[j], atoms.second[j], weights[j])
    }
    return kept
  }

  private func evaluated(_ atoms: Atoms) -> Evaluation {
    let kernel = PlaneKernel(first: atoms.first, second: atoms.second, at: grid, scale: scale)
    let z = zip(kernel.mixture(atoms.weights), background).map { $0 + $1 }
    let window = PlaneWindow(
      grid, weights: zip(mass, z).map { $0 / $1 / 2 }, probabilities: mass, scale: scale,
      floor: 1 + 0.01 * tolerance, tolerance: 0.01 * tolerance)
    // The law's weight is not quite 1, and its logarithm is what the channel then lacks.
    return Evaluation(
      atoms: atoms, gap: window.loss + Double.log(atoms.weights.reduce(0, +)),
      excesses: window.cells.compactMap { $0.excess(scale: scale) })
  }

  /// The probability within about two kernel widths of a point: how much of the source pays where g exceeds 1.
  private func near(_ x: Double, _ y: Double) -> Double {
    let span = 2 / scale
    let left = max(0, Int(((x - span) / grid.width).rounded(.down)))
    let right = min(grid.columns.count - 1, Int(((x + span) / grid.width).rounded(.down)))
    var sum = 0.0
    for band in grid.bands where abs(band.low - y) <= span {
      for panel in band.panels.clamped(to: left..<max(left, right + 1)) {
        sum += mass[grid.index(band, panel: panel, row: 0, column: 0)]
      }
    }
    return sum
  }

  /// The atoms and new ones where g exceeds 1 at a cost; nil if there are none.
  private func exchanged(_ evaluation: Evaluation) -> Atoms? {
    var atoms = evaluation.atoms
    let old = atoms.count
    let places = evaluation.excesses.map { (place: $0, cost: ($0.value - 1) * near($0.first, $0.second)) }
    for (place, cost) in places.sorted(by: { $0.cost > $1.cost })
    where cost > 1e-3 * tolerance && atoms.count < PlaneProof.mostPoints {
      let (x, y) = (max(0, place.first), place.second)
      let apart = Self.apart / scale
      if let joined = atoms.nearest(x, y, among: old..<atoms.count), joined.square < apart * apart { continue }
      let nearest = atoms.nearest(x, y, among: 0..<old)
      let clear = (place.isMaximum ? 0.01 : Self.clear) / scale
      if let nearest, nearest.square < clear * clear { continue }
      atoms.append(x, y, max(0.1 * (nearest.map { atoms.weights[$0.point] } ?? 0), 1e-14))
    }
    return atoms.count > old ? atoms.sorted() : nil
  }
}
