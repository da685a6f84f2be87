import IntervalArithmetic

/// The laws that bound R(D) of a finite source at a given distortion, or D at a given rate, from both sides.
///
/// At a slope beta Blahut and Arimoto's iteration gives a law r. Its tangent bounds R(D) from below at every D; the channel of
/// r, moved along its own curve (`FiniteMoments`) to the D that is asked for, bounds it from above. Both losses are of second
/// order in the distance of the law's own D, so a few slopes suffice: beta is bracketed, and the next one is the secant's
/// through the last two, in ln beta against R or ln D (at high resolution a straight line), or every fourth time the chord's
/// slope, which is the answer at once where R(D) is a straight line. There the laws at both ends of the bracket are mixed.
struct FiniteSearch {
  /// The best laws found for both sides, and in nats R at the D given or D at the R given.
  struct Solution: Sendable {
    var dual: FiniteLaw
    var dualValue: Double
    var channel: FiniteLaw
    var channelValue: Double
  }

  private struct Visit {
    var slope: Double
    var law: [Double]
    var rate: Double
    var distortion: Double
  }

  private let source: FiniteSource
  private let target: Target
  /// In nats.
  private let tolerance: Double
  private let range: (least: Double, greatest: Double)
  private var dual: (law: FiniteLaw, value: Double)?
  private var channel: (law: FiniteLaw, value: Double)?

  /// - Parameter tolerance: the distance of the bounds at which to stop, in nats.
  init(_ source: FiniteSource, _ target: Target, tolerance: Double) {
    self.source = source
    self.target = target
    self.tolerance = tolerance
    range = (source.leastDistortion, source.largestDistortion)
  }

  /// The laws, or nil if no slope that numbers hold leads there.
  mutating func solution() -> Solution? {
    let scale = 1 / (range.greatest - range.least)
    let uniform = [Double](repeating: 1, count: source.reproductions)
    var beta = moved(FiniteMoments(source, law: uniform), near: scale) ?? scale
    beta = min(max(beta, 1e-6 * scale), 1e8 * scale)
    var law: [Double]?
    var low: Visit?
    var high: Visit?
    var last: Visit?
    for step in 0..<80 {
      let solver = FiniteBlahutArimoto(source, beta: beta)
      let state = solver.solved(from: law, tolerance: tolerance / 3, evaluations: 20_000)
      let trimmed = trimmed(state.law)
      law = state.law
      let moments = FiniteMoments(source, law: trimmed)
      let here = moments.at(slope: beta)
      guard here.rate.isFinite, here.distortion.isFinite else { return nil }
      let visit = Visit(slope: beta, law: trimmed, rate: here.rate, distortion: here.distortion)
      addDual(FiniteLaw(slope: beta, law: trimmed), least: state.lagrangian - max(0, state.gap))
      let tuned = addChannel(trimmed, moments, near: beta)
      if isBelow(visit) { low = visit } else { high = visit }
      if let low, let high, step >= 4 { mix(low, high) }
      if gap(beta) <= tolerance { break }
      let next: Double
      if let low, let high {
        guard high.slope > low.slope * (1 + 1e-13) else { break }
        next = inner(low, high, from: last, through: visit, isChord: step % 4 == 3)
      } else {
        // The law's own slope is beyond the answer, the source's curve being steeper than the law's. A law of nearly one
        // letter, as it is where hardly anything is sent, has its slope anywhere: it is not followed further than a factor.
        let change = min(
          max(tuned.map { $0 / beta } ?? (low == nil ? 0.25 : 4), 1 / Self.longestStride), Self.longestStride)
        next = beta * (low == nil ? min(change, 0.98) : max(change, 1.02))
      }
      guard next > 1e-9 * scale, next < 1e12 * scale else { break }
      last = visit
      beta = next
    }
    guard let dual, let channel else { return nil }
    return Solution(dual: dual.law, dualValue: dual.value, channel: channel.law, channelValue: channel.value)
  }

  /// The largest factor between one slope and the next, while the answer is not bracketed.
  private static let longestStride = 16.0

  /// Whether a slope is less than the one sought.
  private func isBelow(_ visit: Visit) -> Bool {
    switch target {
    case .distortion(let distortion): return visit.distortion > distortion
    case .rate(let rate): return visit.rate < rate
    }
  }

  private func moved(_ moments: FiniteMoments, near beta: Double) -> Double? {
    switch target {
    case .distortion(let distortion): return moments.slope(atDistortion: distortion, near: beta)
    case .rate(let rate): return moments.slope(atRate: rate, near: beta)
    }
  }

  private mutating func addDual(_ law: FiniteLaw, least: Double) {
    let value: Double
    switch target {
    case .distortion(let distortion): value = least - law.slope * distortion
    case .rate(let rate): value = (least - rate) / law.slope
    }
    if dual.map({ value > $0.value }) ?? true { dual = (law, value) }
  }

  /// Moves a law's channel to the target and keeps it if it is the best; the slope it was moved to.
  @discardableResult
  private mutating func addChannel(_ law: [Double], _ moments: FiniteMoments, near beta: Double) -> Double? {
    guard let slope = moved(moments, near: beta) else { return nil }
    let here = moments.at(slope: slope)
    let value: Double
    if case .distortion = target { value = here.rate } else { value = here.distortion }
    if channel.map({ value < $0.value }) ?? true { channel = (FiniteLaw(slope: slope, law: law), value) }
    return slope
  }

  /// The mixture of two laws that would reach the target if rates and distortions mixed as they do.
  private mutating func mix(_ low: Visit, _ high: Visit) {
    let share: Double
    switch target {
    case .distortion(let distortion): share = (low.distortion - distortion) / (low.distortion - high.distortion)
    case .rate(let rate): share = (rate - low.rate) / (high.rate - low.rate)
    }
    guard share > 0, share < 1 else { return }
    let law = zip(low.law, high.law).map { (1 - share) * $0 + share * $1 }
    addChannel(law, FiniteMoments(source, law: law), near: (low.slope * high.slope).squareRoot())
  }

  private func gap(_ beta: Double) -> Double {
    guard let dual, let channel else { return .infinity }
    if case .distortion = target { return channel.value - dual.value }
    return (channel.value - dual.value) * beta
  }

  /// A slope inside the bracket.
  private func inner(_ low: Visit, _ high: Visit, from last: Visit?, through here: Visit, isChord: Bool) -> Double {
    if isChord {
      let chord = (high.rate - low.rate) / (low.distortion - high.distortion)
      if chord > low.slope, chord < high.slope { return chord }
    }
    /// The slope that the straight line through two visits has at the target.
    func secant(_ a: Visit, _ b: Visit) -> Double {
      let (x, y) = (progress(a), progress(b))
      return a.slope * Double.exp((progress - x) / (y - x) * Double.log(b.slope / a.slope))
    }
    if let last {
      let next = secant(last, here)
      if next > low.slope, next < high.slope { return next }
    }
    let share = Double.log(secant(low, high) / low.slope) / Double.log(high.slope / low.slope)
    let place = share.isFinite ? min(max(share, 0.02), 0.98) : 0.5
    return low.slope * Double.exp(place * Double.log(high.slope / low.slope))
  }

  /// What grows with ln beta, nearly in proportion where beta is large: R, or -ln D.
  private func progress(_ visit: Visit) -> Double {
    if case .rate = target { return visit.rate }
    return -Double.log(max(visit.distortion, .leastNormalMagnitude))
  }

  /// The same at the target.
  private var progress: Double {
    switch target {
    case .rate(let rate): return rate
    case .distortion(let distortion): return -Double.log(max(distortion, .leastNormalMagnitude))
    }
  }

  /// A law without the letters that only rounding keeps above 0, unless a letter of the source needs one of them.
  private func trimmed(_ law: [Double]) -> [Double] {
    let kept = law.map { $0 > 1e-13 ? $0 : 0 }
    let m = source.reproductions
    for i in source.probabilities.indices where source.probabilities[i] > 0 {
      if !(0..<m).contains(where: { kept[$0] > 0 && source.distortions[i * m + $0] < .infinity }) { return law }
    }
    return kept
  }
}
