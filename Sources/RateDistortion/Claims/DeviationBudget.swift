import IntervalArithmetic

/// How far the law of a Gaussian's reproductions may be from the source's: a squared Wasserstein distance, or a divergence. What counts of
/// either is the least standard deviation that it leaves the reproductions.
///
/// X is N(0, v), Y any reproduction with E(X - Y)^2 <= D, and long blocks share randomness, so that the least I(X; Y) is the rate.
///
/// **Claim.** Let s <= 1 be the least standard deviation, in units of the source's, of a Gaussian N(0, s^2 v) within the budget, and D0 =
/// v (1 - s^2). The rate is (1/2) log(v/d) with
///
///     d(D) = D for D <= D0,      D - (D - D0)^2/(4 s^2 v) for D0 <= D <= v (1 + s^2).
///
/// **Proof.** With s sqrt(v) now the deviation of Y and rho its correlation with X, E(X - Y)^2 >= v (1 + s^2 - 2 s rho), so that rho >=
/// (1 + s^2 - D/v)/(2 s), and I(X; Y) >= -(1/2) log(1 - rho^2) as the Gaussian error has the most entropy; jointly Gaussian X and Y with the
/// same mean meet both. That rho grows with s from s^2 = 1 - D/v on, and falls before: without a budget s^2 = 1 - D/v is best, and rho^2 =
/// 1 - D/v; if the budget does not allow it, which is for D > D0, its least s is. There 1 - rho^2 = d/v: with D = D0 + e, 1 - (2 s^2 -
/// e/v)^2/(4 s^2) = 1 - s^2 + e/v - (e/v)^2/(4 s^2). At e = 2 s^2 v nothing is sent. The budgets:
///
/// - *W2^2(X, Y) <= P.* W2 of two laws is at least the distance of their deviations, and that for Gaussians (Gelbrich 1990): s = 1 -
///   sqrt(P/v), or 0.
/// - *KL(Y || X) <= P nats.* It is at least (s^2 - 1 - log s^2)/2, and that for Gaussians, as of all laws of one variance theirs has the most
///   entropy: s is the root in (0, 1].
///
/// P = 0 is perfect realism, d = D - D^2/(4 v). QED
///
/// - Source: Zhang, Qian, Chen, Khisti, "Universal Rate-Distortion-Perception Representations for Lossy Compression", NeurIPS 2021, for
///   Wasserstein; Blau, Michaeli 2019 for the definition; Theis, Wagner, "A coding theorem for the rate-distortion-perception function", ICLR
///   Neural Compression Workshop 2021, for what long blocks with common randomness achieve.
public enum DeviationBudget: Sendable, Hashable {
  /// None: the reproduction has the law of the source.
  case perfectRealism
  /// The squared Wasserstein-2 distance, in the source's distortion measure.
  case wasserstein(PerceptionBudget)
  /// The divergence of the reproduction's law from the source's.
  case divergence(DivergenceBudget)

  /// s, by name, as the formula of d has it.
  private var deviation: String? {
    switch self {
    case .perfectRealism: return nil
    case .wasserstein(let budget): return "s = 1 - sqrt(P/Dmax), P = \(budget.squaredDistance.words)"
    case .divergence(let budget): return "(s^2 - 1 - ln s^2)/2 = P, P = \(budget.nats.words)"
    }
  }

  /// d, by name.
  var formula: String {
    guard let deviation else { return "D - D^2/(4 Dmax)" }
    return "D - max(0, D - D0)^2/(4 s^2 Dmax), D0 = Dmax (1 - s^2), \(deviation)"
  }

  /// s^2.
  private func leastVariance<Number: RealNumber>(largest: Number) -> Number {
    switch self {
    case .perfectRealism: return 1
    case .wasserstein(let budget):
      return .squared(.positivePart(1 - .sqrt(Number(budget.squaredDistance) / largest)))
    case .divergence(let budget): return budget.leastVariance()
    }
  }

  /// D0 and s^2 Dmax.
  private func parts<Number: RealNumber>(largest: Number) -> (free: Number, variance: Number) {
    let s = leastVariance(largest: largest)
    return (largest * (1 - s), s * largest)
  }

  /// d(D) for D up to the largest.
  func distortion<Number: RealNumber>(from distortion: Number, largest: Number) -> Number {
    let (free, variance) = parts(largest: largest)
    // e (1 - e/(4 s^2 Dmax)), where e/(2 s^2 Dmax) is at most 1, which is as well where s is not told from 0.
    return .piecewise(distortion - free, at: 0, below: { _ in distortion }) { excess in
      let ratio = Number.piecewise(excess / (2 * variance), at: 1, below: { .positivePart($0) }, above: { _ in 1 })
      return distortion - excess * ratio / 2
    }
  }

  /// The D with d(D) = d: with e (1 - e/(4 s^2 Dmax)) = d - D0, e = 2 (d - D0)/(1 + sqrt(1 - (d - D0)/(s^2 Dmax))).
  func distortion(at d: Double, largest: Double) -> Double {
    let (free, variance) = parts(largest: largest)
    guard d > free, variance > 0 else { return d }
    return free + 2 * (d - free) / (1 + max(0, 1 - (d - free) / variance).squareRoot())
  }

  /// The D with d(D) = Dmax, Dmax (1 + s^2).
  func largest<Number: RealNumber>(from largest: Number) -> Number { largest * (1 + leastVariance(largest: largest)) }

  /// d'(D).
  func slope(at distortion: Double, largest: Double) -> Double {
    let (free, variance) = parts(largest: largest)
    guard distortion > free, variance > 0 else { return 1 }
    return max(0, 1 - (distortion - free) / (2 * variance))
  }
}

extension RealNumber {
  /// x where that is positive, else 0.
  fileprivate static func positivePart(_ x: Self) -> Self { .piecewise(x, at: 0, below: { _ in 0 }, above: { $0 }) }
}

/// A divergence of the reproduction's law from the source's, KL(P_Y || P_X) <= P nats.
public struct DivergenceBudget: Sendable, Hashable {
  /// P, in nats.
  public let nats: Double

  /// A budget.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless it is a number from 0 to 300.
  public init(_ nats: Double) throws(DomainError) {
    guard nats >= 0, nats <= 300 else {
      throw .parameterOutOfRange(
        name: "divergence", value: nats.words, requirement: "a divergence in nats, a number from 0 to 300")
    }
    // -0 is the same budget as 0.
    self.nats = nats.magnitude
  }

  /// The least s^2 with (s^2 - 1 - log s^2)/2 <= P, of which t = log s^2 <= 0 is sought with expm1(t) - t = 2 P.
  ///
  /// The left side falls and is convex, so that Newton's method from -1 - 2 P, where it is more, goes up to the root. The root is enclosed
  /// between two places at which intervals find more and less; a number above 1 by rounding does no harm.
  func leastVariance<Number: RealNumber>(as: Number.Type = Number.self) -> Number {
    guard nats > 0 else { return 1 }
    var t = -1 - 2 * nats
    for _ in 0..<100 {
      let step = (Double.expm1(t) - t - 2 * nats) / -Double.expm1(t)
      guard step > 1e-17 * -t, t + step < 0 else { break }
      t += step
    }
    func excess(_ place: Double) -> Interval { .expm1(Interval(place)) - Interval(place) - 2 * Interval(nats) }
    var width = -t * 0x1p-52
    while width < 1, !(excess(t - width).lower >= 0 && excess(min(0, t + width)).upper <= 0) { width *= 2 }
    return .exp(Number(t) + .uncertainty(width < 1 ? width : 1e3))
  }
}

extension CurveName {
  /// The rate-distortion function at perfect realism, with shared randomness.
  public static let realismShannon = CurveName(rawValue: "realism-shannon")

  /// Long blocks with common randomness whose reproductions have a law within a budget of a Gaussian source's:
  /// `shannon-perception-P` for a Wasserstein budget, `shannon-divergence-P` for one in nats, `realism-shannon` for none.
  static func shannon(_ budget: DeviationBudget) -> CurveName {
    switch budget {
    case .perfectRealism: return .realismShannon
    case .wasserstein(let budget): return CurveName(rawValue: shannonPrefixes.perception + budget.squaredDistance.words)
    case .divergence(let budget): return CurveName(rawValue: shannonPrefixes.divergence + budget.nats.words)
    }
  }

  private static let shannonPrefixes = (perception: "shannon-perception-", divergence: "shannon-divergence-")

  /// The budget of a curve of such a name; nil for any other.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if what stands for P is none.
  func deviationBudget() throws(DomainError) -> DeviationBudget? {
    func number(after prefix: String, _ name: String, _ requirement: String) throws(DomainError) -> Double? {
      guard rawValue.hasPrefix(prefix) else { return nil }
      let text = String(rawValue.dropFirst(prefix.count))
      guard let number = Double(text) else {
        throw .parameterOutOfRange(name: name, value: text, requirement: requirement)
      }
      return number
    }
    let prefixes = Self.shannonPrefixes
    if let squared = try number(
      after: prefixes.perception, "perception", "a squared Wasserstein distance, a number from 0 to 1e300")
    {
      return .wasserstein(try PerceptionBudget(squared))
    }
    return try number(after: prefixes.divergence, "divergence", "a divergence in nats, a number from 0 to 300")
      .map { (nats) throws(DomainError) in .divergence(try DivergenceBudget(nats)) }
  }

  /// Whether it is that of a limit with a budget for the deviation.
  var isOfDeviationBudget: Bool {
    rawValue.hasPrefix(Self.shannonPrefixes.perception) || rawValue.hasPrefix(Self.shannonPrefixes.divergence)
  }
}
