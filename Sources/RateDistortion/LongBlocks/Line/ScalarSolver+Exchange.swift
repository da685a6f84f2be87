import IntervalArithmetic

extension ScalarSolver {
  /// The law with atoms at the maxima of g, until none exceeds 1 by more than the tolerance.
  ///
  /// Newton's method does not leave a law with too few atoms, nor one whose atoms are about to part: there g is flat to the
  /// fourth order and the Hessian singular. An exchange needs neither: every local maximum of g above 1 becomes an atom, the
  /// convex problem in the weights is solved by the interior-point method, and atoms without weight go. An atom that was
  /// off its place by e is then off by about e^2.
  func exchanged(_ start: ScalarChannel, rounds: Int = 10) -> ScalarChannel {
    let quadrature = quadrature(start.law.tails)
    var best = start
    var current = start
    for _ in 0..<rounds {
      guard let law = withMaxima(of: current) else { break }
      var solved = law
      solved.weights = InteriorPoint.weights(
        table: KernelTable(law, at: quadrature.nodes), mass: quadrature.mass, scale: law.weights, tolerance: 1e-12)
      current = channel(withoutIdleAtoms(solved))
      if current.gap < best.gap { best = current }
      if best.gap <= 2 * ScalarRateDistortion.tolerance { break }
    }
    return best
  }

  /// The law of a channel with its maxima of g above 1 as further atoms; nil if there are none.
  private func withMaxima(of channel: ScalarChannel) -> ReproductionLaw? {
    let step = 0.1
    guard let first = channel.law.atoms.first, let last = channel.law.atoms.last else { return nil }
    let count = ((last - first) / step).rounded(.up) + 60
    var maxima: [Double] = []
    var (left, middle) = (0.0, 0.0)
    for k in stride(from: 0, through: count, by: 1) {
      let y = first - 30 * step + k * step
      let right = channel.dual(y)
      if k > 1, middle >= left, middle > right, max(left, middle, right) > 1 - 0.1 * step {
        let maximum = ascended(from: y - step, by: step, channel.dual)
        if channel.dual(maximum) > 1 + ScalarRateDistortion.tolerance / 8 { maxima.append(maximum) }
      }
      (left, middle) = (middle, right)
    }
    var law = channel.law
    // Rows stay as they are, and atoms on their side of them.
    let least = law.tails[.left].map { $0.first + 0.5 } ?? -.infinity
    let greatest = law.tails[.right].map { $0.first - 0.5 } ?? .infinity
    for maximum in maxima where maximum > least && maximum < greatest {
      guard !law.atoms.contains(where: { abs($0 - maximum) < 1e-7 }) else { continue }
      let index = law.atoms.firstIndex { $0 > maximum } ?? law.atoms.count
      let offset = law.firstAtom
      let neighbours = [index - 1, index].filter { law.atoms.indices.contains($0) }.map { law.weights[$0 + offset] }
      law.atoms.insert(maximum, at: index)
      law.weights.insert(0.1 * (neighbours.min() ?? 1), at: index + offset)
    }
    return law.atoms.count > channel.law.atoms.count ? law : nil
  }

  /// The maximum within a step of a point: golden section to 1e-4, then parabolas.
  private func ascended(from y: Double, by step: Double, _ g: (Double) -> Double) -> Double {
    let ratio = 0.6180339887498949
    var (low, high) = (y - step, y + step)
    var (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
    var (atA, atB) = (g(a), g(b))
    while high - low > 4e-3 {
      if atA > atB {
        (high, b, atB) = (b, a, atA)
        a = high - ratio * (high - low)
        atA = g(a)
      } else {
        (low, a, atA) = (a, b, atB)
        b = low + ratio * (high - low)
        atB = g(b)
      }
    }
    // Differences over 2e-3 are 1e-6 of g'': their rounding moves the vertex by 1e-7.
    var vertex = (low + high) / 2
    for _ in 0..<2 {
      let h = 2e-3
      let (before, here, after) = (g(vertex - h), g(vertex), g(vertex + h))
      let bend = after - 2 * here + before
      guard bend < 0 else { break }
      vertex -= min(max(h * (after - before) / (2 * bend), -2 * h), 2 * h)
    }
    return vertex
  }

  /// The law without atoms that carry less than 1e-9 of what those within a kernel width do.
  private func withoutIdleAtoms(_ law: ReproductionLaw) -> ReproductionLaw {
    var result = law
    result.atoms = []
    result.weights = []
    if law.tails[.left] != nil { result.weights.append(law.weights[0]) }
    let offset = law.firstAtom
    for (j, atom) in law.atoms.enumerated() {
      let near = law.atoms[max(0, j - 4)...min(law.atoms.count - 1, j + 4)].indices
      let largest = near.map { law.weights[$0 + offset] }.max() ?? 0
      guard law.weights[j + offset] > 1e-9 * largest else { continue }
      result.atoms.append(atom)
      result.weights.append(law.weights[j + offset])
    }
    if law.tails[.right] != nil { result.weights.append(law.weights[law.weights.count - 1]) }
    return result
  }
}
