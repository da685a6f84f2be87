import IntervalArithmetic

/// The integral of a weight times h(m) and times S(m) over a short panel, enclosed: a Gauss-Legendre rule at enclosed
/// values, and a bound of what it errs by (`PanelRule`).
///
/// W ~ N(m, 1) falls into cells, some of which share a label; with p_k(m) the probability of label k and s_k(m) = E[W - m; k],
///
///     h(m) = -sum of p_k log p_k,      S(m) = sum of s_k^2/p_k,      E Var(W|k) = 1 - S(m).
///
/// **Claim.** Let P = p_k(x), Q = E[(W - x)^2; k] and v = Var(W|k) for W ~ N(x, 1). Where y^2 v <= 3/2, both terms of a
/// label are analytic at x + iy, and there
///
///     |p log p| <= exp(y^2/2) (-P log P + P (y^2/2 + log 4 + pi/2) + |y| sqrt(P Q)),
///     |s^2/p|   <= 8 exp(y^2/2) (Q + y^2 P).
///
/// *Proof.* The density of N(z, 1) at w is exp(y^2/2 + i y (w - x)) times that of N(x, 1), so p(z) = exp(y^2/2) P E[exp(iy
/// V)], V = W - x given the label, and |p(z)| <= exp(y^2/2) P. With mu = E V the real part of E exp(iy (V - mu)) is at least
/// 1 - y^2 v/2 >= 1/4. So p has no zero on the way from x to z, |log|p(z)|| <= -log P + y^2/2 + log 4, and the argument of
/// p(z) is at most |y mu| + pi/2, P |mu| <= sqrt(P Q). Likewise |s(z)| = |E[(V - iy) exp(iy V)]| P exp(y^2/2) <= exp(y^2/2)
/// P (E|V| + |y|), and (E|V| + |y|)^2 <= 2 (E V^2 + y^2). QED.
///
/// A normal weight of variance tau^2 grows by exp(y^2/(2 tau^2)). Bounds of P, Q and v for all x in reach of the ellipse choose
/// its height, label by label; where the error is large the panel is halved.
package struct PanelEnclosure {
  /// The thresholds in reach, increasing, and the label of each cell from the first to the last, from 0 to `labelCount` - 1.
  package var thresholds: [Interval] = []
  package var labels: [Int] = []
  package var labelCount = 0

  package init() {}

  /// A density of m.
  package struct Weight {
    /// The density over an interval.
    var density: (Interval) -> Interval
    /// By which it grows off the real line: at y by exp(y^2/2) to this power at most.
    var growth = 0.0
  }

  /// Integrals over a panel.
  package struct Integrals {
    package var entropy: Interval = 0
    package var resolved: Interval = 0
  }

  /// A label as seen from all x about a panel.
  private struct Outlook {
    /// Upper bounds of P and Q, and P's lower one.
    var most = 0.0
    var least = 0.0
    var square = 0.0
    /// An upper bound of v.
    var variance = 1.0
    /// Whether its terms are bounded by P and Q alone, for they are next to 0.
    var isUnlikely = false
  }

  /// A cell as seen from there: where it is, an end without a threshold being 2 beyond its other one and all x, and the
  /// largest P.
  private struct Cell {
    var low: Double
    var high: Double
    var isBounded: Bool
    var most: Double
  }

  private var outlooks: [Outlook] = []
  private var cells: [[Cell]] = []
  private var moments: [Interval] = []
  private var probabilities: [Interval] = []

  private static let rule = PanelRule(nodes: 14)
  /// The ellipse is no higher than this, nor than a normal weight's deviation.
  private static let greatestHeight = 0.3
  /// What rounding leaves of S in any case, and halving does not help.
  private static let rounding = 2e-14

  /// The integrals from c - r to c + r; c and r are single numbers, each known to lie in an interval of a few ulps.
  ///
  /// - Parameters:
  ///   - weight: the density of m.
  ///   - tolerance: errors per weight that need no halving, of h and of S.
  package mutating func integrals(
    center: Interval, radius: Interval, weight: Weight, tolerance: (entropy: Double, resolved: Double), depth: Int = 0
  ) -> Integrals {
    let r = radius.upper
    let height = min(Self.greatestHeight, 1 / weight.growth.squareRoot())
    let reach = ((height * height + r * r).squareRoot() * (1 + 0x1p-40)).nextUp
    let box = Interval.hull((center - Interval(reach)).lower, (center + Interval(reach)).upper)
    lookOut(over: box)
    let densest = weight.density(box).upper * Double.exp(weight.growth * height * height / 2) * (1 + 0x1p-40)
    let mass = (2 * r * weight.density((center - radius).hull(with: center + radius)).upper).nextUp
    var rest = (entropy: Interval(0), resolved: Interval(0))
    var error = (entropy: 0.0, resolved: 0.0)
    for label in 0..<labelCount {
      let (found, crude) = errors(of: outlooks[label], height: height, radius: r)
      outlooks[label].isUnlikely =
        crude.entropy * mass <= found.entropy * densest * r && crude.resolved * mass <= found.resolved * densest * r
      if outlooks[label].isUnlikely {
        rest.entropy = rest.entropy + .hull(0, crude.entropy)
        rest.resolved = rest.resolved + .hull(0, crude.resolved)
      } else {
        error.entropy += found.entropy
        error.resolved += found.resolved
      }
    }
    error.entropy = worst(0, error.entropy * densest * r * (1 + 0x1p-30))
    error.resolved = worst(0, error.resolved * densest * r * (1 + 0x1p-30))
    let share = mass + 1e-6 * r
    let isNarrow =
      error.entropy + rest.entropy.upper * mass <= tolerance.entropy * share
      && error.resolved + rest.resolved.upper * mass <= max(tolerance.resolved, Self.rounding) * share
    if !isNarrow, depth < 10 {
      let half = radius / 2
      let left = integrals(
        center: center - half, radius: half, weight: weight, tolerance: tolerance, depth: depth + 1)
      let right = integrals(
        center: center + half, radius: half, weight: weight, tolerance: tolerance, depth: depth + 1)
      return Integrals(entropy: left.entropy + right.entropy, resolved: left.resolved + right.resolved)
    }
    var sum = Integrals()
    for (node, share) in zip(Self.rule.nodes, Self.rule.weights) {
      let place = Interval.fma(radius, Interval(node), center)
      let values = likely(at: place)
      let factor = Interval(share) * weight.density(place)
      sum.entropy = .fma(factor, values.entropy, sum.entropy)
      sum.resolved = .fma(factor, values.resolved, sum.resolved)
    }
    let whole = Interval.hull(0, mass)
    return Integrals(
      entropy: radius * sum.entropy + .uncertainty(error.entropy) + rest.entropy * whole,
      resolved: radius * sum.resolved + .uncertainty(error.resolved) + rest.resolved * whole)
  }

  /// h and S at one place.
  package mutating func values(at place: Interval) -> (entropy: Interval, resolved: Interval) {
    outlooks = [Outlook](repeating: Outlook(), count: labelCount)
    return likely(at: place)
  }

  // MARK: Values

  /// The terms of the labels that are not unlikely.
  private mutating func likely(at place: Interval) -> (entropy: Interval, resolved: Interval) {
    while moments.count < labelCount {
      moments.append(0)
      probabilities.append(0)
    }
    for label in 0..<labelCount { (moments[label], probabilities[label]) = (0, 0) }
    var left = (tails: EnclosedTails.minusInfinity, density: Interval(0))
    for index in 0...thresholds.count {
      let label = labels[index]
      let isWanted = !outlooks[label].isUnlikely
      var right = (tails: EnclosedTails.infinity, density: Interval(0))
      let isEndWanted = isWanted || (index < thresholds.count && !outlooks[labels[index + 1]].isUnlikely)
      if isEndWanted, index < thresholds.count {
        let x = thresholds[index] - place
        right = (EnclosedTails(x), GaussianDensity().density(x))
      }
      if isWanted {
        moments[label] = moments[label] + left.density - right.density
        probabilities[label] = probabilities[label] + EnclosedTails.between(left.tails, right.tails)
      }
      left = right
    }
    var entropy: Interval = 0
    var resolved: Interval = 0
    for label in 0..<labelCount where !outlooks[label].isUnlikely {
      let p = Interval.hull(probabilities[label].lower, min(1, probabilities[label].upper))
      entropy = entropy - .xlogx(p)
      if p.lower > 0 {
        // By Cauchy and Schwarz s^2/p is at most E (W - m)^2.
        resolved = resolved + .squared(moments[label]) / p
      } else {
        resolved = resolved + .hull(0, 1)
      }
    }
    return (entropy, resolved)
  }

  // MARK: Errors

  /// Fills `outlooks` for x anywhere in an interval.
  private mutating func lookOut(over box: Interval) {
    let (low, high) = (Interval(box.lower), Interval(box.upper))
    outlooks = [Outlook](repeating: Outlook(), count: labelCount)
    while cells.count < labelCount { cells.append([]) }
    for label in 0..<labelCount { cells[label].removeAll(keepingCapacity: true) }
    var left = (EnclosedTails.minusInfinity, EnclosedTails.minusInfinity)
    for index in 0...thresholds.count {
      let label = labels[index]
      var right = (EnclosedTails.infinity, EnclosedTails.infinity)
      if index < thresholds.count {
        right = (EnclosedTails(thresholds[index] - low), EnclosedTails(thresholds[index] - high))
      }
      // As a function of m it has one maximum, where the cell's middle is, and no other minimum than at the ends.
      var p = EnclosedTails.between(left.0, right.0).hull(with: EnclosedTails.between(left.1, right.1))
      if index > 0, index < thresholds.count {
        let (a, b) = (thresholds[index - 1], thresholds[index])
        let middle = (a + b) / 2
        if middle.upper >= box.lower, middle.lower <= box.upper {
          p = .hull(p.lower, (1 - 2 * NormalTailEnclosure.tail((b - a) / 2)).upper)
        }
      }
      let isBounded = index > 0 && index < thresholds.count
      let start = index > 0 ? thresholds[index - 1].lower : -.infinity
      let end = index < thresholds.count ? thresholds[index].upper : .infinity
      // The square is at most 1 in all, and p times the largest; beyond t > 1 it is t f + Q < f (t + 1/t).
      let nearest = max(start - box.upper, box.lower - end)
      let farthest = max(box.upper - start, end - box.lower)
      var square = 1.0
      if isBounded {
        square = min(1, p.upper * farthest * farthest)
      } else if nearest > 1 {
        square = min(1, Double.exp(-nearest * nearest / 2) * 0.4 * (nearest + 1 / nearest))
      }
      cells[label].append(
        Cell(
          low: max(start, min(end, box.lower) - (isBounded ? .infinity : 2)),
          high: min(end, max(start, box.upper) + (isBounded ? .infinity : 2)), isBounded: isBounded, most: p.upper))
      outlooks[label].least += p.lower
      outlooks[label].most += p.upper
      outlooks[label].square += square
      left = right
    }
    for label in 0..<labelCount {
      outlooks[label].most = min(1, outlooks[label].most * (1 + 0x1p-30))
      outlooks[label].square = min(1, outlooks[label].square * (1 + 0x1p-30))
      outlooks[label].least *= 1 - 0x1p-30
      outlooks[label].variance = Self.variance(of: cells[label], least: outlooks[label].least)
    }
  }

  /// An upper bound of the variance of W given that it is in one of some cells, by what it is about any place.
  ///
  /// In a bounded cell (W - y)^2 is at most d^2, y at most d from any of its points. In an unbounded one W has mean square
  /// at most 1 about b, which is x if the cell holds x and its threshold if not; so at most 2 (y - b)^2 + 2 about y, and
  /// that is at most 2 d^2 for y outside, d from the end that the cell is given, which is 2 beyond b. In one cell the
  /// variance is at most 1, and at most a quarter of its squared width; for several next to each other take the middle of
  /// all. Other cells count by their share of the probability.
  private static func variance(of cells: [Cell], least: Double) -> Double {
    guard var first = cells.indices.max(by: { cells[$0].most < cells[$1].most }) else { return 1 }
    var last = first
    var best = Double.infinity
    while true {
      let (low, high) = (cells[first].low, cells[last].high)
      let quarter = (high - low) * (high - low) / 4
      var bound =
        first == last
        ? min(1, cells[first].isBounded ? quarter : 1)
        : cells[first].isBounded && cells[last].isBounded ? quarter : 2 * quarter + 2
      for (index, cell) in cells.enumerated() where index < first || index > last {
        let far = index < first ? high - cell.low : cell.high - low
        bound += cell.most / least * far * far * (cell.isBounded ? 1 : 2)
      }
      if bound < best { best = bound }
      guard quarter < best, first > 0 || last < cells.count - 1 else { break }
      let isLeft = first > 0 && (last == cells.count - 1 || cells[first - 1].most > cells[last + 1].most)
      if isLeft { first -= 1 } else { last += 1 }
    }
    return best * (1 + 0x1p-30)
  }

  /// What the rule errs by on [-1, 1] on a label's terms, and the largest that they are, both per weight.
  private func errors(
    of label: Outlook, height: Double, radius: Double
  ) -> (error: (entropy: Double, resolved: Double), crude: (entropy: Double, resolved: Double)) {
    let entropy = worst(0, -Interval.xlogx(.hull(min(label.least, label.most), label.most)).lower)
    let crude = (entropy: entropy, resolved: label.square)
    let y = min(height, (1.5 / label.variance).squareRoot() * (1 - 0x1p-30))
    guard y > 0, label.variance < .infinity, label.most > 0 else { return ((.infinity, .infinity), crude) }
    let growth = Double.exp(y * y / 2) * (1 + 0x1p-30)
    let (p, q) = (label.most, label.square)
    // log 4 + pi/2 < 2.9571.
    let most = (
      entropy: growth * (entropy + p * (y * y / 2 + 2.9571) + y * (p * q).squareRoot()),
      resolved: 8 * growth * (q + y * y * p)
    )
    let relative = y / radius * (1 - 0x1p-30)
    return (
      (
        most.entropy
          * Self.rule.error(imaginary: relative, displacement: 0, onSegment: entropy / most.entropy * (1 + 0x1p-30)),
        most.resolved
          * Self.rule.error(imaginary: relative, displacement: 0, onSegment: q / most.resolved * (1 + 0x1p-30))
      ), crude
    )
  }
}
