import IntervalArithmetic

extension EntropyConstrainedQuantizer {
  /// A point of the lower convex hull of all (H, D): one quantizer, or two that share the time where the hull is straight.
  public struct HullPoint: Sendable {
    /// The quantizer of the lower rate.
    public let coarser: Design
    /// The quantizer of the higher rate; the same one where the hull is not straight.
    public let finer: Design
    /// The share of the time for which `finer` is used.
    public let weight: Double

    /// mu = -dD/dH, distortion per nat: the slope at which one quantizer is optimal, or that of the line through two.
    public var mu: Double {
      guard isTimeSharing else { return finer.mu }
      return (coarser.distortion - finer.distortion) / (finer.entropy - coarser.entropy)
    }
    /// H in nats.
    public var entropy: Double { coarser.entropy + weight * (finer.entropy - coarser.entropy) }
    /// D.
    public var distortion: Double { coarser.distortion + weight * (finer.distortion - coarser.distortion) }
    /// H in bits.
    public var rate: Double { entropy / natsPerBit }
    /// Whether two quantizers share the time.
    public var isTimeSharing: Bool { weight > 0 && weight < 1 }
  }

  /// The hull at a rate in bits.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is a number in (0, `largestRate`].
  public func hull(rate: Double) throws(DomainError) -> HullPoint {
    guard rate > 0, rate <= Self.largestRate else { throw .rateOutOfRange(rate, largest: Self.largestRate) }
    return hull(at: .rate(rate * natsPerBit))
  }

  /// The hull at a distortion in units of the squared scale.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is finite and positive; `.rateOutOfRange` if it needs more than
  ///   `largestRate` bits.
  public func hull(distortion: Double) throws(DomainError) -> HullPoint {
    try CurveRange.everywhere.require(distortion: distortion)
    let variance = density.variance(as: Double.self)
    guard distortion < variance else {
      let silence = Design(mu: .infinity, entropy: 0, distortion: variance, left: .mirror, half: [], isHalf: true)
      return HullPoint(coarser: silence, finer: silence, weight: 0)
    }
    let rate = equalStepRate(distortion: distortion)
    guard rate <= Self.largestRate else { throw .rateOutOfRange(rate, largest: Self.largestRate) }
    return hull(at: .distortion(distortion))
  }

  /// The rate in bits of equal cells of distortion size^2/12 at high rate, h(X) - 1/2 log2(12 D).
  func equalStepRate(distortion: Double) -> Double {
    density.differentialEntropy(as: Double.self) / natsPerBit - Double.log(12 * distortion) / (2 * natsPerBit)
  }

  /// Newton's method on thresholds and slope together, from the optimal quantizer of a slope nearby; what it finds is on the
  /// hull if nothing at its slope is better. Where something is, the hull is searched between two known points: the slope of
  /// the line through them either touches a third, or is an edge of the hull.
  func hull(at goal: Target) -> HullPoint {
    let guess = mu(near: goal)
    if let found = neighbour(of: goal, at: guess) { return HullPoint(coarser: found, finer: found, weight: 0) }
    var coarser = Design(
      mu: .infinity, entropy: 0, distortion: density.variance(as: Double.self), left: .mirror, half: [], isHalf: true)
    var finer: Design?
    var mu = guess
    for _ in 0..<200 {
      let touching = design(mu: mu)
      if let found = stationary(goal, from: touching) { return HullPoint(coarser: found, finer: found, weight: 0) }
      if goal.excess(of: touching) >= 0 {
        // Nothing new on the line through the two: it is an edge.
        if let finer, touching.lagrangian >= finer.lagrangian(at: mu) - 1e-13 * mu { break }
        finer = touching
      } else {
        if finer != nil, touching.lagrangian >= coarser.lagrangian(at: mu) - 1e-13 * mu { break }
        coarser = touching
      }
      guard let finer else {
        mu /= 2
        continue
      }
      mu = (coarser.distortion - finer.distortion) / (finer.entropy - coarser.entropy)
    }
    guard let finer else { return HullPoint(coarser: coarser, finer: coarser, weight: 0) }
    return HullPoint(coarser: coarser, finer: finer, weight: weight(of: goal, coarser, finer))
  }

  /// At high rate the best quantizer at the goal next to the best ones at a slope: from 4 bits on where symmetry or smoothness leaves
  /// one structure or two, and else from 9 bits on, where the chords between structures no longer count.
  private func neighbour(of goal: Target, at mu: Double) -> Design? {
    guard isHighRate(mu: mu), hasFixedPhase || mu < equalStepMu(entropy: 9 * natsPerBit) else { return nil }
    let found = starts(mu: mu).compactMap { start -> Design? in
      design(from: hasFixedPhase ? equations(start) : stationary(from: start, mu: mu), mu: mu, goal)
    }
    return found.min { $0.lagrangian(at: mu) < $1.lagrangian(at: mu) }
  }

  private func weight(of goal: Target, _ coarser: Design, _ finer: Design) -> Double {
    let excess = (goal.excess(of: coarser), goal.excess(of: finer))
    return min(max(-excess.0 / (excess.1 - excess.0), 0), 1)
  }

  /// The quantizer at the goal with the structure of another, if it is globally optimal at its own slope.
  private func stationary(_ goal: Target, from touching: Design) -> Design? {
    guard touching.entropy > 0 else { return nil }
    let equations = ThresholdEquations(density: density, left: touching.left, thresholds: touching.half)
    guard let found = design(from: equations, mu: touching.mu, goal) else { return nil }
    let best = (found.mu - touching.mu).magnitude < 1e-9 * found.mu ? touching : design(mu: found.mu)
    return found.lagrangian <= best.lagrangian(at: found.mu) + 1e-12 * found.mu ? found : nil
  }

  private func design(from start: ThresholdEquations<Density>, mu: Double, _ goal: Target) -> Design? {
    var equations = start
    guard let mu = equations.solve(goal, mu: mu), mu > 0 else { return nil }
    return Design(equations, mu: mu)
  }

  /// A first guess of mu: that of equal steps at high rate, and no more than what the variance allows.
  private func mu(near goal: Target) -> Double {
    let variance = density.variance(as: Double.self)
    switch goal {
    case .rate(let entropy):
      return min(equalStepMu(entropy: entropy), 1.4 * variance * Double.exp(-1.2 * entropy))
    case .distortion(let distortion):
      return min(2 * distortion, 1.4 * variance)
    }
  }
}

extension Target {
  /// Positive where a quantizer's rate is higher than the target's.
  fileprivate func excess<Density>(of design: EntropyConstrainedQuantizer<Density>.Design) -> Double {
    switch self {
    case .rate(let entropy): return design.entropy - entropy
    case .distortion(let distortion): return distortion - design.distortion
    }
  }
}
