import IntervalArithmetic

/// A proved lower bound on D + mu H over all one-shot codes of a scalar source, by shortest paths on a grid of thresholds.
///
/// It is enough to bound interval quantizers (`EntropyConstrainedQuantizer` says why). Let j(a, b) = D(a, b) - mu p log p be
/// the cost of the cell [a, b], so that J = sum of j over the cells, and let g_0 < ... < g_n be a grid.
///
/// **Rounding at random.** Take *any* quantizer with thresholds between g_0 and g_n. Round every threshold t of the grid
/// interval I = [g_i, g_(i+1)] up if the share (F(t) - F(g_i))/F(I) exceeds a number U_I, uniform on [0, 1], one for each
/// interval, independent between intervals; down otherwise. Thresholds stay in order and F(t) is right on average.
///
/// - *Ends in different intervals A, B.* They are rounded independently, so the mean cost of the rounded cell is the
///   bilinear interpolant of j, in the coordinates F(a) and F(b), of its values at the corners of A x B. In the coordinate
///   F(b), with y = b - c,
///
///       dj/dF(b) = y^2 - mu (1 + log p),
///       d2j/dF(b)^2 = 2 y/f(b) - (2 y^2 + mu)/p  <=  min(p/(2 f(b)^2), 2 Y/f(b)) - mu/p,
///
///   the first whatever y is, the second for y <= Y; likewise for a. Linear interpolation overestimates by at most F(I)^2/8 times the largest second
///   derivative, so the mean cost exceeds j(a, b) by at most e(A) + e(B), with e(I) = F(I)^2/8 max(0, min(P/(2 f^2), 2 Y/f) - mu/P), P
///   the largest p and f the least density, which a unimodal density has at one of the interval's ends.
/// - *Ends in one interval I*, a share s of it apart: the rounded cell is I with probability s, else nothing; and
///   -mu p log p >= s (-mu F(I) log F(I)) as x log x is convex. So j(a, b) is at least the mean of -mu F(I) log F(I).
///
/// Charging each pair of grid points the most that a box of which it is a corner may need, the mean cost of the rounded
/// quantizer, so reduced, is at most J. But it is a mean over paths on the grid, none of which is shorter than the shortest:
/// J is at least the length of the shortest path. No optimum need exist or be found, and nothing need converge.
///
/// **Elimination.** The error is second order in the grid's step, and a step of 1e-3 of a cell is needed for 1e-6 bits. It is
/// not needed everywhere: if every path through a box's corners is longer than a known quantizer's cost J_0, no quantizer
/// with a cell in that box is better than J_0. Grids are halved where it matters, only boxes that survive are looked at
/// again, and the bound is the lesser of J_0 and the shortest path through what is left. About ten boxes survive a grid
/// interval, so the work grows with the number of grid points.
///
/// **Tails.** Beyond the last grid point G, dropping all thresholds saves entropy and adds to the distortion at most the
/// integral over x > G of (x - m)^2 f(x), m = E[X | X < G], since the centroid of a cell that reaches beyond G is at least
/// that of (-infinity, G). This much is taken off the bound, for each infinite end, and for each end at which f vanishes.
///
/// What is assumed of the density: that it is unimodal, and nothing else. It may jump (F is then still absolutely continuous, and
/// a piecewise bounded second derivative is enough for the interpolation error), and its tails may be of any weight.
///
/// Moments are intervals; costs and errors of edges are numbers less a margin for their rounding; sums are rounded down.
///
/// - Source: the path is that of Muresan, Effros 2008; the rounding argument is this package's.
package struct EntropyConstrainedLowerBound<Density: UnimodalDensity> {
  let density: Density
  let mu: Double
  /// A cost that is known to be achieved, as a proved upper bound.
  let known: Double
  /// The gap below `known` that is good enough.
  let gap: Double

  /// The most grid points that are used: at 8 bits there are some 10^5.
  static var mostNodes: Int { 1 << 20 }

  /// From so many grid points on they are refined only as long as that closes an eighth of what is left.
  private static var fineGrid: Int { 1 << 15 }

  private var grid: ThresholdGrid
  /// Taken off for the tails.
  private let tailLoss: Double
  /// About how many cells there are.
  private let cells: Double

  package init(density: Density, mu: Double, known: Double, gap: Double, cellSize: Double) {
    self.density = density
    self.mu = mu
    self.known = known
    self.gap = gap
    let (end, loss) = Self.tail(.right, of: density, gap: gap)
    let (start, lossBelow) = density.isSymmetric ? (-end, loss) : Self.tail(.left, of: density, gap: gap)
    tailLoss = density.isSymmetric ? 2 * loss : (Interval(loss) + Interval(lossBelow)).upper
    cells = (end - start) / cellSize
    let count = max(8, Int(((end - start) / cellSize * 4).rounded(.up)))
    let step = (end - start) / Double(count)
    var nodes = (0...count).map { $0 == count ? end : start + Double($0) * step }
    // Towards an end at which f vanishes, ever nearer to it.
    let (lower, upper) = (density.support.lowerBound, density.support.upperBound)
    for (support, end) in [(lower, start), (upper, end)] where support.isFinite && support != end {
      let direction = support == upper ? -1.0 : 1.0
      var distance = step
      while distance > 1.5 * abs(support - end) {
        nodes.append(support + direction * distance)
        distance /= 2
      }
    }
    grid = ThresholdGrid(density: density, nodes: Set(nodes).sorted())
  }

  /// Where the grid ends on a side, and what that costs.
  private static func tail(_ side: Side, of density: Density, gap: Double) -> (end: Double, loss: Double) {
    let (lower, upper) = (density.support.lowerBound, density.support.upperBound)
    let support = side == .right ? upper : lower
    // Where f jumps to 0 the grid ends with the support; where it falls to 0 the charge for rounding, by 1/f, would be infinite.
    guard support.isInfinite || density.density(Interval(support)).lower <= 0 else { return (support, 0) }
    let direction = side == .right ? 1.0 : -1.0
    var distance =
      support.isInfinite ? (side == .right ? density.tailStart : -density.lowerTailStart) + 1 : (upper - lower) / 16
    while true {
      let end = support.isInfinite ? direction * distance : support - direction * distance
      let tail: QuantizationCell<Interval> =
        side == .right ? density.cell(from: end, to: upper) : density.cell(from: lower, to: end)
      let rest: QuantizationCell<Interval> =
        side == .right ? density.cell(from: lower, to: end) : density.cell(from: end, to: upper)
      // The integral of (x - m)^2 f is D + p (c - m)^2.
      let between = tail.centroid - rest.centroid
      let loss = (tail.distortion + tail.probability * .squared(between)).upper * (1 + 0x1p-50)
      let sides = lower.isInfinite == upper.isInfinite ? 2.0 : 1.0
      if sides * loss <= gap / 64 { return (end, loss) }
      if support.isFinite {
        distance /= 2
      } else {
        guard distance + 0.25 <= density.reach else { return (end, loss) }
        distance += 0.25
      }
    }
  }

  /// The bound: at most `known`, and within `gap` of it unless the grid would grow beyond `mostNodes`.
  package mutating func bound() -> Double {
    var best = 0.0
    var budget = gap / 8
    while true {
      let before = best
      let result = grid.shortestPath(mu: mu, below: (known + tailLoss).nextUp)
      best = max(best, min(known, (result - tailLoss).nextDown))
      if known - best <= gap { return best }
      // Where the known quantizer is not the best one, the path's own length is what finer grids tend to.
      if grid.count > Self.fineGrid, best - before < (known - best) / 8 { return best }
      if grid.refine(mu: mu, budget: budget, cells: cells, mostNodes: Self.mostNodes) { continue }
      budget /= 4
      guard budget > gap / 1000 else { return best }
    }
  }
}
