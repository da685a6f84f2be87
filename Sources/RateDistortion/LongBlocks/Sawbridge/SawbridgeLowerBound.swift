import IntervalArithmetic

/// A lower bound on R(D) of the sawbridge in closed form, the Shannon lower bound's counterpart, exact in the limit of high rate.
///
/// In nats, with a parameter 0 < k < infinity,
///
///     D = (sinh k - k)/(2k (cosh k - 1)),      R = ln(2k/(1 - exp(-2k))) - 2 + 2k/(exp k - 1),
///     -dR/dD = beta = 2k tanh(k/2),
///
/// and for *every* k and every distortion, R(D) >= R + beta (D(k) - D): the module's documentation, "R(D) in closed form",
/// proves it. (Against a constant weight of the source, the best reproduction is the one a truncated logistic law leaves.)
///
/// At high rate the bound is -log2 D - 2 log2 e bits, 0.3004 bits below one-shot codes. At low rate it is not tight: R(D)
/// leaves 0 at D = 1/6 with the slope pi^2/2, the bound with slope 0.
///
/// - Domain: D > 0; 0 for D >= 1/6, infinite at 0.
/// - Errors: floating point below 1e-15 bits + 1e-14 of R; the enclosure is about 1e-14 bits wide up to 10 bits.
/// - Source: derived here.
public struct SawbridgeLowerBound: Limit {
  /// The bound.
  public init() {}

  public var name: CurveName { .shannonLowerBound }
  public var kind: BoundKind { .lower }
  public var summary: String { "lower bound on R(D) in closed form, exact at high rate (derived here)" }
  public var largestDistortion: Double { 1.0 / 6 }

  public var enclosedLargestDistortion: Interval { Interval(1) / 6 }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let tangent = Tangent<Double>(parameter: parameter(atDistortion: distortion))
    return OperatingPoint(
      distortion: distortion, nats: max(0, tangent.height(at: distortion)), natsPerDistortion: tangent.slope)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    guard nats > 1e-60 else { return OperatingPoint(distortion: largestDistortion, rate: rate, slope: 0) }
    let tangent = Tangent<Double>(parameter: parameter(atRate: nats))
    return OperatingPoint(distortion: tangent.distortion, rate: rate, slope: tangent.slope / natsPerBit)
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    // 1/6 is no floating-point number: next to it the tangent is the one a little below.
    let found = parameter(atDistortion: min(distortion, largestDistortion.nextDown))
    let tangent = Tangent<Interval>(parameter: found)
    let lower = max(0, (tangent.height(at: Interval(distortion)) / .ln2).lower)
    // The curve's value is at most that of a point of it at smaller distortion.
    let above = nudged(from: 0x1p-50, by: 4, below: 1e3) { margin -> Tangent<Interval>? in
      let above = Tangent<Interval>(parameter: found * (1 + margin))
      return above.distortion.upper <= distortion ? above : nil
    }
    let upper = above.map { ($0.rate / .ln2).upper } ?? .infinity
    return Bound(
      kind: .lower, distortion: distortion, rate: .hull(lower, max(lower, upper)), slope: point.slope,
      evidence: TestChannel(family: Self.family, achieving: 0, dual: found))
  }

  public var evidence: [any Evidence.Type] { [TestChannel.self] }

  /// Any parameter proves its tangent's height at D.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let tangent = evidence as? TestChannel, tangent.family == Self.family, tangent.dual > 0 else {
      return .entire
    }
    let height = Tangent<Interval>(parameter: tangent.dual).height(at: Interval(distortion))
    return .hull((height / .ln2).lower, .infinity)
  }

  private static let family =
    "(ln(2k/(1-exp(-2k))) - 2 + 2k/(exp(k)-1) + beta (D(k) - D))/ln 2, beta = 2k tanh(k/2)"

  /// k at D in (0, 1/6): 1/(2D) at small D, sqrt(180 (1/6 - D)) next to 1/6.
  private func parameter(atDistortion d: Double) -> Double {
    guard d > 0x1p-30 else { return 0.5 / d }
    let start = d < 0.1 ? 0.5 / d : (180 * (1.0).addingProduct(-6, d) / 6).squareRoot()
    return root(from: Double.log(start)) { Double.log(d / $0.distortion) }
  }

  /// k at R > 0 nats: exp(R + 2)/2 at high rate, (360 R)^(1/4) next to 0.
  private func parameter(atRate nats: Double) -> Double {
    if nats > 20 { return Double.exp(nats + 2) / 2 }
    if nats < 0.2 {
      return root(from: 0.25 * Double.log(360 * nats)) { Double.log($0.rate / nats) }
    }
    return root(from: Double.log(0.5) + nats + 2) { $0.rate - nats }
  }

  private func root(from start: Double, of function: (Tangent<Double>) -> Double) -> Double {
    let logarithm = newtonRoot(in: (start - 4)...(start + 4), from: start, resolution: 1e-8) { logarithm in
      let here = function(Tangent(parameter: Double.exp(logarithm)))
      let next = function(Tangent(parameter: Double.exp(logarithm + 1e-6)))
      return (here, (next - here) / 1e-6)
    }
    return Double.exp(logarithm)
  }
}

/// A point of the bound and its slope, the line that lies below R(D).
private struct Tangent<Number: SeriesNumber> {
  let distortion: Number
  let rate: Number
  let slope: Number

  init(parameter: Double) {
    let k = Number(parameter)
    guard parameter < 1 else {
      let wall = Number.exp(-k)
      let rest = -Number.expm1(-k)
      distortion = (rest * (1 + wall) - 2 * k * wall) / (2 * k * .squared(rest))
      rate = .log(2 * k) - .log1p(-.squared(wall)) - 2 + 2 * k * wall / rest
      slope = 2 * k * rest / (1 + wall)
      return
    }
    // With s(x) = (sinh x - x)/x^3 and c = sinh(k/2)/(k/2): D = s(k)/c^2, and R = b - ln(1 + k^2 s(k)), where
    // b = k coth(k/2) - 2 = (k cosh(k/2) - 2 sinh(k/2))/sinh(k/2); all series of positive terms.
    let square = Number.squared(k)
    let cubic = Self.series(square) { (2 * $0 + 2) * (2 * $0 + 3) } / 6
    let ratio = 1 + square / 4 * (Self.series(square / 4) { (2 * $0 + 2) * (2 * $0 + 3) } / 6)
    // x cosh x - sinh x = x^3/3 (1 + x^2/10 + ...), each coefficient 1/(2j (2j + 3)) of the one before.
    let difference = square / 6 * Self.series(square / 4) { 2 * $0 * (2 * $0 + 3) }
    distortion = cubic / .squared(ratio)
    rate = difference / ratio - .log1p(square * cubic)
    // tanh(k/2) = (1 - exp(-k))/(1 + exp(-k)).
    slope = 2 * k * -.expm1(-k) / (1 + .exp(-k))
  }

  /// 1 + x/d(1) (1 + x/d(2) (1 + ...)) for 0 <= x <= 1; 12 factors are left of which the product is below 2^-80.
  private static func series(_ x: Number, divisor: (Int) -> Int) -> Number {
    var sum: Number = .between(1, 2)
    for j in stride(from: 12, through: 1, by: -1) { sum = 1 + x / Number(divisor(j)) * sum }
    return sum
  }

  /// The line's height at D, in nats.
  func height(at d: Number) -> Number { rate + slope * (distortion - d) }
}
