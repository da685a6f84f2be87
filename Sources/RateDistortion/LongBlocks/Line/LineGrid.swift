import IntervalArithmetic

/// The source on the line by points, in floating point, for the search: composite Gauss-Legendre rules of 10 nodes on panels of at
/// most one kernel width between corners.
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
    for (a, b) in zip(cuts, cuts.dropFirst()) {
      let count = max(1, ((b - a) * scale).rounded(.up))
      for k in stride(from: 0, to: count, by: 1) {
        let (from, to) = (a + (b - a) * k / count, a + (b - a) * (k + 1) / count)
        let (middle, half) = ((from + to) / 2, (to - from) / 2)
        var probability = 0.0
        for (node, weight) in zip(Self.rule.nodes, Self.rule.weights) {
          let x = middle + half * node
          let own = multiplicity * half * weight * source.density(x)
          nodes.append(x)
          mass.append(own)
          probability += own
        }
        panels.append(LineMeasure.Panel(low: from, high: to, probability: probability))
      }
    }
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
