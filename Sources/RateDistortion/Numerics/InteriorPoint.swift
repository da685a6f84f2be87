import IntervalArithmetic

/// The weights of a fixed set of components that minimise E[-log Z(X)] + sum of weights, by a primal-dual interior-point
/// method.
///
/// The problem is convex. With g_j = E[K_j(X)/Z(X)], its optimum satisfies r_j >= 0, s_j = 1 - g_j >= 0 and r_j s_j = 0; the
/// method follows r_j s_j = mu q_j as mu falls to 0, a Newton step of the banded Hessian E[K_j K_k/Z^2] + diag(s/r) each. The
/// scale q_j is the weight that the source's own density would give, so that tails are solved as well as the middle.
enum InteriorPoint {
  /// The optimal weights.
  ///
  /// - Parameters:
  ///   - scale: q, which is also the start.
  ///   - tolerance: mu at which to stop.
  static func weights(
    table: some KernelMatrix, mass: [Double], scale q: [Double], tolerance: Double
  ) -> [Double] {
    let n = q.count
    var p = [Double](repeating: 1, count: n)
    var s = [Double](repeating: 0.1, count: n)
    for iteration in 0..<60 {
      let z = table.mixture(zip(p, q).map { $0 * $1 })
      var g = [Double](repeating: 0, count: n)
      var hessian = BandedMatrix(order: n, halfBandwidth: table.halfBandwidth)
      table.accumulate(mass, z, &g, &hessian)
      var gap = 0.0
      var mean = 0.0
      var residual = 0.0
      for j in 0..<n {
        gap = max(gap, p[j] * s[j])
        mean += p[j] * s[j] / Double(n)
        residual = max(residual, abs(1 - g[j] - s[j]))
      }
      if gap < tolerance && residual < 1e-7 { break }
      let mu = iteration == 0 ? 0.05 : 0.1 * mean
      // In dp / sqrt(p/q) the matrix has entries sqrt(r_j r_k) H_jk + s_j q_j ..., all near 1 whatever the weights.
      let root = (0..<n).map { (p[$0] * q[$0]).squareRoot() }
      var right = [Double](repeating: 0, count: n)
      for j in 0..<n {
        for k in max(0, j - hessian.halfBandwidth)...j { hessian[j, k] *= root[j] * root[k] }
        hessian[j, j] += s[j] + 1e-14
        right[j] = root[j] * (g[j] - 1 + mu / p[j])
      }
      guard hessian.factorise() else { break }
      let step = hessian.solve(right)
      var primal = 1.0
      var dual = 1.0
      var dp = step
      var ds = step
      for j in 0..<n {
        dp[j] = step[j] * root[j] / q[j]
        ds[j] = mu / p[j] - s[j] - s[j] / p[j] * dp[j]
        if dp[j] < 0 { primal = min(primal, -0.99 * p[j] / dp[j]) }
        if ds[j] < 0 { dual = min(dual, -0.99 * s[j] / ds[j]) }
      }
      for j in 0..<n {
        p[j] += primal * dp[j]
        s[j] += dual * ds[j]
      }
    }
    return zip(p, q).map { $0 * $1 }
  }
}

/// Kernels of a law's components at the nodes of a quadrature, of which only those within reach are kept.
protocol KernelMatrix {
  /// The largest difference of the numbers of two components at one node.
  var halfBandwidth: Int { get }
  /// Z = the weighted sum of kernels at every node.
  func mixture(_ weights: [Double]) -> [Double]
  /// Adds g_j = E[K_j/Z] and the Hessian E[K_j K_k/Z^2].
  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout BandedMatrix)
}
