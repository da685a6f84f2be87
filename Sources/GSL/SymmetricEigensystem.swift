import CGSL

/// The eigenvalues and eigenvectors of a real symmetric matrix, by reduction to tridiagonal form and symmetric QR steps
/// (`gsl_eigen_symmv`).
///
/// Floating point: eigenvalues are off by some ulps of the largest one. Nothing is promised of them here; whoever claims something
/// bounds the residual of what was found.
public struct SymmetricEigensystem: Sendable {
  /// In decreasing order.
  public let eigenvalues: [Double]
  /// Row by row, n x n: the k-th column belongs to the k-th eigenvalue.
  public let eigenvectors: [Double]

  /// The eigensystem of a matrix given row by row, of which the lower triangle is read.
  ///
  /// - Parameters:
  ///   - rows: n^2 numbers.
  ///   - order: n >= 1.
  /// - Throws: `GSLError` if the numbers are not n^2, there is no memory, or the steps do not converge.
  public init(of rows: [Double], order: Int) throws(GSLError) {
    let task = "the eigenvalues of a matrix"
    guard order >= 1, rows.count == order * order else { throw GSLError(task, status: Int32(GSL_EBADLEN)) }
    guard errorHandlerIsOff, let matrix = gsl_matrix_alloc(order, order) else {
      throw GSLError(task, status: Int32(GSL_ENOMEM))
    }
    defer { gsl_matrix_free(matrix) }
    guard let values = gsl_vector_alloc(order) else { throw GSLError(task, status: Int32(GSL_ENOMEM)) }
    defer { gsl_vector_free(values) }
    guard let vectors = gsl_matrix_alloc(order, order) else { throw GSLError(task, status: Int32(GSL_ENOMEM)) }
    defer { gsl_matrix_free(vectors) }
    guard let workspace = gsl_eigen_symmv_alloc(order) else { throw GSLError(task, status: Int32(GSL_ENOMEM)) }
    defer { gsl_eigen_symmv_free(workspace) }
    for i in 0..<order {
      for j in 0..<order { gsl_matrix_set(matrix, i, j, rows[i * order + j]) }
    }
    var status = gsl_eigen_symmv(matrix, values, vectors, workspace)
    guard status == Int32(GSL_SUCCESS) else { throw GSLError(task, status: status) }
    status = gsl_eigen_symmv_sort(values, vectors, GSL_EIGEN_SORT_VAL_DESC)
    guard status == Int32(GSL_SUCCESS) else { throw GSLError(task, status: status) }
    eigenvalues = (0..<order).map { gsl_vector_get(values, $0) }
    var columns = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in 0..<order { columns[i * order + j] = gsl_matrix_get(vectors, i, j) }
    }
    eigenvectors = columns
  }
}
