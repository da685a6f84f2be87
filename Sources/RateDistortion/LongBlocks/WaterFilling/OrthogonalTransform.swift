import IntervalArithmetic

/// A transform Y = T X that is orthogonal up to rounding, and what its coefficients' variances are.
///
/// The decoder puts out T^-1 of the reproduced coefficients, whose error is |T^-1 e|^2 <= |e|^2/(1 - eps) with eps = |T T^t - I| < 1, since
/// the least singular value of T has a square of at least 1 - eps. So a code of the coefficients with distortion D has at most D/(1 - eps) for
/// the vector: variances are enlarged by that factor, which for rounded numbers is next to 1.
public struct OrthogonalTransform: Sendable {
  private let rows: [Interval]
  private let order: Int
  /// 1/(1 - eps).
  private let loss: Interval

  /// How far from orthogonal a transform may be: T T^t - I as the root of the sum of squares.
  static let tolerance = 1e-3

  /// A transform by its rows, the basis vectors.
  ///
  /// - Throws: `DomainError.parameterOutOfRange`, with the rows, unless it has as many rows and columns as the vector has components, and its rows are orthonormal.
  public init(rows: [Double], columns: Int, order: Int, name: String) throws(DomainError) {
    guard columns == order, rows.count == order * order else {
      throw .parameterOutOfRange(
        name: name, value: "of \(columns > 0 ? rows.count / columns : 0) x \(columns) numbers",
        requirement: "of \(order) x \(order), as the vector has \(order) components")
    }
    let enclosed = rows.map { Interval($0) }
    var departure: Interval = 0
    for i in 0..<order {
      for j in 0...i {
        var product: Interval = i == j ? -1 : 0
        for k in 0..<order { product = .fma(enclosed[i * order + k], enclosed[j * order + k], product) }
        guard product.magnitude <= Self.tolerance else {
          let value = i == j ? product.midpoint + 1 : product.midpoint
          throw .parameterOutOfRange(
            name: name,
            value: i == j
              ? "with \(value) as the squared length of row \(i + 1)"
              : "with \(value) as the product of rows \(j + 1) and \(i + 1)",
            requirement: "orthogonal: rows of length 1 whose products are 0")
        }
        departure = departure + Interval(i == j ? 1 : 2) * .squared(product)
      }
    }
    let left = 1 - Interval.sqrt(departure)
    guard left.lower > 0.5 else {
      throw .parameterOutOfRange(
        name: name, value: "with rows whose products are off by \(1 - left.midpoint) in all", requirement: "orthogonal")
    }
    self.rows = enclosed
    self.order = order
    loss = 1 / left
  }

  /// The variances of the coefficients of a vector, enlarged by what the transform may lose, in decreasing order.
  func variances(of covariance: Covariance) -> [Interval] {
    let variances = (0..<order).map { row -> Interval in
      var sum: Interval = 0
      for i in 0..<order {
        var product: Interval = 0
        for j in 0..<order { product = .fma(covariance.rows[i * order + j], rows[row * order + j], product) }
        sum = .fma(rows[row * order + i], product, sum)
      }
      return .hull(max(0, sum.lower), max(0, (sum * loss).upper))
    }
    return variances.sorted { $0.midpoint > $1.midpoint }
  }
}
