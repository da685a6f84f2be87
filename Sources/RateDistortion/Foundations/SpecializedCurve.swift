import IntervalArithmetic

/// A curve behind closures that were compiled for its concrete type.
///
/// A generic curve called through `any Curve` runs its unspecialised code, several times slower. Wrapped where its type is
/// concrete, it runs the same specialised code as a direct call; the wrapper costs one indirect call.
struct SpecializedCurve: Curve {
  let name: CurveName
  let kind: BoundKind
  let summary: String
  let largestDistortion: Double
  let assumption: String?
  let isCostly: Bool
  private let atDistortion: @Sendable (Double) throws(DomainError) -> OperatingPoint
  private let atRate: @Sendable (Double) throws(DomainError) -> OperatingPoint
  private let enclosure: @Sendable (Double) throws(DomainError) -> Bound
  private let proof: @Sendable (Certificate, Double) throws(DomainError) -> Interval

  /// The curve as it is.
  init<Wrapped: Curve>(_ curve: Wrapped) {
    name = curve.name
    kind = curve.kind
    summary = curve.summary
    largestDistortion = curve.largestDistortion
    assumption = curve.assumption
    isCostly = curve.isCostly
    atDistortion = { (distortion) throws(DomainError) in try curve.point(atDistortion: distortion) }
    atRate = { (rate) throws(DomainError) in try curve.point(atRate: rate) }
    enclosure = { (distortion) throws(DomainError) in try curve.bound(atDistortion: distortion) }
    proof = { (certificate, distortion) throws(DomainError) in
      try curve.proved(by: certificate, atDistortion: distortion)
    }
  }

  func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint { try atDistortion(distortion) }
  func point(atRate rate: Double) throws(DomainError) -> OperatingPoint { try atRate(rate) }
  func bound(atDistortion distortion: Double) throws(DomainError) -> Bound { try enclosure(distortion) }
  func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try proof(certificate, distortion)
  }
}
