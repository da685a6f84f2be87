/// What a code whose reproductions have the law of its source may rely on, and so by which limit it is judged.
public enum RealismLimit: String, Sendable, CaseIterable {
  /// One shot; the decoder draws on its own: `realism-private`.
  case privateRandomness = "private"
  /// One shot; encoder and decoder share randomness: `realism-shared`, or `realism-shannon` where that is not known.
  case sharedRandomness = "shared"
  /// Many samples together, shared randomness: `realism-shannon`.
  case longBlocks = "shannon"

  /// The codes, as sentences call them.
  public var codes: String {
    switch self {
    case .privateRandomness: return "decoders that draw on their own"
    case .sharedRandomness: return "codes that share randomness"
    case .longBlocks: return "long blocks that share randomness"
    }
  }
}

/// How points are judged whose reproductions have the law of their source.
public struct RealismJudgement: Sendable {
  /// The curves that judge, all of them at realism but for references.
  public let judgement: Judgement
  /// The same limit without realism, the achievable side: what a realistic code needs above it is the price of realism. Nil where
  /// it is not known.
  public let withoutRealism: Curve?
  /// By how much distortions of the source's corners are larger at realism; nil where they are others.
  public let cornerScale: Double?
}

extension KnownSource {
  /// How points at perfect realism are judged; nil where nothing is known.
  ///
  /// Without common randomness every curve that judges is taken at half the distortion (`Curve.realismPrivate`): those of a source
  /// that has `realism-private`, for that it has it says that it has no atoms. With common randomness the counterpart without
  /// realism is the hull of E(D), for long blocks R(D).
  public func judgement(at realism: RealismLimit) -> RealismJudgement? {
    let curve = { (name: CurveName) in curves.filter { $0.name == name } }
    switch realism {
    case .privateRandomness:
      guard !curve(.realismPrivate).isEmpty else { return nil }
      let plain = judgement
      return RealismJudgement(
        judgement: Judgement(
          converse: plain.converse.realismPrivate, achievable: plain.achievable.realismPrivate,
          hull: plain.hull.realismPrivate, codes: plain.codes.map(\.realismPrivate),
          slowCodes: plain.slowCodes.map(\.realismPrivate), references: [plain.achievable],
          quickConverse: plain.quickConverse?.realismPrivate, isConverseAchievable: plain.isConverseAchievable),
        withoutRealism: plain.achievable, cornerScale: 2)
    case .sharedRandomness:
      let shared = curve(.realismShared)
      let hull = curve(.timeSharing).first
      // Where only codes are known the limit without realism is a converse.
      let converse = shared.first { $0.kind != .upper } ?? hull
      guard let achievable = shared.last, let converse else { return judgement(byShannonFor: .sharedRandomness) }
      return RealismJudgement(
        judgement: Judgement(
          converse: converse, achievable: achievable,
          references: [hull].compactMap { $0 }.filter { $0.name != converse.name },
          isConverseAchievable: converse.kind == .exact && shared.count == 1),
        withoutRealism: hull, cornerScale: nil)
    case .longBlocks: return judgement(byShannonFor: .longBlocks)
    }
  }

  /// By R(D) at perfect realism, which no one-shot code is known to reach.
  private func judgement(byShannonFor realism: RealismLimit) -> RealismJudgement? {
    guard let shannon = curves.first(where: { $0.name == .realismShannon }) else { return nil }
    let plain = curves.last { $0.name == .shannon && !$0.isCostly }
    return RealismJudgement(
      judgement: Judgement(
        converse: shannon, achievable: shannon, codes: realism == .longBlocks ? [shannon] : [],
        references: [plain].compactMap { $0 }),
      withoutRealism: plain, cornerScale: nil)
  }
}
