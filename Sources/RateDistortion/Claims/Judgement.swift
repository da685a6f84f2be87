/// Which curves a trained point is measured by.
///
/// Four roles, which one curve may play together: E(D) of the ramp is its own converse, what codes reach, what gaps are measured
/// from and, but for its hull, what shares of time reach. For the banana only the converse is known.
public struct Judgement: Sendable {
  /// The tightest bound that holds for every such point: below it a point is impossible, near it nothing better exists.
  public let converse: Curve
  /// What gaps are measured from: the best that is achievable, or the converse where no code is known to come near it.
  public let achievable: Curve
  /// The lower convex hull of `achievable`, whose slopes weigh distortion against rate.
  public let hull: Curve
  /// The good one-shot codes that are known; at every distortion the best of them counts. Empty if there is nothing to compare
  /// with: a limit for long blocks is no code that a trained one could have been.
  public let codes: [Curve]
  /// Further such codes, which take long to find: they judge if somebody names them.
  public let slowCodes: [Curve]
  /// Further curves whose gaps are shown.
  public let references: [Curve]
  /// A weaker bound that is proved in no time, where proving the converse takes long; points below it need no other proof.
  public let quickConverse: Curve?
  /// Whether what is achievable is the converse, or its other side so near to it that they count as one.
  public let isConverseAchievable: Bool

  /// The curves that judge.
  ///
  /// - Parameters:
  ///   - hull: where it differs from `achievable`.
  ///   - codes: where they are others than `achievable`.
  ///   - isConverseAchievable: where names do not tell: two sides of one name are one curve otherwise.
  public init(
    converse: Curve, achievable: Curve, hull: Curve? = nil, codes: [Curve]? = nil, slowCodes: [Curve] = [],
    references: [Curve] = [], quickConverse: Curve? = nil, isConverseAchievable: Bool? = nil
  ) {
    self.converse = converse
    self.achievable = achievable
    self.hull = hull ?? achievable
    self.codes = codes ?? [achievable]
    self.slowCodes = slowCodes
    self.references = references
    self.quickConverse = quickConverse
    self.isConverseAchievable = isConverseAchievable ?? (converse.name == achievable.name)
  }
}
