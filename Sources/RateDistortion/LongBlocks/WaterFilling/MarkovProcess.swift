import IntervalArithmetic

/// R(D) per sample of the stationary Gauss-Markov process X_t = rho X_(t-1) + W_t of variance 1, |rho| < 1.
///
/// The sign of rho changes nothing, so let rho >= 0. The spectral density
///
///     S(w) = (1 - rho^2)/(1 - 2 rho cos w + rho^2) = 1 + 2 (sum over k >= 1 of rho^k cos k w)
///
/// falls on [0, pi] from (1 + rho)/(1 - rho) to (1 - rho)/(1 + rho), and reverse water-filling at the level S(w) keeps [0, w]:
///
///     D = 1/pi (w S(w) + the integral of S from w to pi),      R = 1/(2 pi) (the integral of log(S(v)/S(w)) from 0 to w).
///
/// **D up to (1 - rho)/(1 + rho).** All of the spectrum is above the level: w = pi, and R = 1/2 log((1 - rho^2)/D).
///
/// **Beyond.** Term by term, with log(1 - 2 rho cos v + rho^2) = -2 (sum of rho^k cos(k v)/k),
///
///     D = 1/pi (w S(w) + pi - w - 2 A),      A = sum over k of rho^k sin(k w)/k,
///     R = 1/(2 pi) (w log(1 - 2 rho cos w + rho^2) + 2 B),      B = sum over k of rho^k sin(k w)/k^2,
///
/// and what is left after K terms is at most rho^(K+1)/((K + 1) (1 - rho)), in B divided by K + 1 once more. D falls and R grows with w, so
/// that two places w of which intervals prove D on either side enclose R.
///
/// - Domain: D > 0; the rate is 0 from D = 1 on. |rho| <= 0.999, where K is 40,000.
/// - Source: Kolmogorov 1956; Berger, "Rate Distortion Theory", section 4.5.2.
public struct MarkovProcess: Limit {
  /// |rho|.
  private let correlation: Double
  /// K.
  private let terms: Int
  /// rho, rho^2, ..., rho^K.
  private let powers: [Interval]
  private let remainder: Interval
  /// Up to here the rate is a logarithm.
  private let kink: Interval

  /// The largest |rho|.
  public static let largestCorrelation = 0.999

  /// The process of a correlation coefficient.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` for |rho| above `largestCorrelation`.
  public init(correlation rho: Double) throws(DomainError) {
    guard rho.magnitude <= Self.largestCorrelation else {
      throw .parameterOutOfRange(
        name: "ar", value: rho.words,
        requirement: "from -\(Self.largestCorrelation) to \(Self.largestCorrelation) for an infinite length")
    }
    correlation = rho.magnitude
    let one = Interval(correlation)
    kink = (1 - one) / (1 + one)
    // rho^K is below 1e-18.
    terms = correlation == 0 ? 1 : max(1, Int((-41.5 / Double.log(correlation)).rounded(.up)))
    var powers = [one]
    for _ in 1..<max(terms, 2) { powers.append(powers[powers.count - 1] * one) }
    self.powers = powers
    remainder = powers[powers.count - 1] * one / (1 - one) / Interval(powers.count + 1)
  }

  public var name: CurveName { .shannon }
  public var kind: BoundKind { .exact }
  public var summary: String {
    "rate-distortion function R(D) of the process by reverse water-filling (Kolmogorov 1956)"
  }
  public var largestDistortion: Double { 1 }
  public var slopeOfSilence: Double? { (1 - correlation) / (1 + correlation) / (2 * natsPerBit) }

  /// S(w), A and B at once.
  private struct Sums<Number: SeriesNumber> {
    let distortion: Number
    let nats: Number
  }

  private func sums<Number: SeriesNumber>(at place: Double, as: Number.Type) -> Sums<Number> {
    let w = Number(place)
    let pi = Number.pi
    var (a, b): (Number, Number) = (0, 0)
    for k in 1...powers.count {
      let term = Number.between(ends: powers[k - 1]) * .sin(Number(k) * w) / Number(k)
      a = a + term
      b = b + term / Number(k)
    }
    let left = Number.between(ends: .hull(-remainder.upper, remainder.upper))
    a = a + left
    b = b + left / Number(powers.count + 1)
    let rho = Number(correlation)
    let denominator = Number.squared(1 - rho) + 4 * rho * .squared(.sin(w / 2))
    let level = (1 - rho) * (1 + rho) / denominator
    return Sums(
      distortion: (w * level + (pi - w) - 2 * a) / pi, nats: (w * .log(denominator) + 2 * b) / (2 * pi))
  }

  /// The place w in (0, pi) at which a quantity that falls with w has a value, by halving in floating point.
  private func place(where isBeyond: (Sums<Double>) -> Bool) -> Double {
    var (low, high) = (0.0, Double.pi)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if isBeyond(sums(at: middle, as: Double.self)) { high = middle } else { low = middle }
    }
    return (low + high) / 2
  }

  private func point(_ w: Double, distortion: Double, rate: Double) -> OperatingPoint {
    let level = MarkovVector.density(at: w, correlation: correlation)
    return OperatingPoint(distortion: distortion, rate: rate, slope: 1 / (2 * level * natsPerBit))
  }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard distortion > kink.midpoint else {
      let nats = (Double.log1p(-correlation * correlation) - Double.log(distortion)) / 2
      return OperatingPoint(distortion: distortion, nats: nats, natsPerDistortion: 1 / (2 * distortion))
    }
    let w = place { $0.distortion < distortion }
    return point(w, distortion: distortion, rate: max(0, sums(at: w, as: Double.self).nats) / natsPerBit)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    let below = Double.exp(Double.log1p(-correlation * correlation) - 2 * nats)
    guard below > kink.midpoint else {
      return OperatingPoint(distortion: below, nats: nats, natsPerDistortion: 1 / (2 * below))
    }
    let w = place { $0.nats > nats }
    return point(w, distortion: sums(at: w, as: Double.self).distortion, rate: rate)
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    var rate = Interval.empty
    if distortion <= kink.upper { rate = rate.hull(with: logarithm(at: distortion)) }
    if distortion > kink.lower { rate = rate.hull(with: series(at: distortion)) }
    let bits = rate / .ln2
    return Bound(
      kind: kind, distortion: distortion, rate: .hull(max(0, bits.lower), max(0, bits.upper)), slope: point.slope,
      evidence: ClosedForm("reverse water-filling of the spectral density (1 - rho^2)/(1 - 2 rho cos w + rho^2)"))
  }

  /// 1/2 log((1 - rho^2)/D), which no R(D) is below: it is the Shannon lower bound.
  private func logarithm(at distortion: Double) -> Interval {
    let rho = Interval(correlation)
    return .log((1 - rho) * (1 + rho) / Interval(distortion)) / 2
  }

  /// Between two places of which one is proved to have more distortion than D, or to send nothing, and the other less: at w = pi that is
  /// the kink, with R = log(1 + rho).
  private func series(at distortion: Double) -> Interval {
    let found = place { $0.distortion < distortion }
    let below = nudged(from: 0x1p-48, by: 4, below: 8) { margin -> Double? in
      let w = found - margin
      guard w > 0 else { return 0 }
      let sums = sums(at: w, as: Interval.self)
      return sums.distortion.lower >= distortion ? sums.nats.lower : nil
    }
    let above = nudged(from: 0x1p-48, by: 4, below: 8) { margin -> Double? in
      let w = found + margin
      guard w < Double.pi else { return Interval.log(1 + Interval(correlation)).upper }
      let sums = sums(at: w, as: Interval.self)
      return sums.distortion.upper <= distortion ? sums.nats.upper : nil
    }
    guard let below, let above else { return .hull(0, .infinity) }
    return .hull(max(0, below), max(0, above))
  }
}
