import IntervalArithmetic

/// The weights of a fixed set of components that minimise E[-log Z(X)] + sum of weights, by an interior-point method whose
/// steps are checked: what the plane needs, where atoms carry anything from 1e-14 to 1e-2 and `InteriorPoint` stalls.
///
/// With r = p q, q the weight that the source's own density would give, the method minimises
///
///     F(p) = E[-log Z] + sum of q_j (p_j - mu_j log p_j),      mu_j = mu + 1e-11/q_j,
///
/// as mu falls. The second part of mu_j keeps atoms in the far tails from 0, where nothing else holds them, and costs 1e-11
/// nats an atom. At the minimum r_j (1 - g_j) = q_j mu_j, so that g_j = E[K_j/Z] < 1 at every atom. A step is Newton's with
/// the banded Hessian E[K_j K_k/Z^2] + diag(s/r), s an estimate of 1 - g. Atoms that it would take beyond 0 stop short of it
/// while the others go on; where F does not fall by that, all go only as far as the first may.
enum DampedInteriorPoint {
  /// The weights, optimal to about `tolerance` nats.
  ///
  /// - Parameter scale: q, which is also the start.
  static func weights(
    table: some KernelMatrix, mass: [Double], scale q: [Double], tolerance: Double
  ) -> [Double] {
    let n = q.count
    let floor = q.map { 1e-11 / $0 }
    var p = floor.map { 1 + $0 }
    var s = [Double](repeating: 0.03, count: n)
    var mu = 0.03
    var z = table.mixture(zip(p, q).map { $0 * $1 })
    for _ in 0..<80 {
      var g = [Double](repeating: 0, count: n)
      var hessian = BandedMatrix(order: n, halfBandwidth: table.halfBandwidth)
      table.accumulate(mass, z, &g, &hessian)
      // How far this mu's minimum is, in nats.
      var error = error(p, q, g, mu, floor)
      while error <= 3 * mu, mu > tolerance {
        mu = max(tolerance, 0.15 * mu)
        error = self.error(p, q, g, mu, floor)
      }
      if mu <= tolerance, error <= 0.5 * mu { break }
      // In dr/sqrt(r) the matrix has entries sqrt(r_j r_k) H_jk, plus s on the diagonal.
      let root = (0..<n).map { (p[$0] * q[$0]).squareRoot() }
      var right = [Double](repeating: 0, count: n)
      for j in 0..<n {
        let central = (mu + floor[j]) / p[j]
        s[j] = min(max(s[j], 1e-3 * central), 1e3 * central)
        for k in max(0, j - hessian.halfBandwidth)...j { hessian[j, k] *= root[j] * root[k] }
        hessian[j, j] += s[j] + 1e-13
        right[j] = root[j] * (g[j] - 1 + central)
      }
      guard hessian.factorise() else { break }
      let newton = hessian.solve(right)
      var step = newton
      var slope = 0.0
      for j in 0..<n {
        slope -= newton[j] * right[j]
        step[j] = newton[j] * root[j] / q[j]
        let ds = (mu + floor[j]) / p[j] - s[j] - s[j] / p[j] * step[j]
        s[j] += max(ds, -0.99 * s[j])
      }
      let line = Line(mass: mass, z: z, p: p, q: q, mu: floor.map { mu + $0 }, table: table, slope: slope)
      p = line.moved(step)
      z = table.mixture(zip(p, q).map { $0 * $1 })
    }
    return zip(p, q).map { $0 * $1 }
  }

  /// The distance from the minimum of F: sum of |r (1 - g) - q mu|, and what g exceeds it by where p is small.
  private static func error(
    _ p: [Double], _ q: [Double], _ g: [Double], _ mu: Double, _ floor: [Double]
  ) -> Double {
    var error = 0.0
    for j in p.indices {
      let residual = 1 - g[j] - (mu + floor[j]) / p[j]
      error += q[j] * (p[j] * abs(residual) + max(0, -residual))
    }
    return error
  }

  /// F along a step.
  private struct Line<Table: KernelMatrix> {
    let mass: [Double]
    let z: [Double]
    let p: [Double]
    let q: [Double]
    let mu: [Double]
    let table: Table
    /// The derivative of F along Newton's step, negative.
    let slope: Double

    /// p after as much of a step as makes F fall.
    func moved(_ newton: [Double]) -> [Double] {
      var longest = 1.0
      for j in p.indices where newton[j] < 0 { longest = min(longest, -0.99 * p[j] / newton[j]) }
      if longest < 1 {
        let cut = p.indices.map { max(newton[$0], -0.99 * p[$0]) }
        if let length = length(of: cut, from: 1, to: 0.1) { return advanced(cut, by: length) }
      }
      return advanced(newton, by: length(of: newton, from: longest, to: 1e-4 * longest) ?? 1e-4 * longest)
    }

    /// The first of the lengths from, from/2, ... above `to` at which F falls by a tenth of what the slope promises.
    private func length(of step: [Double], from: Double, to: Double) -> Double? {
      let dz = table.mixture(zip(step, q).map { $0 * $1 })
      var t = from
      while t > to {
        var change = 0.0
        for i in mass.indices { change -= mass[i] * Double.log1p(t * dz[i] / z[i]) }
        for j in p.indices { change += q[j] * (t * step[j] - mu[j] * Double.log1p(t * step[j] / p[j])) }
        if change <= 0.1 * t * slope + 1e-13 { return t }
        t /= 2
      }
      return nil
    }

    private func advanced(_ step: [Double], by length: Double) -> [Double] {
      p.indices.map { p[$0] + length * step[$0] }
    }
  }
}
