/// The linear program: the largest m . c over all c with a_j . c <= b_j for every j, by an interior-point method; GSL has none.
///
/// Its dual asks for weights x >= 0 with the least b . x for which the sum of x_j a_j is m. Mehrotra's predictor and
/// corrector follow the central path of both; a step costs one Cholesky factorisation of order |c|, the constraints being
/// many more than the unknowns. Meant for some hundred unknowns and a few thousand constraints that grow from call to call.
/// Nothing is claimed of the answer: whoever uses it proves what it found.
///
/// - Source: Mehrotra, "On the implementation of a primal-dual interior point method", SIAM J. Optim. 2 (1992) 575-601.
package struct LinearProgram {
  /// One constraint: its coefficients that are not 0, and its right side.
  package struct Constraint: Sendable {
    package var places: [Int32]
    package var coefficients: [Double]
    package var limit: Double

    package init(places: [Int32], coefficients: [Double], limit: Double) {
      self.places = places
      self.coefficients = coefficients
      self.limit = limit
    }
  }

  /// m.
  package let gains: [Double]
  package var constraints: [Constraint] = []

  /// The program without constraints.
  package init(gains: [Double]) { self.gains = gains }

  /// The best c, within a relative `tolerance`, and the weights of the constraints; nil if the iteration breaks down at once.
  ///
  /// The constraints have to bound c from both sides.
  package func solution(tolerance: Double) -> (c: [Double], weights: [Double])? {
    let (n, count) = (gains.count, constraints.count)
    var c = [Double](repeating: 0, count: n)
    var x = [Double](repeating: 1, count: count)
    var s = [Double](repeating: 1, count: count)
    let scale = constraints.reduce(1) { max($0, abs($1.limit)) }
    for j in 0..<count {
      s[j] = max(constraints[j].limit, 0.1 * scale)
      x[j] = 1 / s[j]
    }
    var best: (c: [Double], weights: [Double])?
    for _ in 0..<80 {
      // What is missing in both: m - sum of x_j a_j, and b_j - a_j . c - s_j.
      var missing = gains
      var slack = [Double](repeating: 0, count: count)
      var complementarity = 0.0
      var worstSlack = 0.0
      for j in 0..<count {
        let row = constraints[j]
        var product = 0.0
        for (place, coefficient) in zip(row.places, row.coefficients) {
          missing[Int(place)] -= x[j] * coefficient
          product += coefficient * c[Int(place)]
        }
        slack[j] = row.limit - product - s[j]
        worstSlack = max(worstSlack, abs(slack[j]) / scale)
        complementarity += x[j] * s[j]
      }
      let total = gains.reduce(0) { $0 + abs($1) }
      let short = missing.reduce(0) { $0 + abs($1) } / total
      guard complementarity.isFinite, short.isFinite else { return best }
      best = (c, x)
      if complementarity < tolerance, short < tolerance, worstSlack < tolerance { return best }
      // The matrix of the normal equations: sum of x_j/s_j a_j a_j^T.
      var matrix = EnvelopeMatrix(first: [Int](repeating: 0, count: n))
      for row in 0..<count {
        constraints[row].coefficients.withUnsafeBufferPointer { coefficients in
          constraints[row].places.withUnsafeBufferPointer { matrix.add(x[row] / s[row], coefficients, at: $0) }
        }
      }
      // A hair on the diagonal: where nothing is gained any more, rounding would be all there is.
      matrix.scale(
        by: [Double](repeating: 1, count: n), addingToDiagonal: (0..<n).map { matrix[$0, $0] * 1e-13 + 1e-300 })
      guard matrix.factorise() else { return best }
      let mu = complementarity / Double(count)
      // x s + dx s + x ds = target; ds = slack - a . dc.
      func step(_ target: (Int) -> Double) -> (c: [Double], x: [Double], s: [Double]) {
        var right = missing
        for j in 0..<count {
          let row = constraints[j]
          let known = (target(j) - x[j] * slack[j]) / s[j] - x[j]
          for (place, coefficient) in zip(row.places, row.coefficients) { right[Int(place)] -= coefficient * known }
        }
        let dc = matrix.solve(right)
        var (dx, ds) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
        for j in 0..<count {
          let row = constraints[j]
          var product = 0.0
          for (place, coefficient) in zip(row.places, row.coefficients) { product += coefficient * dc[Int(place)] }
          ds[j] = slack[j] - product
          dx[j] = (target(j) - x[j] * ds[j]) / s[j] - x[j]
        }
        return (dc, dx, ds)
      }
      func longest(_ values: [Double], _ changes: [Double]) -> Double {
        zip(values, changes).reduce(1) { $1.1 < 0 ? min($0, -$1.0 / $1.1) : $0 }
      }
      let predictor = step { _ in 0 }
      let (a, b) = (longest(x, predictor.x), longest(s, predictor.s))
      var ahead = 0.0
      for j in 0..<count { ahead += (x[j] + a * predictor.x[j]) * (s[j] + b * predictor.s[j]) }
      let ratio = ahead / complementarity
      let centre = mu * ratio * ratio * ratio
      let final = step { centre - predictor.x[$0] * predictor.s[$0] }
      let (dual, primal) = (0.99 * longest(x, final.x), 0.99 * longest(s, final.s))
      for j in 0..<count {
        x[j] += min(1, dual) * final.x[j]
        s[j] += min(1, primal) * final.s[j]
      }
      for k in 0..<n { c[k] += min(1, primal) * final.c[k] }
    }
    return best
  }
}
