import IntervalArithmetic

/// The curve of s X under squared error, given that of X: the same rates at distortions s^2 times as large.
///
/// The squared scale is an enclosure: D/s^2 is no floating-point number, so a lower bound is taken at the largest value it
/// may have and an upper bound at the smallest.
public struct ScaledCurve<Base: Curve>: Curve {
  /// The curve of X.
  public let base: Base
  /// An enclosure of s^2 > 0.
  public let squaredScale: Interval

  /// The curve of s X.
  public init(_ base: Base, squaredScale: Interval) {
    self.base = base
    self.squaredScale = squaredScale
  }

  /// The base curve's.
  public var name: CurveName { base.name }
  /// The base curve's.
  public var kind: BoundKind { base.kind }
  /// The base curve's.
  public var summary: String { base.summary }
  /// The base curve's.
  public var assumption: String? { base.assumption }
  /// The base curve's.
  public var isCostly: Bool { base.isCostly }
  /// s^2 times that of the base curve.
  public var largestDistortion: Double { base.largestDistortion * squaredScale.midpoint }

  /// The base curve at D/s^2, the slope divided by s^2.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try requireDistortion(distortion)
    return scaled(try base.point(atDistortion: standard(distortion)), distortion: distortion)
  }

  /// The base curve's distortion times s^2, the slope divided by s^2.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint {
    let point = try base.point(atRate: rate)
    return scaled(point, distortion: point.distortion * squaredScale.midpoint)
  }

  /// The base curve's claim next to D/s^2, on the side on which it holds at D.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    let interval = Interval(distortion) / squaredScale
    switch base.kind {
    case .lower: return scaled(try base.bound(atDistortion: clamped(interval.upper)), distortion)
    case .upper: return scaled(try base.bound(atDistortion: clamped(interval.lower)), distortion)
    case .exact, .estimate:
      var low = try base.bound(atDistortion: clamped(interval.lower))
      let high = try base.bound(atDistortion: clamped(interval.upper))
      low.rate = low.rate.hull(with: high.rate)
      return scaled(low, distortion)
    }
  }

  /// What the certificate proves of the base curve next to D/s^2, on either side.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    let interval = Interval(distortion) / squaredScale
    let low = try base.proved(by: certificate, atDistortion: clamped(interval.lower))
    let high = try base.proved(by: certificate, atDistortion: clamped(interval.upper))
    return low.hull(with: high)
  }

  private func standard(_ distortion: Double) -> Double { clamped(distortion / squaredScale.midpoint) }

  /// Rounding may reach 0 or overflow, where the base curve has no value but the next number's will do.
  private func clamped(_ distortion: Double) -> Double {
    min(max(distortion, .leastNormalMagnitude), .greatestFiniteMagnitude)
  }

  private func scaled(_ point: OperatingPoint, distortion: Double) -> OperatingPoint {
    OperatingPoint(
      distortion: distortion, rate: point.rate, slope: point.slope.map { $0 / squaredScale.midpoint })
  }

  private func scaled(_ bound: Bound, _ distortion: Double) -> Bound {
    Bound(
      kind: bound.kind, distortion: distortion, rate: bound.rate,
      slope: bound.slope.map { $0 / squaredScale.midpoint }, certificate: bound.certificate)
  }
}

/// A curve under another name: where two theories meet, as the optimal scalar quantizer of the uniform source and the lower
/// convex hull of its entropy-distortion function do.
public struct RenamedCurve<Base: Curve>: Curve {
  /// The curve.
  public let base: Base
  /// The new name.
  public let name: CurveName
  /// What it means under that name.
  public let summary: String

  /// A curve under another name.
  public init(_ base: Base, as name: CurveName, summary: String) {
    self.base = base
    self.name = name
    self.summary = summary
  }

  /// The base curve's.
  public var kind: BoundKind { base.kind }
  /// The base curve's.
  public var isCostly: Bool { base.isCostly }
  /// The base curve's.
  public var largestDistortion: Double { base.largestDistortion }

  /// The base curve's.
  public func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint {
    try base.point(atDistortion: distortion)
  }

  /// The base curve's.
  public func point(atRate rate: Double) throws(DomainError) -> OperatingPoint { try base.point(atRate: rate) }

  /// The base curve's.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try base.bound(atDistortion: distortion)
  }

  /// What the certificate proves of the base curve.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try base.proved(by: certificate, atDistortion: distortion)
  }
}
