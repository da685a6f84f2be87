import IntervalArithmetic

/// What a one-shot code with side information does, enclosed: H(index) and H(index|Y) in bits, E Var(X|index, Y).
public struct SideInformationEnclosure: Sendable, Equatable {
  /// H(index).
  public let marginalRate: Interval
  /// H(index|Y).
  public let conditionalRate: Interval
  /// E Var(X|index, Y).
  public let distortion: Interval

  /// The rate under one of the two codings.
  public func rate(_ coding: IndexCoding) -> Interval { coding == .marginal ? marginalRate : conditionalRate }

  /// Of the share `weight` of one code and the rest of the other.
  static func mixture(_ a: SideInformationEnclosure, _ b: SideInformationEnclosure, weight: Double) -> Self {
    let share = Interval(weight)
    let mix = { (x: Interval, y: Interval) in (1 - share) * x + share * y }
    return SideInformationEnclosure(
      marginalRate: mix(a.marginalRate, b.marginalRate), conditionalRate: mix(a.conditionalRate, b.conditionalRate),
      distortion: mix(a.distortion, b.distortion))
  }
}

extension GaussianSideInformation {
  /// sigma^2_{X|Y} and tau come from the parameters by at most five operations, each exact to half a unit of 2^-52.
  private static let relativeError = Interval.hull(1 - 0x1p-49, 1 + 0x1p-49)

  /// sigma^2_{X|Y} enclosed.
  var enclosedVariance: Interval { Interval(conditionalVariance) * Self.relativeError }
  /// tau enclosed.
  var enclosedSpread: Interval { Interval(spread) * Self.relativeError }
  /// sigma_X in units of sigma_{X|Y}, enclosed.
  var enclosedSourceDeviation: Interval { .sqrt(1 + .squared(enclosedSpread)) }
}

extension SideInformationEnclosure {
  /// From nats and units of sigma^2_{X|Y}.
  init(_ average: EnclosedAverage, problem: GaussianSideInformation, marginal: Interval, bins: Int?) {
    let most = bins.map { Interval.log(Interval($0)).upper } ?? .infinity
    let bits = { (nats: Interval) -> Interval in
      (Interval.hull(max(0, nats.lower), max(0, min(nats.upper, most))) / .ln2)
    }
    let left = 1 - average.resolved
    self.init(
      marginalRate: bits(marginal), conditionalRate: bits(average.entropy),
      distortion: .hull(max(0, left.lower), min(1, left.upper)) * problem.enclosedVariance)
  }
}

extension Interval {
  /// H(label) in nats of cells between places of a standard normal variable.
  static func marginalEntropy(of labels: [Int], between ends: [EnclosedTails]) -> Interval {
    var sums: [Int: Interval] = [:]
    var left = EnclosedTails.minusInfinity
    for (index, label) in labels.enumerated() {
      let right = index < ends.count ? ends[index] : .infinity
      sums[label] = (sums[label] ?? 0) + EnclosedTails.between(left, right)
      left = right
    }
    // In the order of the labels, so that results do not depend on hashing.
    var total: Interval = 0
    for (_, sum) in sums.sorted(by: { $0.key < $1.key }) {
      total = total - .xlogx(.hull(Swift.max(0, sum.lower), Swift.min(1, sum.upper)))
    }
    return total
  }
}
