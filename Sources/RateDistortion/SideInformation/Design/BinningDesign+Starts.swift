import IntervalArithmetic

extension BinningDesign {
  /// The best code found from all starts, and its cost.
  ///
  /// Starts are nested quantizers, of the numbers of bins whose own J is least and of those next to it, at their best
  /// widths; the same with one label's cells wider, as entropy coding likes them; and both annealed: smooth random costs that
  /// fade away in 30 rounds let labels merge, split and change places (up to 24 bins). Forty rounds tell
  /// which the two best are (after 25, a code of 42 labels that is better than any other in the end may be 1.4e-3 nats behind),
  /// and these are refined until J rests. Rate 0 is always a candidate. Nothing depends on chance: the random costs are fixed.
  ///
  /// - Parameters:
  ///   - nested: for this tau and rate and a lambda no smaller.
  ///   - bins: numbers of bins that nested quantizers have as well.
  ///   - others: codes that may be starts too.
  ///   - isAnnealed: whether annealed starts are tried.
  ///   - tolerance: J rests when a round lowers it by no more.
  func best(
    from nested: NestedStarts, bins: [Int] = [], and others: [Code] = [], isAnnealed: Bool = true,
    tolerance: Double = 2e-9
  ) -> (code: Code, cost: Double) {
    let silence = Code(thresholds: [], labels: [0])
    var found = [(code: silence, cost: lambda)]
    let nested = nested.best(lambda: lambda, and: bins)
    // Of many bins there is little to choose from, and each round takes longer.
    let isSimple = nested[0].bins <= 24
    var starts = nested.map { steps(width: $0.width, bins: $0.bins, wide: 1) }
    if isSimple, isAnnealed { starts.append(steps(width: nested[0].width, bins: nested[0].bins, wide: 1.6)) }
    for start in starts + others { found.append(minimise(start, rounds: 40, tolerance: 1e-6)) }
    for (seed, start) in starts.prefix(isSimple && isAnnealed ? 2 : 0).enumerated() {
      let annealed = minimise(start, rounds: 30, tolerance: 0, noise: fading(seed: seed))
      found.append(minimise(annealed.code, rounds: 15, tolerance: 1e-6))
    }
    found.sort { $0.cost < $1.cost }
    var best = found[0]
    // What is behind by more does not catch up.
    for candidate in found.prefix(2) where candidate.cost < found[0].cost + 3e-4 && candidate.code.labels.count > 1 {
      let refined = minimise(candidate.code, rounds: isSimple ? 250 : 150, tolerance: tolerance)
      if refined.cost < best.cost { best = refined }
    }
    return best
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
