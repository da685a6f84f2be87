import IntervalArithmetic

/// Newton's method on weights and positions together, for the law that minimises F = E[-log Z(X)] + sum of weights.
///
/// Unknowns, per atom: the relative change a_j of the weight and the shift b_j of the position in kernel widths. With
/// g(y) = E[K(X - y)/Z(X)],
///
///     dF/da_j = r_j (1 - g(y_j)),      dF/db_j = -r_j g'(y_j),
///
/// and the Hessian, divided by sqrt(r_j r_k), is E[k_j k_k] for k = (K_j, K'_j)/Z plus the diagonal blocks
/// (1 - g, -g'; -g', -g''). It is banded, and positive definite near an optimum, where atoms sit at maxima of g; a multiple
/// of the identity is added where it is not, or where a step does not decrease F (Levenberg, Marquardt). The decrease is
/// summed as log1p of the relative change of Z, so that 1e-15 of it can be told from rounding.
struct AtomNewton {
  /// The quadrature.
  let quadrature: SourceQuadrature
  /// Atoms closer to both neighbours than this do not move: a row so dense is as good as a continuum wherever it lies.
  static let frozenSpacing = 1.11

  private struct State {
    var law: ReproductionLaw
    var table: KernelTable
    var mixture: [Double]
  }

  /// The improved law.
  ///
  /// - Parameters:
  ///   - start: near the optimum: no more atoms than it has, about where they are.
  ///   - movesAtoms: whether positions are unknowns too.
  ///   - iterations: at most so many steps.
  func improved(_ start: ReproductionLaw, movesAtoms: Bool, iterations: Int) -> ReproductionLaw {
    var state = evaluated(start)
    var damping = movesAtoms ? 1e-3 : 1e-14
    for _ in 0..<iterations {
      let system = System(state.law, state.table, quadrature.mass, state.mixture, movesAtoms: movesAtoms)
      if system.residual < 1e-12 { break }
      var accepted: State?
      for _ in 0..<14 {
        if let step = system.step(damping: damping) {
          let next = evaluated(moved(state.law, system, step))
          if change(from: state, to: next) < 2e-16 { accepted = next }
        }
        if accepted != nil { break }
        damping = max(10 * damping, 1e-14)
      }
      guard let accepted else { break }
      state = accepted
      damping = max(damping / 10, 1e-15)
    }
    return state.law
  }

  private func evaluated(_ law: ReproductionLaw) -> State {
    let table = KernelTable(law, at: quadrature.nodes)
    return State(law: law, table: table, mixture: table.mixture(law.weights))
  }

  /// F of the second less F of the first.
  private func change(from old: State, to new: State) -> Double {
    var sum = 0.0
    for node in quadrature.mass.indices {
      let z = old.mixture[node]
      sum -= quadrature.mass[node] * Double.log1p((new.mixture[node] - z) / z)
    }
    for (a, b) in zip(old.law.weights, new.law.weights) { sum += b - a }
    return sum
  }

  /// The law after a step, no weight changed by more than a factor e and no atom moved by more than 0.4 or past a neighbour.
  private func moved(_ law: ReproductionLaw, _ system: System, _ step: [Double]) -> ReproductionLaw {
    var law = law
    let old = law.atoms
    for component in law.weights.indices where system.isUnknown[component] {
      let root = law.weights[component].squareRoot()
      let relative = min(max(step[system.index[component]] / root, -1), 1)
      if system.isFree[component] {
        let atom = component - law.firstAtom
        let shift = step[system.index[component] + 1] / root
        let left = atom > 0 ? 0.4 * (old[atom] - old[atom - 1]) : 0.4
        let right = atom + 1 < old.count ? 0.4 * (old[atom + 1] - old[atom]) : 0.4
        law.atoms[atom] += min(max(shift, -min(left, 0.4)), min(right, 0.4))
      }
      law.weights[component] *= Double.exp(relative)
    }
    return law
  }
}

/// The Newton system of a law: gradient and Hessian in the scaled unknowns.
private struct System {
  /// The first unknown of every component.
  var index: [Int] = []
  /// Whether a component's position is an unknown.
  var isFree: [Bool]
  /// Whether a component's weight is an unknown: those of geometric rows are known.
  var isUnknown: [Bool]
  /// The largest |1 - g| and |g'|.
  var residual = 0.0
  private var gradient: [Double]
  private var hessian: BandedMatrix

  init(
    _ law: ReproductionLaw, _ table: KernelTable, _ mass: [Double], _ mixture: [Double], movesAtoms: Bool
  ) {
    let count = law.weights.count
    isFree = [Bool](repeating: false, count: count)
    isUnknown = [Bool](repeating: true, count: count)
    if movesAtoms {
      for (j, atom) in law.atoms.enumerated() {
        let left = j > 0 ? atom - law.atoms[j - 1] : (law.tails[.left].map { atom - $0.first } ?? .infinity)
        let right =
          j + 1 < law.atoms.count
          ? law.atoms[j + 1] - atom : (law.tails[.right].map { $0.first - atom } ?? .infinity)
        isFree[j + law.firstAtom] = max(left, right) > AtomNewton.frozenSpacing
      }
    }
    var size = 0
    for component in 0..<count {
      index.append(size)
      size += isFree[component] ? 2 : 1
    }
    gradient = [Double](repeating: 0, count: size)
    hessian = BandedMatrix(order: size, halfBandwidth: 2 * table.widest - 1)
    var g = [Double](repeating: 0, count: count)
    var g1 = g
    var g2 = g
    if law.tails[.left] != nil { isUnknown[0] = false }
    if law.tails[.right] != nil { isUnknown[count - 1] = false }
    let root = law.weights.indices.map { isUnknown[$0] ? law.weights[$0].squareRoot() : 0 }
    var row = [Double](repeating: 0, count: 2 * table.widest)
    row.withUnsafeMutableBufferPointer { row in
      for node in mass.indices {
        let ratio = mass[node] / mixture[node]
        var component = table.first[node]
        let start = index[component]
        var length = 0
        for entry in table.offsets[node]..<table.offsets[node + 1] {
          let kernel = table.values[entry]
          let distance = table.distances[entry]
          g[component] += ratio * kernel
          row[length] = root[component] * kernel
          length += 1
          if isFree[component] {
            g1[component] += ratio * kernel * distance
            g2[component] += ratio * kernel * (distance * distance - 1)
            row[length] = root[component] * kernel * distance
            length += 1
          }
          component += 1
        }
        hessian.add(ratio / mixture[node], UnsafeBufferPointer(rebasing: row[0..<length]), at: start)
      }
    }
    for j in 0..<count {
      let i = index[j]
      guard isUnknown[j] else {
        hessian[i, i] = 1
        continue
      }
      gradient[i] = root[j] * (1 - g[j])
      hessian[i, i] += 1 - g[j]
      residual = max(residual, abs(1 - g[j]))
      if isFree[j] {
        gradient[i + 1] = -root[j] * g1[j]
        hessian[i + 1, i] -= g1[j]
        hessian[i + 1, i + 1] -= g2[j]
        residual = max(residual, abs(g1[j]))
      }
    }
  }

  /// The damped step; nil if the damped Hessian is not positive definite.
  func step(damping: Double) -> [Double]? {
    var matrix = hessian
    for i in 0..<matrix.order { matrix[i, i] += damping }
    guard matrix.factorise() else { return nil }
    return matrix.solve(gradient.map { -$0 })
  }
}
