import IntervalArithmetic

/// The best quantizers whose thresholds lie on a grid, by shortest paths: what tells the basins of D + mu H apart.
///
/// D + mu H is a sum over cells, so with nodes for thresholds and edges for cells the best quantizer is a shortest path
/// (Muresan, Effros 2008). With V(x) the least cost of everything right of a threshold at x,
///
///     V(x) = min over y > x of  D(x, y) - mu p(x, y) log p(x, y) + V(y),
///
/// where the search for y ends as soon as D(x, y) alone exceeds the best: D grows with y and the rest is not negative. For a
/// symmetric density one half is enough: a quantizer is a cell [-x, y] across 0, or a threshold at 0, with V(x) + V(y)
/// beyond; x and y need not agree, so asymmetric quantizers compete on equal terms.
///
/// - Source: Muresan, Effros, "Quantization as Histogram Segmentation", IEEE Trans. Inform. Theory 54 (2008) 344-366.
struct QuantizerPath<Density: ScalarDensity> {
  /// Where a path starts, with its thresholds to the right of there, and its cost D + mu H.
  struct Candidate {
    var left: LeftEnd
    var thresholds: [Double]
    var cost: Double
  }

  let density: Density
  let mu: Double
  /// The wall on the left, which is the first node.
  private let start: Double
  private let nodes: [Double]
  /// The moments of [x, infinity), about 0, at each node; the last entry is the empty cell at infinity.
  private let beyond: [(p: Double, first: Double, second: Double)]
  private let value: [Double]
  private let next: [Int]

  /// The paths on `count` equal steps over a range, from the middle of a symmetric density, else from the support's lower end.
  init(density: Density, mu: Double, range: ClosedRange<Double>, count: Int) {
    self.density = density
    self.mu = mu
    let end = density.support.upperBound
    let step = (range.upperBound - range.lowerBound) / Double(count)
    // A support that ends with the range has no threshold there.
    let last = end > range.upperBound ? count : count - 1
    let steps = (0...last).map { range.lowerBound + Double($0) * step }
    start = density.isSymmetric ? 0 : density.support.lowerBound
    let nodes = (start < range.lowerBound ? [start] : []) + steps
    var beyond = [(p: Double, first: Double, second: Double)](repeating: (0, 0, 0), count: nodes.count + 1)
    for i in nodes.indices.reversed() {
      let cell: QuantizationCell<Double> = density.cell(from: nodes[i], to: i + 1 < nodes.count ? nodes[i + 1] : end)
      let p = cell.probability
      let c = cell.centroid
      let rest = beyond[i + 1]
      beyond[i] = (rest.p + p, rest.first + p * c, rest.second + (cell.distortion + p * c * c))
    }
    var value = [Double](repeating: 0, count: nodes.count + 1)
    var next = [Int](repeating: nodes.count, count: nodes.count + 1)
    for i in nodes.indices.reversed() {
      let here = beyond[i]
      var best = Self.cost(here.p, here.first, here.second, mu).total
      for j in stride(from: i + 1, to: nodes.count, by: 1) {
        let there = beyond[j]
        let cost = Self.cost(here.p - there.p, here.first - there.first, here.second - there.second, mu)
        if cost.distortion > best { break }
        if cost.total + value[j] < best {
          best = cost.total + value[j]
          next[i] = j
        }
      }
      value[i] = best
    }
    self.nodes = nodes
    self.beyond = beyond
    self.value = value
    self.next = next
  }

  /// D and D - mu p log p of a cell from its moments about 0.
  private static func cost(
    _ p: Double, _ first: Double, _ second: Double, _ mu: Double
  ) -> (distortion: Double, total: Double) {
    guard p > 0 else { return (0, 0) }
    let distortion = max(second - first * first / p, 0)
    return (distortion, distortion - mu * p * Double.log(p))
  }

  /// The best path of each kind: from the wall; mirrored; and, if asked for, across 0 without symmetry.
  func candidates(includingAsymmetric: Bool) -> [Candidate] {
    let infinity = nodes.count
    // A threshold at the wall itself is no threshold.
    let fromWall = Candidate(
      left: .wall(start), thresholds: path(from: next[0]), cost: density.isSymmetric ? 2 * value[0] : value[0])
    guard density.isSymmetric else { return [fromWall] }

    let variance = density.variance(as: Double.self)
    var mirrored = Candidate(left: .mirror, thresholds: [], cost: variance)
    var lopsided = Candidate(left: .wall(density.support.lowerBound), thresholds: [], cost: .infinity)
    for i in (1...infinity).reversed() {
      let tail = beyond[i]
      let cost = Self.cost(1 - 2 * tail.p, 0, variance - 2 * tail.second, mu)
      if cost.total + 2 * value[i] < mirrored.cost {
        mirrored = Candidate(left: .mirror, thresholds: path(from: i), cost: cost.total + 2 * value[i])
      }
      guard includingAsymmetric else { continue }
      for j in stride(from: 1, to: i, by: 1) {
        let other = beyond[j]
        let cost = Self.cost(
          1 - tail.p - other.p, tail.first - other.first, variance - tail.second - other.second, mu)
        if cost.distortion > lopsided.cost { break }
        let total = cost.total + value[i] + value[j]
        if total < lopsided.cost {
          lopsided.cost = total
          lopsided.thresholds = path(from: i).reversed().map { -$0 } + path(from: j)
        }
      }
    }
    return includingAsymmetric ? [mirrored, fromWall, lopsided] : [mirrored, fromWall]
  }

  private func path(from start: Int) -> [Double] {
    var thresholds: [Double] = []
    var i = start
    while i < nodes.count {
      thresholds.append(nodes[i])
      i = next[i]
    }
    return thresholds
  }
}
