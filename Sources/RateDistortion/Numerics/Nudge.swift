/// The first of the margins s, s q, s q^2, ... below `end` at which an attempt succeeds, and what it gives: "nudge until proved".
///
/// Floating point finds a code, a channel or a multiplier that meets a target up to rounding. Intervals then have to confirm on
/// which side of the target it lies, and next to the target they cannot. So the parameter is moved to the safe side by a margin,
/// evaluated with intervals, and moved further if that does not decide: the first margin, some ulps, nearly always does. What is
/// claimed rests on the attempt that succeeded and on nothing else, so that no margin need be justified; it is only paid for.
///
/// - Parameters:
///   - start: the first margin, s: the error of floating point, in units of the parameter that is moved.
///   - factor: q > 1.
///   - end: where to give up.
///   - attempt: the proof at a margin, or nil if intervals do not confirm.
/// - Returns: nil if no attempt succeeds.
@inlinable
func nudged<Proof, Failure>(
  from start: Double, by factor: Double, below end: Double, _ attempt: (Double) throws(Failure) -> Proof?
) throws(Failure) -> Proof? {
  var margin = start
  while margin < end {
    if let proof = try attempt(margin) { return proof }
    margin *= factor
  }
  return nil
}
