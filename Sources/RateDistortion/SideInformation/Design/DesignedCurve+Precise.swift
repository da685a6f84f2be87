import IntervalArithmetic

/// Codes for the very point, for `--precise`: the table's neighbours are led towards the goal by small changes of the slope,
/// and codes are designed afresh for the slope there. Between the optima of one structure the hull is smooth, and where
/// structures change it has an edge, which is kept once no design for its slope goes below it. A point takes a second or two.
extension DesignedCurve {
  /// A point of the hull: one code, or two that share the time.
  struct Mixture: Sendable {
    /// The code of the lower rate.
    let coarser: DesignedCode
    /// The code of the higher rate.
    let finer: DesignedCode
    /// The share of the time for which `finer` is used.
    let weight: Double

    /// The rates and the distortion.
    var performance: SideInformationPerformance {
      let (a, b) = (coarser.performance, finer.performance)
      let between = { (x: Double, y: Double) in x + weight * (y - x) }
      return SideInformationPerformance(
        marginalRate: between(a.marginalRate, b.marginalRate),
        conditionalRate: between(a.conditionalRate, b.conditionalRate), distortion: between(a.distortion, b.distortion))
    }
  }

  func precisePoint(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let mixture = try mixture(at: .distortion(distortion)) else {
      return OperatingPoint(distortion: distortion, rate: .infinity, slope: nil)
    }
    return OperatingPoint(distortion: distortion, rate: mixture.performance.rate(coding), slope: slope(of: mixture))
  }

  func precisePoint(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    if let mixture = try mixture(at: .rate(rate)) {
      return OperatingPoint(distortion: mixture.performance.distortion, rate: rate, slope: slope(of: mixture))
    }
    let last = try DesignedCode(problem: problem, slope: largestSlope, coding: coding)
    return OperatingPoint(distortion: last.performance.distortion, rate: rate, slope: nil)
  }

  /// The codes for a distortion, enclosed; nil where none was designed.
  func preciseBound(at distortion: Double) throws(DomainError) -> Bound? {
    guard let mixture = try mixture(at: .distortion(min(distortion, largestDistortion) * (1 - 4e-12))) else {
      return nil
    }
    let codes = (mixture.coarser.code, mixture.finer.code)
    guard let one = codes.0.enclosure(for: problem), let other = codes.1.enclosure(for: problem) else { return nil }
    let (high, low) = (mixture.coarser.performance.distortion, mixture.finer.performance.distortion)
    return nudged(from: 4e-12, by: 10, below: 1e-3) { margin in
      // The finer code's share makes up for what floating point missed.
      let goal = min(distortion, largestDistortion) * (1 - margin)
      let weight = high > low ? min(max((high - goal) / (high - low), 0), 1) : mixture.weight
      let claim = SideInformationEnclosure.mixture(one, other, weight: weight)
      guard claim.distortion.upper <= distortion else { return nil }
      return Bound(
        kind: kind, distortion: distortion, rate: claim.rate(coding), slope: slope(of: mixture),
        evidence: SharedLabelledCodes(coarser: codes.0, finer: codes.1, weight: weight))
    }
  }

  /// -dR/dD of the hull: of the edge, or the slope for which the code was designed.
  private func slope(of mixture: Mixture) -> Double {
    let (a, b) = (mixture.coarser, mixture.finer)
    // Between neighbours the quotient would be of what alternating minimisation left over.
    guard a.performance.distortion > b.performance.distortion * (1 + 1e-3) else { return b.slope }
    return (b.performance.rate(coding) - a.performance.rate(coding))
      / (a.performance.distortion - b.performance.distortion)
  }

  /// The largest lambda that is designed for, in bits per unit of distortion.
  private var largestSlope: Double { DesignedCode.largestSlope / problem.conditionalVariance }

  /// How much lower a code's rate is than the goal's, negative if it is higher: in nats, the distortion as a rate at high rate.
  private func shortfall(of code: DesignedCode, _ goal: Target) -> Double {
    switch goal {
    case .rate(let rate): return (rate - code.performance.rate(coding)) * natsPerBit
    case .distortion(let distortion): return Double.log(code.performance.distortion / distortion) / 2
    }
  }

  /// The codes of the hull at a goal, or nil if it lies beyond the largest slope.
  private func mixture(at goal: Target) throws(DomainError) -> Mixture? {
    let corners = try corners().hull
    let chord: DesignHull.Chord?
    switch goal {
    case .rate(let rate): chord = corners.chord(atRate: rate)
    case .distortion(let distortion): chord = corners.chord(atDistortion: distortion / largestDistortion)
    }
    guard let chord else { return nil }
    let ends = [chord.coarser, chord.finer].map {
      DesignedCode($0.code.scaled(to: problem), problem: problem, slope: $0.slope / problem.conditionalVariance)
    }
    var codes = ends + [.silence(problem: problem)]
    codes += try approaching(goal, from: ends[0], towards: ends[1])
    codes += try approaching(goal, from: ends[1], towards: ends[0])
    guard var best = hull(of: codes, at: goal) else { return nil }
    let starts = NestedStarts(spread: problem.spread, coding: coding, lambda: chord.finer.slope * natsPerBit)
    // The hull's line there supports all codes, or a design for its slope finds one below it.
    for _ in 0..<6 {
      let slope = min(self.slope(of: best), largestSlope)
      let code = try DesignedCode(problem: problem, slope: slope, coding: coding, starts: starts)
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
