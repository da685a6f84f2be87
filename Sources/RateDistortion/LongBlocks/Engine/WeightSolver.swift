import IntervalArithmetic

/// Kernels of a law's components at the nodes of a source, of which only those within reach are kept.
protocol LawKernel {
  /// For every component the least that shares a node with it: the envelope of the Hessian.
  var firstNeighbours: [Int] { get }
  /// Z = the weighted sum of kernels at every node.
  func mixture(_ weights: [Double]) -> [Double]
  /// Adds g_j = E[K_j/Z] and the Hessian E[K_j K_k/Z^2].
  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout EnvelopeMatrix)
}

/// The weights of a fixed set of components that minimise E[-log Z(X)] + sum of weights, by an interior-point method whose
/// steps are checked.
///
/// With r = p q, q the weight that the source's own density would give, the method minimises
///
///     F(p) = E[-log Z] + sum of q_j (p_j - mu_j log p_j),      mu_j = mu + c/q_j,
///
/// as mu falls. The second part of mu_j keeps atoms in the far tails from 0, where nothing else holds them, and costs c nats an
/// atom. At the minimum r_j (1 - g_j) = q_j mu_j, so that g_j = E[K_j/Z] < 1 at every atom. A step is Newton's with
/// the Hessian E[K_j K_k/Z^2] + diag(s/r), s an estimate of 1 - g. Atoms that it would take beyond 0 stop short of it
/// while the others go on; where F does not fall by that, all go only as far as the first may.
struct WeightSolver<Kernel: LawKernel> {
  let kernel: Kernel
  /// The probability of every node.
  let mass: [Double]
  /// Z of what is not solved for, at every node.
  let background: [Double]
  /// q.
  let scale: [Double]
  /// What keeps atoms from 0 whatever mu is.
  private let floor: [Double]

  /// - Parameter cost: c, in nats an atom.
  init(kernel: Kernel, mass: [Double], background: [Double], scale: [Double], costOfAtom cost: Double = 1e-11) {
    self.kernel = kernel
    self.mass = mass
    self.background = background
    self.scale = scale
    floor = scale.map { cost / $0 }
  }

  /// Z at the nodes for relative weights p.
  private func mixture(_ p: [Double]) -> [Double] {
    let own = kernel.mixture(zip(p, scale).map { $0 * $1 })
    return zip(own, background).map { $0 + $1 }
  }

  /// The weights, optimal to about `tolerance` nats.
  func weights(tolerance: Double) -> [Double] {
    let n = scale.count
    var p = floor.map { 1 + $0 }
    var s = [Double](repeating: 0.03, count: n)
    var mu = 0.03
    var z = mixture(p)
    let envelope = kernel.firstNeighbours
    for _ in 0..<80 {
      var g = [Double](repeating: 0, count: n)
      var hessian = EnvelopeMatrix(first: envelope)
      kernel.accumulate(mass, z, &g, &hessian)
      // How far this mu's minimum is, in nats.
      var error = error(p, g, mu)
      while error <= 3 * mu, mu > tolerance {
        mu = max(tolerance, 0.15 * mu)
        error = self.error(p, g, mu)
      }
      if mu <= tolerance, error <= 0.5 * mu { break }
      // In dr/sqrt(r) the matrix has entries sqrt(r_j r_k) H_jk, plus s on the diagonal.
      let root = (0..<n).map { (p[$0] * scale[$0]).squareRoot() }
      var right = [Double](repeating: 0, count: n)
      for j in 0..<n {
        let central = (mu + floor[j]) / p[j]
        s[j] = min(max(s[j], 1e-3 * central), 1e3 * central)
        right[j] = root[j] * (g[j] - 1 + central)
      }
      hessian.scale(by: root, addingToDiagonal: s.map { $0 + 1e-13 })
      guard hessian.factorise() else { break }
      let newton = hessian.solve(right)
      var step = newton
      var descent = 0.0
      for j in 0..<n {
        descent -= newton[j] * right[j]
        step[j] = newton[j] * root[j] / scale[j]
        let ds = (mu + floor[j]) / p[j] - s[j] - s[j] / p[j] * step[j]
        s[j] += max(ds, -0.99 * s[j])
      }
      p = moved(p, by: step, z: z, mu: mu, descent: descent)
      z = mixture(p)
    }
    return zip(p, scale).map { $0 * $1 }
  }

  /// The distance from the minimum of F: sum of |r (1 - g) - q mu|, and what g exceeds it by where p is small.
  private func error(_ p: [Double], _ g: [Double], _ mu: Double) -> Double {
    var error = 0.0
    for j in p.indices {
      let residual = 1 - g[j] - (mu + floor[j]) / p[j]
      error += scale[j] * (p[j] * abs(residual) + max(0, -residual))
    }
    return error
  }

  /// p after as much of a step as makes F fall; `descent` is the derivative of F along it, negative.
  private func moved(_ p: [Double], by newton: [Double], z: [Double], mu: Double, descent: Double) -> [Double] {
    func advanced(_ step: [Double], by length: Double) -> [Double] { p.indices.map { p[$0] + length * step[$0] } }
    /// The first of the lengths from, from/2, ... above `to` at which F falls by a tenth of what the slope promises.
    func length(of step: [Double], from: Double, to: Double) -> Double? {
      let dz = kernel.mixture(zip(step, scale).map { $0 * $1 })
      var t = from
      while t > to {
        var change = 0.0
        for i in mass.indices { change -= mass[i] * Double.log1p(t * dz[i] / z[i]) }
        for j in p.indices { change += scale[j] * (t * step[j] - (mu + floor[j]) * Double.log1p(t * step[j] / p[j])) }
        if change <= 0.1 * t * descent + 1e-13 { return t }
        t /= 2
      }
      return nil
    }
    var longest = 1.0
    for j in p.indices where newton[j] < 0 { longest = min(longest, -0.99 * p[j] / newton[j]) }
    if longest < 1 {
      let cut = p.indices.map { max(newton[$0], -0.99 * p[$0]) }
      if let length = length(of: cut, from: 1, to: 0.1) { return advanced(cut, by: length) }
    }
    return advanced(newton, by: length(of: newton, from: longest, to: 1e-4 * longest) ?? 1e-4 * longest)
  }
}
