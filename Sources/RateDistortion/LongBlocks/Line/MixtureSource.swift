import IntervalArithmetic

/// The mixture of two scalar Gaussians as a source of the line's engine: N(m1, v1) with probability w, N(m2, v2) otherwise.
///
/// f is entire. For D up to the smaller variance v, X is the sum of N(0, D) and a mixture of N(m_i, v_i - D), so that R(D) is the
/// Shannon lower bound.
package struct MixtureSource: LineSource {
  let weight: Double
  let means: (Double, Double)
  let variances: (Double, Double)
  package let differentialEntropy: Interval

  /// The mixture, its entropy enclosed here.
  package init(weight: Double, means: (Double, Double), variances: (Double, Double)) {
    self.weight = weight
    self.means = means
    self.variances = variances
    differentialEntropy = MixtureEntropy.enclosed(weight: weight, means: means, variances: variances)
  }

  /// Both components: weight, mean, variance.
  private var components: [(weight: Interval, mean: Double, variance: Double)] {
    [(Interval(weight), means.0, variances.0), (1 - Interval(weight), means.1, variances.1)]
  }

  package var mean: Interval { components.reduce(0) { $0 + $1.weight * Interval($1.mean) } }

  package var variance: Interval {
    let difference = Interval(means.0) - Interval(means.1)
    return components.reduce(0) { $0 + $1.weight * Interval($1.variance) }
      + Interval(weight) * (1 - Interval(weight)) * .squared(difference)
  }

  package var isSymmetric: Bool { means == (0, 0) }
  package var corners: [Double] { [] }
  package var gaussianComponent: Double { min(variances.0, variances.1) }

  /// Eight deviations of both: 1.3e-15 of the probability is outside, where f falls.
  package func tail(_ side: Side) -> LineTail {
    let (a, b) = (8 * variances.0.squareRoot(), 8 * variances.1.squareRoot())
    return .light(cut: side == .left ? min(means.0 - a, means.1 - b) : max(means.0 + a, means.1 + b))
  }

  package func density(_ x: Interval) -> Interval {
    components.reduce(0) { sum, component in
      let variance = Interval(component.variance)
      return sum + component.weight * .exp(-.squared(x - Interval(component.mean)) / (2 * variance))
        / .sqrt(2 * .pi * variance)
    }
  }

  package func density(_ x: Double) -> Double {
    var sum = 0.0
    for (w, mean, variance) in [(weight, means.0, variances.0), (1 - weight, means.1, variances.1)] {
      sum += w * Double.exp(-(x - mean) * (x - mean) / (2 * variance)) / (2 * Double.pi * variance).squareRoot()
    }
    return sum
  }

  /// |exp(-(z - m)^2/(2 v))| = exp((y^2 - (x - m)^2)/(2 v)) for z = x + i y.
  package func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    var sum = 0.0
    for (w, mean, variance) in [(weight, means.0, variances.0), (1 - weight, means.1, variances.1)] {
      let distance = real.contains(mean) ? 0 : min(abs(real.lowerBound - mean), abs(real.upperBound - mean))
      sum +=
        w * Double.exp((imaginary * imaginary - distance * distance) / (2 * variance))
        / (2 * Double.pi * variance).squareRoot()
    }
    return sum * (1 + 0x1p-30)
  }
}
