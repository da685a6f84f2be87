import IntervalArithmetic

/// The optimal entropy-constrained quantizers of a density, slope by slope, found from one another.
///
/// Coefficients that are coded at one slope need a quantizer each, at many slopes before the right one is found. So the optimum is
/// searched at slopes a factor 2^(1/8) apart, once each, and from the two around a slope Newton's method on the thresholds leads to
/// that slope; the better of the two counts. Where it does not get there, the slope is searched by itself. What is found depends on the
/// slope alone, and is a quantizer whatever it is.
///
/// - Units: of the standard density; beta in nats per unit of distortion.
final class OptimaBySlope<Density: ScalarDensity>: Sendable {
  typealias Design = EntropyConstrainedQuantizer<Density>.Design

  private let general: EntropyConstrainedQuantizer<Density>
  private let known = Memo<Int, Design>(capacity: 512)
  private let last = Memo<Double, Design>(capacity: 64)

  /// The slopes for which quantizers are designed: from where none is worth its rate to 16 bits.
  let slopes: ClosedRange<Double>

  init(_ density: Density) {
    general = EntropyConstrainedQuantizer(density: density)
    let variance = density.variance(as: Double.self)
    let largest = EntropyConstrainedQuantizer<Density>.largestRate * natsPerBit
    slopes = 0.01 / variance...1 / general.equalStepMu(entropy: largest)
  }

  var density: Density { general.density }

  /// The rate in nats of equal cells at a slope, h - 1/2 log(6/beta), or 0: hardly more than the optimum has.
  func equalStepRate(slope: Double) -> Double {
    max(0, density.differentialEntropy(as: Double.self) - Double.log(6 / slope) / 2)
  }

  /// The optimum at a slope beta in `slopes`.
  func design(slope: Double) -> Design {
    last.value(of: slope) { found(1 / slope) }
  }

  private func found(_ mu: Double) -> Design {
    let place = (8 * Double.log(mu) / natsPerBit).rounded(.down)
    // What sends nothing is there at every slope, and where both neighbours are that, it is the optimum.
    var best = Design(
      mu: mu, entropy: 0, distortion: density.variance(as: Double.self), left: .mirror, half: [], isHalf: true)
    for step in [place, place + 1] {
      let start = known.value(of: Int(step)) { general.design(mu: Double.exp(step / 8 * natsPerBit)) }
      guard start.entropy > 0 else { continue }
      var equations = ThresholdEquations(density: density, left: start.left, thresholds: start.half)
      guard equations.solve(nil, mu: mu) != nil else { return general.design(mu: mu) }
      let found = Design(equations, mu: mu)
      if found.lagrangian < best.lagrangian { best = found }
    }
    return best
  }
}
