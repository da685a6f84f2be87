import IntervalArithmetic

/// R(D) of the sawbridge, slope by slope: what `SawbridgeSolution` finds and proves.
struct SawbridgeSlopes: SlopeSource {
  /// Where solutions are kept.
  let search: SawbridgeSearch

  var silence: Interval { Interval(1) / 6 }
  /// R leaves 0 at the slope pi^2/2, next to which the iteration is slow and chords are as good.
  var slopes: ClosedRange<Double> { 5...SawbridgeSolution.slopes.upperBound }

  func solvedBounds(slope: Double) throws(LawRefused) -> SlopeBounds {
    guard slopes.contains(slope) else { throw LawRefused("no reproductions are sought at the slope \(slope)") }
    let solution = search.solution(slope: slope)
    let channel = solution.table(slope: slope, as: Interval.self)
    return SlopeBounds(
      slope: slope, least: search.proved(solution).lower,
      expectation: (channel.rate + Interval(slope) * channel.distortion).upper, distortion: channel.distortion)
  }
}
