import IntervalArithmetic

/// One side of R(D) of the banana: a lower bound, or an achievable upper one.
///
/// At 24 slopes from 0.06 to 16 nats per unit of distortion, 0.13 to 5.58 bits, the sides were 2e-5 to 7.4e-5 bits apart; a
/// search took 0.2 to 0.5 s up to 1.5 bits, 1.3 s at 2.3, 3 s at 3, 5 s at 4 and 10 s at 5 bits, on one core. These are
/// measurements; the bounds hold at any gap.
///
/// The slope at which the law is optimised comes from a short table of earlier results; it is a starting guess and no claim:
/// the channel is tilted to D, and the dual bound is a tangent that is off by the square of the guess's error. What is claimed
/// is what `BananaChannel` proves of the certificate's law, whose points are written one after the other, both coordinates
/// of each, a point and its mirror image in turn.
///
/// - Domain: D > 0; the rate is 0 for D >= 10.87. Rates up to 5.5 bits are computed, a search taking seconds; beyond, the lower
///   side is the Shannon lower bound and the upper one is not known.
/// - Source: Csiszar, "On the computation of rate-distortion functions", IEEE Trans. Inform. Theory 20 (1974) 122-124.
public struct BananaShannonCurve: Curve {
  public let kind: BoundKind

  private init(_ kind: BoundKind) { self.kind = kind }

  /// R(D) from below and from above.
  public static var bothSides: [BananaShannonCurve] { [BananaShannonCurve(.lower), BananaShannonCurve(.upper)] }

  public var name: CurveName { .shannon }
  public var summary: String { ReproductionProof.summary(of: kind) }
  /// The margin of `BananaChannel`.
  public var assumption: String? {
    "quadrature and rounding err by at most 1e-7 nats and three times the difference of two rules"
  }
  public var isCostly: Bool { true }
  /// The trace of the covariance, 9 + 1.87.
  public var largestDistortion: Double { 10.87 }

  // MARK: Points

  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    guard distortion < largestDistortion else { return OperatingPoint(distortion: distortion, rate: 0, slope: 0) }
    guard let channel = Self.channel(near: distortion) else {
      let point = try Banana.shannonLowerBound.point(atDistortion: distortion)
      return kind == .lower ? point : OperatingPoint(distortion: distortion, rate: .infinity, slope: point.slope)
    }
    return OperatingPoint(
      distortion: distortion, rate: max(0, value(channel, distortion)), slope: channel.beta / natsPerBit)
  }

  private func value(_ channel: BananaChannel, _ distortion: Double) -> Double {
    (kind == .lower ? channel.lowerBound(at: distortion) : channel.achievableRate(at: distortion)) / natsPerBit
  }

  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard rate >= 0, rate <= BananaRateDistortion.largestRate else {
      throw .rateOutOfRange(rate, largest: BananaRateDistortion.largestRate)
    }
    guard rate > 0, let channel = Self.channel(near: BananaTable.distortion(atRate: rate)) else {
      return OperatingPoint(distortion: largestDistortion, rate: rate, slope: 0)
    }
    // A little to the curve's own side, so that a bound at that distortion bears the rate out.
    let slack = kind == .lower ? Self.slack : -Self.slack
    let own = channel.ownDistortion * channel.sigma * channel.sigma
    var distortion = own
    for _ in 0..<3 {
      let excess = value(channel, distortion) - rate - slack
      distortion = max(distortion + excess * natsPerBit / channel.beta, 0.5 * own)
      if abs(excess) < 0.1 * Self.slack { break }
    }
    return OperatingPoint(
      distortion: min(distortion, largestDistortion), rate: rate, slope: channel.beta / natsPerBit)
  }

  /// In bits: what two searches for nearby slopes may differ by.
  private static let slack = 3e-5

  /// The point of the curve where one search puts a slope of -dR/dD, in bits per unit of distortion.
  ///
  /// - Throws: `DomainError.slopeOutOfRange` beyond the rates that are computed.
  public func point(atSlope slope: Double) throws(DomainError) -> OperatingPoint {
    let beta = slope * natsPerBit
    guard beta >= 0.06, beta <= 20 else { throw .slopeOutOfRange(slope) }
    let channel = BananaRateDistortion().solution(beta: beta)
    let distortion = channel.ownDistortion * channel.sigma * channel.sigma
    return OperatingPoint(distortion: distortion, rate: value(channel, distortion), slope: slope)
  }

  // MARK: Bounds

  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    guard distortion < largestDistortion else {
      return Bound(
        kind: kind, distortion: distortion, rate: 0, slope: 0, certificate: .closedForm("0 at the mean"))
    }
    let channel = Self.channel(near: distortion)
    let certificate = channel?.certificate ?? .closedForm("log2(3/D)")
    return Bound(
      kind: kind, distortion: distortion,
      rate: proved(atDistortion: distortion, by: channel), slope: (channel?.beta ?? 1 / distortion) / natsPerBit,
      certificate: certificate)
  }

  /// What a law proves, and what the Shannon lower bound does without one. See `BananaChannel` for the margin assumed.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    return proved(atDistortion: distortion, by: BananaChannel(certificate))
  }

  private func proved(atDistortion distortion: Double, by channel: BananaChannel?) -> Interval {
    let shannon = Banana.shannonLowerBound
    let closed = ShannonLowerBound.rate(entropy: shannon.entropy, dimension: 2, distortion: Interval(distortion))
    var lower = max(0, closed.lower)
    var upper = distortion >= largestDistortion.nextUp ? 0 : Double.infinity
    if let channel {
      lower = max(lower, (Interval(channel.lowerBound(at: distortion)) / .ln2).lower)
      upper = min(upper, (Interval(channel.achievableRate(at: distortion)) / .ln2).upper)
    }
    return .hull(lower, max(lower, upper))
  }

  /// The channel found at the slope that the table suggests, or nil where it ends.
  private static func channel(near distortion: Double) -> BananaChannel? {
    guard distortion >= BananaTable.leastDistortion else { return nil }
    return BananaRateDistortion().solution(beta: BananaTable.slope(atDistortion: distortion))
  }
}

extension BananaChannel {
  /// The law and beta, mirror images written out.
  var certificate: Certificate {
    .reproductionLaw(
      slope: beta,
      points: law.points.flatMap { [$0.u * sigma, $0.v * sigma, -$0.u * sigma, $0.v * sigma] },
      weights: law.weights.flatMap { [$0 / 2, $0 / 2] })
  }

  /// The channel of a certificate; nil if it is of another kind, not symmetric, or beyond what is computed.
  init?(_ certificate: Certificate) {
    guard case .reproductionLaw(let slope, let points, let weights) = certificate,
      slope >= 0.04, slope <= 30, points.count == 2 * weights.count, weights.count % 2 == 0, !weights.isEmpty,
      weights.count <= 20_000, weights.allSatisfy({ $0 > 0 && $0 <= 1e100 }),
      points.allSatisfy({ abs($0) <= 100 })
    else { return nil }
    let sigma = 1 / (2 * slope).squareRoot()
    var law: [(u: Double, v: Double, weight: Double)] = []
    for k in stride(from: 0, to: weights.count, by: 2) {
      let (u, v) = (points[2 * k], points[2 * k + 1])
      guard u >= 0, points[2 * k + 2] == -u, points[2 * k + 3] == v, weights[k] == weights[k + 1] else { return nil }
      law.append((u / sigma, v / sigma, weights[k] * 2))
    }
    self.init(sigma: sigma, law: PlaneLaw(law, sigma: sigma).normalised())
  }
}
