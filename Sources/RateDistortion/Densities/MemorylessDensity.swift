import IntervalArithmetic

/// A density without memory: an exponential law of scale 1, on the right side of 0 alone or mirrored.
///
/// **Theorem asserted.** f(x + t) = exp(-t) f(x) for x > 0 and t >= 0; the density is symmetric, or 0 to the left of 0. So
/// f = exp(-x) for x > 0, times 1/2 if it is symmetric: there are two such standard densities, and `isSymmetric` tells which.
///
/// **What follows.**
///
/// - What happens in one cell of a step happens in the next with exp(-step) times the probability: sums over all cells of a
///   quantizer with one step are geometric (`sums(of:)`, `enclosure(of:)`), however many cells there are. With q = exp(-step),
///   p_j = p_0 q^j and the sums S0 = sum q^j = 1/(1 - q), S1 = sum j q^j = q/(1 - q)^2,
///
///       H = -p_0 log p_0 S0 + p_0 step S1,      D = D_0 S0.
///
/// - Beyond a threshold the source is the same source again, with exp(-a) of the probability: the optimal entropy-constrained
///   quantizer and its converse are problems of one variable, or two (`SullivanQuantizer`, `SullivanConverse`).
/// - The ends of the support are exactly exponential (`memorylessDecays`), so that R(D) may continue a reproduction law
///   geometrically.
///
/// **Where it is proved**: the functional equation is that of the exponential function. log f is linear on both sides of 0 and
/// falls on the right, so f is log-concave with its mode at 0.
public protocol MemorylessDensity: LogConcaveDensity {}

extension MemorylessDensity {
  /// 0.
  public var mode: Double { 0 }
  /// The right side, and its mirror image if there is one.
  public var memorylessDecays: [Side: Double] { isSymmetric ? [.left: 1, .right: 1] : [.right: 1] }
  /// 700: exp(-700) is 1e-304.
  public var reach: Double { 700 }
  /// Infinite: beyond a, c^2 is about a^2 and log 1/q about a.
  public var initialSaving: Double { .infinity }

  /// 4, everywhere: each side is an exponential.
  @inlinable
  public func radius(at m: Double) -> Double { 4 }

  /// exp(4), rounded up.
  @inlinable
  public func growth(at m: Double) -> Double { 55 }

  /// exp(-u) = sum of (-u)^k/k! to the right of 0, exp(u) to the left.
  @inlinable
  public func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into g: UnsafeMutableBufferPointer<Number>
  ) {
    for k in stride(from: 1, to: g.count, by: 1) { g[k] = g[k - 1] / Number(m > 0 ? -k : k) }
  }

  /// 0: all tails on one side are alike.
  public var tailStart: Double { 0 }

  /// p = exp(-a), halved for the two-sided density; centroid a + 1, conditional variance 1.
  public func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number> {
    let whole = Number.exp(-Number(a))
    let p = isSymmetric ? whole / 2 : whole
    return QuantizationCell(probability: p, anchor: a, offset: 1, distortion: p)
  }
}

// MARK: Geometric sums

extension MemorylessDensity {
  /// S0 and S1.
  private func geometricSums<Number: RealNumber>(_ step: Number) -> (Number, Number) {
    let rest = -Number.expm1(-step)
    return (1 / rest, .exp(-step) / .squared(rest))
  }

  /// The cell of one step from `start` on, as that of 0 seen from there, so that no end is rounded.
  private func cell<Number: RealNumber>(from start: Double, step: Double) -> QuantizationCell<Number> {
    let first: QuantizationCell<Number> = cell(from: 0, to: step)
    let factor = Number.exp(-Number(start))
    return QuantizationCell(
      probability: factor * first.probability, anchor: start, offset: first.centroid,
      distortion: factor * first.distortion)
  }

  /// Entropy in nats and distortion, enclosed, of the code of infinitely many cells.
  public func enclosure(of steps: EqualSteps) -> (entropy: Interval, distortion: Interval) {
    let first: QuantizationCell<Interval> = cell(from: steps.threshold(0), step: steps.step)
    let step = Interval(steps.step)
    let (s0, s1) = geometricSums(step)
    var distortion = first.distortion
    if steps.reproduction == .multiples {
      distortion =
        distortion + first.probability * .squared(first.offset - (step - Interval(steps.threshold(0))))
    }
    let side = (entropy: first.entropy * s0 + first.probability * step * s1, distortion: distortion * s0)
    return joined(steps, sides: side)
  }

  /// Entropy, distortion and their derivatives: the first threshold by itself, the others as a geometric sum.
  public func sums(of steps: EqualSteps) -> StepSums {
    let start = steps.threshold(0)
    let step = steps.step
    let first: QuantizationCell<Double> = cell(from: start, step: step)
    var sums = StepSums()
    var before = StepBoundary(steps, of: self)
    sums.add(first, 0, of: steps, width: step, density: density(start), &before)
    let (s0, s1) = geometricSums(step)
    // Thresholds j >= 1: density f_0 q^j, speed phi + j, jump -step, and the same gain at each.
    let later = s0 - 1
    let speeds = steps.phase * later + s1
    let density = density(start)
    let distance = step - before.distance
    let gain = density * (before.distance - distance) * (before.distance + distance)
    sums.entropy = first.entropy * s0 + first.probability * step * s1
    sums.entropyByStep -= density * step * speeds
    sums.entropyByPhase -= density * step * later
    if steps.reproduction == .multiples {
      let shift = first.offset - distance
      sums.distortionByStep -= 2 * first.probability * shift * (later + s1)
    }
    sums.distortion *= s0
    sums.distortionByStep += gain * speeds
    sums.distortionByPhase += gain * later
    return joined(steps, sides: sums)
  }
}
