import IntervalArithmetic

/// How a reproduction law is started and how its support is refined, in units of the kernel's width.
///
/// Where the source is rough (next to a corner, or at low rates) the optimal law is discrete with atoms more than 1.4 apart;
/// where it is smooth any row with spacing below about 1.3 is as good as the continuum. So the interior-point method works
/// on a fine grid near corners and on a coarse row elsewhere, neighbouring grid points that it leaves are merged into atoms,
/// and after Newton's method the gaps between atoms in which g still exceeds 1 are filled.
struct LawConstruction {
  let source: any ScalarSourceDensity
  let sigma: Double
  let tails: [Side: GeometricTail]

  /// How far from a corner atoms have structure.
  static let cornerReach = 26.0
  /// How far from the last corner a geometric row starts.
  static let tailStart = 60.0
  private static let fineStep = 0.5
  /// What counts as one atom: first a spacing that leaves no redundant ones, then, near slopes at which atoms part, a small one.
  var leastSpacings: [Double] { isSmall ? [1.1, 0.3] : [0.9] }
  /// Whether the whole source is so short that atoms may be close together, as where they part.
  private var isShort: Bool { (source.bulk.upperBound - source.bulk.lowerBound) / sigma < 8 }
  /// The spacing of a row of atoms whose weights are free: the ripple left in g is 4 exp(-4 pi^2/h^2) = 4e-11.
  private static let rowSpacing = 1.25

  init(_ source: any ScalarSourceDensity, sigma: Double) {
    self.source = source
    self.sigma = sigma
    var tails: [Side: GeometricTail] = [:]
    let corners = source.corners.map { $0 / sigma }
    if let last = corners.last, source.exponentialSides.contains(.right),
      source.bulk.upperBound / sigma > last + Self.tailStart + 5
    {
      tails[.right] = GeometricTail(
        first: last + Self.tailStart, spacing: GeometricTail.fineSpacing, decay: sigma)
    }
    if let first = corners.first, source.exponentialSides.contains(.left),
      source.bulk.lowerBound / sigma < first - Self.tailStart - 5
    {
      tails[.left] = GeometricTail(
        first: first - Self.tailStart, spacing: GeometricTail.fineSpacing, decay: sigma)
    }
    self.tails = tails
  }

  /// Whether the whole source is within reach of the interior-point method on the fine grid.
  var isSmall: Bool {
    tails.isEmpty && (source.bulk.upperBound - source.bulk.lowerBound) / sigma <= (source.corners.isEmpty ? 170 : 55)
  }

  // MARK: Start

  /// Grid points for the interior-point method, with the weights that the source's density suggests.
  func grid() -> ReproductionLaw {
    let row = tails.isEmpty ? Self.rowSpacing : GeometricTail.fineSpacing
    let low = tails[.left].map { $0.first + row } ?? source.bulk.lowerBound / sigma
    let high = tails[.right].map { $0.first - row } ?? source.bulk.upperBound / sigma
    let corners = source.corners.map { $0 / sigma }.filter { $0 > low && $0 < high }
    var atoms = [low]
    for (a, b) in zip([low] + corners, corners + [high]) {
      if isSmall {
        appendRow(&atoms, to: b, step: isShort ? Self.fineStep / 5 : Self.fineStep)
        continue
      }
      let isCornerLeft = source.corners.contains { abs($0 / sigma - a) < 1e-9 }
      let isCornerRight = source.corners.contains { abs($0 / sigma - b) < 1e-9 }
      let left = isCornerLeft ? min(a + Self.cornerReach, b) : a
      let right = isCornerRight ? max(b - Self.cornerReach, left) : b
      appendRow(&atoms, to: left, step: Self.fineStep)
      appendRow(&atoms, to: right, step: row)
      appendRow(&atoms, to: b, step: Self.fineStep)
    }
    return weighted(atoms)
  }

  private func appendRow(_ atoms: inout [Double], to end: Double, step: Double) {
    guard let start = atoms.last, end > start + 1e-9 else { return }
    let count = ((end - start) / step).rounded(.up)
    for k in stride(from: 1, through: count, by: 1) { atoms.append(start + (end - start) * k / count) }
  }

  /// A law with the density's own weights.
  private func weighted(_ atoms: [Double]) -> ReproductionLaw {
    var law = ReproductionLaw(atoms: atoms, weights: atoms.indices.map { share(of: $0, in: atoms) }, tails: tails)
    if let tail = tails[.left] { law.weights.insert(rowWeight(tail), at: 0) }
    if let tail = tails[.right] { law.weights.append(rowWeight(tail)) }
    return law.normalised()
  }

  /// The weight of a geometric row that continues the source: with it Z = sqrt(2 pi) f far from the corner, so that g = 1.
  private func rowWeight(_ tail: GeometricTail) -> Double {
    let step = tail.spacing * tail.decay
    return density(tail.first) * tail.spacing / (-Double.expm1(-step) * Double.exp(tail.decay * tail.decay / 2))
  }

  /// sigma f(sigma u), never 0.
  private func density(_ u: Double) -> Double {
    max(sigma * source.density(sigma * u), 1e-30)
  }

  private func share(of index: Int, in atoms: [Double]) -> Double {
    let left = index > 0 ? atoms[index - 1] : 2 * atoms[index] - (atoms.count > 1 ? atoms[1] : atoms[index] + 1)
    let right = index + 1 < atoms.count ? atoms[index + 1] : 2 * atoms[index] - left
    return density(atoms[index]) * (right - left) / 2
  }

  // MARK: Merging

  /// Grid points that carry weight, neighbours closer than `spacing` replaced by their centre of mass.
  func merged(_ law: ReproductionLaw, closerThan spacing: Double) -> ReproductionLaw {
    let offset = law.firstAtom
    let ratios = law.atoms.indices.map { law.weights[$0 + offset] / share(of: $0, in: law.atoms) }
    var kept: [(position: Double, weight: Double)] = []
    for j in law.atoms.indices {
      // A point of a coarse row stands alone already.
      let step = j + 1 < law.atoms.count ? law.atoms[j + 1] - law.atoms[j] : law.atoms[j] - law.atoms[max(0, j - 1)]
      let neighbours = ratios[max(0, j - 3)...min(ratios.count - 1, j + 3)]
      if step > 0.9 || ratios[j] > 1e-2 * (neighbours.max() ?? 0) {
        kept.append((law.atoms[j], law.weights[j + offset]))
      }
    }
    while let closest = kept.indices.dropLast().min(by: { gap(kept, $0) < gap(kept, $1) }), gap(kept, closest) < spacing
    {
      let (a, b) = (kept[closest], kept[closest + 1])
      let weight = a.weight + b.weight
      kept[closest] = ((a.position * a.weight + b.position * b.weight) / weight, weight)
      kept.remove(at: closest + 1)
    }
    return replacing(kept, in: law)
  }

  private func gap(_ atoms: [(position: Double, weight: Double)], _ index: Int) -> Double {
    atoms[index + 1].position - atoms[index].position
  }

  private func replacing(_ atoms: [(position: Double, weight: Double)], in law: ReproductionLaw) -> ReproductionLaw {
    var result = law
    result.atoms = atoms.map(\.position)
    result.weights = atoms.map(\.weight)
    if law.tails[.left] != nil { result.weights.insert(law.weights[0], at: 0) }
    if law.tails[.right] != nil { result.weights.append(law.weights[law.weights.count - 1]) }
    return result
  }

  /// A grid of half the step around the points that carry weight, for another round of the interior-point method.
  func sharpened(_ law: ReproductionLaw) -> ReproductionLaw {
    let ratios = law.atoms.indices.map { law.weights[$0 + law.firstAtom] / share(of: $0, in: law.atoms) }
    let isKept = ratios.indices.map { j in
      let near = ratios[max(0, j - 4)...min(ratios.count - 1, j + 4)].max() ?? 0
      return ratios[max(0, j - 1)...min(ratios.count - 1, j + 1)].contains { $0 > 1e-3 * near }
    }
    let step = zip(law.atoms, law.atoms.dropFirst()).map { $1 - $0 }.min() ?? 1
    var atoms: [Double] = []
    for (j, atom) in law.atoms.enumerated() where isKept[j] {
      if let previous = atoms.last, atom - previous < 1.5 * step { atoms.append((previous + atom) / 2) }
      atoms.append(atom)
    }
    return weighted(atoms)
  }

  // MARK: Grading

  /// The law with everything beyond the structure next to the corners replaced by rows whose spacing shrinks by 3% an atom.
  ///
  /// The ripples of rows of different spacings do not cancel where they meet, unless the spacing changes slowly.
  func graded(_ law: ReproductionLaw) -> ReproductionLaw {
    let corners = source.corners.map { $0 / sigma }
    guard let first = corners.first, let last = corners.last, !isSmall else { return law }
    let row = GeometricTail.fineSpacing
    var result = law
    var atoms: [Double] = []
    for (a, b) in zip(corners, corners.dropFirst()) {
      let middle = (a + b) / 2
      let left = climb(law.atoms.filter { $0 >= a && $0 <= middle }, to: middle, row: row, stopsAtRow: true)
      let right = climb(
        law.atoms.filter { $0 >= middle && $0 <= b }.reversed().map { -$0 }, to: -middle, row: row,
        stopsAtRow: true)
      atoms += left
      if let end = left.last, let start = right.last { atoms += filling(from: end, to: -start, row: row) }
      atoms += right.reversed().map { -$0 }
    }
    if last < source.bulk.upperBound / sigma {
      let end = law.tails[.right] == nil ? source.bulk.upperBound / sigma : last + Self.tailStart
      let out = climb(law.atoms.filter { $0 >= last - 1e-9 }, to: end, row: row)
      atoms = atoms.filter { $0 < last - 1e-9 } + out
      if let tail = law.tails[.right], let outermost = out.last {
        result.tails[.right] = GeometricTail(first: outermost + tail.spacing, spacing: tail.spacing, decay: tail.decay)
      }
    }
    if first > source.bulk.lowerBound / sigma {
      let end = law.tails[.left] == nil ? source.bulk.lowerBound / sigma : first - Self.tailStart
      let out = climb(
        law.atoms.filter { $0 <= first + 1e-9 }.reversed().map { -$0 }, to: -end, row: row)
      atoms = out.reversed().map { -$0 } + atoms.filter { $0 > first + 1e-9 }
      if let tail = law.tails[.left], let outermost = out.last {
        result.tails[.left] = GeometricTail(first: -outermost - tail.spacing, spacing: tail.spacing, decay: tail.decay)
      }
    }
    result.atoms = atoms
    result.weights = atoms.indices.map { share(of: $0, in: atoms) }
    if let tail = result.tails[.left] { result.weights.insert(rowWeight(tail), at: 0) }
    if let tail = result.tails[.right] { result.weights.append(rowWeight(tail)) }
    // Atoms that stayed keep their weights.
    for (index, atom) in atoms.enumerated() {
      if let old = law.atoms.firstIndex(of: atom) {
        result.weights[index + result.firstAtom] = law.weights[old + law.firstAtom]
      }
    }
    return result
  }

  /// The structure next to a corner, and a row from it up to `end`.
  private func climb(_ structure: [Double], to end: Double, row: Double, stopsAtRow: Bool = false) -> [Double] {
    guard var position = structure.first else { return [] }
    var atoms = [position]
    var gap = Double.infinity
    for next in structure.dropFirst() {
      guard next - position >= 1.5 else { break }
      gap = next - position
      position = next
      atoms.append(next)
    }
    if gap == .infinity { gap = 1.5 }
    while true {
      gap = max(row, 0.97 * gap)
      guard position + gap <= end, !(stopsAtRow && gap == row) else { return atoms }
      position += gap
      atoms.append(position)
    }
  }

  /// Equal gaps of at most `row` between two points, exclusive.
  private func filling(from a: Double, to b: Double, row: Double) -> [Double] {
    let count = ((b - a) / row).rounded(.up)
    guard count > 1 else { return [] }
    return stride(from: 1, to: count, by: 1).map { a + (b - a) * $0 / count }
  }

  // MARK: Refinement

  /// The law with more atoms in the gaps where g exceeds 1 by more than `tolerance`, or nil if there are none.
  ///
  /// A wide gap gets one atom where g is largest. In a narrow one the excess is the ripple of a row, exp(-4 pi^2/h^2) up to a
  /// factor, so that the spacing at which it falls to the tolerance is known; each run of such gaps is divided anew.
  func refined(_ law: ReproductionLaw, tolerance: Double, g: (Double) -> Double) -> ReproductionLaw? {
    let offset = law.firstAtom
    var atoms: [(position: Double, weight: Double)] = []
    var run: [Double] = []
    var changed = false
    for (j, atom) in law.atoms.enumerated() {
      if j > 0 {
        let previous = law.atoms[j - 1]
        let gap = atom - previous
        let excess = gap <= 2.6 ? g(previous + gap / 2) - 1 : 0
        if excess > tolerance {
          let ratio = Double.log(4 * excess / tolerance) / (4 * Double.pi * Double.pi)
          run.append(gap > 1.5 ? 1.001 : (1 + gap * gap * ratio).squareRoot())
        } else {
          changed = divide(law, run, endingAt: j - 1, into: &atoms) || changed
          run = []
          if gap > 2.6, let peak = peak(between: previous, and: atom, tolerance, g) {
            atoms.append((peak, 0.1 * min(law.weights[j - 1 + offset], law.weights[j + offset])))
            changed = true
          }
        }
      }
      if run.isEmpty { atoms.append((atom, law.weights[j + offset])) }
    }
    changed = divide(law, run, endingAt: law.atoms.count - 1, into: &atoms) || changed
    return changed ? replacing(atoms, in: law) : nil
  }

  /// Where g is largest inside a wide gap, if it exceeds 1 there and is not next to an atom.
  private func peak(between a: Double, and b: Double, _ tolerance: Double, _ g: (Double) -> Double) -> Double? {
    let candidates = (1...9).map { a + (b - a) * Double($0) / 10 }
    guard let best = candidates.max(by: { g($0) < g($1) }), g(best) > 1 + tolerance else { return nil }
    return min(best - a, b - best) > 0.5 ? best : nil
  }

  /// Divides a run of gaps, the i-th of which wants `shares[i]` > 1 gaps in its place, and appends the atoms after its first.
  private func divide(
    _ law: ReproductionLaw, _ shares: [Double], endingAt end: Int,
    into atoms: inout [(position: Double, weight: Double)]
  ) -> Bool {
    guard !shares.isEmpty else { return false }
    let begin = end - shares.count
    let total = shares.reduce(0, +)
    // Spacings below 1.1 gain nothing.
    let length = law.atoms[end] - law.atoms[begin]
    let pieces = min(max(total.rounded(.up), Double(shares.count + 1)), (length / 1.1).rounded(.down))
    guard pieces > Double(shares.count) else {
      for j in begin..<end { atoms.append((law.atoms[j + 1], law.weights[j + 1 + law.firstAtom])) }
      return false
    }
    let weight = law.weights[(begin + law.firstAtom)...(end + law.firstAtom)].reduce(0, +) / (pieces + 1)
    var passed = 0.0
    var next = total / pieces
    for (i, share) in shares.enumerated() {
      let (a, b) = (law.atoms[begin + i], law.atoms[begin + i + 1])
      while next < passed + share - 1e-9 * total, next < total * (1 - 1e-9) {
        let position = a + (b - a) * (next - passed) / share
        // The density's shape, the run's mass.
        atoms.append((position, max(weight, 1e-300)))
        next += total / pieces
      }
      passed += share
    }
    atoms.append((law.atoms[end], law.weights[end + law.firstAtom]))
    return true
  }
}
