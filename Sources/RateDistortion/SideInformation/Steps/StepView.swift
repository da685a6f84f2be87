import IntervalArithmetic

/// Equal steps as one who knows Y sees them, and the average over Y.
///
/// Thresholds lie at (k + theta) w for all integers k, in units of sigma_{X|Y}. Given M = m the source is N(m, 1), and nothing
/// of interest changes if m and the thresholds move together, or if labels change names. So with L the least distance by which
/// the code can be moved onto itself but for the names (w for plain steps, and for steps counted modulo M) everything that
/// depends on m, such as the conditional entropy h(m), has period L, and its mean over M ~ N(0, tau^2) is the mean over one
/// period under the wrapped density; with h's Fourier coefficients h_j,
///
///     E h(M) = sum over j of h_j exp(-2 pi^2 j^2 tau^2 / L^2).
///
/// - For tau >= 1.5 L the terms j /= 0 are below 6e-20 and the mean is over a uniform phase: neither tau nor theta matters.
/// - Otherwise the integral over the line is taken as it stands.
///
/// Either way by the trapezoidal rule, which on a period, or for a function that falls off like a Gaussian, converges
/// geometrically for analytic functions: with a spacing d the error is about exp(-2 pi a / d), a being the distance of the
/// nearest complex singularity. Singular are p log p and Var at complex zeros of a label's probability p. Halfway between two
/// intervals of one label, T = M w apart, p behaves like exp(-T^2/8) cosh(T m/2): zeros at a = pi/T, but with a factor
/// exp(-T^2/8). Together the error is exp(-T^2/8 - 2 pi^2/(T d)) at most: e^-20 for the worst T at d = 0.2, e^-32 at 0.1.
struct StepView {
  /// w, in units of sigma_{X|Y}.
  let step: Double
  /// theta, in steps.
  let offset: Double
  /// How many steps there are before labels repeat; 1 for plain steps, whose labels never do.
  let bins: Int
  /// L in steps.
  var period = 1
  /// tau.
  let spread: Double
  /// The spacing of the nodes.
  var spacing = StepView.convergedSpacing
  /// Which cells are too narrow for differences of their ends.
  var narrow = NormalCell.narrow

  /// The spacing at which the rules have converged.
  static let convergedSpacing = 0.1
  /// What lies further from m than this has a probability below 2e-21.
  static let reach = 9.5

  /// Calls `body` with every node's weight, the index k of the first cell in reach, and the cells in reach of the node.
  ///
  /// - Returns: the weight of nodes that have no threshold in reach: to them all of the source is one cell.
  func forEachNode(_ body: (_ weight: Double, _ first: Int, _ cells: [NormalCell]) -> Void) -> Double {
    var cells: [NormalCell] = []
    var covered = 0.0
    var isSkipping = false
    func visit(_ m: Double, _ weight: Double) {
      covered += weight
      let first = index(m - Self.reach)
      let last = index(m + Self.reach)
      cells.removeAll(keepingCapacity: true)
      var left = NormalCellEnd.minusInfinity
      for k in first..<last {
        let right = NormalCellEnd((Double(k + 1) + offset) * step - m)
        cells.append(NormalCell(from: left, to: right, narrow: narrow))
        left = right
      }
      cells.append(NormalCell(from: left, to: .infinity, narrow: narrow))
      body(weight, first, cells)
    }

    let length = Double(period) * step
    let isUniform = spread >= 1.5 * length
    let count = isUniform ? max(1, (length / spacing).rounded(.up)) : 0
    let distance = isUniform ? length / count : min(spacing, spread / 2 * spacing / Self.convergedSpacing)
    guard distance > 0 else {
      visit(0, 1)
      return 0
    }
    // With a threshold or the middle of a step at 0, m and -m see mirror images; but groups of steps are mapped to groups
    // only if they have an end there.
    let isEven = !isUniform && (offset == 0 || (offset == 0.5 && period == 1))
    let end = isUniform ? count - 1 : (9 * spread / distance).rounded(.up)
    var node = isUniform || isEven ? 0 : -end
    while node <= end {
      let m = node * distance
      let nearest = ((m / step - offset).rounded() + offset) * step
      let gap = (nearest - m).magnitude - Self.reach
      if gap > 0 {
        isSkipping = true
        // The next node in reach of a threshold ahead.
        let ahead = nearest > m ? nearest : nearest + step
        node = max(node + 1, ((ahead - Self.reach) / distance).rounded(.up))
        continue
      }
      let t = m / spread
      let density = distance / spread * normalDensity(t)
      visit(m, isUniform ? 1 / count : isEven && node > 0 ? 2 * density : density)
      node += 1
    }
    return isSkipping ? max(0, 1 - covered) : 0
  }

  /// The k of the cell [(k + theta) w, (k + 1 + theta) w) that x lies in.
  private func index(_ x: Double) -> Int { Int((x / step - offset).rounded(.down)) }
}
