import IntervalArithmetic

/// R(D) of a Gaussian vector whose eigenvalues are enclosed: reverse water-filling at both ends.
///
/// R(D) grows with every eigenvalue. By duality it is the largest of
///
///     sum over k of f(lambda_k) - D/(2 theta),      f(l) = max(0, 1/2 ln(l/theta)) + min(theta, l)/(2 theta),
///
/// over all theta > 0, and f does not fall. So the lower ends of the enclosures give a lower bound and the upper ends an upper one; a
/// lower end that is not positive counts for nothing, as a coefficient without variance does. Where the eigenvalues are numbers, both are
/// one computation.
///
/// - Domain: D > 0; the rate is 0 from the trace on. At D -> 0 it is K/2 log2(1/D) with K the number of eigenvalues that are not 0; one
///   that cannot be told from 0 leaves the enclosure wide there.
/// - Source: Kolmogorov 1956; Cover, Thomas, "Elements of Information Theory", Theorem 10.3.3.
public struct VectorWaterFilling: Limit {
  /// Enclosures of the eigenvalues, in decreasing order.
  public let eigenvalues: [Interval]
  private let middle: WaterFilling
  /// What the lower ends and the upper ends have; nil where they are the middle.
  private let ends: (lower: WaterFilling?, upper: WaterFilling)?

  /// The Gaussian R(D) of enclosed eigenvalues, none of which is above the one before it.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless some eigenvalue is positive, and all are numbers that `WaterFilling` takes.
  public init(eigenvalues: [Interval]) throws(DomainError) {
    self.eigenvalues = eigenvalues
    let positive = { (values: [Double]) in values.filter { $0 >= .leastNormalMagnitude } }
    middle = try WaterFilling(eigenvalues: positive(eigenvalues.map(\.midpoint)))
    if eigenvalues.allSatisfy(\.isPoint) {
      ends = nil
    } else {
      let lower = positive(eigenvalues.map(\.lower))
      ends = (
        lower.isEmpty ? nil : try WaterFilling(eigenvalues: lower),
        try WaterFilling(eigenvalues: eigenvalues.map { max($0.upper, .leastNormalMagnitude) })
      )
    }
  }

  public var name: CurveName { .shannon }
  public var kind: BoundKind { .exact }
  public var summary: String { "rate-distortion function R(D) by reverse water-filling (Kolmogorov 1956)" }
  public var largestDistortion: Double { middle.largestDistortion }
  public var enclosedLargestDistortion: Interval {
    guard let ends else { return middle.enclosedLargestDistortion }
    return .hull(
      ends.lower?.enclosedLargestDistortion.lower ?? 0, ends.upper.enclosedLargestDistortion.upper)
  }
  public var slopeOfSilence: Double? { middle.slopeOfSilence }
  public var evidence: [any Evidence.Type] { [NamedEigenvalues.self] }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint { try middle.point(at: distortion) }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint { try middle.point(ofRate: rate) }

  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let slope = try middle.point(atDistortion: distortion).slope
    return Bound(
      kind: kind, distortion: distortion, rate: try rate(at: distortion), slope: slope,
      evidence: NamedEigenvalues(eigenvalues))
  }

  /// R(D) in bits, enclosed.
  private func rate(at distortion: Double) throws(DomainError) -> Interval {
    guard let ends else { return try middle.bound(atDistortion: distortion).rate }
    let lower = try ends.lower?.bound(atDistortion: distortion).rate.lower ?? 0
    return .hull(max(0, lower), try ends.upper.bound(atDistortion: distortion).rate.upper)
  }

  /// Eigenvalues that may be the source's prove what the source's own do.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let named = evidence as? NamedEigenvalues else { return .entire }
    try named.require(eigenvalues)
    return try rate(at: distortion)
  }
}
