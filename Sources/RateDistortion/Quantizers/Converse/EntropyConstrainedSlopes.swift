import IntervalArithmetic

/// The lower convex hull of all scalar quantizers, slope by slope: below it a grid of thresholds, on it the quantizer that is designed.
///
/// At beta = 1/mu, D + mu H >= J for all one-shot codes (`EntropyConstrainedLowerBound`) is H + beta D >= beta J, and the quantizer
/// designed at mu, enclosed cell by cell, has a point on the hull next to the tangent. The two are within 2.5e-5 bits of each other up to
/// 6 bits, and four times as far with every bit more: many slopes, each with a coarse grid, are less work than few with fine ones.
///
/// - Units: of the standard density; H in nats.
struct EntropyConstrainedSlopes<Density: UnimodalDensity>: SlopeSource {
  /// The achievable side, which designs.
  let achievable: EntropyConstrainedCurve<Density>

  var silence: Interval { achievable.enclosedLargestDistortion }
  /// From where no quantizer is worth its rate, or hardly any, to 8 bits.
  var slopes: ClosedRange<Double> {
    let largest = EntropyConstrainedConverse<Density>.largestRate
    return 0.01 / achievable.largestDistortion...1 / achievable.general.equalStepMu(entropy: largest * natsPerBit)
  }
  var isDividedAtOnce: Bool { true }

  func solvedBounds(slope: Double) throws(LawRefused) -> SlopeBounds {
    // A little beyond the range, for another machine may round its ends the other way.
    guard slope > slopes.lowerBound / 2, slope < slopes.upperBound * 1.1 else {
      throw LawRefused("no grid is searched for the slope \(slope)")
    }
    let density = achievable.density
    let mu = 1 / slope
    let design = achievable.general.design(mu: mu)
    let claim = LagrangianClaim(
      mu: mu, rate: design.rate, cost: design.lagrangian(at: mu), of: density, gap: 2.5e-5, upTo: 6)
    // mu is 1/beta but for a rounding, which D may multiply up to Dmax.
    let rounding = Interval((Interval(slope) - 1 / claim.mu).magnitude) * silence
    let quantizer = ThresholdQuantizer(unchecked: design.thresholds, of: density)
    let (entropy, distortion) =
      design.thresholds.isEmpty ? (0, silence) : quantizer.performance(on: density, as: Interval.self)
    return SlopeBounds(
      slope: slope, least: (Interval(claim.least.lower) / claim.mu - rounding).lower,
      expectation: (entropy + Interval(slope) * distortion).upper, distortion: distortion)
  }
}
