import IntervalArithmetic

/// h(X) = -integral of f log f of a mixture of Gaussians, enclosed to some 1e-13.
///
/// *Panels.* f is a sum of entire components a_k with |a_k(x + iy)| = a_k(x) exp(y^2/(2 v_k)) >= a_k(x) and arguments -y (x - m_k)/v_k. A
/// strip |Im z| <= r about a panel holds no zero of f where some components, the leaders, have arguments that differ by less than
/// pi/3, and the others add up to no more than half of what the leaders must: then f log f is analytic there and |log f| <= |log |f|| +
/// |arg f|. The leaders L add up to at least cos(pi/6) times the sum of |a_k| over them, with an argument between theirs.
///
/// - All are leaders: |f| >= cos(pi/6) sum of |a_k|.
/// - One is: |f| >= |a_k|/2, and its argument is within pi/6 of that of a_k.
/// - Some are: |f| >= cos(pi/6)/2 times their sum, and its argument is within pi/6 of theirs.
///
/// A rule of 16 nodes errs by what `PanelRule` says; a panel where that is too much is halved. Where f < 1e-25, -f log f lies
/// between 0 and its value at f's supremum.
///
/// *Tails.* 12 deviations of every component from its mean. With t log(1/t) subadditive, what is left is at most the
/// components' own: for w N(m, v) beyond K >= 12 deviations on one side
///
///     integral of -w phi log(w phi) <= w exp(-K^2/2)/sqrt(2 pi) (K/2 + 1/(2K) + log(sqrt(2 pi v)/w)/K),
///
/// and at least 0 as f < 1 there, in units in which the smallest variance is 1.
enum MixtureEntropy {
  private static let rule = PanelRule(nodes: 16)
  /// A panel's error relative to the integrand's bound on it.
  private static let tolerance = 2e-12
  private static let depth = 60

  /// h(X) in nats.
  static func enclosed(_ components: [MixtureSource.Component]) -> Interval {
    // Units in which the smallest variance is 1 and the first mean 0; dividing enters as an enclosure.
    let unit = components.reduce(.infinity) { min($0, $1.variance) }
    let root = Interval.sqrt(Interval(unit))
    let first = Interval(components[0].mean)
    let parts = components.map {
      Part(
        weight: $0.weight, mean: (Interval($0.mean) - first) / root, variance: Interval($0.variance) / Interval(unit))
    }
    let reach = parts.map { 12 * $0.variance.upper.squareRoot() }
    let low = parts.indices.map { parts[$0].mean.lower - reach[$0] }.min() ?? 0
    let high = parts.indices.map { parts[$0].mean.upper + reach[$0] }.max() ?? 0
    var sum = Interval(0)
    // Halving begins with panels that are neither many nor much wider than any component.
    let cuts = Set([low, high] + parts.map(\.mean.midpoint)).sorted()
    for (a, b) in zip(cuts, cuts.dropFirst()) { sum = sum + integral(parts, from: a, to: b, depth: 0) }
    var tail = 0.0
    for part in parts {
      let logarithm = max(0, (Interval.log(2 * .pi * part.variance) / 2 - .log(part.weight)).upper)
      tail += 2 * part.weight.upper * Double.exp(-72) * (6.1 + logarithm / 12)
    }
    return sum + .hull(0, tail) + .log(root)
  }

  private struct Part {
    let weight: Interval
    let mean: Interval
    let variance: Interval

    /// An upper bound on |value| for Re z in an interval and |Im z| <= r.
    func supremum(_ real: ClosedRange<Double>, imaginary r: Double) -> Double {
      let distance = max(0, mean.lower - real.upperBound, real.lowerBound - mean.upper)
      let exponent = (Interval.squared(Interval(r)) - .squared(Interval(distance))) / (2 * variance)
      return (weight * .exp(exponent) / .sqrt(2 * .pi * variance)).upper
    }

    /// A lower bound on |value| there.
    func infimum(_ real: ClosedRange<Double>) -> Double {
      let distance =
        max(
          abs(real.lowerBound - mean.lower), abs(real.upperBound - mean.upper),
          abs(real.lowerBound - mean.upper), abs(real.upperBound - mean.lower)) * (1 + 1e-12)
      return (weight / .sqrt(2 * .pi * variance)).lower * Double.exp(-distance * distance / (2 * variance.lower))
        * (1 - 1e-9)
    }

    /// The largest |x - mean|/variance.
    func largestSlope(on real: ClosedRange<Double>) -> Double {
      let ends = [real.lowerBound, real.upperBound].map { ((Interval($0) - mean) / variance).magnitude }
      return worst(ends[0], ends[1])
    }

    /// The component's density.
    func value(_ x: Interval) -> Interval {
      weight * .exp(-.squared(x - mean) / (2 * variance)) / .sqrt(2 * .pi * variance)
    }
  }

  private static func integral(_ parts: [Part], from low: Double, to high: Double, depth: Int) -> Interval {
    let middle = low + (high - low) / 2
    let half = (Interval(high) - Interval(low)) / 2
    let supremum = parts.reduce(0) { $0 + $1.supremum(low...high, imaginary: 0) }
    if supremum < 1e-25 {
      let f = max(supremum, 1e-300)
      return .hull(0, (-2 * half * .xlogx(Interval(f))).upper)
    }
    let error = error(parts, low, high)
    guard error < .infinity else {
      guard depth < self.depth, middle > low, middle < high else { return .entire }
      return integral(parts, from: low, to: middle, depth: depth + 1)
        + integral(parts, from: middle, to: high, depth: depth + 1)
    }
    var sum = Interval.hull(-error, error)
    for (node, weight) in zip(rule.nodes, rule.weights) {
      let x = Interval(middle + half.midpoint * node)
      sum = sum - Interval(weight) * .xlogx(parts.reduce(0) { $0 + $1.value(x) })
    }
    return sum * half
  }

  /// What the rule errs by on a panel, in units of its half-width; infinite where that is not next to nothing: no strip without
  /// zeros is known, or none wide enough.
  private static func error(_ parts: [Part], _ low: Double, _ high: Double) -> Double {
    let half = (high - low) / 2
    let displacement = 0x1p-52 * (2 + 2 * max(abs(low), abs(high)) / half)
    var best = Double.infinity
    let widest = parts.reduce(0) { max($0, $1.variance.lower) }.squareRoot()
    for r in [2 * half, 1.5 * half] where r <= widest {
      // The ellipse with semi-axis r across the line reaches less than r beyond the panel's ends.
      guard let floor = Floor(parts, on: (low - r)...(high + r), imaginary: r), floor.least > 1e-290 else { continue }
      let logarithm = max(abs(Double.log(floor.most)), abs(Double.log(floor.least)))
      let bound = floor.most * (logarithm + floor.argument) * (1 + 1e-6)
      let relative = rule.error(imaginary: r / half, displacement: displacement)
      if relative < tolerance || bound * relative < 1e-20 { best = min(best, bound * relative) }
    }
    return best
  }

  /// What |f| is at least and at most in a strip, and a bound on its argument.
  private struct Floor {
    var least = 0.0
    var argument = 0.0
    /// The sum of the components' own.
    let most: Double

    /// Nil where f may have a zero.
    init?(_ parts: [Part], on real: ClosedRange<Double>, imaginary r: Double) {
      let (suprema, infima) = (parts.map { $0.supremum(real, imaginary: r) }, parts.map { $0.infimum(real) })
      let slopes = parts.map { $0.largestSlope(on: real) }
      most = suprema.reduce(0, +)
      /// How far two arguments are apart at most.
      func difference(_ a: Part, _ b: Part) -> Double {
        let ends = [real.lowerBound, real.upperBound].map {
          ((Interval($0) - a.mean) / a.variance - (Interval($0) - b.mean) / b.variance).magnitude
        }
        return r * worst(ends[0], ends[1])
      }
      var farthest = 0.0
      for (k, part) in parts.enumerated() {
        for other in parts[(k + 1)...] { farthest = worst(farthest, difference(part, other)) }
      }
      if farthest < 1.04 {
        // Any component's least may be at another place than another's: all are bounds.
        (least, argument) = (0.86 * infima.reduce(0, +), r * (slopes.max() ?? 0))
        return
      }
      for leader in parts.indices.reversed() {
        let others = parts.indices.filter { $0 != leader }
        if others.reduce(0, { $0 + suprema[$1] }) <= infima[leader] / 2 {
          (least, argument) = (infima[leader] / 2, r * slopes[leader] + 0.6)
          return
        }
        // Those within half the allowed difference of one are within all of it of each other.
        let leaders = parts.indices.filter { difference(parts[$0], parts[leader]) < 0.52 }
        let rest = parts.indices.filter { !leaders.contains($0) }
        let sum = leaders.reduce(0) { $0 + infima[$1] }
        if leaders.count > 1, rest.reduce(0, { $0 + suprema[$1] }) <= 0.43 * sum {
          (least, argument) = (0.43 * sum * (1 - 1e-12), r * leaders.reduce(0) { max($0, slopes[$1]) } + 0.6)
          return
        }
      }
      return nil
    }
  }
}
