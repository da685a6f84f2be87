import IntervalArithmetic

extension BinningDesign {
  /// The best code found from all starts, and its cost.
  ///
  /// Starts are nested quantizers, of the numbers of bins whose own J is least and one more, at their best widths; the same
  /// with one label's cells wider, as entropy coding likes them; and both annealed: smooth random costs that fade away in 30
  /// rounds let labels merge, split and change places (up to 24 bins). The two best are refined until J rests. Rate 0 is
  /// always a candidate. Nothing depends on chance: the random costs are fixed.
  func best() -> (code: Code, cost: Double) {
    let silence = Code(thresholds: [], labels: [0])
    var found = [(code: silence, cost: lambda)]
    var starts: [Code] = []
    let nested = nestedStarts()
    // Of many bins there is little to choose from, and each round takes longer.
    let isSimple = nested[0].bins <= 24
    for start in isSimple ? nested : Array(nested.prefix(1)) { starts.append(start.code) }
    if isSimple { starts.append(steps(width: nested[0].width, bins: nested[0].bins, wide: 1.6)) }
    for start in starts { found.append(minimise(start, rounds: 25, tolerance: 1e-6)) }
    for (seed, start) in nested.prefix(isSimple ? 2 : 0).enumerated() {
      let annealed = minimise(start.code, rounds: 30, tolerance: 0, noise: fading(seed: seed))
      found.append(minimise(annealed.code, rounds: 15, tolerance: 1e-6))
    }
    found.sort { $0.cost < $1.cost }
    var best = found[0]
    // What is behind by more does not catch up.
    for candidate in found.prefix(2) where candidate.cost < found[0].cost + 3e-4 && candidate.code.labels.count > 1 {
      let refined = minimise(candidate.code, rounds: isSimple ? 250 : 150, tolerance: 2e-9)
      if refined.cost < best.cost { best = refined }
    }
    return best
  }

  /// Nested quantizers by their own J, least first, each at its best width.
  private func nestedStarts() -> [(bins: Int, width: Double, code: Code, cost: Double)] {
    var all: [(bins: Int, width: Double, code: Code, cost: Double)] = []
    var rising = 0
    var least = Double.infinity
    for bins in 2...128 {
      let grouping = [StepGrouping(labels: Array(0..<bins))]
      let cost = { (logStep: Double, spacing: Double) -> Double in
        let view = StepView(step: Double.exp(logStep), offset: 0.5, bins: bins, spread: spread, spacing: spacing)
        let conditional = view.grouped(grouping)[0]
        let rate = coding == .conditional ? conditional.entropy : view.marginalEntropies(grouping)[0]
        return rate + lambda * conditional.distortion
      }
      let low = Double.log(2 / Double(bins))
      let high = Double.log(bins < 8 ? 4 * (1 + spread) + 8 : 24 / Double(bins))
      let logStep = SteppedQuantizer.scannedMinimum(from: low, to: high, count: 24, of: cost)
      let value = cost(logStep, StepView.convergedSpacing)
      let width = Double.exp(logStep)
      all.append((bins, width, steps(width: width, bins: bins, wide: 1), value))
      // Past the best number of bins the cost rises (marginal) or rests (conditional).
      rising = value < least - 1e-7 ? 0 : rising + 1
      least = min(least, value)
      if rising == 4 { break }
    }
    all.sort { $0.cost < $1.cost }
    let chosen = all.prefix(2)
    let next = all.first { $0.bins == all[0].bins + 1 }
    return chosen + (next.map { one in chosen.contains { $0.bins == one.bins } ? [] : [one] } ?? [])
  }

  /// Cells over seven standard deviations of the source, labelled modulo `bins`, those of label 0 wider by a factor.
  private func steps(width: Double, bins: Int, wide: Double) -> Code {
    let end = 7 * (1 + spread * spread).squareRoot()
    var thresholds: [Double] = []
    var labels = [0]
    var place = -wide * width / 2
    // From the middle cell to the left, then to the right.
    var label = bins - 1
    while place > -end {
      thresholds.insert(place, at: 0)
      labels.insert(label, at: 0)
      place -= label == 0 ? wide * width : width
      label = (label + bins - 1) % bins
    }
    place = wide * width / 2
    label = 1 % bins
    while place < end {
      thresholds.append(place)
      labels.append(label)
      place += label == 0 ? wide * width : width
      label = (label + 1) % bins
    }
    return Code(thresholds: thresholds, labels: labels)
  }

  /// Random costs of half a nat at first that fall by 15 % a round: for each label a sum of two waves of x whose lengths are
  /// a few standard deviations of X given Y.
  private func fading(seed: Int) -> (_ round: Int, _ label: Int, _ x: Double) -> Double {
    { round, label, x in
      // Irrational multiples scatter phases evenly.
      let phase = Double(label + 1) * 2.39996322972865332 + Double(seed + 1) * 1.32471795724474603
      let amplitude = 0.5 * Double.exp(-0.1625 * Double(round))
      return amplitude * (Double.sin(phase * 7 + 1.7 * x + Double(round)) + Double.sin(phase * 3 + 0.61803398875 * x))
        / 2
    }
  }
}
