import IntervalArithmetic

/// Slopes with what their laws prove, which together prove a curve: R(D) from both sides at every distortion.
///
/// Every entry bounds R everywhere (`SlopeBounds`), so that whichever is looked up the answer is true; looking up the right ones makes
/// it sharp. With slopes a ratio r apart a tangent or chord is off by at most (d/2) (t - 1 - log t) nats, t = log r/(r - 1), about
/// (log r)^2/16 d, where R falls as (d/2) log 1/D; the semigroup of squared error makes it no more than the fall of
/// kappa(beta) = Lambda(beta) - Lambda_SLB(beta) between the two, which vanishes at high rates.
///
/// Which entries are right. D_i falls along the slopes, and D_i <= d/(2 beta_i), kappa being monotone.
///
/// - *Below:* the two tangents whose own points enclose D, and of the slopes with d/(2 beta_i) <= D the smallest, whose kappa is the
///   largest.
/// - *Above:* the chord of the two points that enclose D, and the convolution of the one at the larger distortion. Beyond the first
///   point time is shared with silence; beyond the last there is its convolution alone.
///
/// A lookup is a binary search and a few operations: 10^6 in less than a second.
public struct SlopeTable: Sendable {
  /// In order of the slopes.
  public let entries: [SlopeBounds]
  /// d for squared error in R^d, nil for any other distortion.
  public let dimension: Int?
  /// Dmax, at which rate 0 is achieved.
  public let silence: Interval
  private let points: [RatePoint]
  /// Of what lies beyond every entry: R(D) >= 0.
  private let silent: RatePoint

  /// The table of entries in any order; those whose distortion does not fall with the slope are left out.
  public init(_ entries: [SlopeBounds], dimension: Int?, silence: Interval) {
    var kept: [SlopeBounds] = []
    for entry in entries.sorted(by: { $0.slope < $1.slope })
    where entry.distortion.upper < kept.last?.distortion.upper ?? silence.upper && entry.slope > kept.last?.slope ?? 0 {
      kept.append(entry)
    }
    self.entries = kept
    self.dimension = dimension
    self.silence = silence
    points = kept.map(\.point)
    silent = RatePoint(distortion: silence.upper, rate: 0)
  }

  // MARK: Lookup

  /// How many entries, from the first on, satisfy a condition that those after them do not.
  @inline(__always)
  private func count(_ holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The entries that may be best from below at D.
  @inline(__always)
  private func candidates(at distortion: Double) -> (Int, Int, Int) {
    let enclosing = count { points[$0].distortion >= distortion }
    let smallest = count { entries[$0].unit(dimension) > distortion }
    return (clamped(enclosing - 1), clamped(enclosing), clamped(smallest))
  }

  @inline(__always)
  private func clamped(_ index: Int) -> Int { min(max(0, index), entries.count - 1) }

  /// About the slope of the curve at D: on a line in the logarithms of slope and distortion between the entries around D, and beyond the
  /// last one at its product of both; nil without entries.
  func slope(at distortion: Double) -> Double? {
    guard let last = entries.last else { return nil }
    let next = count { points[$0].distortion > distortion }
    guard next < entries.count else { return last.slope * points[entries.count - 1].distortion / distortion }
    guard next > 0 else { return entries[0].slope }
    let (a, b) = (points[next - 1].distortion, points[next].distortion)
    let share = Double.log(a / distortion) / Double.log(a / b)
    return entries[next - 1].slope * Double.exp(share * Double.log(entries[next].slope / entries[next - 1].slope))
  }

  // MARK: Below

  /// The best lower bound on R(D) in nats, at least 0, in floating point, its slope, and the entry it rests on; nil if it is 0.
  func pointFromBelow(at distortion: Double) -> (rate: Double, slope: Double, entry: Int)? {
    guard !entries.isEmpty else { return nil }
    let (a, b, c) = candidates(at: distortion)
    var best = (rate: 0.0, entry: -1)
    for index in [a, b, c] {
      let rate = entries[index].rateFromBelow(at: distortion, dimension: dimension, as: Double.self)
      if rate > best.rate { best = (rate, index) }
    }
    guard best.entry >= 0 else { return nil }
    let isTangent = distortion <= entries[best.entry].unit(dimension)
    let slope = isTangent ? entries[best.entry].slope : Double(dimension ?? 1) / (2 * distortion)
    return (best.rate, slope, best.entry)
  }

  /// The same bound, proved, and the slope it rests on; 0 and nil where nothing better is known.
  func rateFromBelow(at distortion: Double) -> (rate: Double, slope: Double?) {
    guard let point = pointFromBelow(at: distortion) else { return (0, nil) }
    let entry = entries[point.entry]
    let rate = entry.rateFromBelow(at: distortion, dimension: dimension, as: Interval.self).lower
    return rate > 0 ? (rate, entry.slope) : (0, nil)
  }

  /// The largest distortion that the lower bound allows at a rate in nats, and its slope; nil without entries.
  func pointFromBelow(atRate nats: Double) -> (distortion: Double, slope: Double)? {
    guard !entries.isEmpty else { return nil }
    let enclosing = count { points[$0].rate <= nats }
    var best = (distortion: 0.0, slope: 0.0)
    func consider(_ index: Int) {
      let found = entries[clamped(index)].distortionFromBelow(atRate: nats, dimension: dimension)
      if found.distortion > best.distortion { best = found }
    }
    consider(enclosing - 1)
    consider(enclosing)
    // The smallest slope whose own bound bends at that distortion or below; the distortion may grow by it.
    for _ in 0..<2 { consider(count { entries[$0].unit(dimension) > best.distortion }) }
    return best
  }

  // MARK: Above

  /// The least rate known to be achieved at D in nats, in floating point, and its slope; nil if none is.
  func pointFromAbove(at distortion: Double) -> (rate: Double, slope: Double)? {
    if distortion >= silence.upper { return (0, 0) }
    let next = count { points[$0].distortion > distortion }
    var best: (rate: Double, slope: Double)?
    let coarse = next > 0 ? points[next - 1] : silent
    if next < entries.count {
      let fine = points[next]
      let slope = (fine.rate - coarse.rate) / (coarse.distortion - fine.distortion)
      best = (coarse.rate + slope * (coarse.distortion - distortion), slope)
    }
    if next > 0, let dimension {
      let narrowed = entries[next - 1].approximateRateFromAbove(at: distortion, dimension: dimension)
      if !(narrowed.rate >= best?.rate ?? .infinity) { best = narrowed }
    }
    return best
  }

  /// The same rate, proved; infinite where none is. And the slopes it rests on: of the points around D and, for a law that is
  /// found again may have a point a little aside, of the next coarser one.
  func rateFromAbove(at distortion: Double) -> (rate: Double, slopes: [Double]) {
    if distortion >= silence.upper { return (0, []) }
    let next = count { points[$0].distortion > distortion }
    let around = max(0, next - 2)..<min(entries.count, next + 1)
    var best = Double.infinity
    if next < entries.count {
      best = points[next].chord(to: next > 0 ? points[next - 1] : silent, at: distortion)
    }
    if next > 0 { best = min(best, entries[next - 1].rateFromAbove(at: distortion, dimension: dimension)) }
    return (best, around.map { entries[$0].slope })
  }

  /// The least distortion known to be achieved at a rate in nats, and the slope there; nil if none is.
  func pointFromAbove(atRate nats: Double) -> (distortion: Double, slope: Double)? {
    let next = count { points[$0].rate < nats }
    var best: (distortion: Double, slope: Double)?
    let coarse = next > 0 ? points[next - 1] : silent
    if next < entries.count {
      let fine = points[next]
      let slope = (fine.rate - coarse.rate) / (coarse.distortion - fine.distortion)
      best = (coarse.distortion - (nats - coarse.rate) / slope, slope)
    }
    if next > 0, let dimension {
      let narrowed = entries[next - 1].distortionFromAbove(atRate: nats, dimension: dimension)
      if !(narrowed.distortion >= best?.distortion ?? .infinity) { best = narrowed }
    }
    return best
  }
}
