/// Which curves a trained point is measured by.
public struct Judgement: Sendable {
  /// The tightest bound that holds for every such point: below it a point is impossible.
  public let converse: Curve
  /// The best that is known to be achievable: near it a point is optimal.
  public let achievable: Curve
  /// Further curves whose gaps are shown.
  public let references: [Curve]
  /// A weaker bound that is proved in no time, where proving the converse takes long; points below it need no other proof.
  public let quickConverse: Curve?

  /// The curves that judge.
  public init(
    converse: Curve, achievable: Curve, references: [Curve] = [], quickConverse: Curve? = nil
  ) {
    self.converse = converse
    self.achievable = achievable
    self.references = references
    self.quickConverse = quickConverse
  }
}
