import IntervalArithmetic

/// The solutions that bound R(D) of the sawbridge at a distortion, or D at a rate, and those found so far.
///
/// The slope is found by regula falsi to one part in a thousand: the tangent at a slope nearby and the channel moved from it
/// lose only of second order.
struct SawbridgeSearch: Sendable {
  /// A solution and the slope to which its channel is moved.
  struct Found: Sendable {
    let solution: SawbridgeSolution
    let channelSlope: Double?
  }

  private let known = Memo<Target, Found>()
  private let solved = Memo<Double, SawbridgeSolution>(capacity: 256)
  private let proofs = Memo<Double, Interval>()

  /// The distortion below which, and the rate in nats above which, closed forms must do.
  static let leastDistortion = 0.0245
  static let largestRate = 1.73

  /// The proofs' allowance for the supremum, in nats.
  static let tolerance = 2e-8

  /// The solution at a slope.
  func solution(slope: Double) -> SawbridgeSolution {
    solved.value(of: slope) { SawbridgeSolution(slope: slope) }
  }

  /// What a solution proves min R + beta D to be at least.
  func proved(_ solution: SawbridgeSolution) -> Interval {
    proofs.value(of: solution.slope) { solution.proved(tolerance: Self.tolerance) }
  }

  /// The solution for a target, or nil if closed forms must do.
  func found(_ target: Target) -> Found? {
    switch target {
    case .distortion(let distortion): guard distortion >= Self.leastDistortion else { return nil }
    case .rate(let rate): guard rate <= Self.largestRate else { return nil }
    }
    return known.value(of: target) { search(target) }
  }

  private func search(_ target: Target) -> Found {
    let miss = { (solution: SawbridgeSolution) -> Double in
      switch target {
      case .distortion(let distortion): return solution.distortion / distortion - 1
      case .rate(let rate): return (rate - solution.rate) / max(rate, 0.05)
      }
    }
    // Where the closed form's slope is, which is right at high rate and too low at low rate.
    let curve = SawbridgeLowerBound()
    let guess: OperatingPoint?
    switch target {
    case .distortion(let distortion): guess = try? curve.point(atDistortion: distortion)
    case .rate(let rate): guess = try? curve.point(atRate: rate / natsPerBit)
    }
    let ends = SawbridgeSolution.slopes
    var (low, high) = (ends.lowerBound * (1 + 1e-6), ends.upperBound)
    var (atLow, atHigh) = (missOfSilence(target), -1.0)
    var slope = min(max((guess?.slope ?? 0) * natsPerBit, low * 1.05), high)
    var best = solution(slope: slope)
    for _ in 0..<12 {
      let here = miss(best)
      guard abs(here) > 1e-3 else { break }
      if here > 0 { (low, atLow) = (slope, here) } else { (high, atHigh) = (slope, here) }
      let share = atLow / (atLow - atHigh)
      let next = low + (high - low) * min(max(share, 0.05), 0.95)
      guard next > low, next < high, high - low > 1e-6 * high else { break }
      slope = next
      best = solution(slope: slope)
    }
    let moved = best.movedSlope { table in
      switch target {
      case .distortion(let distortion): return table.distortion / distortion - 1
      case .rate(let rate): return rate - table.rate
      }
    }
    return Found(solution: best, channelSlope: moved)
  }

  /// How far a channel that sends nothing misses a target.
  private func missOfSilence(_ target: Target) -> Double {
    switch target {
    case .distortion(let distortion): return 1 / (6 * distortion) - 1
    case .rate(let rate): return rate / max(rate, 0.05)
    }
  }
}
