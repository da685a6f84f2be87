import IntervalArithmetic

/// The source on the line by points, in floating point, for the search: composite Gauss-Legendre rules of 10 nodes on panels of at
/// most one kernel width between corners.
///
/// Where many corners share a kernel width the panel is theirs together, and the rule the one with the same nodes that is exact for f times
/// polynomials of degree 9: what it is applied to are kernels, which have no corners. Its weights are sums over the pieces.
struct LineGrid {
  /// The points, increasing; of a symmetric source those at x >= 0.
  private(set) var nodes: [Double] = []
  /// The probability of each, its mirror image's included.
  private(set) var mass: [Double] = []
  /// The panels that hold it.
  private(set) var panels: [LineMeasure.Panel] = []
  let isSymmetric: Bool

  private static let rule = PanelRule(nodes: 10)

  init(_ source: any LineSource, scale: Double, from low: Double, to high: Double) {
    isSymmetric = source.isSymmetric
    let multiplicity = isSymmetric ? 2.0 : 1.0
    let cuts = [low] + source.corners.filter { $0 > low && $0 < high } + [high]
    var index = 0
    while index + 1 < cuts.count {
      // As many neighbouring pieces as share half a kernel width.
      var end = index + 1
      while end + 1 < cuts.count, (cuts[end + 1] - cuts[index]) * scale <= 0.5 { end += 1 }
      let (a, b) = (cuts[index], cuts[end])
      if end - index >= Self.many, let weights = Self.weights(of: source, on: cuts[index...end]) {
        add(from: a, to: b, masses: weights.map { multiplicity * $0 })
        index = end
        continue
      }
      let (next, count) = (cuts[index + 1], max(1, ((cuts[index + 1] - a) * scale).rounded(.up)))
      for k in stride(from: 0, to: count, by: 1) {
        let (from, to) = (a + (next - a) * k / count, a + (next - a) * (k + 1) / count)
        let (middle, half) = ((from + to) / 2, (to - from) / 2)
        add(
          from: from, to: to,
          masses: zip(Self.rule.nodes, Self.rule.weights).map {
            multiplicity * half * $1 * source.density(middle + half * $0)
          })
      }
      index += 1
    }
  }

  /// So many pieces are joined.
  private static let many = 4

  private mutating func add(from low: Double, to high: Double, masses: [Double]) {
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    for (node, own) in zip(Self.rule.nodes, masses) {
      nodes.append(middle + half * node)
      mass.append(own)
    }
    panels.append(LineMeasure.Panel(low: low, high: high, probability: masses.reduce(0, +)))
  }

  /// The integrals of f times the Lagrange polynomials of the rule's nodes over some pieces; nil unless all are positive.
  private static func weights(of source: any LineSource, on cuts: ArraySlice<Double>) -> [Double]? {
    guard let low = cuts.first, let high = cuts.last else { return nil }
    let (middle, half) = ((low + high) / 2, (high - low) / 2)
    var sums = [Double](repeating: 0, count: rule.nodes.count)
    for (a, b) in zip(cuts, cuts.dropFirst()) {
      for (node, weight) in zip(pieceRule.nodes, pieceRule.weights) {
        let x = (a + b) / 2 + (b - a) / 2 * node
        let mass = (b - a) / 2 * weight * source.density(x)
        let t = (x - middle) / half
        for j in rule.nodes.indices {
          var value = mass * reciprocals[j]
          for (k, other) in rule.nodes.enumerated() where k != j { value *= t - other }
          sums[j] += value
        }
      }
    }
    return sums.allSatisfy { $0 > 0 } ? sums : nil
  }

  private static let pieceRule = PanelRule(nodes: 6)
  /// Of the products of each node's distances from the others.
  private static let reciprocals: [Double] = rule.nodes.indices.map { j in
    1 / rule.nodes.indices.filter { $0 != j }.reduce(1) { $0 * (rule.nodes[j] - rule.nodes[$1]) }
  }

  /// The source weighted by 1/Z, for the dual bound.
  func measure(z: [Double], deep: [Side: DeepRow]) -> LineMeasure {
    let half = isSymmetric ? 0.5 : 1
    return LineMeasure(
      nodes: nodes, weights: zip(mass, z).map { half * $0 / $1 }, panels: panels, deep: deep, isSymmetric: isSymmetric)
  }
}

/// The kernels exp(-(x - y)^2/(2 sigma^2)) of a law's atoms at the nodes of a grid: for every node those of the atoms within
/// reach, which are consecutive; an atom of a symmetric law stands for half of itself and half of its mirror image.
struct LineKernel: LawKernel {
  /// exp(-reach^2/2) = 2e-13 of the kernel's peak is left out.
  static let reach = 7.6

  /// The first atom at every node.
  private(set) var first: [Int] = []
  /// Where a node's entries begin; one more than there are nodes.
  private(set) var offsets: [Int] = [0]
  /// The kernels.
  private(set) var values: [Double] = []
  private let count: Int

  /// The kernels of atoms, which increase.
  init(_ atoms: [Double], at grid: LineGrid, scale: Double) {
    count = atoms.count
    var (low, high) = (0, 0)
    for x in grid.nodes {
      while high < count, (atoms[high] - x) * scale <= Self.reach { high += 1 }
      while low < count, (atoms[low] - x) * scale < -Self.reach { low += 1 }
      // Far from every atom the nearest ones are all there is.
      let from = min(low, max(0, high - 1))
      let to = max(high, min(count, low + 1))
      first.append(from)
      for atom in atoms[from..<to] {
        let v = (x - atom) * scale
        var value = Double.exp(-v * v / 2)
        if grid.isSymmetric, atom > 0 {
          let u = (x + atom) * scale
          value = (value + (u < Self.reach ? Double.exp(-u * u / 2) : 0)) / 2
        }
        values.append(value)
      }
      offsets.append(values.count)
    }
  }

  var firstNeighbours: [Int] {
    var neighbours = Array(0..<count)
    for node in first.indices {
      let from = first[node]
      for atom in from..<(from + offsets[node + 1] - offsets[node]) { neighbours[atom] = min(neighbours[atom], from) }
    }
    return neighbours
  }

  func mixture(_ weights: [Double]) -> [Double] {
    first.indices.map { node in
      var sum = 0.0
      var atom = first[node]
      for entry in offsets[node]..<offsets[node + 1] {
        sum += values[entry] * weights[atom]
        atom += 1
      }
      return sum
    }
  }

  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout EnvelopeMatrix) {
    values.withUnsafeBufferPointer { values in
      for node in mass.indices {
        let row = offsets[node]..<offsets[node + 1]
        let ratio = mass[node] / z[node]
        for entry in row { g[first[node] + entry - row.lowerBound] += ratio * values[entry] }
        hessian.add(ratio / z[node], UnsafeBufferPointer(rebasing: values[row]), at: first[node])
      }
    }
  }
}
