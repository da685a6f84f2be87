import CGSL

/// The root of a continuous function in a bracket, by Brent's method (`gsl_root_fsolver_brent`).
///
/// The bracket is narrowed until it is two floating-point numbers apart, or the function is exactly 0: the root is as
/// accurate as the signs of the function's values.
///
/// - Parameters:
///   - task: what the root is, for the error.
///   - bracket: an interval at whose ends the function has opposite signs.
///   - function: the function, which may throw; its error is passed on.
/// - Throws: `GSLError` if the signs at the ends agree, a value is not finite, or 200 steps do not suffice.
public func brentRoot(
  _ task: @autoclosure () -> String, in bracket: ClosedRange<Double>, of function: (Double) -> Double
) throws(GSLError) -> Double {
  guard errorHandlerIsOff, let solver = gsl_root_fsolver_alloc(rdbounds_brent_root_solver()) else {
    throw GSLError(task(), status: Int32(GSL_ENOMEM))
  }
  defer { gsl_root_fsolver_free(solver) }

  let outcome = withCallback(function) { narrow(solver, $0, bracket, task) }
  return try outcome.get()
}

private func narrow(
  _ solver: UnsafeMutablePointer<gsl_root_fsolver>, _ function: UnsafeMutablePointer<gsl_function>,
  _ bracket: ClosedRange<Double>, _ task: () -> String
) -> Result<Double, GSLError> {
  let success = Int32(GSL_SUCCESS)
  var status = gsl_root_fsolver_set(solver, function, bracket.lowerBound, bracket.upperBound)
  guard status == success else { return .failure(GSLError(task(), status: status)) }
  for _ in 0..<200 {
    status = gsl_root_fsolver_iterate(solver)
    guard status == success else { return .failure(GSLError(task(), status: status)) }
    let root = gsl_root_fsolver_root(solver)
    let low = gsl_root_fsolver_x_lower(solver)
    let high = gsl_root_fsolver_x_upper(solver)
    guard root.isFinite else { return .failure(GSLError(task(), status: Int32(GSL_EBADFUNC))) }
    if high - low <= 2 * root.magnitude.ulp { return .success(root) }
  }
  return .failure(GSLError(task(), status: Int32(GSL_EMAXITER)))
}
