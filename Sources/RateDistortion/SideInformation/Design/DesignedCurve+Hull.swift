import IntervalArithmetic

extension DesignedCurve {
  /// The largest lambda that is designed for, in bits per unit of distortion.
  var largestSlope: Double { DesignedCode.largestSlope / problem.conditionalVariance }

  /// How much lower a code's rate is than the goal's, negative if it is higher: in nats, the distortion as a rate at high rate.
  private func shortfall(of code: DesignedCode, _ goal: Target) -> Double {
    switch goal {
    case .rate(let rate): return (rate - code.performance.rate(coding)) * natsPerBit
    case .distortion(let distortion): return Double.log(code.performance.distortion / distortion) / 2
    }
  }

  /// The codes of the hull at a goal, or nil if it lies beyond the largest slope.
  func mixture(at goal: Target) throws(DomainError) -> Mixture? {
    // At high rate lambda = 1/(2 D ln 2), and conditional codes need 0.25 bits more than R_WZ.
    var slope: Double
    switch goal {
    case .rate(let rate):
      slope = Double.exp(2 * (rate - (coding == .conditional ? 0.25 : 0.9)) * natsPerBit) / problem.conditionalVariance
    case .distortion(let distortion): slope = 1 / distortion
    }
    slope = min(max(slope / (2 * natsPerBit), 1 / problem.conditionalVariance), largestSlope)

    var codes = [try DesignedCode(problem: problem, slope: slope, coding: coding)]
    var isShort = shortfall(of: codes[0], goal) > 0
    let isAscending = isShort
    // At a quarter of sigma^2 in bits no code is worth its rate: R_WZ falls more slowly than that from (0, sigma^2).
    while isShort == isAscending {
      slope = isAscending ? min(slope * 1.5, largestSlope) : slope / 1.5
      let code = try DesignedCode(problem: problem, slope: slope, coding: coding)
      codes.append(code)
      isShort = shortfall(of: code, goal) > 0
      if isShort == isAscending, slope == largestSlope { return nil }
      if !isAscending, code.code.labels.count == 1 { break }
    }
    let bracket = (codes[codes.count - 2], codes[codes.count - 1])
    codes += try approaching(goal, from: bracket.0, towards: bracket.1)
    codes += try approaching(goal, from: bracket.1, towards: bracket.0)
    codes.append(.silence(problem: problem))
    guard var best = hull(of: codes, at: goal) else { return nil }
    // The hull's line there supports all codes, or a design for its slope finds one below it.
    for _ in 0..<6 {
      let slope = min(self.slope(of: best), largestSlope)
      let code = try DesignedCode(problem: problem, slope: slope, coding: coding)
      let cost = { (p: SideInformationPerformance) in p.rate(coding) + slope * p.distortion }
      guard cost(code.performance) < cost(best.performance) - 1e-7 else { break }
      codes.append(code)
      guard let better = hull(of: codes, at: goal) else { break }
      best = better
    }
    return best
  }

  /// Codes of one structure near the goal: the slope is adjusted by the secant rule, within the bracket.
  private func approaching(
    _ goal: Target, from start: DesignedCode, towards other: DesignedCode
  ) throws(DomainError) -> [DesignedCode] {
    guard start.code.labels.count > 1 else { return [] }
    let range = (min(start.slope, other.slope), max(start.slope, other.slope))
    var codes: [DesignedCode] = []
    var current = start
    // At high rate the shortfall falls by half of what log lambda rises by.
    var gain = 2.0
    for _ in 0..<6 {
      let shortfall = shortfall(of: current, goal)
      guard abs(shortfall) > 1e-6 else { break }
      let slope = min(max(current.slope * Double.exp(gain * shortfall), range.0), range.1)
      guard slope != current.slope else { break }
      let next = try DesignedCode(refining: current.code, problem: problem, slope: slope, coding: coding)
      let change = shortfall - self.shortfall(of: next, goal)
      let secant = Double.log(next.slope / current.slope) / change
      gain = secant.isFinite ? min(max(secant, 0.5), 8) : 2
      codes.append(next)
      current = next
      guard next.code.labels.count > 1 else { break }
    }
    return codes
  }

  /// The lower convex hull of some codes at the goal: over all pairs on either side, the least mixture.
  private func hull(of codes: [DesignedCode], at goal: Target) -> Mixture? {
    var best: (value: Double, mixture: Mixture)?
    for coarser in codes where shortfall(of: coarser, goal) >= 0 {
      for finer in codes where shortfall(of: finer, goal) <= 0 {
        let (a, b) = (coarser.performance, finer.performance)
        let weight: Double
        switch goal {
        case .rate(let rate):
          let width = b.rate(coding) - a.rate(coding)
          weight = width > 0 ? min(max((rate - a.rate(coding)) / width, 0), 1) : 1
        case .distortion(let distortion):
          let width = a.distortion - b.distortion
          weight = width > 0 ? min(max((a.distortion - distortion) / width, 0), 1) : 1
        }
        let mixture = Mixture(coarser: coarser, finer: finer, weight: weight)
        let value: Double
        switch goal {
        case .rate: value = mixture.performance.distortion
        case .distortion: value = mixture.performance.rate(coding)
        }
        if value < best?.value ?? .infinity { best = (value, mixture) }
      }
    }
    return best?.mixture
  }
}
