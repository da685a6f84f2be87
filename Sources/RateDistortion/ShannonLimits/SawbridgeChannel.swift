import IntervalArithmetic
import GSL

/// A test channel of the sawbridge with finitely many reproductions at one slope, and how far it can be from R(D).
///
/// For weights r_i, reproductions y_i and distances d_i(v) = |s_v - y_i|^2 (the jump at v), with beta in nats,
///
///     p(i|v) = r_i exp(-beta d_i(v)) alpha(v),      1/alpha(v) = sum_i r_i exp(-beta d_i(v)),
///
/// has a rate and a distortion, and R + beta D >= E ln alpha - ln c for every point of R(D), where c is the largest
/// E[alpha exp(-beta |s_V - y|^2)] over **all** y: an upper and a lower bound that differ by ln c if the channel is
/// stationary.
///
/// **The channel.** At a stationary channel y_i is the distribution function of p(v|i), and d_i' = 2 y_i - 1. The alternating
/// minimisation (weights, then reproductions) is accelerated by Anderson's method, on 96 Gauss-Legendre points of v.
///
/// **The supremum.** A best y is the distribution function of a density alpha exp(-beta d)/c with d = |s_v - y|^2, so
/// e = d + (ln c)/beta solves e'' = 2 alpha exp(-beta e), e'(0) = -1, e'(1) = 1: one unknown, e(0). Every root of e'(1) = 1 in it
/// is a stationary reproduction, y = (e' + 1)/2, and ln c = beta (e(0) - int (1 - y)^2). The roots are found by a scan.
///
/// - Errors: all in floating point; `gap` includes 1e-9 bits for the quadratures, and holds if the scan has missed no root.
///   So the two bounds are estimates, not enclosures. (`SawbridgeLowerBound` is one.) The gap reached is below 1e-6 bits up to
///   1.3 bits of rate and below 1e-4 up to 2.5; next to `leastSlope` convergence is slow and the gap larger.
/// - Source: derived here; Rose 1994 for reproductions as moving particles; Csiszar 1974 for the lower bound.
public struct SawbridgeChannel: Sendable {
  /// lambda = -dR/dD in bits per unit of distortion.
  public let slope: Double
  /// The channel's mean squared error.
  public let distortion: Double
  /// The channel's mutual information in bits: R(D) is at most this at `distortion`.
  public let rate: Double
  /// R(D) is at least `rate - gap` at `distortion`, in bits.
  public let gap: Double
  /// The weights of the reproductions, from left to right.
  public let weights: [Double]

  /// beta = pi^2/2 in bits: at smaller slopes nothing is sent.
  public static let leastSlope = Double.pi * .pi / 2 / natsPerBit
  /// The largest slope that 16 reproductions serve to 1e-4 bits.
  public static let largestSlope = 60.0
  /// Allowed for the quadratures, in bits.
  public static let quadratureError = 1e-9

  private static var mostReproductions: Int { 16 }

  /// The channel at a slope, with as many reproductions as bring the gap below the tolerance.
  ///
  /// - Parameters:
  ///   - slope: lambda in bits per unit of distortion, from `leastSlope` to `largestSlope`.
  ///   - tolerance: the gap to reach, in bits; if up to 16 reproductions do not reach it, `gap` says so.
  /// - Throws: `DomainError.parameterOutOfRange` for a slope outside its range or a tolerance that is not positive.
  public init(slope: Double, tolerance: Double = 1e-6) throws(DomainError) {
    guard slope > Self.leastSlope, slope <= Self.largestSlope else {
      throw .parameterOutOfRange(
        name: "slope", value: String(slope),
        requirement: "greater than \(Self.leastSlope) and at most \(Self.largestSlope)")
    }
    guard tolerance > 0 else {
      throw .parameterOutOfRange(name: "tolerance", value: String(tolerance), requirement: "greater than 0")
    }
    let grid = LegendreGrid(count: 96)
    let beta = slope * natsPerBit
    var best: (state: SawbridgeReproductions.Evaluation, gap: Double, weights: [Double])?
    // Fewer reproductions than the optimum are stationary too, with a larger gap; more than it converge slowly, some of
    // them merging or dying out.
    var withoutGain = 0
    for count in max(2, Int(beta / 4))...Self.mostReproductions where withoutGain < 3 {
      var reproductions = SawbridgeReproductions(count: count, slope: beta, grid: grid)
      reproductions.minimise()
      let state = reproductions.evaluated()
      let converse = SawbridgeConverse(logAlpha: state.logAlpha, slope: beta, grid: grid)
      // R + beta D of the channel, less the lower bound E ln alpha - ln c, and an allowance for the quadratures.
      let gap = state.rate + beta * state.distortion - state.meanLogAlpha + converse.logSupremum
      guard gap.isFinite else { continue }
      withoutGain += 1
      if best.map({ gap < $0.gap }) ?? true {
        best = (state, max(0, gap), reproductions.weights)
        withoutGain = 0
      }
      if gap <= tolerance * natsPerBit { break }
    }
    self.slope = slope
    distortion = best?.state.distortion ?? 1.0 / 6
    rate = (best?.state.rate ?? 0) / natsPerBit
    gap = (best?.gap ?? .infinity) / natsPerBit + Self.quadratureError
    weights = best?.weights ?? [1]
  }
}
