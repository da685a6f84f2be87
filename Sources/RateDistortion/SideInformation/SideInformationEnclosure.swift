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

extension LabelledQuantizer {
  /// The most cells, and the largest tau, that are enclosed: the work grows with both.
  static let largestEnclosed = (cells: 20_000, spread: 4096.0)

  /// H(index), H(index|Y) and the distortion, proved, for the thresholds as they are, in units of X; nil beyond
  /// `largestEnclosed`.
  public func enclosure(for problem: GaussianSideInformation) -> SideInformationEnclosure? {
    guard labels.count <= Self.largestEnclosed.cells, problem.spread <= Self.largestEnclosed.spread else { return nil }
    let sigma = Interval.sqrt(problem.enclosedVariance)
    let scaled = thresholds.map { Interval($0) / sigma }
    var average = EnclosedAverage(
      distortion: performance(for: problem, spacing: StepView.convergedSpacing).distortion / problem.conditionalVariance
    )
    var names: [Int: Int] = [:]
    let cells: EnclosedAverage.Cells = { low, high, panel in
      let first = scaled.partitioningIndex { $0.upper > low - EnclosedAverage.reach }
      let end = scaled.partitioningIndex { $0.lower > high + EnclosedAverage.reach }
      panel.thresholds = Array(scaled[first..<max(first, end)])
      names.removeAll(keepingCapacity: true)
      panel.labels = labels[first...max(first, end)].map { label in
        if let known = names[label] { return known }
        names[label] = names.count
        return names.count - 1
      }
      panel.labelCount = names.count
    }
    let spread = problem.enclosedSpread
    if problem.spread > 0 {
      let spacing = min(EnclosedAverage.panelWidth, EnclosedAverage.powerOfTwo(upTo: problem.spread))
      let count = Int((9 * spread.upper / spacing).rounded(.up))
      average.add(
        panels: -count..<count, spacing: spacing, unit: 1, weight: EnclosedAverage.normalWeight(spread), cells)
      average.widen()
    } else {
      average.addAll(cells)
    }
    let deviation = problem.enclosedSourceDeviation
    let ends = scaled.map { EnclosedTails($0 / deviation) }
    return SideInformationEnclosure(
      average, problem: problem, marginal: .marginalEntropy(of: labels, between: ends), bins: nil)
  }
}

extension SideInformationEnclosure {
  /// From nats and units of sigma^2_{X|Y}.
  fileprivate init(_ average: EnclosedAverage, problem: GaussianSideInformation, marginal: Interval, bins: Int?) {
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
  fileprivate static func marginalEntropy(of labels: [Int], between ends: [EnclosedTails]) -> Interval {
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

extension SteppedQuantizer {
  /// The narrowest steps, in units of sigma_{X|Y}, that are enclosed.
  static let narrowestEnclosed = 0.005
  /// The most bins that are enclosed, and the widest steps over `EnclosedAverage.panelWidth`.
  static let largestEnclosed = (bins: 1024, panels: 1e6)

  /// H(index), H(index|Y) and the distortion, proved; nil for steps below `narrowestEnclosed` sigma_{X|Y}, and beyond
  /// `largestEnclosed`.
  ///
  /// h and S have the period L = w (`StepView`), and are even about a threshold or the middle of a step. For tau >= 1.5 L the
  /// wrapped density of M is 1/L to within 2 exp(-2 pi^2 tau^2/L^2)/(1 - ...) < 2e-19; otherwise it is summed.
  public var enclosure: SideInformationEnclosure? {
    let unit = Interval(step) / .sqrt(problem.enclosedVariance)
    guard unit.lower >= Self.narrowestEnclosed, unit.upper <= EnclosedAverage.panelWidth * Self.largestEnclosed.panels,
      bins ?? 2 <= Self.largestEnclosed.bins
    else { return nil }
    let theta = offset - offset.rounded(.down)
    let length = unit.midpoint
    let relative = conditional(spacing: StepView.convergedSpacing)
    var average = EnclosedAverage(distortion: relative.distortion)
    let cells: EnclosedAverage.Cells = { low, high, panel in
      let first = Int(((low - EnclosedAverage.reach) / length - theta).rounded(.down))
      let last = Int(((high + EnclosedAverage.reach) / length - theta).rounded(.up))
      panel.thresholds.removeAll(keepingCapacity: true)
      for k in first...last {
        let threshold = (Interval(k) + Interval(theta)) * unit
        guard threshold.upper > low - EnclosedAverage.reach, threshold.lower < high + EnclosedAverage.reach else {
          continue
        }
        panel.thresholds.append(threshold)
      }
      let count = min(bins ?? Int.max, panel.thresholds.count + 1)
      panel.labels = (0...panel.thresholds.count).map { $0 % count }
      panel.labelCount = count
    }
    let isEven = theta == 0 || theta == 0.5
    let spread = problem.enclosedSpread
    let parts = isEven ? 2 : 1
    if problem.spread == 0 {
      average.addAll(cells)
    } else {
      let isUniform = problem.spread >= 1.5 * length
      var width = EnclosedAverage.panelWidth
      if !isUniform { width = min(width, problem.spread) }
      let spacing = min(0.5, EnclosedAverage.powerOfTwo(upTo: width / length))
      var count = Int(1 / spacing) / parts
      if !isUniform, isEven { count = min(count, Int((9 * spread.upper / (length * spacing)).rounded(.up)) + 1) }
      let density = 1 / unit
      let weight: (Interval) -> PanelEnclosure.Series =
        isUniform
        ? { _ in [density] + PanelEnclosure.Series(repeating: 0, count: PanelEnclosure.order) }
        : EnclosedAverage.normalWeight(spread, period: unit)
      average.add(panels: 0..<count, spacing: spacing, unit: unit, weight: weight, cells)
      average.scale(by: Interval(parts) * (isUniform ? .hull(1 - 0x1p-53, 1 + 0x1p-52) : 1))
      average.widen()
    }
    return SideInformationEnclosure(average, problem: problem, marginal: marginalEnclosure(unit, theta), bins: bins)
  }

  /// H(index) in nats.
  private func marginalEnclosure(_ unit: Interval, _ theta: Double) -> Interval {
    let relative = unit / problem.enclosedSourceDeviation
    let last = (EnclosedAverage.reach / relative.lower).rounded(.up)
    guard last < 1e5 else { return .hull(0, bins.map { Interval.log(Interval($0)).upper } ?? .infinity) }
    let range = -Int(last) - 1...Int(last)
    let ends = range.map { EnclosedTails((Interval($0) + Interval(theta)) * relative) }
    let labels = (0...ends.count).map { bins == nil ? $0 : $0 % (bins ?? 1) }
    return .marginalEntropy(of: labels, between: ends) + .uncertainty(EnclosedAverage.missing)
  }
}
