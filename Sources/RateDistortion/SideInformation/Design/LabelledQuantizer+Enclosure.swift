import IntervalArithmetic

extension LabelledQuantizer {
  /// The most cells, the largest tau, and the most pairs of cells and labels in all panels, that are enclosed: the work grows with
  /// all three.
  static let largestEnclosed = (cells: 2_000, spread: 4096.0, pairs: 1_500_000)

  /// H(index), H(index|Y) and the distortion, proved, for the thresholds as they are, in units of X; nil beyond
  /// `largestEnclosed`.
  ///
  /// - Parameter factor: what each threshold may have to be multiplied by.
  public func enclosure(for problem: GaussianSideInformation, factor: Interval = 1) -> SideInformationEnclosure? {
    guard labels.count <= Self.largestEnclosed.cells, problem.spread <= Self.largestEnclosed.spread else { return nil }
    let sigma = Interval.sqrt(problem.enclosedVariance)
    let scaled = thresholds.map { Interval($0) * factor / sigma }
    var average = EnclosedAverage(
      distortion: performance(for: problem, spacing: StepView.convergedSpacing).distortion / problem.conditionalVariance
    )
    var names: [Int: Int] = [:]
    var pairs = 0
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
      pairs += panel.labels.count * panel.labelCount
      if pairs > Self.largestEnclosed.pairs { (panel.thresholds, panel.labels, panel.labelCount) = ([], [0], 1) }
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
    guard pairs <= Self.largestEnclosed.pairs else { return nil }
    let deviation = problem.enclosedSourceDeviation
    let ends = scaled.map { EnclosedTails($0 / deviation) }
    return SideInformationEnclosure(
      average, problem: problem, marginal: .marginalEntropy(of: labels, between: ends), bins: nil)
  }
}
