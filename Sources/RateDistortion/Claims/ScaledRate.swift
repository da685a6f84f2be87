import IntervalArithmetic

/// A limit whose rate is counted otherwise: R m/n in place of R, at the same distortion.
///
/// With n components, m = 1 and the distortion divided by n too (by `Curve`), what is said of a vector is said per component. With
/// m components that are coded alike, what is said of one is said of all.
public struct ScaledRate<Wrapped: Limit>: Limit {
  /// The limit that is counted.
  public let wrapped: Wrapped
  private let multiple: Int
  private let divisor: Int

  /// A limit whose rate is taken `multiple`/`divisor` times, both at least 1.
  public init(_ wrapped: Wrapped, times multiple: Int = 1, dividedBy divisor: Int = 1) {
    self.wrapped = wrapped
    self.multiple = max(multiple, 1)
    self.divisor = max(divisor, 1)
  }

  private var factor: Double { Double(multiple) / Double(divisor) }

  public var name: CurveName { wrapped.name }
  public var kind: BoundKind { wrapped.kind }
  public var summary: String { wrapped.summary }
  public var largestDistortion: Double { wrapped.largestDistortion }
  public var enclosedLargestDistortion: Interval { wrapped.enclosedLargestDistortion }
  public var slopeOfSilence: Double? { wrapped.slopeOfSilence.map { $0 * factor } }
  /// No more than any curve is asked for, whatever the factor.
  public var range: CurveRange {
    let own = wrapped.range
    return CurveRange(
      leastDistortion: own.leastDistortion, largestRate: min(own.largestRate * factor, CurveRange.largestRate))
  }
  public var assurance: Assurance {
    guard case .margin(let bits, let covers) = wrapped.assurance else { return .proved }
    return .margin(bits: bits * factor, covers: covers)
  }
  public var isCostly: Bool { wrapped.isCostly }
  public var precise: ScaledRate? {
    wrapped.precise.map { ScaledRate($0, times: multiple, dividedBy: divisor) }
  }
  public var evidence: [any Evidence.Type] { wrapped.evidence }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    counted(try wrapped.point(at: distortion))
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    var point = counted(try wrapped.point(ofRate: min(rate / factor, wrapped.range.largestRate)))
    point.rate = rate
    return point
  }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    var bound = try wrapped.enclosure(at: distortion)
    bound.rate = counted(bound.rate)
    bound.slope = bound.slope.map { $0 * factor }
    return bound
  }

  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    counted(try wrapped.proof(by: evidence, at: distortion))
  }

  private func counted(_ point: OperatingPoint) -> OperatingPoint {
    OperatingPoint(
      distortion: point.distortion, rate: point.rate * factor, slope: point.slope.map { $0 * factor })
  }

  private func counted(_ rate: Interval) -> Interval { rate * Interval(multiple) / Interval(divisor) }
}
