/// A system of linear equations whose matrix is tridiagonal, for two right sides, by elimination without pivoting (Thomas): stable
/// where the matrix is diagonally dominant, as it is next to a minimum.
///
/// Rows are eliminated as they are appended, so that nothing but the upper diagonal is kept. GSL's solver
/// (`gsl_linalg_solve_tridiag`) takes one right side at a time, and three vectors of its own.
struct TridiagonalSystem {
  /// The diagonal above, divided by the pivots.
  private var above: [Double] = []
  /// The right sides, eliminated.
  private var right: [SIMD2<Double>] = []

  /// A system of so many rows, none of them given yet.
  init(order: Int) {
    above.reserveCapacity(order)
    right.reserveCapacity(order)
  }

  /// Appends a row; `below` counts for nothing in the first one and `above` for nothing in the last.
  mutating func append(below: Double, diagonal: Double, above next: Double, right value: SIMD2<Double>) {
    var pivot = diagonal
    var value = value
    if let last = above.last, let previous = right.last {
      pivot -= below * last
      value -= below * previous
    }
    above.append(next / pivot)
    right.append(value / pivot)
  }

  /// The solutions, by substitution upwards.
  func solutions() -> [SIMD2<Double>] {
    var x = right
    for i in stride(from: x.count - 2, through: 0, by: -1) { x[i] -= above[i] * x[i + 1] }
    return x
  }
}
