/// The root of an increasing or decreasing function in a bracket: Newton's method where it stays inside, bisection where it
/// does not.
///
/// GSL's derivative solvers (`gsl_root_fdfsolver`) do not bracket, and its bracketing ones do not use derivatives; inner
/// loops need both, inlined. Converges quadratically at a simple root, and in at most 200 halvings otherwise.
///
/// - Parameters:
///   - bracket: an interval known to hold the root.
///   - start: the first guess, moved inside the bracket if it is not.
///   - function: the value and its derivative.
@inlinable
func newtonRoot(
  in bracket: ClosedRange<Double>, from start: Double, of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var low = bracket.lowerBound
  var high = bracket.upperBound
  var x = start > low && start < high ? start : (low + high) / 2
  for _ in 0..<200 {
    let (value, slope) = function(x)
    guard value != 0 else { return x }
    if (value > 0) == (slope > 0) { high = x } else { low = x }
    let newton = x - value / slope
    let next = newton > low && newton < high ? newton : (low + high) / 2
    let step = abs(next - x)
    x = next
    if step <= 1e-15 * abs(x) || !(low < high) { return x }
  }
  return x
}
