import IntervalArithmetic

/// The integral of a weight times h(m) and times S(m) over a short panel, enclosed by Taylor series with an interval remainder.
///
/// W ~ N(m, 1) falls into cells, some of which share a label; with p_k(m) the probability of label k and s_k(m) = E[W - m; k],
///
///     h(m) = -sum of p_k log p_k,      S(m) = sum of s_k^2/p_k,      E Var(W|k) = 1 - S(m).
///
/// s_k is a sum of normal densities at thresholds and p_k' = s_k, so Taylor coefficients follow from (j + 1) f_(j+1) =
/// x f_j - f_(j-1) for f(x - u), those of logarithms and quotients by the usual recurrences. A function's integral over c - r
/// to c + r is that of its polynomial of degree 11 at c, plus 2 r^13/13 times its twelfth coefficient somewhere in the panel:
/// the same recurrences over the whole panel, with intervals, enclose that. Where the remainder is wide the panel is halved.
///
/// - Source: Moore, "Interval Analysis", 1966, for the remainder.
package struct PanelEnclosure {
  /// The degree of the remainder; even, so that odd terms drop out.
  static let order = 12

  /// The thresholds in reach, increasing, and the label of each cell from the first to the last, from 0 to `labelCount` - 1.
  package var thresholds: [Interval] = []
  package var labels: [Int] = []
  package var labelCount = 0

  package init() {}

  /// Coefficients 0 to `order` of one function of m - c.
  package typealias Series = [Interval]

  private var densities: [Series] = []
  private var moments: [Series] = []
  private var probabilities: [Interval] = []
  private var entropy = Series(repeating: 0, count: order + 1)
  private var resolved = Series(repeating: 0, count: order + 1)
  /// Labels so unlikely in the whole panel that their terms, next to 0, need no series; and the sums of these terms.
  private var isUnlikely: [Bool] = []
  private var unlikely = Integrals()

  /// Integrals over a panel.
  package struct Integrals {
    package var entropy: Interval = 0
    package var resolved: Interval = 0
  }

  /// A probability below which a label's terms are bounded by its probability alone.
  private static let negligible = 1e-18

  /// The integrals from c - r to c + r; c and r are single numbers, each known to lie in an interval of a few ulps.
  ///
  /// - Parameters:
  ///   - weight: the weight's coefficients about any place in an interval.
  ///   - tolerance: widths per weight that need no halving, of h and of S.
  package mutating func integrals(
    center: Interval, radius: Interval, weight: (Interval) -> Series, tolerance: (entropy: Double, resolved: Double),
    depth: Int = 0
  ) -> Integrals {
    let (low, high) = (center - radius, center + radius)
    let n = Self.order
    let box = low.hull(with: high)
    expand(at: box, low: low, high: high, isPanel: true)
    let weightInBox = weight(box)
    let far = (Self.coefficient(n, weightInBox, entropy), Self.coefficient(n, weightInBox, resolved))
    let weightAtCenter = weight(center)
    expand(at: center, low: center, high: center, isPanel: false)
    let mass = 2 * radius * weightInBox[0]
    var result = Integrals(
      entropy: Self.integral(Self.product(weightAtCenter, entropy), far.0, radius: radius)
        + unlikely.entropy * mass,
      resolved: Self.integral(Self.product(weightAtCenter, resolved), far.1, radius: radius)
        + unlikely.resolved * mass)
    let share = mass.upper + 1e-6 * radius.upper
    // What halving makes narrower: rounding errors only add up.
    let power = 2 * (Interval.pow(radius, n + 1) / Interval(n + 1)).upper
    let isNarrow =
      far.0.width * power <= tolerance.entropy * share && far.1.width * power <= tolerance.resolved * share
    if !isNarrow, depth < 10 {
      let half = radius / 2
      let left = integrals(
        center: center - half, radius: half, weight: weight, tolerance: tolerance, depth: depth + 1)
      let right = integrals(
        center: center + half, radius: half, weight: weight, tolerance: tolerance, depth: depth + 1)
      result = Integrals(entropy: left.entropy + right.entropy, resolved: left.resolved + right.resolved)
    }
    return result
  }

  /// h and S at one place.
  package mutating func values(at place: Interval) -> (entropy: Interval, resolved: Interval) {
    expand(at: place, low: place, high: place, isPanel: true)
    return (entropy[0] + unlikely.entropy, resolved[0] + unlikely.resolved)
  }

  // MARK: Series

  /// Fills `entropy` and `resolved` with coefficients 0 to `order` about every place in an interval from `low` to `high`.
  ///
  /// - Parameter isPanel: whether to find out anew which labels are unlikely; else they are left out.
  private mutating func expand(at place: Interval, low: Interval, high: Interval, isPanel: Bool) {
    let n = Self.order
    if isPanel {
      unlikely = Integrals()
      isUnlikely = [Bool](repeating: false, count: labelCount)
    }
    while densities.count < thresholds.count { densities.append(Series(repeating: 0, count: n + 1)) }
    while moments.count < labelCount {
      moments.append(Series(repeating: 0, count: n + 1))
      probabilities.append(0)
    }
    for label in 0..<labelCount {
      for j in 0...n { moments[label][j] = 0 }
      probabilities[label] = 0
    }
    var left = (EnclosedTails.minusInfinity, EnclosedTails.minusInfinity)
    for index in 0...thresholds.count {
      let label = labels[index]
      var right = (EnclosedTails.infinity, EnclosedTails.infinity)
      if index < thresholds.count {
        let x = thresholds[index] - place
        Self.fill(&densities[index], x)
        let fromLow = EnclosedTails(thresholds[index] - low)
        right = (fromLow, low == high ? fromLow : EnclosedTails(thresholds[index] - high))
        for j in 0...n { moments[label][j] = moments[label][j] - densities[index][j] }
      }
      if index > 0 { for j in 0...n { moments[label][j] = moments[label][j] + densities[index - 1][j] } }
      var p = EnclosedTails.between(left.0, right.0)
      if low != high {
        // As a function of m it has one maximum, where the cell's middle is, and no other minimum than at the ends.
        p = p.hull(with: EnclosedTails.between(left.1, right.1))
        if index > 0, index < thresholds.count {
          let (a, b) = (thresholds[index - 1], thresholds[index])
          let middle = (a + b) / 2
          if middle.upper >= low.lower, middle.lower <= high.upper {
            p = .hull(p.lower, (1 - 2 * NormalTailEnclosure.tail((b - a) / 2)).upper)
          }
        }
      }
      probabilities[label] = probabilities[label] + p
      left = right
    }
    for j in 0...n {
      entropy[j] = 0
      resolved[j] = 0
    }
    for label in 0..<labelCount where !isUnlikely[label] {
      let p = Interval.hull(probabilities[label].lower, min(1, probabilities[label].upper))
      if isPanel, p.upper <= Self.negligible {
        isUnlikely[label] = true
        unlikely.entropy = unlikely.entropy + .hull(0, -Interval.xlogx(.hull(0, p.upper)).lower)
        // E (W - m)^2 of the label, in reach.
        unlikely.resolved = unlikely.resolved + .hull(0, 100 * p.upper)
      } else if p.lower > 0 {
        add(moments[label], probability: p)
      } else {
        // Nothing is known: the panel has to be halved.
        for j in 0...n { (entropy[j], resolved[j]) = (.entire, .entire) }
      }
    }
  }

  /// f(x - u) in powers of u.
  private static func fill(_ f: inout Series, _ x: Interval) {
    f[0] = GaussianDensity().density(x)
    f[1] = x * f[0]
    for j in 2...order { f[j] = (x * f[j - 1] - f[j - 2]) / Interval(j) }
  }

  /// Adds a label's -p log p and s^2/p, p' = s.
  private mutating func add(_ s: Series, probability p0: Interval) {
    let n = Self.order
    withUnsafeTemporaryAllocation(of: Interval.self, capacity: 3 * (n + 1)) { buffer in
      buffer.initialize(repeating: 0)
      let p = UnsafeMutableBufferPointer(rebasing: buffer[0...n])
      let log = UnsafeMutableBufferPointer(rebasing: buffer[(n + 1)...(2 * n + 1)])
      let q = UnsafeMutableBufferPointer(rebasing: buffer[(2 * n + 2)...(3 * n + 2)])
      p[0] = p0
      for j in 1...n { p[j] = s[j - 1] / Interval(j) }
      log[0] = .log(p0)
      q[0] = .squared(s[0]) / p0
      entropy[0] = entropy[0] - .xlogx(p0)
      resolved[0] = resolved[0] + q[0]
      for j in 1...n {
        // j p_j = s_(j-1) is the sum of i log_i p_(j-i).
        var sum = s[j - 1]
        for i in 1..<j { sum = sum - Interval(i) * log[i] * p[j - i] }
        log[j] = sum / (Interval(j) * p0)
        // (p log p)' = s (log p + 1).
        var product = s[j - 1]
        for i in 0..<j { product = .fma(s[i], log[j - 1 - i], product) }
        entropy[j] = entropy[j] - product / Interval(j)
        var square: Interval = 0
        for i in 0..<((j + 1) / 2) { square = .fma(2 * s[i], s[j - i], square) }
        if j % 2 == 0 { square = square + .squared(s[j / 2]) }
        for i in 1...j { square = square - p[i] * q[j - i] }
        q[j] = square / p0
        resolved[j] = resolved[j] + q[j]
      }
    }
  }

  private static func coefficient(_ j: Int, _ a: Series, _ b: Series) -> Interval {
    var sum: Interval = 0
    for i in 0...j { sum = .fma(a[i], b[j - i], sum) }
    return sum
  }

  /// The even coefficients of a product below `order`.
  private static func product(_ a: Series, _ b: Series) -> Series {
    stride(from: 0, to: order, by: 2).map { coefficient($0, a, b) }
  }

  /// The integral of even coefficients and the remainder's.
  private static func integral(_ even: Series, _ remainder: Interval, radius r: Interval) -> Interval {
    let square = Interval.squared(r)
    var power = 2 * r
    var sum: Interval = 0
    for (index, coefficient) in even.enumerated() {
      sum = .fma(coefficient, power / Interval(2 * index + 1), sum)
      power = power * square
    }
    return .fma(remainder, power / Interval(order + 1), sum)
  }
}
