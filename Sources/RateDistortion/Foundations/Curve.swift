import IntervalArithmetic

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

  /// What the bounds rest on besides interval arithmetic, as a clause after "assuming that"; nil where nothing.
  var assumption: String? { get }

  /// Whether a bound takes a noticeable part of a second: then `table` prints the curve only if asked for it.
  var isCostly: Bool { get }

  /// The curve at a distortion D > 0.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number.
  func point(atDistortion distortion: Double) throws(DomainError) -> OperatingPoint

  /// The least distortion of the curve at a rate in bits.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless the rate is a number in [0, `largestRate`].
  func point(atRate rate: Double) throws(DomainError) -> OperatingPoint

  /// The enclosure of the curve at the exact binary value of D > 0, proved but for `assumption`.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number.
  func bound(atDistortion distortion: Double) throws(DomainError) -> Bound

  /// What a certificate, from anywhere, proves about the curve's claim at D: the rate in bits lies in this interval.
  ///
  /// Nothing in the certificate is trusted but the multiplier or code it names; everything else is evaluated anew, with
  /// intervals, or where `assumption` says so. An end that it does not prove is infinite: a dual multiplier proves the lower
  /// end, a code the upper one.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is a positive, finite, normal number.
  func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval
}

extension Curve {
  /// Nothing.
  public var assumption: String? { nil }

  /// No.
  public var isCostly: Bool { false }

  /// A closed form needs no evidence but its name, and is evaluated anew; any other certificate proves nothing, unless the
  /// curve says what.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    guard case .closedForm = certificate else { return .entire }
    let bound = try bound(atDistortion: distortion)
    return certificate == bound.certificate ? bound.rate : .entire
  }
}

/// The largest rate any curve is asked for, in bits. A rate of 500 bits is a distortion near 1e-151 or 1e-301, where
/// floating-point numbers end; no table or compressor comes near it.
public let largestRate = 500.0

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
