import GSL
import IntervalArithmetic

/// Two-sided bounds on R(D) of a scalar source under squared error, from one reproduction law.
///
/// For any reproduction law r and slope beta, with Z(x) = sum over j of r_j exp(-beta (x - y_j)^2):
///
/// - *Upper.* The channel Q(y_j|x) = r_j exp(-beta (x - y_j)^2)/Z(x) has distortion D_r and rate
///   I = E[-log Z(X)] - beta D_r - KL(Q's output law || r), so R(D_r) <= E[-log Z(X)] - beta D_r.
/// - *Lower.* R(D) >= E[log a(X)] - beta D for every a >= 0 with E[a(X) exp(-beta (X - y)^2)] <= 1 for **all** y (Csiszar
///   1974). With a = 1/(c Z), c the supremum over y of g(y) = E[exp(-beta (X - y)^2)/Z(X)], this is the upper bound less
///   log c, whatever r is: the gap is known without knowing the optimum.
///
/// The law is found by floating point (`InteriorPoint`, `AtomNewton`, `LawConstruction`); what is claimed rests on Z, g and
/// the expectations of that law alone. Where the supremum is exceeded in places of little probability, a is reduced there
/// by a factor 1 + kappa(x), which costs E[log(1 + kappa(X))] instead of log c.
///
/// Errors: g between quadrature panels is bounded by its Taylor remainder (`DualSupremum`); probability outside the bulk is
/// bounded on both sides; quadrature and rounding, at about 1e-14, are covered by `margin`, which is stated, tested against
/// finer rules and high-precision values, and not proved.
public struct ScalarRateDistortion: Sendable {
  /// The source.
  public let source: any ScalarSourceDensity
  /// The gap at which refinement stops, in nats: 3.5e-9 bits, to leave room for the rest.
  static let tolerance = 2.5e-9
  /// The allowance for quadrature and rounding on each side, in nats: 3e-12 and three times the difference of two rules.
  static let margin = 3e-12

  /// R(D) of a source.
  public init(_ source: any ScalarSourceDensity) {
    self.source = source
  }

  private static let searchRule = GaussLegendreRule(nodes: 10)
  private static let proofRule = GaussLegendreRule(nodes: 16)
  private static let checkRule = GaussLegendreRule(nodes: 20)

  /// The optimal law at a slope, as far as it is needed.
  ///
  /// - Parameters:
  ///   - beta: nats per unit of distortion, positive.
  ///   - start: a channel found at a nearby slope, if there is one.
  /// - Returns: nil only if there is no memory for the quadrature rules.
  func solution(beta: Double, from start: ScalarChannel? = nil) -> ScalarChannel? {
    let sigma = 1 / (2 * beta).squareRoot()
    let (search, proof, check) = (Self.searchRule, Self.proofRule, Self.checkRule)
    let solver = ScalarSolver(
      source: source, sigma: sigma, construction: LawConstruction(source, sigma: sigma), searchRule: search,
      proofRule: proof, checkRule: check)
    if let law = start?.law(inUnitsOf: sigma) {
      let channel = solver.refined(law, rounds: 2)
      if channel.gap <= 2 * Self.tolerance { return channel }
    }
    return solver.solution()
  }

  /// The largest rate that is computed: beyond it there would be too many atoms, and the Shannon lower bound is within
  /// 1e-5 bits of R(D) for the smooth sources.
  static let largestRate = 8.0

  /// The largest slope that is searched, in inverse variances: beyond, one law narrowed serves (`ScalarChannel.narrowedRate`).
  private static let steepest = 3e5

  /// A channel whose own distortion is within 2e-5 of D, relatively: near enough for both bounds at D.
  func channel(atDistortion distortion: Double, from start: ScalarChannel?) -> ScalarChannel? {
    search(from: start, guess: 1 / (2 * distortion)) { channel in
      Double.log(channel.ownDistortion * channel.sigma * channel.sigma / distortion)
    }
  }

  /// A channel whose own rate is within 1e-5 nats of one, and the distortion at which R(D) is that rate.
  func channel(atRate nats: Double) -> (channel: ScalarChannel, distortion: Double)? {
    let shannon = source.differentialEntropy.midpoint - 0.5 * (Double.log(2 * Double.pi) + 1)
    let guess = Double.exp(2 * (nats - shannon)) / 2
    // R moves by about half of what log D does.
    let found = search(from: nil, guess: guess) { channel in
      2 * (nats - (channel.expectation - channel.ownDistortion / 2))
    }
    return found.map { ($0, $0.distortion(atRate: nats)) }
  }

  /// The root of an excess that falls as log beta grows, at first with slope -1: secant steps, each solve starting from the
  /// last, inside a bracket once there is one.
  private func search(
    from start: ScalarChannel?, guess: Double, excess: (ScalarChannel) -> Double
  ) -> ScalarChannel? {
    let steepest = Double.log(Self.steepest / source.variance.midpoint)
    var x = min(Double.log(max(guess, 1e-3 / source.variance.midpoint)), steepest)
    var low = -Double.infinity
    var high = Double.infinity
    var previous: (x: Double, value: Double)?
    var channel = start
    for _ in 0..<24 {
      guard let found = solution(beta: Double.exp(x), from: channel) else { return nil }
      channel = found
      let value = excess(found)
      if abs(value) < 2e-5 || (value > 0 && x >= steepest) { break }
      if value > 0 { low = x } else { high = x }
      var slope = -1.0
      if let previous, previous.x != x { slope = (value - previous.value) / (x - previous.x) }
      previous = (x, value)
      // Steps of at most a factor e^2.
      var next = x + min(max(slope < -1e-3 ? -value / slope : value, -2), 2)
      if next <= low || next >= high, low.isFinite, high.isFinite { next = (low + high) / 2 }
      if next == x { break }
      x = min(next, steepest)
    }
    // Where the search for atoms got stuck, a slope a little beside may not; the bounds at D hardly feel the difference.
    for shift in [0, 1e-5, -1e-5, 3e-5, -3e-5, 5e-5] {
      guard let best = channel, best.gap > 2 * Self.tolerance else { break }
      if let other = solution(beta: Double.exp(x + shift)), other.gap < best.gap { channel = other }
    }
    return channel
  }
}
