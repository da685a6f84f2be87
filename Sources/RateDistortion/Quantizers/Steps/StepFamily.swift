import IntervalArithmetic

/// The quantizers of one phase and reproduction, by their step: which of them has a rate or a distortion.
///
/// Nothing is assumed of the density. For each target the equation in the step has a solution, because H and D are continuous
/// and run through all values from the coarsest quantizer's on; for a log-concave density they are believed to be monotone, for
/// others there may be more than one, of which one is found. What is found is a code, and is achieved.
struct StepFamily<Density: ScalarDensity> {
  let density: Density
  /// The first threshold in steps.
  let phase: Double
  let reproduction: EqualSteps.Reproduction

  /// A quantizer that meets a target, and its sums to first order around the step found.
  struct Solution {
    let density: Density
    var steps: EqualSteps
    var sums: StepSums
    /// Whether this is the family's coarsest quantizer: a larger distortion saves no rate.
    var isCoarsest = false
    /// Whether a distortion closer to the variance was asked for than is resolved.
    var isClamped = false

    /// beta = -dH/dD in nats per standard unit, along the family.
    var beta: Double { -sums.entropyByStep / sums.distortionByStep }
  }

  func steps(_ step: Double) -> EqualSteps { EqualSteps(step: step, phase: phase, reproduction: reproduction) }

  /// The largest step: the first threshold at the end of what can be computed, or of the support.
  var largestStep: Double {
    let end = max(density.support.upperBound, -density.support.lowerBound)
    guard end.isInfinite else { return phase > 0 ? end / phase : end }
    return density.reach / max(phase, 0.5)
  }

  /// What the family tends to as its step grows: with phi > 0 nothing is sent; with phi = 0 each side is one cell.
  private var coarsest: Solution {
    var sums = StepSums()
    if phase > 0 {
      sums.distortion = density.variance(as: Double.self)
      if reproduction == .multiples { sums.distortion += .squared(density.mean(as: Double.self)) }
    } else {
      for side in Side.allCases {
        let cell: QuantizationCell<Double> =
          side == .right ? density.cell(from: 0, to: .infinity) : density.cell(from: -.infinity, to: 0)
        sums.entropy += cell.entropy
        sums.distortion += cell.distortion
      }
    }
    return Solution(density: density, steps: steps(largestStep), sums: sums, isCoarsest: true)
  }

  /// The step at which the family has an entropy or a distortion, by Newton's method in log step on the logarithm of the
  /// quantity, bisection where Newton would leave the bracket.
  ///
  /// At high rate log H' = -1/H and log D' = 2 are all but constant and the start, step = exp(h - H) or sqrt(12 D), is
  /// right to O(step^2): two or three sums suffice. The last Newton step, below 1e-10, is applied to the sums to first
  /// order, which leaves an error below 1e-19; with the corners of a density of bounded support, below 1e-14.
  ///
  /// - Parameter start: a first guess at the step, if a better one is known.
  /// - Returns: the coarsest quantizer for a distortion above its own; nil for an entropy below its own.
  func solution(at target: Target, startingAt start: Double? = nil) -> Solution? {
    let largest = largestStep
    let entropy = density.differentialEntropy(as: Double.self)
    var low = -Double.infinity
    var high = Double.log(largest)
    let coarsest = coarsest
    // Quantizers that save less than a millionth of the variance are not told apart: cells as wide as all of the density
    // cost more to sum than the answer is worth, and a code that saves more, or nothing, is still a code.
    let mostDistortion = density.variance(as: Double.self) * (1 - 1e-6)
    let leastEntropy = 1e-6
    var guess: Double
    switch target {
    case .rate(let nats):
      guard phase == 0 || nats > leastEntropy else { return nil }
      if abs(nats - coarsest.sums.entropy) <= 1e-14 { return coarsest }
      guard nats > coarsest.sums.entropy else { return nil }
      guess = entropy - nats
    case .distortion(let distortion):
      if phase > 0, distortion > mostDistortion {
        var least = solution(at: .distortion(mostDistortion))
        least?.isClamped = true
        return least
      }
      guard distortion < coarsest.sums.distortion * (1 - 1e-15) else { return coarsest }
      guess = Double.log(12 * distortion) / 2
    }
    if let start { guess = Double.log(start) }
    var x = min(guess, high - 0.01)
    let tolerance = density.isBounded ? 1e-14 : 1e-10
    for iteration in 0..<120 {
      let steps = steps(Double.exp(x))
      let sums = density.sums(of: steps)
      let excess: Double
      let derivative: Double
      switch target {
      case .rate(let nats):
        excess = Double.log(sums.entropy / nats)
        derivative = steps.step * sums.entropyByStep / sums.entropy
        if excess < 0 { high = x } else { low = x }
      case .distortion(let distortion):
        excess = Double.log(sums.distortion / distortion)
        derivative = steps.step * sums.distortionByStep / sums.distortion
        if excess > 0 { high = x } else { low = x }
      }
      // At most a factor e at a time: where D is all but the variance, Newton would leap to millions of cells.
      let newton = x - min(max(excess / derivative, -1), 1)
      let next: Double
      // At a corner of a density of bounded support Newton may go to and fro; it has had its chance after 20 steps.
      if newton >= low, newton <= high, iteration < 20 || low.isInfinite {
        next = newton
      } else {
        next = low.isFinite ? (low + high) / 2 : x - 1
      }
      if abs(next - x) < tolerance || !(low < high) { return corrected(steps, sums, by: next - x) }
      x = next
    }
    return nil
  }

  /// The sums after a change of log step too small for a second-order term.
  private func corrected(_ steps: EqualSteps, _ sums: StepSums, by change: Double) -> Solution {
    var result = sums
    result.entropy += sums.entropyByStep * steps.step * change
    result.distortion += sums.distortionByStep * steps.step * change
    return Solution(density: density, steps: self.steps(steps.step * (1 + change)), sums: result)
  }

  /// The entropy in bits of the code of a step, if its distortion is proved to be at most D; else infinity.
  ///
  /// - Throws: `DomainError.evidenceRefused` for a step or a phase that no code of the family has.
  func rateAchieved(step: Double, atDistortion distortion: Double) throws(DomainError) -> Double {
    guard phase >= 0, phase <= 1 else { throw .evidenceRefused("the first threshold is not from 0 to 1 steps") }
    let least = density.leastStep / 2
    guard step >= least, step <= largestStep else {
      throw .evidenceRefused("the step is not from \(least) to \(largestStep) scales")
    }
    let (entropy, achieved) = density.enclosure(of: steps(step))
    return achieved.upper <= distortion ? (entropy / .ln2).upper : .infinity
  }
}

extension StepFamily.Solution {
  /// A code of the family near this one whose distortion is proved to be at most (or at least) a given one.
  struct Proof {
    var steps: EqualSteps
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
    if isCoarsest, side > 0 { return Proof(steps: steps, entropy: density.enclosure(of: steps).entropy) }
    let elasticity = steps.step * sums.distortionByStep / sums.distortion
    var change = 0.0
    // Where cells of the uniform density are all alike, D is flat on one side: the change is found by growing it.
    var most = density.isBounded ? 0x1p-50 : 0.1
    for _ in 0..<24 {
      var candidate = steps
      candidate.step *= Double.exp(change)
      let (entropy, enclosure) = density.enclosure(of: candidate)
      let miss = side < 0 ? enclosure.upper - distortion.lower : distortion.upper - enclosure.lower
      if miss <= 0 { return Proof(steps: candidate, entropy: entropy) }
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
