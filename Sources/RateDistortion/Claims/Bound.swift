import IntervalArithmetic

/// A curve's value at one distortion: what it claims, how well it is known, and the evidence.
///
/// `rate` encloses the curve's value in bits at exactly the binary number `distortion`. For a lower bound `rate.lower` is
/// itself proved to be a lower bound, for an upper bound `rate.upper` is proved to be achievable; for an exact curve the
/// optimum lies in `rate`.
public struct Bound: Sendable {
  /// What the number claims.
  public var kind: BoundKind
  /// D, taken as the exact value of this binary number.
  public var distortion: Double
  /// An interval, in bits, that contains the curve's value at D.
  public var rate: Interval
  /// lambda = -dR/dD in bits per unit of distortion, from floating point; nil where it is infinite.
  public var slope: Double?
  /// What anyone can re-evaluate.
  public var evidence: any Evidence
  /// What the enclosure rests on.
  public var assurance: Assurance

  /// A bound with its evidence.
  public init(
    kind: BoundKind, distortion: Double, rate: Interval, slope: Double?, evidence: any Evidence,
    assurance: Assurance = .proved
  ) {
    self.kind = kind
    self.distortion = distortion
    self.rate = rate
    self.slope = slope
    self.evidence = evidence
    self.assurance = assurance
  }

  /// The side of the enclosure on which the claim holds, in bits: the lower end of a lower bound, the upper end of an
  /// upper bound, the middle otherwise.
  public var value: Double {
    switch kind {
    case .lower: return rate.lower
    case .upper: return rate.upper
    case .exact, .estimate: return rate.midpoint
    }
  }
}
