/// The root of an increasing or decreasing function in a bracket: Newton's method where it stays inside, bisection where it
/// does not.
///
/// GSL's derivative solvers (`gsl_root_fdfsolver`) do not bracket, and its bracketing ones do not use derivatives; inner
/// loops need both, inlined. Converges quadratically at a simple root, and in at most 200 halvings otherwise.
///
/// - Parameters:
///   - bracket: an interval known to hold the root.
///   - start: the first guess, moved inside the bracket if it is not.
///   - resolution: a step after which to stop, besides 1e-15 of the root: where the function's own rounding keeps moving the
///     last digits, a step of half the wanted digits is followed by an error of all of them.
///   - function: the value and its derivative.
@inlinable
func newtonRoot(
  in bracket: ClosedRange<Double>, from start: Double, resolution: Double = 0,
  of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var low = bracket.lowerBound
  var high = bracket.upperBound
  var x = start > low && start < high ? start : (low + high) / 2
  for _ in 0..<200 {
    let (value, slope) = function(x)
    guard value != 0 else { return x }
    if (value > 0) == (slope > 0) { high = x } else { low = x }
    let newton = x - value / slope
    // At the root to rounding, Newton's point may fall on an end of the bracket: no reason to bisect.
    if abs(newton - x) <= resolution { return min(max(newton, bracket.lowerBound), bracket.upperBound) }
    let next = newton > low && newton < high ? newton : (low + high) / 2
    let step = abs(next - x)
    x = next
    if step <= 1e-15 * abs(x) || !(low < high) { return x }
  }
  return x
}
