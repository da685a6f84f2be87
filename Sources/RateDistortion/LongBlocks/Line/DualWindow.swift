import IntervalArithmetic

/// A source on the line by points, for the dual bound: sum of weights exp(-beta (x_i - y)^2) stands for E[a(X) exp(-beta (X - y)^2)].
package struct LineMeasure {
  /// The points, increasing; of a symmetric source those at x >= 0.
  var nodes: [Double] = []
  /// Their probability times a.
  var weights: [Double] = []
  /// Panels that hold the probability, from the left.
  var panels: [Panel] = []
  /// What follows the panels in closed form.
  var deep: [Side: DeepRow] = [:]
  /// What E[a K] may be more than the sum.
  var addition = 0.0
  /// Whether it is mirrored at 0.
  var isSymmetric = false

  /// A panel's ends and its probability from above, its mirror image's included.
  package struct Panel {
    package var low: Double
    package var high: Double
    package var probability: Double

    package init(low: Double, high: Double, probability: Double) {
      (self.low, self.high, self.probability) = (low, high, probability)
    }
  }

  package init(
    nodes: [Double] = [], weights: [Double] = [], panels: [Panel] = [], deep: [Side: DeepRow] = [:],
    addition: Double = 0, isSymmetric: Bool = false
  ) {
    (self.nodes, self.weights, self.panels) = (nodes, weights, panels)
    (self.deep, self.addition, self.isSymmetric) = (deep, addition, isSymmetric)
  }
}

/// How much Csiszar's dual loses to places where g(y) = E[a(X) K(X - y)], a = 1/Z, exceeds 1.
///
/// Dividing a by the supremum of g costs its logarithm. Where g exceeds 1 in places of little probability, it is cheaper to divide
/// a(x) by 1 + k(x), k(x) the largest k'(y) with |x - y| <= r kernel widths, k'(y) = max(0, g(y) - 1)/(1 - far): for every y
///
///     E[a K/(1 + k)] = g - E[a K k/(1 + k)] <= g - k'/(1 + k') (g - far') <= 1,
///
/// far' the part of g from |x - y| > r, which is at most far = `farPart` of sup g: with k' = (g - 1)/(1 - far), k'/(1 + k') =
/// (g - 1)/(g - far), which is at least (g - 1)/(g - far'). It costs E log(1 + k(X)), k being constant on panels; of a few r the best is taken.
///
/// *Which y.* For points, g falls beyond the last of them, so that cells from the first to the last are enough. Towards a deep
/// part, where f a is a constant c, points go on for 17 kernel widths and cells for 8; beyond that g is at most c sqrt(pi/beta)
/// and what is more than 8 kernel widths away.
package struct DualWindow {
  /// An upper bound on g everywhere.
  package let supremum: Double
  /// An upper bound on the cost, in nats: the lesser of both.
  package let loss: Double
  /// Local maxima of g above 1, if they were asked for.
  let peaks: [(place: Double, value: Double)]

  /// r.
  private static let reaches = [2.0, 2.5, 3, 4]
  /// How far cells go into a deep part.
  private static let cells = 8.0

  package init(_ measure: LineMeasure, scale: Double, findsPeaks: Bool = false) {
    var nodes = measure.nodes
    var weights = measure.weights
    var (low, high) = (nodes.first ?? 0, nodes.last ?? 0)
    var (beyond, ruleError) = (0.0, 0.0)
    for (side, tail) in measure.deep {
      let row = DeepNodes(tail, scale: scale)
      beyond = worst(beyond, row.integral)
      ruleError = worst(ruleError, row.error)
      if side == .right {
        nodes += row.nodes
        weights += row.weights
        high = tail.start + Self.cells / scale
      } else {
        nodes = row.nodes.reversed().map { -$0 } + nodes
        weights = row.weights.reversed() + weights
        low = -tail.start - Self.cells / scale
      }
    }
    if measure.isSymmetric {
      let mirrored = nodes.prefix { $0 * scale <= 9 }.count
      nodes = nodes[..<mirrored].reversed().map { -$0 } + nodes
      weights = weights[..<mirrored].reversed() + weights
      low = 0
    }
    let sums = LineSupremum(
      over: low...max(low, high), nodes: nodes, weights: weights, scale: scale, findsPeaks: findsPeaks)
    peaks = sums.peaks
    let neglected = sums.neglected + (measure.deep.isEmpty ? 0 : farPart(beyond: Self.cells, dimension: 1))
    let more = measure.addition + ruleError
    let bare = worst(sums.largest, beyond) / (1 - neglected)
    supremum = (bare + more) * (1 + 0x1p-50)
    let extra = bare * neglected + more
    let plain = Interval.log(Interval(supremum)).upper
    var least = plain
    for reach in Self.reaches where plain > 0 {
      let cost = Self.cost(
        measure, sums, reach: reach / scale, far: supremum * farPart(beyond: reach, dimension: 1), extra: extra,
        beyond: beyond)
      if cost < least { least = cost }
    }
    loss = least
  }

  /// E log(1 + k(X)) for a window, from above; infinite if far is no less than 1/2.
  private static func cost(
    _ measure: LineMeasure, _ sums: LineSupremum, reach: Double, far: Double, extra: Double, beyond: Double
  ) -> Double {
    guard far < 0.5 else { return .infinity }
    func cost(_ largest: Double, _ probability: Double) -> Double {
      let excess = max(0, largest + extra - 1) / (1 - far)
      return probability * Double.log1p(excess) * (1 + 0x1p-40)
    }
    var total = 0.0
    for panel in measure.panels {
      var largest = 0.0
      // At an axis of symmetry places y < 0 have the g of -y, which is nearer to the panel.
      for cell in sums.cells(meeting: panel.low - reach, panel.high + reach) {
        largest = max(largest, sums.bounds[cell])
      }
      total += cost(largest, panel.probability)
    }
    for (side, tail) in measure.deep {
      let end = Double.greatestFiniteMagnitude
      let from = tail.start - reach
      let cells = side == .right ? sums.cells(meeting: from, end) : sums.cells(meeting: -end, -from)
      let largest = cells.reduce(beyond) { max($0, sums.bounds[$1]) }
      total += cost(largest, tail.probability.upper * (measure.isSymmetric ? 2 : 1))
    }
    return total
  }
}

/// A deep part's constant f a as points, for 17 kernel widths.
///
/// On a panel of one kernel width the kernel is at most exp(1/2) in the ellipse of imaginary semi-axis 1, two half-widths.
private struct DeepNodes {
  private(set) var nodes: [Double] = []
  private(set) var weights: [Double] = []
  /// The integral of f a times the kernel over the whole line, from above.
  let integral: Double
  /// What the sum over the points errs by on the integral over the panels, at most.
  let error: Double

  init(_ tail: DeepRow, scale: Double) {
    let rule = LineProof.rule
    let half = 0.5 / scale
    let panels = 17
    for panel in 0..<panels {
      let middle = tail.start + (2 * Double(panel) + 1) * half
      for (node, weight) in zip(rule.nodes, rule.weights) {
        nodes.append(middle + half * node)
        weights.append(half * weight * tail.level * (1 + 0x1p-48))
      }
    }
    // The nodes' places are rounded: in half-widths by 4 u of their distance from 0 and as much again.
    let displacement = (8 * (tail.start / half + 2 * Double(panels)) + 16) * 0x1p-53
    error = Double(panels) * half * tail.level * 1.65 * rule.error(imaginary: 2, displacement: displacement)
    // sqrt(2 pi), rounded up.
    integral = tail.level * 2.506628274631001 / scale * (1 + 0x1p-48)
  }
}
