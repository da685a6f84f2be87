import IntervalArithmetic

/// The converse for one-shot codes of a scalar source: no code, whatever its encoder, whether it shares time or randomness,
/// has a rate H(codeword) below this.
///
/// Proofs, of which the best counts:
///
/// - for exponential and Laplace sources memorylessness makes the optimum a problem of one or two variables, solved with
///   intervals at every rate (`SullivanConverse`): to 1e-13 and 1e-8 bits.
/// - the lower convex hull of all scalar quantizers from below, by duality: for any mu > 0 and any enclosed lower bound J on
///   D + mu H (`EntropyConstrainedLowerBound`), H >= (J - D)/mu. mu is the slope of the hull at D, found in floating point.
///   Its gap to the designed quantizer is at most 1e-6 bits up to 4 bits, and four times as large with every bit more; it is
///   not computed above 8 bits, where the grid would fill the memory.
/// - the Shannon lower bound H >= h(X) - 1/2 log(2 pi e D), 0.2546 bits below the quantizer at high rate.
///
/// - Units: of the standard density; see `ScaledCurve`.
/// - Source: `EntropyConstrainedLowerBound`; Shannon 1959.
public struct EntropyConstrainedConverse<Density: ScalarDensity>: Curve {
  /// The achievable side, whose points it shares in floating point.
  public let achievable: EntropyConstrainedCurve<Density>

  /// The converse of a density.
  public init(_ density: Density) {
    achievable = EntropyConstrainedCurve(density)
  }

  /// `ecsq`.
  public var name: CurveName { .ecsq }
  /// A lower bound.
  public var kind: BoundKind { .lower }
  /// What it means.
  public var summary: String { "no one-shot code of the scalar does better (grid of thresholds, proved)" }
  /// Where memorylessness does not help the grid takes up to seconds.
  public var isCostly: Bool { achievable.closedForm == nil }
  /// The variance.
  public var largestDistortion: Double { achievable.largestDistortion }

  /// The optimal quantizer's point.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try achievable.point(atDistortion: distortion)
  }

  /// The optimal quantizer's point.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint { try achievable.point(atRate: rate) }

  /// The proved lower bound at D.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    let silence = Bound(
      kind: .lower, distortion: distortion, rate: Interval(0), slope: 0,
      certificate: .lagrangian(multiplier: 0, least: 0))
    guard distortion < largestDistortion else { return silence }
    let best = shannon(distortion)
    let found = try? achievable.optimum(.distortion(distortion))
    if case .sullivan(let quantizer)? = found?.code {
      let proof = SullivanConverse(quantizer: quantizer)
      let mu = proof.mu
      let least = proof.least(gap: 5e-9 * mu.upper)
      return claim(distortion, mu: mu, least: least, shannon: best, certificate: .sullivan(quantizer))
    }
    if let found, found.rate <= 8 {
      let least = grid(mu: found.mu, rate: found.rate, cost: found.distortion + found.mu * found.entropy)
      let multiplier = 1 / (found.mu * natsPerBit)
      let certificate = Certificate.lagrangian(multiplier: multiplier, least: least.lower * multiplier * (1 - 0x1p-48))
      return claim(distortion, mu: Interval(found.mu), least: least, shannon: best, certificate: certificate)
    }
    return best
  }

  /// A proved lower bound on D + mu H over all one-shot codes, next to the cost of the quantizer found.
  ///
  /// The grid is judged by the cost given; any number would do, and only a good one proves much.
  private func grid(mu: Double, rate: Double, cost: Double) -> Interval {
    let extra = max(0, rate - 4)
    var grid = EntropyConstrainedLowerBound(
      density: achievable.density, mu: mu, known: cost * (1 + 1e-13),
      gap: 8e-7 * Double.exp(2 * extra * natsPerBit) * mu * natsPerBit, cellSize: (6 * mu).squareRoot())
    return .hull(grid.bound(), grid.known)
  }

  /// H >= (J - D)/mu, unless the Shannon bound is better.
  private func claim(
    _ distortion: Double, mu: Interval, least: Interval, shannon: Bound, certificate: Certificate
  ) -> Bound {
    let rate = (least - Interval(distortion)) / (mu * .ln2)
    guard rate.lower > shannon.rate.lower else { return shannon }
    return Bound(
      kind: .lower, distortion: distortion, rate: rate, slope: 1 / (mu.midpoint * natsPerBit),
      certificate: certificate)
  }

  /// A multiplier proves what the grid, or Sullivan's quantizer of its slope, proves there, computed anew; the named least
  /// cost is not trusted.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    let mu: Interval
    let least: Interval
    switch certificate {
    case .sullivan(let quantizer):
      guard quantizer.source == achievable.closedForm else { return .entire }
      let proof = SullivanConverse(quantizer: quantizer)
      mu = proof.mu
      least = proof.least(gap: 5e-9 * mu.upper)
    case .lagrangian(let multiplier, _):
      guard multiplier > 0, multiplier.isFinite else { return .hull(0, .infinity) }
      let slope = 1 / (multiplier * natsPerBit)
      let design = try achievable.general.design(slope: multiplier)
      guard design.rate <= 8 else { return .hull(0, .infinity) }
      mu = Interval(slope)
      least = grid(mu: slope, rate: design.rate, cost: design.distortion + slope * design.entropy)
    case .closedForm:
      let bound = shannon(distortion)
      return bound.certificate == certificate ? .hull(bound.rate.lower, .infinity) : .entire
    default:
      return .entire
    }
    let rate = (least - Interval(distortion)) / (mu * .ln2)
    return .hull(max(0, rate.lower), .infinity)
  }

  /// h(X) - 1/2 log(2 pi e D).
  private func shannon(_ distortion: Double) -> Bound {
    let entropy = achievable.density.differentialEntropy(as: Interval.self)
    let d = Interval(distortion)
    let rate = (entropy - (.log(2 * .pi) + 1 + .log(d)) / 2) / .ln2
    let slope = 1 / (2 * natsPerBit * distortion)
    return Bound(
      kind: .lower, distortion: distortion, rate: .hull(max(0, rate.lower), max(0, rate.upper)), slope: slope,
      certificate: .closedForm("h(X) - 1/2 log2(2 pi e D)"))
  }
}
