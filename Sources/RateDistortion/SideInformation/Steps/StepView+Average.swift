import IntervalArithmetic

/// Which of fewer labels each of a period's steps carries: what a decoder knows after a stage.
struct StepGrouping {
  /// The label of each step of a period.
  let labels: [Int]
  /// How many labels there are.
  let count: Int

  init(labels: [Int]) {
    self.labels = labels
    count = (labels.max() ?? 0) + 1
  }
}

extension StepView {
  /// H(k|Y) in nats and E Var(X|k, Y)/sigma^2_{X|Y} of plain steps, k the number of the step.
  ///
  /// Steps below 1/32 are next to their limit. A uniform phase makes the step a convolution: with U uniform on a step and
  /// g the density of W + U, sums over cells and means over phases join to integrals over the line,
  ///
  ///     H = h(W + U) - log w,      D = 1 - J(W + U)     (J the Fisher information),
  ///
  /// the second because the cell about x has first moment -w g'(x). In Hermite polynomials, g = f (1 + a He_2 + b He_4 + ...)
  /// with a = w^2/24, b = w^4/1920, which leaves
  ///
  ///     H = 1/2 log(2 pi e) + a - a^2 + 4/3 a^3 - log w + O(w^8),      D = 2a - 4a^2 + 8a^3 - 96 b^2 + 96 a^2 b - 40 a^4 + O(w^10),
  ///
  /// and phases matter by exp(-2 pi^2 / w^2) only, whatever tau is. The terms left out are below 1e-15 of the result.
  func distinctSteps() -> (entropy: Double, distortion: Double) {
    if step < 1.0 / 32 {
      let a = step * step / 24
      let b = step * step * step * step / 1920
      let entropy = normalEntropy + a * (1 - a * (1 - 4 * a / 3)) - Double.log(step)
      let fourth = 96 * a * a * b - 96 * b * b - 40 * a * a * a * a
      return (entropy, 2 * a * (1 - 2 * a * (1 - 2 * a)) + fourth)
    }
    var entropy = 0.0
    var distortion = 0.0
    let silent = forEachNode { weight, _, cells in
      var h = 0.0
      var d = 0.0
      for cell in cells {
        h -= Double.xlogx(cell.probability)
        d += cell.distortion
      }
      entropy += weight * h
      distortion += weight * d
    }
    return (entropy, distortion + silent)
  }

  /// H(label|Y) in nats and E Var(X|label, Y)/sigma^2_{X|Y} for each way of labelling the steps.
  ///
  /// Where labels repeat within a quarter of a standard deviation they tell nothing: given Y they are as likely as they are
  /// many, to within exp(-2 pi^2 16) = e^-315.
  func grouped(_ groupings: [StepGrouping]) -> [(entropy: Double, distortion: Double)] {
    guard Double(bins) * step > 0.25 else {
      return groupings.map { grouping in
        var shares = [Double](repeating: 0, count: grouping.count)
        for label in grouping.labels { shares[label] += 1 / Double(bins) }
        return (shares.reduce(0) { $0 - Double.xlogx($1) }, 1)
      }
    }
    var results = [(entropy: Double, distortion: Double)](repeating: (0, 0), count: groupings.count)
    var sets = [NormalCell](repeating: NormalCell(), count: bins)
    var groups = groupings.map { [NormalCell](repeating: NormalCell(), count: $0.count) }
    let silent = forEachNode { weight, first, cells in
      let used = min(cells.count, bins)
      var bin = first % bins
      if bin < 0 { bin += bins }
      let start = bin
      for cell in cells {
        sets[bin].unite(with: cell)
        bin = bin + 1 == bins ? 0 : bin + 1
      }
      for (index, grouping) in groupings.enumerated() {
        bin = start
        for _ in 0..<used {
          groups[index][grouping.labels[bin]].unite(with: sets[bin])
          bin = bin + 1 == bins ? 0 : bin + 1
        }
        var h = 0.0
        var d = 0.0
        bin = start
        for _ in 0..<used {
          let label = grouping.labels[bin]
          let cell = groups[index][label]
          h -= Double.xlogx(cell.probability)
          d += cell.distortion
          groups[index][label] = NormalCell()
          bin = bin + 1 == bins ? 0 : bin + 1
        }
        results[index].entropy += weight * h
        results[index].distortion += weight * d
      }
      bin = start
      for _ in 0..<used {
        sets[bin] = NormalCell()
        bin = bin + 1 == bins ? 0 : bin + 1
      }
    }
    for index in results.indices { results[index].distortion += silent }
    return results
  }

  /// The probability of each step of a period, under a normal density of variance s^2 = 1 + tau^2 wrapped on the period.
  func wrappedProbabilities() -> [Double] {
    let s = (1 + spread * spread).squareRoot()
    // As for the average over M: the wrapped density is uniform to within 6e-20.
    guard s < 1.5 * Double(bins) * step else {
      return [Double](repeating: 1 / Double(bins), count: bins)
    }
    let scaled = StepView(
      step: step / s, offset: offset, bins: bins, spread: 0, spacing: spacing, narrow: narrow)
    var probabilities = [Double](repeating: 0, count: bins)
    _ = scaled.forEachNode { _, first, cells in
      for (k, cell) in cells.enumerated() {
        let bin = (first + k) % bins
        probabilities[bin < 0 ? bin + bins : bin] += cell.probability
      }
    }
    return probabilities
  }

  /// H(label) in nats for each way of labelling the steps, nobody knowing Y.
  func marginalEntropies(_ groupings: [StepGrouping]) -> [Double] {
    let probabilities = wrappedProbabilities()
    return groupings.map { grouping in
      var sums = [Double](repeating: 0, count: grouping.count)
      for (label, probability) in zip(grouping.labels, probabilities) { sums[label] += probability }
      return sums.reduce(0) { $0 - Double.xlogx($1) }
    }
  }
}
