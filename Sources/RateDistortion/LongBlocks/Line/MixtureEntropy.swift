import IntervalArithmetic

/// h(X) = -integral of f log f of a mixture of two Gaussians, enclosed to some 1e-13.
///
/// *Panels.* f = a + b, both components entire, |a(x + iy)| = a(x) exp(y^2/(2 v_1)) >= a(x). A strip |Im z| <= r about a panel holds
/// no zero of f in either of two cases, in which f log f is analytic there and |log f| <= |log |f|| + |arg f|:
///
/// - the arguments of a and b differ by less than pi/3, |Im z| |(x - m_1)/v_1 - (x - m_2)/v_2| being their difference: then
///   |f| >= cos(pi/6) (|a| + |b|), and the argument of the sum lies between theirs;
/// - |a| <= |b|/2 throughout: then |f| >= |b|/2, and its argument is within pi/6 of b's.
///
/// A rule of 16 nodes errs by what `PanelRule` says; a panel where that is too much is halved. Where f < 1e-25, -f log f lies
/// between 0 and its value at f's supremum.
///
/// *Tails.* 12 deviations of both components from both means. With t log(1/t) subadditive, what is left is at most the
/// components' own: for w N(m, v) beyond K >= 12 deviations on one side
///
///     integral of -w phi log(w phi) <= w exp(-K^2/2)/sqrt(2 pi) (K/2 + 1/(2K) + log(sqrt(2 pi v)/w)/K),
///
/// and at least 0 as f < 1 there, in units in which the smaller variance is 1.
enum MixtureEntropy {
  private static let rule = PanelRule(nodes: 16)
  /// A panel's error relative to the integrand's bound on it.
  private static let tolerance = 2e-12
  private static let depth = 60

  /// h(X) in nats.
  static func enclosed(weight: Double, means: (Double, Double), variances: (Double, Double)) -> Interval {
    // Units in which the smaller variance is 1 and the first mean 0; dividing enters as an enclosure.
    let unit = min(variances.0, variances.1)
    let root = Interval.sqrt(Interval(unit))
    let parts = [(Interval(weight), means.0, variances.0), (1 - Interval(weight), means.1, variances.1)].map {
      Part(
        weight: $0.0, mean: (Interval($0.1) - Interval(means.0)) / root, variance: Interval($0.2) / Interval(unit))
    }
    let reach = parts.map { 12 * $0.variance.upper.squareRoot() }
    let low = parts.indices.map { parts[$0].mean.lower - reach[$0] }.min() ?? 0
    let high = parts.indices.map { parts[$0].mean.upper + reach[$0] }.max() ?? 0
    var sum = Interval(0)
    // Halving begins with panels that are neither many nor much wider than either component.
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
    let widest = max(parts[0].variance.lower, parts[1].variance.lower).squareRoot()
    for r in [2 * half, 1.5 * half] where r <= widest {
      // The ellipse with semi-axis r across the line reaches less than r beyond the panel's ends.
      let real = (low - r)...(high + r)
      let slopes = parts.map { $0.largestSlope(on: real) }
      let (a, b) = (parts[0].supremum(real, imaginary: r), parts[1].supremum(real, imaginary: r))
      let (c, d) = (parts[0].infimum(real), parts[1].infimum(real))
      let ends = [real.lowerBound, real.upperBound].map {
        ((Interval($0) - parts[0].mean) / parts[0].variance - (Interval($0) - parts[1].mean) / parts[1].variance)
          .magnitude
      }
      var (least, argument) = (0.0, 0.0)
      if r * worst(ends[0], ends[1]) < 1.04 {
        // Either component's least may be at another place than the other's: both are bounds.
        (least, argument) = (0.86 * (c + d), r * max(slopes[0], slopes[1]))
      } else if a <= d / 2 {
        (least, argument) = (d / 2, r * slopes[1] + 0.6)
      } else if b <= c / 2 {
        (least, argument) = (c / 2, r * slopes[0] + 0.6)
      }
      guard least > 1e-290 else { continue }
      let logarithm = max(abs(Double.log(a + b)), abs(Double.log(least)))
      let bound = (a + b) * (logarithm + argument) * (1 + 1e-6)
      let relative = rule.error(imaginary: r / half, displacement: displacement)
      if relative < tolerance || bound * relative < 1e-20 { best = min(best, bound * relative) }
    }
    return best
  }
}
