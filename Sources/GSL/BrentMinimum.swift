import CGSL

/// A local minimum of a continuous function in a bracket, by Brent's method (`gsl_min_fminimizer_brent`).
///
/// - Parameters:
///   - task: what the minimum is, for the error.
///   - bracket: an interval, and a point inside it at which the function is less than at both ends.
///   - tolerance: the relative width of the bracket at which to stop; GSL's own steps end at 1.5e-8 of the argument, so
///     1e-7 is the least that is sure to be met, and a value there is within 1e-14 of the least.
///   - function: the function.
/// - Returns: where the function is least.
/// - Throws: `GSLError` if the point does not bracket a minimum, a value is not finite, or 200 steps do not suffice.
public func brentMinimum(
  _ task: @autoclosure () -> String, from low: Double, through middle: Double, to high: Double,
  tolerance: Double = 1e-6, of function: (Double) -> Double
) throws(GSLError) -> Double {
  guard errorHandlerIsOff, let minimizer = gsl_min_fminimizer_alloc(rdbounds_brent_minimizer()) else {
    throw GSLError(task(), status: Int32(GSL_ENOMEM))
  }
  defer { gsl_min_fminimizer_free(minimizer) }

  let outcome: Result<Double, GSLError> = withCallback(function) { callback in
    let success = Int32(GSL_SUCCESS)
    var status = gsl_min_fminimizer_set(minimizer, callback, middle, low, high)
    guard status == success else { return .failure(GSLError(task(), status: status)) }
    for _ in 0..<200 {
      status = gsl_min_fminimizer_iterate(minimizer)
      guard status == success else { return .failure(GSLError(task(), status: status)) }
      let minimum = gsl_min_fminimizer_x_minimum(minimizer)
      let width = gsl_min_fminimizer_x_upper(minimizer) - gsl_min_fminimizer_x_lower(minimizer)
      if width <= tolerance * minimum.magnitude { return .success(minimum) }
    }
    return .failure(GSLError(task(), status: Int32(GSL_EMAXITER)))
  }
  return try outcome.get()
}
