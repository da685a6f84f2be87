import CGSL

/// The polynomial of a degree that is nearest to points in the sum of squares, by singular values (`gsl_multifit_linear`).
///
/// The powers are taken as they are: x is best brought to [-1, 1] first.
///
/// - Parameters:
///   - task: what is fitted, for the error.
///   - degree: at least 0 and less than the number of points.
///   - x: where.
///   - y: the values there, as many.
/// - Returns: the coefficients, that of the constant first.
/// - Throws: `GSLError` if there are too few points, or memory.
public func polynomialFit(
  _ task: @autoclosure () -> String, degree: Int, x: [Double], y: [Double]
) throws(GSLError) -> [Double] {
  let terms = degree + 1
  guard degree >= 0, x.count >= terms, y.count == x.count else {
    throw GSLError(task(), status: Int32(GSL_EBADLEN))
  }
  guard errorHandlerIsOff, let workspace = gsl_multifit_linear_alloc(x.count, terms) else {
    throw GSLError(task(), status: Int32(GSL_ENOMEM))
  }
  defer { gsl_multifit_linear_free(workspace) }
  guard let powers = gsl_matrix_alloc(x.count, terms) else { throw GSLError(task(), status: Int32(GSL_ENOMEM)) }
  defer { gsl_matrix_free(powers) }
  guard let values = gsl_vector_alloc(x.count) else { throw GSLError(task(), status: Int32(GSL_ENOMEM)) }
  defer { gsl_vector_free(values) }
  guard let found = gsl_vector_alloc(terms) else { throw GSLError(task(), status: Int32(GSL_ENOMEM)) }
  defer { gsl_vector_free(found) }
  guard let covariance = gsl_matrix_alloc(terms, terms) else { throw GSLError(task(), status: Int32(GSL_ENOMEM)) }
  defer { gsl_matrix_free(covariance) }

  for (row, (x, y)) in zip(x, y).enumerated() {
    gsl_vector_set(values, row, y)
    var power = 1.0
    for column in 0..<terms {
      gsl_matrix_set(powers, row, column, power)
      power *= x
    }
  }
  var squares = 0.0
  let status = gsl_multifit_linear(powers, values, found, covariance, &squares, workspace)
  guard status == Int32(GSL_SUCCESS) else { throw GSLError(task(), status: status) }
  return (0..<terms).map { gsl_vector_get(found, $0) }
}
