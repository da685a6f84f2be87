/// A curve of a source's limits: rate as a nonincreasing function of distortion.
///
/// There are two ways in. `point(...)` is fast floating point, in both directions, for sweeps and for judging millions of
/// points. `bound(atDistortion:)` is the claim: an interval with a certificate, proved at exactly the distortion given.
public protocol Curve: Sendable {
  /// The stable identifier, as `--curves` takes it.
  var name: CurveName { get }
  /// What its numbers claim.
  var kind: BoundKind { get }
  /// What it means, in a line, with its source.
  var summary: String { get }
  /// The distortion at and above which the rate is 0, as the nearest floating-point number.
  var largestDistortion: Double { get }

  /// The curve at a distortion D > 0.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number.
  func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint

  /// The least distortion of the curve at a rate in bits.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is a number in [0, `largestRate`].
  func point(atRate rate: Double) throws(DomainError) -> OperatingPoint

  /// The proved enclosure of the curve at the exact binary value of D > 0.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number.
  func bound(atDistortion distortion: Double) throws(DomainError) -> Bound

  /// The rows of a table at D: one bound, or for a curve known two-sided one of kind `lower` and one of kind `upper`.
  ///
  /// - Throws: as `bound(atDistortion:)`.
  func bounds(atDistortion distortion: Double) throws(DomainError) -> [Bound]
}

extension Curve {
  /// One bound, unless a curve says otherwise.
  public func bounds(atDistortion distortion: Double) throws(DomainError) -> [Bound] {
    [try bound(atDistortion: distortion)]
  }
}

/// The largest rate any curve is asked for, in bits. A rate of 512 bits is a distortion near 1e-154 or 1e-308, where
/// floating-point numbers end; no table or compressor comes near it.
public let largestRate = 512.0

/// Throws unless D is a finite number greater than 0, and normal: below 2.2e-308 (rates of 500 bits and more) numbers lose
/// the digits that a bound would need.
@inlinable
func requireDistortion(_ distortion: Double) throws(DomainError) {
  guard distortion >= .leastNormalMagnitude, distortion.isFinite else { throw .distortionOutOfRange(distortion) }
}

/// Throws unless R is a number of bits in [0, `largestRate`].
@inlinable
func requireRate(_ rate: Double) throws(DomainError) {
  guard rate >= 0, rate <= largestRate else { throw .rateOutOfRange(rate, largest: largestRate) }
}
