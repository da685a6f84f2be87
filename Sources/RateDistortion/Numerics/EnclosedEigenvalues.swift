import GSL
import IntervalArithmetic

/// Enclosures of all eigenvalues of a symmetric matrix, from an approximate eigensystem and what it leaves over.
///
/// Let A be the true matrix, M the one that was solved, V and L = diag(l_k) what was found, and
///
///     R = M V - V L,      E = V^T V - I,      eps = |E| < 1      (|.| is the spectral norm).
///
/// V = Q H with Q orthogonal and H = (V^T V)^(1/2), so that |H - I| <= eps and |H^-1| <= 1/(1 - eps). From M Q H = Q H L + R,
///
///     Q^T M Q - L = (H L - L H) H^-1 + Q^T R H^-1,      |Q^T M Q - L| <= (2 eps |L| + |R|)/(1 - eps),
///
/// since H L - L H = (H - I) L - L (H - I). Both matrices are symmetric, and Q^T A Q has the eigenvalues of A; by Weyl's inequality
/// the k-th largest eigenvalue of A is within
///
///     r = (2 eps |L| + |R|)/(1 - eps) + |A - M|
///
/// of the k-th largest l. Spectral norms are bounded by Frobenius norms. Nothing is assumed of V and L: if they are no
/// eigensystem, r is large.
///
/// **Rounding.** A sum of m products, in whatever order, is within g S + m 2^-1074 of its true value, S the sum of the products'
/// absolute values and g = m u/(1 - m u) with u = 2^-53 (Higham, section 3.1; the last term is for products that underflow). Every
/// sum here has at most n + 1 products, is computed beside S, and is charged with 2 (n + 8) u S: the factor 2 covers g, the rounding of S
/// itself and that of what is done with both. Sums of squares are multiplied by 1 + 2^-20.
///
/// - Cost: n^3 operations, twice; some 0.2 s for n = 256.
/// - Source: Weyl's inequality: Horn, Johnson, "Matrix Analysis", Theorem 4.3.1; Higham, "Accuracy and Stability of Numerical
///   Algorithms", 2nd edition, section 3.1.
package struct EnclosedEigenvalues: Sendable {
  /// In decreasing order: the k-th contains the k-th largest eigenvalue.
  package let values: [Interval]

  /// The eigenvalues of a symmetric matrix of floating-point numbers, row by row.
  ///
  /// - Parameter distance: an upper bound on |A - M|, the spectral norm of what the matrix meant differs by from the numbers given.
  /// - Throws: `GSLError` if the solver fails.
  package init(of rows: [Double], order: Int, distance: Double = 0) throws(GSLError) {
    // Powers of 2 keep the squares of the norms within the range of numbers.
    let largest = rows.reduce(0) { max($0, $1.magnitude) }
    let scale = largest > 0 && largest.isFinite ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    let matrix = rows.map { $0 / scale }
    let system = try SymmetricEigensystem(of: matrix, order: order)
    let radius = Self.radius(matrix, system, order) + Interval(distance) / Interval(scale)
    values = system.eigenvalues.map { (Interval($0) + .hull(-radius.upper, radius.upper)) * Interval(scale) }
  }

  /// r of a matrix whose entries are at most 2.
  private static func radius(_ matrix: [Double], _ system: SymmetricEigensystem, _ order: Int) -> Interval {
    let values = system.eigenvalues
    // Rows of V^T: dot products then run along memory.
    var columns = [Double](repeating: 0, count: order * order)
    for i in 0..<order {
      for j in 0..<order { columns[j * order + i] = system.eigenvectors[i * order + j] }
    }
    let unit = 2 * Double(order + 8) * 0x1p-53
    var residual = 0.0
    var departure = 0.0
    matrix.withUnsafeBufferPointer { matrix in
      columns.withUnsafeBufferPointer { columns in
        for k in 0..<order {
          let vector = UnsafeBufferPointer(rebasing: columns[k * order..<(k + 1) * order])
          for i in 0..<order {
            let row = UnsafeBufferPointer(rebasing: matrix[i * order..<(i + 1) * order])
            let last = values[k] * vector[i]
            let (sum, size) = products(row, vector)
            let error = (sum - last).magnitude + unit * (size + last.magnitude) + 0x1p-1050
            residual += error * error
          }
          for j in 0...k {
            let (sum, size) = products(UnsafeBufferPointer(rebasing: columns[j * order..<(j + 1) * order]), vector)
            let error = (j == k ? sum - 1 : sum).magnitude + unit * (size + 1) + 0x1p-1050
            departure += (j == k ? 1 : 2) * error * error
          }
        }
      }
    }
    let slack: Interval = 1 + Interval(0x1p-20)
    let off = Interval.sqrt(Interval(departure) * slack)
    let greatest = values.reduce(0) { max($0, $1.magnitude) }
    let left = 1 - off
    let radius = (2 * off * Interval(greatest) + Interval.sqrt(Interval(residual) * slack)) / left
    // What is no number, or not near orthogonal, encloses nothing.
    guard left.lower > 0, radius.upper >= 0 else { return .hull(0, .infinity) }
    return radius
  }

  /// The sum of products, and of their absolute values.
  @inline(__always)
  private static func products(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> (Double, Double) {
    // Four sums at once, which the processor adds side by side.
    var sum = SIMD4<Double>.zero
    var size = SIMD4<Double>.zero
    var i = 0
    while i + 4 <= a.count {
      let product =
        SIMD4(a[i], a[i + 1], a[i + 2], a[i + 3]) * SIMD4(b[i], b[i + 1], b[i + 2], b[i + 3])
      sum += product
      size += SIMD4(product.x.magnitude, product.y.magnitude, product.z.magnitude, product.w.magnitude)
      i += 4
    }
    var (total, whole) = (sum.sum(), size.sum())
    while i < a.count {
      total += a[i] * b[i]
      whole += (a[i] * b[i]).magnitude
      i += 1
    }
    return (total, whole)
  }
}
