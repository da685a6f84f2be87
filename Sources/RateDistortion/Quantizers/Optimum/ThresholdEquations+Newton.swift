import IntervalArithmetic

extension ThresholdEquations {
  /// Newton's method on the thresholds, and on mu where H or D is given.
  ///
  /// At a given H or D the system gains one row and one column; the thresholds' matrix stays tridiagonal and is solved for
  /// two right sides. The gradient of D is that of D + mu H less mu times that of H. Steps are halved until the thresholds
  /// stay in order and, at a given slope, D + mu H does not grow.
  ///
  /// A step promises to lower D + mu H by half its decrement; where that is below 1e-10 mu the step taken is the last, and
  /// quadratic convergence leaves an error of the order of its square.
  ///
  /// - Parameters:
  ///   - target: H or D; nil to keep mu.
  ///   - start: mu, or a first guess of it.
  /// - Returns: mu, or nil if there is no minimum near the start.
  mutating func solve(_ target: Target?, mu start: Double) -> Double? {
    var mu = start
    var cost = self.cost
    if thresholds.isEmpty {
      // Nothing can move.
      return target == nil ? mu : nil
    }
    for _ in 0..<60 {
      let step = step(mu: mu)
      let moveOfMu = moveOfMu(target, step, cost, mu)
      let move = step.moves.map { moveOfMu == 0 ? $0.x : $0.x + moveOfMu * $0.y }
      guard mu > 0, mu.isFinite, moveOfMu.isFinite, move.allSatisfy(\.isFinite) else { return nil }

      let before = thresholds
      let oldCost = cost
      var share = 1.0
      while true {
        if isOrdered(before, after: move, times: share) {
          for k in thresholds.indices { thresholds[k] = before[k] + share * move[k] }
          evaluateCells()
          cost = self.cost
          guard target == nil else { break }
          if cost.lagrangian(mu) <= oldCost.lagrangian(mu) + 1e-14 * oldCost.distortion { break }
        }
        share /= 2
        guard share > 1e-4 else { return nil }
      }
      mu += share * moveOfMu
      if share == 1, step.decrement.magnitude < 1e-10 * mu, isMet(target, cost, mu) { return mu }
    }
    return nil
  }

  /// How far mu moves so that H or D meets its target to first order, at most by a factor 2.5.
  private func moveOfMu(_ target: Target?, _ step: Step, _ cost: Cost, _ mu: Double) -> Double {
    let missing: Double
    // What the gradient of D takes from that of D + mu H, whose changes the second order decides.
    let factor: Double
    switch target {
    case nil: return 0
    case .rate(let entropy): (missing, factor) = (entropy - cost.entropy, 1)
    case .distortion(let distortion): (missing, factor) = (distortion - cost.distortion, -mu)
    }
    var gained = 0.0
    var perMu = 0.0
    for (gradient, move) in zip(step.entropyGradient, step.moves) {
      gained += gradient * move.x
      perMu += gradient * move.y
    }
    return min(max((missing / factor - gained) / perMu, -0.6 * mu), 1.5 * mu)
  }

  /// Whether H or D is as asked, to a few roundings of a sum of thousands of terms.
  private func isMet(_ target: Target?, _ cost: Cost, _ mu: Double) -> Bool {
    switch target {
    case nil: return true
    case .rate(let entropy): return (entropy - cost.entropy).magnitude <= 5e-13 * max(1, entropy)
    case .distortion(let distortion):
      return (distortion - cost.distortion).magnitude <= 5e-13 * (distortion + mu)
    }
  }

  func isOrdered(_ thresholds: [Double], after move: [Double], times share: Double) -> Bool {
    let end = min(density.support.upperBound, density.reach)
    var previous: Double
    switch left {
    case .wall(let wall): previous = max(wall, -density.reach)
    case .mirror: previous = 0
    }
    for k in thresholds.indices {
      let t = thresholds[k] + share * move[k]
      guard t > previous, t < end else { return false }
      previous = t
    }
    return true
  }
}
