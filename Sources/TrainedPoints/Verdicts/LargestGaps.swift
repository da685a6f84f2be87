/// How far points may lie from what is achievable before a verification fails: a gate for continuous integration.
public struct LargestGaps: Sendable, Equatable {
  /// The largest gap in bits at equal distortion; nil for no limit.
  public var bits: Double?
  /// The largest gap in dB at equal rate; nil for no limit.
  public var decibels: Double?

  /// Limits, or none.
  public init(bits: Double? = nil, decibels: Double? = nil) {
    self.bits = bits
    self.decibels = decibels
  }

  /// Whether a point is beyond a limit. Where the curve has no rate or distortion to compare with, nobody knows that the point
  /// is within: it is beyond.
  public func areExceeded(by point: JudgedPoint) -> Bool {
    if let bits, point.gap.bits.map({ $0 > bits }) ?? true { return true }
    if let decibels, point.gap.decibels.map({ $0 > decibels }) ?? true { return true }
    return false
  }
}
