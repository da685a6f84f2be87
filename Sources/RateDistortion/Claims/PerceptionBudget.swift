import IntervalArithmetic

/// How far the law of the reproductions may be from that of the source: W2^2(P_X, P_Y) <= P, the squared Wasserstein distance in
/// the source's distortion measure.
///
/// One shot without common randomness, for a source without atoms and with a finite second moment.
///
/// **Claim.** Let x be the least distortion of codes of entropy at most H without any condition on the law of Y. The least E|X -
/// Y|^2 with the budget P is
///
///     D = x + max(0, sqrt(x) - sqrt(P))^2.
///
/// At P = 0 that is 2x (`Curve.realismPrivate`), from P = x on it is x.
///
/// **Proof.** Let c = E[X | M]. As there, X and Y are independent given M and E|X - Y|^2 = E|X - c|^2 + E|c - Y|^2. The first is at
/// least x, being the cost of a way to quantize X at random with an entropy of at most H. For the second, W2 is a metric on laws:
///
///     sqrt(E|c - Y|^2) >= W2(c, Y) >= W2(X, c) - W2(X, Y) >= sqrt(x) - sqrt(P),
///
/// since a coupling of X with c, of entropy H(c) <= H(M) <= H, costs at least x too.
///
/// Conversely take a code of distortion x, let Z be drawn from the law of X in the cell and Y = c + (1 - s) (Z - c) with s =
/// sqrt(P/x) if P <= x, and Y = c otherwise. Then E|X - Y|^2 = x + (1 - s)^2 x, and as Z has the law of X, W2^2(X, Y) <= E|Z - Y|^2 =
/// s^2 x = P. QED
///
/// **The same rate at perfect realism.** Solved for x, with D >= P: 2 x - 2 sqrt(x P) + P = D, so 2 sqrt(x) = sqrt(P) + sqrt(2 D -
/// P), and codes of distortion x have at perfect realism the distortion
///
///     d(D) = 2 x = D + sqrt(P (2 D - P)) for D >= P,      2 D for D <= P,
///
/// which lies between D and 2 D, increases and is concave: d' = 1 + sqrt(P/(2 D - P)) falls from 2 at D = P.
///
/// - Source: derived here; for a fixed encoder Yan, Wen, Liu, "Optimally Controllable Perceptual Lossy Compression", ICML 2022, and
///   Freirich, Michaeli, Meir, "A theory of the distortion-perception tradeoff in Wasserstein space", NeurIPS 2021.
public struct PerceptionBudget: Sendable, Hashable {
  /// P, in the source's distortion measure.
  public let squaredDistance: Double

  /// No distance at all: the reproduction has the law of the source.
  public static let perfectRealism = PerceptionBudget()

  private init() { squaredDistance = 0 }

  /// A budget.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless it is a number from 0 to 1e300.
  public init(_ squaredDistance: Double) throws(DomainError) {
    guard squaredDistance >= 0, squaredDistance <= 1e300 else {
      throw .parameterOutOfRange(
        name: "perception", value: squaredDistance.words,
        requirement: "a squared Wasserstein distance, a number from 0 to 1e300")
    }
    // -0 is the same budget as 0.
    self.squaredDistance = squaredDistance.magnitude
  }

  /// d, by name.
  var formula: String { "D + sqrt(P (2 D - P)), and 2 D up to D = P, with P = \(squaredDistance.words)" }

  /// d(D), the distortion at perfect realism of codes that have D with this budget.
  public func realisticDistortion<Number: RealNumber>(at distortion: Number) -> Number {
    let budget = Number(squaredDistance)
    return Number.piecewise(
      distortion, at: squaredDistance, below: { 2 * $0 },
      above: { $0 + .sqrt(budget * (2 * $0 - budget)) })
  }

  /// A number that d(D) is proved not to exceed, hardly above it.
  public func realisticDistortion(notBelow distortion: Double) -> Double {
    realisticDistortion(at: Interval(distortion)).upper
  }

  /// The D with d(D) = d: x + (sqrt(x) - sqrt(P))^2 with x = d/2 if that is at least P, x otherwise.
  public func distortion<Number: RealNumber>(ofRealistic d: Number) -> Number {
    let budget = Number(squaredDistance)
    return Number.piecewise(
      d / 2, at: squaredDistance, below: { $0 },
      above: { $0 + .squared(.sqrt($0) - .sqrt(budget)) })
  }

  /// d'(D).
  public func slope(at distortion: Double) -> Double {
    guard distortion > squaredDistance else { return 2 }
    return 1 + (squaredDistance / (2 * distortion - squaredDistance)).squareRoot()
  }
}
