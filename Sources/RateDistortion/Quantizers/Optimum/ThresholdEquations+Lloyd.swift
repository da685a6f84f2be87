import IntervalArithmetic

extension ThresholdEquations {
  /// Lloyd's iteration: every threshold to where both its cells cost the same, their centroids and probabilities held,
  ///
  ///     t = (c_k + c_(k+1))/2 + mu log(p_k/p_(k+1))/(2 (c_(k+1) - c_k)).
  ///
  /// D + mu H never grows by that, so that it gets from any start to where Newton's method is at home. Ends after 200 sweeps, where one
  /// gains less than 1e-9 mu, or where thresholds would change places, for then a cell is better left out.
  mutating func settle(mu: Double) {
    for _ in 0..<200 {
      let before = self
      for k in thresholds.indices {
        let (p, q) = (cells[k].probability, cells[k + 1].probability)
        let distance = cells[k + 1].centroid - cells[k].centroid
        let middle = (cells[k].centroid + cells[k + 1].centroid) / 2
        guard p > 0, q > 0, distance > 0 else { return self = before }
        thresholds[k] = middle + mu * (logProbabilities[k] - logProbabilities[k + 1]) / (2 * distance)
      }
      guard isOrdered(thresholds, after: [Double](repeating: 0, count: thresholds.count), times: 0) else {
        return self = before
      }
      evaluateCells()
      let gain = before.cost.lagrangian(mu) - cost.lagrangian(mu)
      guard gain >= 0 else { return self = before }
      if gain < 1e-9 * mu { return }
    }
  }
}
