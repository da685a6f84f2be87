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
public struct BananaShannonCurve: Limit {
  public let kind: BoundKind

  /// The lower or the upper side.
  public init(_ kind: BoundKind) { self.kind = kind }

  /// R(D) from below and from above.
  public static var bothSides: [Curve] { [BoundKind.lower, .upper].map { Curve(BananaShannonCurve($0)) } }

  public var name: CurveName { .shannon }
  public var summary: String { ReproductionProof.summary(of: kind) }
  /// The margin of `BananaChannel`.
  public var assurance: Assurance {
    .margin(bits: 1.5e-7, covers: "quadrature and rounding, besides three times the difference of two rules,")
  }
  public var isCostly: Bool { true }
  /// The trace of the covariance, 9 + 1.87.
  public var largestDistortion: Double { 10.87 }

  /// The Shannon lower bound, met for no D: the ridge's curvature leaves no Gaussian component. The map from Z to W preserves
  /// areas, so h(W) = h(Z0) + h(Z1) = log(2 pi e 3/2).
  static var shannonLowerBound: LogarithmicLimit {
    .shannonLowerBound(entropy: .log(2 * .pi) + 1 + .log(Interval(3) / 2), dimension: 2)
  }

  // MARK: Points

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    guard let channel = Self.channel(near: distortion) else {
      let point = try Self.shannonLowerBound.point(atDistortion: distortion)
      return kind == .lower ? point : OperatingPoint(distortion: distortion, rate: .infinity, slope: point.slope)
    }
    return OperatingPoint(
      distortion: distortion, rate: max(0, value(channel, distortion)), slope: channel.beta / natsPerBit)
  }

  private func value(_ channel: BananaChannel, _ distortion: Double) -> Double {
    (kind == .lower ? channel.lowerBound(at: distortion) : channel.achievableRate(at: distortion)) / natsPerBit
  }

  public var range: CurveRange { CurveRange(largestRate: BananaRateDistortion.largestRate) }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    guard let channel = Self.channel(near: BananaTable.distortion(atRate: rate)) else {
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

  public var enclosedLargestDistortion: Interval { Interval(1087) / 100 }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let channel = Self.channel(near: distortion)
    let evidence: any Evidence = channel?.named ?? ClosedForm("log2(3/D)")
    return Bound(
      kind: kind, distortion: distortion,
      rate: proved(atDistortion: distortion, by: channel), slope: (channel?.beta ?? 1 / distortion) / natsPerBit,
      evidence: evidence)
  }

  /// What a law proves, and what the Shannon lower bound does without one. See `BananaChannel` for the margin assumed.
  public var evidence: [any Evidence.Type] { [NamedLaw.self, ClosedForm.self] }

  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let law = evidence as? NamedLaw else { return proved(atDistortion: distortion, by: nil) }
    return proved(atDistortion: distortion, by: try BananaChannel(law: law))
  }

  private func proved(atDistortion distortion: Double, by channel: BananaChannel?) -> Interval {
    let closed = Self.shannonLowerBound.rate(at: distortion)
    var lower = max(0, closed.lower)
    var upper = distortion >= largestDistortion.nextUp ? 0 : Double.infinity
    if let channel {
      lower = max(lower, (Interval(channel.lowerBound(at: distortion)) / .ln2).lower)
      upper = min(upper, (Interval(channel.achievableRate(at: distortion)) / .ln2).upper)
    }
    // Two sides that contradict each other prove nothing.
    return lower <= upper ? .hull(lower, upper) : .entire
  }

  /// The channel found at the slope that the table suggests, or nil where it ends.
  private static func channel(near distortion: Double) -> BananaChannel? {
    guard distortion >= BananaTable.leastDistortion else { return nil }
    return BananaRateDistortion().solution(beta: BananaTable.slope(atDistortion: distortion))
  }
}

extension BananaChannel {
  /// The law and beta, mirror images written out.
  var named: NamedLaw {
    NamedLaw(
      slope: beta,
      points: law.points.flatMap { [$0.u * sigma, $0.v * sigma, -$0.u * sigma, $0.v * sigma] },
      weights: law.weights.flatMap { [$0 / 2, $0 / 2] })
  }

  /// The channel of a law that somebody names.
  ///
  /// - Throws: `DomainError.evidenceRefused` unless the law is symmetric and within what is computed.
  init(law named: NamedLaw) throws(DomainError) {
    let (slope, points, weights) = (named.slope, named.points, named.weights)
    guard slope >= 0.04, slope <= 30 else { throw .evidenceRefused("the slope is not from 0.04 to 30 nats") }
    guard points.count == 2 * weights.count, weights.count % 2 == 0, !weights.isEmpty, weights.count <= 20_000 else {
      throw .evidenceRefused("there are not two coordinates a weight, of 2 to 20000 points")
    }
    guard let largest = weights.max(), let least = weights.min(), least > 0, largest.isFinite, largest / least <= 1e40,
      weights.allSatisfy({ $0 >= least })
    else { throw .evidenceRefused("weights are not positive and within a factor 1e40 of each other") }
    guard points.allSatisfy({ abs($0) <= 100 }) else { throw .evidenceRefused("points are beyond 100") }
    let sigma = 1 / (2 * slope).squareRoot()
    var law: [(u: Double, v: Double, weight: Double)] = []
    for k in stride(from: 0, to: weights.count, by: 2) {
      let (u, v) = (points[2 * k], points[2 * k + 1])
      guard u >= 0, points[2 * k + 2] == -u, points[2 * k + 3] == v, weights[k] == weights[k + 1] else {
        throw .evidenceRefused("points are not in pairs of mirror images of one weight")
      }
      law.append((u / sigma, v / sigma, weights[k] * 2))
    }
    self.init(sigma: sigma, law: PlaneLaw(law, sigma: sigma).normalised())
  }
}
