import CGSL

/// The integral of a function over an interval whose ends may be infinite, by adaptive Gauss-Kronrod rules with Wynn's
/// epsilon algorithm at singularities (`gsl_integration_qags`, `qagi`, `qagiu`, `qagil`).
///
/// - Parameters:
///   - task: what the integral is, for the error.
///   - lower: the lower end, possibly -infinity.
///   - upper: the upper end, possibly +infinity.
///   - relativeError: the error asked for, relative to the integral, at least 1e-14.
///   - function: the integrand; it should be smooth inside, and integrable at the ends.
/// - Returns: the integral and GSL's estimate of its absolute error.
/// - Throws: `GSLError` if the error asked for is not reached in 2000 subintervals, or the integral diverges.
public func adaptiveIntegral(
  _ task: @autoclosure () -> String, from lower: Double, to upper: Double, relativeError: Double = 1e-12,
  of function: (Double) -> Double
) throws(GSLError) -> (value: Double, error: Double) {
  let limit = 2000
  guard errorHandlerIsOff, let workspace = gsl_integration_workspace_alloc(limit) else {
    throw GSLError(task(), status: Int32(GSL_ENOMEM))
  }
  defer { gsl_integration_workspace_free(workspace) }

  var value = 0.0
  var error = 0.0
  let status: Int32 = withCallback(function) { callback in
    switch (lower.isFinite, upper.isFinite) {
    case (true, true):
      return gsl_integration_qags(callback, lower, upper, 0, relativeError, limit, workspace, &value, &error)
    case (true, false):
      return gsl_integration_qagiu(callback, lower, 0, relativeError, limit, workspace, &value, &error)
    case (false, true):
      return gsl_integration_qagil(callback, upper, 0, relativeError, limit, workspace, &value, &error)
    case (false, false):
      return gsl_integration_qagi(callback, 0, relativeError, limit, workspace, &value, &error)
    }
  }
  guard status == Int32(GSL_SUCCESS) else { throw GSLError(task(), status: status) }
  guard value.isFinite else { throw GSLError(task(), status: Int32(GSL_EBADFUNC)) }
  return (value, error)
}

/// A Gauss-Legendre rule on [-1, 1] (`gsl_integration_glfixed_table_alloc`): exact for polynomials up to degree 2n - 1.
public struct GaussLegendreRule: Sendable {
  /// The nodes, increasing, in (-1, 1).
  public let nodes: [Double]
  /// The weights; they add up to 2.
  public let weights: [Double]

  /// The rule of n nodes, n >= 1 (a smaller count gives one node).
  ///
  /// Nothing but a lack of memory can fail here; its nodes are then not numbers, and so is every integral.
  public init(nodes count: Int) {
    let count = max(count, 1)
    var nodes = [Double](repeating: .nan, count: count)
    var weights = nodes
    if errorHandlerIsOff, let table = gsl_integration_glfixed_table_alloc(count) {
      defer { gsl_integration_glfixed_table_free(table) }
      for i in 0..<count { gsl_integration_glfixed_point(-1, 1, i, &nodes[i], &weights[i], table) }
    }
    self.nodes = nodes
    self.weights = weights
  }
}
