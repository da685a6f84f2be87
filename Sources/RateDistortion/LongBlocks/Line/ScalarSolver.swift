import GSL

/// The search for the optimal reproduction law at one slope: interior point on a grid, merging, Newton, refinement.
struct ScalarSolver {
  let source: any ScalarSourceDensity
  let sigma: Double
  let construction: LawConstruction
  /// Nodes a panel while searching, for the claim, and to check the claim's quadrature.
  let searchRule: GaussLegendreRule
  let proofRule: GaussLegendreRule
  let checkRule: GaussLegendreRule

  /// A channel with a gap of at most the tolerance, or the best one found.
  func solution() -> ScalarChannel {
    let quadrature = quadrature(construction.tails)
    var grid = construction.grid()
    var best: ScalarChannel?
    for _ in 0..<2 {
      grid.weights = InteriorPoint.weights(
        table: KernelTable(grid, at: quadrature.nodes), mass: quadrature.mass, scale: grid.weights, tolerance: 1e-11)
      // Where the source is smooth the grid itself is good enough.
      keepBetter(&best, channel(grid))
      if let best, best.gap <= ScalarRateDistortion.tolerance { return best }
      for spacing in construction.leastSpacings {
        let atoms = AtomNewton(quadrature: quadrature).improved(
          construction.merged(grid, closerThan: spacing), movesAtoms: true, iterations: 25)
        keepBetter(&best, refined(construction.graded(atoms), rounds: 8))
        if let best, best.gap <= 2 * ScalarRateDistortion.tolerance { return best }
      }
      if let found = best { keepBetter(&best, exchanged(found)) }
      if let best, best.gap <= 2 * ScalarRateDistortion.tolerance || !construction.isSmall { return best }
      grid = construction.sharpened(grid)
    }
    return best ?? channel(grid)
  }

  /// The law after Newton's method and the filling of gaps, as often as needed.
  func refined(_ start: ReproductionLaw, rounds: Int) -> ScalarChannel {
    let newton = AtomNewton(quadrature: quadrature(start.tails))
    var law = start
    var best: ScalarChannel?
    for _ in 0..<rounds {
      law = newton.improved(law, movesAtoms: true, iterations: 40)
      law = newton.improved(law, movesAtoms: false, iterations: 12)
      let channel = channel(law)
      keepBetter(&best, channel)
      if channel.gap <= ScalarRateDistortion.tolerance { break }
      guard
        let next = construction.refined(law, tolerance: ScalarRateDistortion.tolerance / 4, g: channel.dual)
      else { break }
      law = next
    }
    return best ?? channel(law)
  }

  private func keepBetter(_ best: inout ScalarChannel?, _ channel: ScalarChannel) {
    if channel.gap < best?.gap ?? .infinity { best = channel }
  }

  func channel(_ law: ReproductionLaw) -> ScalarChannel {
    ScalarChannel(
      source: source, sigma: sigma, law: law.normalised(), proofRule: proofRule, checkRule: checkRule)
  }

  func quadrature(_ tails: [Side: GeometricTail]) -> SourceQuadrature {
    SourceQuadrature(source, sigma: sigma, tails: tails, rule: searchRule, panelWidth: 1)
  }
}
