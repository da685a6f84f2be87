import IntervalArithmetic

/// A mixture of scalar Gaussians as a source of the line's engine: N(m_k, v_k) with probability w_k.
///
/// f is entire. For D up to the smallest variance v, X is the sum of N(0, D) and a mixture of N(m_k, v_k - D), so that R(D) is the
/// Shannon lower bound.
package struct MixtureSource: LineSource {
  /// A Gaussian of the mixture.
  package struct Component: Sendable {
    /// w, enclosed: weights that are given need not sum to 1.
    let weight: Interval
    let mean: Double
    let variance: Double

    package init(weight: Interval, mean: Double, variance: Double) {
      (self.weight, self.mean, self.variance) = (weight, mean, variance)
    }
  }

  let components: [Component]
  package let differentialEntropy: Interval

  /// The mixture, its entropy enclosed here.
  package init(_ components: [Component]) {
    self.components = components
    differentialEntropy = MixtureEntropy.enclosed(components)
  }

  package var mean: Interval { components.reduce(0) { $0 + $1.weight * Interval($1.mean) } }

  /// The mean variance, and the variance of the means: the sum of w_j w_k (m_j - m_k)^2 over pairs.
  package var variance: Interval {
    var between = Interval(0)
    for (k, a) in components.enumerated() {
      for b in components[(k + 1)...] {
        between = between + a.weight * b.weight * .squared(Interval(a.mean) - Interval(b.mean))
      }
    }
    return components.reduce(0) { $0 + $1.weight * Interval($1.variance) } + between
  }

  package var isSymmetric: Bool { components.allSatisfy { $0.mean == 0 } }
  package var corners: [Double] { [] }
  package var gaussianComponent: Double { components.reduce(.infinity) { min($0, $1.variance) } }

  /// Eight deviations of each: 1.3e-15 of the probability is outside, where f falls.
  package func tail(_ side: Side) -> LineTail {
    let direction = side == .left ? -1.0 : 1.0
    let ends = components.map { direction * $0.mean + 8 * $0.variance.squareRoot() }
    return .light(cut: direction * (ends.max() ?? 0))
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
    for component in components {
      let (mean, variance) = (component.mean, component.variance)
      sum +=
        component.weight.midpoint * Double.exp(-(x - mean) * (x - mean) / (2 * variance))
        / (2 * Double.pi * variance).squareRoot()
    }
    return sum
  }

  /// |exp(-(z - m)^2/(2 v))| = exp((y^2 - (x - m)^2)/(2 v)) for z = x + i y.
  package func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double {
    var sum = 0.0
    for component in components {
      let (mean, variance) = (component.mean, component.variance)
      let distance = real.contains(mean) ? 0 : min(abs(real.lowerBound - mean), abs(real.upperBound - mean))
      sum +=
        component.weight.midpoint * Double.exp((imaginary * imaginary - distance * distance) / (2 * variance))
        / (2 * Double.pi * variance).squareRoot()
    }
    return sum * (1 + 0x1p-30)
  }
}
