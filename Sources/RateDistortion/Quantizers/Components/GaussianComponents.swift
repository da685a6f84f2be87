import IntervalArithmetic

/// Independent Gaussian coefficients by their variances, those that are equal together: what a transform leaves to be coded.
///
/// The variances are enclosed. A coefficient is sigma times a standard normal variable, whatever sigma exactly is, and its quantizer
/// is one of the standard variable scaled by it: entropies do not depend on sigma, distortions are sigma^2 times the standard ones.
public struct GaussianComponents: Sendable {
  /// Coefficients of one variance.
  struct Group: Sendable {
    let variance: Interval
    /// The same in floating point.
    let nominal: Double
    let count: Int
  }

  /// The variances in decreasing order.
  public let variances: [Interval]
  let groups: [Group]

  /// Coefficients of enclosed variances, in decreasing order.
  public init(variances: [Interval]) {
    self.variances = variances
    var groups: [Group] = []
    for variance in variances {
      if let last = groups.last, last.variance == variance {
        groups[groups.count - 1] = Group(variance: variance, nominal: last.nominal, count: last.count + 1)
      } else {
        groups.append(Group(variance: variance, nominal: max(variance.midpoint, 0), count: 1))
      }
    }
    self.groups = groups
  }

  /// The sum of the variances: the distortion of sending nothing.
  var total: Interval {
    groups.reduce(0) { $0 + Interval($1.count) * .hull(max($1.variance.lower, 0), max($1.variance.upper, 0)) }
  }

  /// The largest of the nominal variances.
  var largest: Double { groups.map(\.nominal).max() ?? 0 }

  /// The water level at a distortion, in floating point: sum of min(theta, variance) = D.
  func waterLevel(atDistortion distortion: Double) -> Double {
    level { theta in groups.reduce(0) { $0 + Double($1.count) * min(theta, $1.nominal) } < distortion }
  }

  /// The water level at a rate in nats, in floating point.
  func waterLevel(atRate nats: Double) -> Double {
    level { theta in
      groups.reduce(0) { $0 + ($1.nominal > theta ? Double($1.count) / 2 * Double.log($1.nominal / theta) : 0) } > nats
    }
  }

  /// The largest level at which a condition holds that fails from there on, to a few digits: a start for what is then solved.
  private func level(where isBelow: (Double) -> Bool) -> Double {
    var (low, high) = (-700.0, 0.0)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if isBelow(largest * Double.exp(middle)) { low = middle } else { high = middle }
    }
    return largest * Double.exp(high)
  }
}
