import IntervalArithmetic

extension StepCells {
  /// What a quantizer is asked for, in nats or standard units.
  enum Target {
    case entropy(Double)
    case distortion(Double)
  }

  /// The quantizer that meets a target, and its sums to first order around the step found.
  struct Solution {
    var cells: StepCells<Density>
    var sums: Sums
    /// Whether this is the family's coarsest quantizer: a larger distortion saves no rate.
    var isCoarsest = false
    /// Whether a distortion closer to the variance was asked for than is resolved.
    var isClamped = false

    /// -dH/dD in nats per standard unit, along the family of the same phase.
    var slope: Double { -sums.entropyByStep / sums.distortionByStep }
  }

  /// The largest step: the first threshold at the end of what can be computed, or of the support.
  static func largestStep(of density: Density, phase: Double) -> Double {
    let end = density.support.upperBound
    guard end.isInfinite else { return phase > 0 ? end / phase : end }
    return density.reach / max(phase, 0.5)
  }

  /// What a family tends to as its step grows: with phi > 0 nothing is sent; with phi = 0 each side is one cell.
  private static func coarsest(of density: Density, phase: Double, reproduction: Reproduction) -> Solution {
    let cells = StepCells(
      density: density, step: largestStep(of: density, phase: phase), phase: phase, reproduction: reproduction)
    var sums = Sums()
    if phase > 0 {
      sums.distortion = density.variance(as: Double.self)
      if reproduction == .multiples { sums.distortion += .squared(density.mean(as: Double.self)) }
    } else {
      let side = density.cell(from: 0, to: .infinity, as: Double.self)
      sums.entropy = cells.sides * side.entropy
      sums.distortion = cells.sides * side.distortion
    }
    return Solution(cells: cells, sums: sums, isCoarsest: true)
  }

  /// The step at which a family of one phase has an entropy or a distortion, by Newton's method in log step on the
  /// logarithm of the quantity, bisection where Newton would leave the bracket.
  ///
  /// At high rate log H' = -1/H and log D' = 2 are all but constant and the start, step = exp(h - H) or sqrt(12 D), is
  /// right to O(step^2): two or three sums suffice. The last Newton step, below 1e-10, is applied to the sums to first
  /// order, which leaves an error below 1e-19; with the corners of a density of finite support, below 1e-14.
  ///
  /// - Parameter start: a first guess at the step, if a better one is known.
  /// - Returns: the coarsest quantizer for a distortion above its own; nil for an entropy below its own.
  static func solution(
    of density: Density, phase: Double, reproduction: Reproduction, at target: Target, startingAt start: Double? = nil
  ) -> Solution? {
    let largest = largestStep(of: density, phase: phase)
    let entropy = density.differentialEntropy(as: Double.self)
    var low = -Double.infinity
    var high = Double.log(largest)
    let coarsest = coarsest(of: density, phase: phase, reproduction: reproduction)
    // Quantizers that save less than a millionth of the variance are not told apart: cells as wide as all of the density
    // cost more to sum than the answer is worth, and a code that saves more, or nothing, is still a code.
    let mostDistortion = density.variance(as: Double.self) * (1 - 1e-6)
    let leastEntropy = 1e-6
    var guess: Double
    switch target {
    case .entropy(let nats):
      guard phase == 0 || nats > leastEntropy else { return nil }
      if abs(nats - coarsest.sums.entropy) <= 1e-14 { return coarsest }
      guard nats > coarsest.sums.entropy else { return nil }
      guess = entropy - nats
    case .distortion(let distortion):
      if phase > 0, distortion > mostDistortion {
        var least = solution(of: density, phase: phase, reproduction: reproduction, at: .distortion(mostDistortion))
        least?.isClamped = true
        return least
      }
      guard distortion < coarsest.sums.distortion * (1 - 1e-15) else { return coarsest }
      guess = Double.log(12 * distortion) / 2
    }
    if let start { guess = Double.log(start) }
    var x = min(guess, high - 0.01)
    let tolerance = density.support.upperBound.isFinite ? 1e-14 : 1e-10
    for iteration in 0..<120 {
      let cells = StepCells(density: density, step: Double.exp(x), phase: phase, reproduction: reproduction)
      let sums = cells.sums()
      let excess: Double
      let derivative: Double
      switch target {
      case .entropy(let nats):
        excess = Double.log(sums.entropy / nats)
        derivative = cells.step * sums.entropyByStep / sums.entropy
        if excess < 0 { high = x } else { low = x }
      case .distortion(let distortion):
        excess = Double.log(sums.distortion / distortion)
        derivative = cells.step * sums.distortionByStep / sums.distortion
        if excess > 0 { high = x } else { low = x }
      }
      // At most a factor e at a time: where D is all but the variance, Newton would leap to millions of cells.
      let newton = x - min(max(excess / derivative, -1), 1)
      let next: Double
      // At a corner of a density of finite support Newton may go to and fro; it has had its chance after 20 steps.
      if newton >= low, newton <= high, iteration < 20 || low.isInfinite {
        next = newton
      } else {
        next = low.isFinite ? (low + high) / 2 : x - 1
      }
      if abs(next - x) < tolerance || !(low < high) {
        return corrected(cells, sums, by: next - x)
      }
      x = next
    }
    return nil
  }

  /// The sums after a change of log step too small for a second-order term.
  private static func corrected(_ cells: StepCells, _ sums: Sums, by change: Double) -> Solution {
    var result = sums
    result.entropy += sums.entropyByStep * cells.step * change
    result.distortion += sums.distortionByStep * cells.step * change
    let moved = StepCells(
      density: cells.density, step: cells.step * (1 + change), phase: cells.phase, reproduction: cells.reproduction)
    return Solution(cells: moved, sums: result)
  }

  /// The same family with a step a factor exp(change) larger.
  func widened(by change: Double) -> StepCells {
    StepCells(density: density, step: step * Double.exp(change), phase: phase, reproduction: reproduction)
  }
}

extension StepCells.Solution {
  /// A code of the family near this one whose distortion is proved to be at most (or at least) a given one.
  struct Proof {
    var cells: StepCells<Density>
    /// Entropy in nats.
    var entropy: Interval
  }

  /// The enclosed entropy of a code with distortion at most `distortion`, in standard units: the step is narrowed by
  /// what the enclosure of the distortion exceeds it, until none is left.
  func codeBelow(_ distortion: Interval) -> Proof? { code(distortion, side: -1) }

  /// The enclosed entropy of a code with distortion at least `distortion`.
  func codeAbove(_ distortion: Interval) -> Proof? { code(distortion, side: 1) }

  private func code(_ distortion: Interval, side: Double) -> Proof? {
    if isClamped, side > 0 { return nil }
    // Every code of the family has at least the entropy of the coarsest.
    if isCoarsest, side > 0 { return Proof(cells: cells, entropy: cells.enclosure().entropy) }
    let elasticity = cells.step * sums.distortionByStep / sums.distortion
    var change = 0.0
    // Where cells of the uniform density are all alike, D is flat on one side: the change is found by growing it.
    var most = cells.density.support.upperBound.isFinite ? 0x1p-50 : 0.1
    for _ in 0..<24 {
      let candidate = cells.widened(by: change)
      let (entropy, enclosure) = candidate.enclosure()
      let miss = side < 0 ? enclosure.upper - distortion.lower : distortion.upper - enclosure.lower
      if miss <= 0 { return Proof(cells: candidate, entropy: entropy) }
      guard miss.isFinite else { return nil }
      let wanted = elasticity > 0 ? 1.5 * miss / (sums.distortion * elasticity) : most
      change += side * (min(wanted, most) + 0x1p-51)
      most = min(8 * most, 0.1)
      // The family turns back before it reaches the distortion.
      guard abs(change) < 1 else { return nil }
    }
    return nil
  }
}

extension StepCells {
  /// The entropy in bits of the code of a step and a phase, if it is one that is computed and its distortion is proved to be
  /// at most D; else infinity.
  static func rateAchieved(
    by source: ScaledDensity<Density>, step: Double, phase: Double, reproduction: Reproduction,
    atDistortion distortion: Double
  ) -> Double {
    guard step >= source.leastStep / 2, step.isFinite, phase >= 0, phase <= 1 else { return .infinity }
    let cells = StepCells(density: source.density, step: step, phase: phase, reproduction: reproduction)
    let (entropy, achieved) = cells.enclosure()
    return (achieved * source.squaredScale).upper <= distortion ? (entropy / .ln2).upper : .infinity
  }
}
