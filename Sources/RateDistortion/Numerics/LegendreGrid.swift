import GSL

/// Functions on [0, 1] by their values at Gauss-Legendre points.
struct LegendreGrid: Sendable {
  let weights: [Double]
  let points: [Double]
  /// Row by row: the matrix that takes values of f to values of the integral of f from 0.
  private let antiderivative: [Double]

  init(count n: Int) {
    let rule = GaussLegendreRule(nodes: n)
    points = rule.nodes.map { (1 + $0) / 2 }
    weights = rule.weights.map { $0 / 2 }
    // f = sum_k (2k+1) <f, P_k> P_k on [0, 1], and the integral of P_k from 0 is (P_{k+1} - P_{k-1})/(2 (2k+1)).
    let values = points.map { Self.legendre(upTo: n, at: $0) }
    var matrix = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        var sum = points[i]
        for k in 1..<n { sum += (values[i][k + 1] - values[i][k - 1]) / 2 * values[j][k] }
        matrix[i * n + j] = sum * weights[j]
      }
    }
    antiderivative = matrix
  }

  /// P_0 ... P_n at 2x - 1.
  static func legendre(upTo n: Int, at x: Double) -> [Double] {
    let t = 2 * x - 1
    var values = [1, t]
    for k in 1..<n {
      values.append((Double(2 * k + 1) * t * values[k] - Double(k) * values[k - 1]) / Double(k + 1))
    }
    return values
  }

  func integral(_ f: [Double]) -> Double { zip(f, weights).reduce(0) { $0 + $1.0 * $1.1 } }

  func antiderivative(of f: [Double]) -> [Double] {
    let n = points.count
    return (0..<n).map { i in
      var sum = 0.0
      for j in 0..<n { sum += antiderivative[i * n + j] * f[j] }
      return sum
    }
  }

  /// The values of several interpolating polynomials at k/steps, k = 0 ... steps.
  func resampled(rows: [[Double]], steps: Int) -> [[Double]] {
    let n = points.count
    let values = points.map { Self.legendre(upTo: n, at: $0) }
    let coefficients = rows.map { f in
      (0..<n).map { k in
        var sum = 0.0
        for j in 0..<n { sum += values[j][k] * weights[j] * f[j] }
        return Double(2 * k + 1) * sum
      }
    }
    var result = rows.map { _ in [Double](repeating: 0, count: steps + 1) }
    for i in 0...steps {
      let values = Self.legendre(upTo: n, at: Double(i) / Double(steps))
      for (row, coefficients) in coefficients.enumerated() {
        var sum = 0.0
        for k in 0..<n { sum += coefficients[k] * values[k] }
        result[row][i] = sum
      }
    }
    return result
  }
}
