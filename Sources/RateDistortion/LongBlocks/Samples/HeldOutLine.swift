import IntervalArithmetic
import ParallelBlocks

/// A line below R(D) of the law behind some points, by a dual function that other points chose, with a one-sided confidence.
///
/// Let a(x) > 0 be any function that does not depend on the points x_1 ... x_n, and S = sup over y in R^d of g(y),
/// g(y) = E[a(X) exp(-beta |X - y|^2)]. Csiszar's dual says, for every D,
///
///     R(D) >= E ln a(X) - ln S - beta D        (nats).
///
/// Both expectations are under the unknown law. The supremum is no obstacle to a one-sided statement: let y* attain it, or come as
/// near as one likes. y* is a fixed point, which depends on a and on the law and not on the points. So with means over the points in
/// place of expectations, at every y
///
///     T(y) = mean of ln a - ln g_n(y),    s(y)^2 = variance of [ln a(X) - a(X) exp(-beta |X - y|^2)/g_n(y)] / n,
///
/// the smallest of all T(y) - z s(y) is at most that at y*, and T(y*) - z s(y*) exceeds E ln a - ln S with the probability that a
/// normal variable exceeds z, by the central limit theorem and the delta method at **one** y. Nothing is needed uniformly in y: looking
/// everywhere only makes the bound smaller. That is the price of not knowing y*: a(X) exp(-beta |X - y|^2) is noisy at each y, and
/// the larger the rate is the more places there are to look.
///
/// **What is computed.** The smallest value is sought and not enclosed: from many of the points, by steps to the mean of the points
/// weighted with a(x_i) exp(-beta |x_i - y|^2), which climb g_n. That the search came near y* is believed.
///
/// **The choice of a.** Of a fitted law of reproductions 1/Z makes g about 1 everywhere, but not equally well known: as the mean of
/// (a k)^2, k the kernel, is about 2^(-d/2) a g, the standard error of g_n is 2^(-d/4)/sqrt(n Z) of it. So a is 1/Z divided by
/// 1 + z 2^(-d/4)/sqrt(n Z), which makes g and z standard errors together about 1 everywhere: little is given away where points are
/// many, more where they are few, and not the most everywhere. Far out 1/Z is larger than n, and g_n at a point that has no neighbours
/// would be a(x_i)/n: a is at most A = n/r, which leaves at most 1/r there.
///
/// - Source: Csiszar 1974; the statistics are in <doc:OwnSamples>.
struct HeldOutLine: Sendable {
  /// E ln a - ln S with its confidence, in nats.
  let height: Double

  /// The values of r, from the least clipping to the most.
  static let ratios: [Double] = [2, 8, 32, 128, 512]

  /// The line of a fitted law, by points that it does not depend on.
  ///
  /// - Parameters:
  ///   - points: what is evaluated, in units of the variance's root.
  ///   - logZ: ln Z at them.
  ///   - ratio: r.
  ///   - deviations: z.
  ///   - starts: from how many points the smallest value is sought.
  ///   - steps: how many steps each search takes.
  init(
    slope: Double, points: [Double], dimension d: Int, logZ: [Double], ratio: Double, deviations: Double,
    starts most: Int,
    steps: Int
  ) {
    let n = logZ.count
    let largest = Double.log(Double(n) / ratio)
    let excess = deviations * Double.exp(-Double(d) / 4 * .log(2))
    let logs = logZ.map { logZ in
      min(-logZ - .log1p(excess * .exp(-(logZ + .log(Double(n))) / 2)), largest)
    }
    let weights = logs.map { Double.exp($0) }
    let mean = logs.reduce(0, +) / Double(n)
    let spread = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(n)
    // Half of the starts are anywhere, half where a is largest: far out, where points are few.
    let count = min(n, most)
    let far = logZ.indices.sorted { (logZ[$0], $0) < (logZ[$1], $1) }
    let starts = (0..<count).map { $0 % 2 == 0 ? $0 * n / count : far[$0 / 2] }
    let heights = parallelMap(count: count, block: 1) { index in
      var y = (0..<d).map { points[starts[index] * d + $0] }
      var lowest = Double.infinity
      for step in 0...steps {
        let sums = Sums(at: y, slope: slope, points: points, dimension: d, logs: logs, weights: weights)
        let value = sums.value(mean: mean, spread: spread, count: Double(n), deviations: deviations)
        lowest = min(lowest, value)
        if step < steps, sums.first > 0 { y = sums.moment.map { $0 / sums.first } }
      }
      return lowest
    }
    height = heights.min() ?? -.infinity
  }

  /// Sums over the points of the kernel at one y.
  private struct Sums {
    /// Of a k.
    var first = 0.0
    /// Of (a k)^2.
    var second = 0.0
    /// Of a k ln a.
    var mixed = 0.0
    /// Of a k x.
    var moment: [Double]

    init(at y: [Double], slope: Double, points: [Double], dimension d: Int, logs: [Double], weights: [Double]) {
      moment = [Double](repeating: 0, count: d)
      points.withUnsafeBufferPointer { points in
        for row in logs.indices {
          var square = 0.0
          for j in 0..<d {
            let difference = points[row * d + j] - y[j]
            square += difference * difference
          }
          // What is left out of a sum of n terms a k <= n e^-60.
          guard slope * square < 60 else { continue }
          let term = weights[row] * Double.exp(-slope * square)
          first += term
          second += term * term
          mixed += term * logs[row]
          for j in 0..<d { moment[j] += term * points[row * d + j] }
        }
      }
    }

    /// T - z s.
    func value(mean: Double, spread: Double, count n: Double, deviations: Double) -> Double {
      guard first > 0 else { return .infinity }
      let g = first / n
      let covariance = mixed / n - mean * g
      let variance = max(0, spread - 2 * covariance / g + (second / n - g * g) / (g * g))
      return mean - Double.log(g) - deviations * (variance / n).squareRoot()
    }
  }
}
