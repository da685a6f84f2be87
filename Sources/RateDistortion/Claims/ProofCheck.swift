/// One inequality that a proof rests on, checked by a computation that proves it, and how that went.
public struct ProofCheck: Sendable, Equatable {
  /// What is claimed, in a line.
  public let claim: String
  /// Whether it is proved.
  public let isProved: Bool
  /// How many intervals or boxes were looked at.
  public let boxes: Int
  /// The proved distance from failing: the least lower end of what must be positive.
  public let margin: Double
  /// Where it could not be proved; empty if it was.
  public let failure: String
}
