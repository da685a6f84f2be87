import IntervalArithmetic

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
      let weight =
        isUniform ? PanelEnclosure.Weight { _ in density } : EnclosedAverage.normalWeight(spread, period: unit)
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
