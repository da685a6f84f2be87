extension CurveName {
  /// One-shot codes of perfect realism whose decoder has randomness of its own, and shares none with the encoder.
  public static let realismPrivate = CurveName(rawValue: "realism-private")
  /// One-shot codes of perfect realism whose encoder and decoder share randomness.
  public static let realismShared = CurveName(rawValue: "realism-shared")

  /// One-shot codes without common randomness whose reproductions have a law within a budget of the source's: `perception-P`.
  public static func perception(_ budget: PerceptionBudget) -> CurveName {
    CurveName(rawValue: perceptionPrefix + budget.squaredDistance.words)
  }

  private static let perceptionPrefix = "perception-"

  /// The budget of a curve of that name; nil for any other.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if what stands for P is none.
  func perceptionBudget() throws(DomainError) -> PerceptionBudget? {
    guard rawValue.hasPrefix(Self.perceptionPrefix) else { return nil }
    let text = rawValue.dropFirst(Self.perceptionPrefix.count)
    guard let number = Double(text) else {
      throw .parameterOutOfRange(
        name: "perception", value: String(text), requirement: "a squared Wasserstein distance, a number from 0 to 1e300"
      )
    }
    return try PerceptionBudget(number)
  }

  /// Whether the law of the reproductions counts: it has to be the source's, or near it.
  public var isAtRealism: Bool {
    rawValue.hasPrefix("realism-") || rawValue.hasPrefix(Self.perceptionPrefix)
      || isOfCommonRandomness || isOfDeviationBudget
  }
}

extension Curve {
  /// E(D/2): the least entropy of a one-shot code at perfect realism without common randomness, from this curve, which is E(D)
  /// or a bound on it.
  ///
  /// **Claim.** Let X have no atoms and a finite second moment. The encoder sends a message M, chosen with randomness or
  /// without, of entropy H(M) <= H; the decoder draws Y from M with randomness of its own, and Y has the law of X. Then the
  /// least E|X - Y|^2 is twice the least distortion x at which codes without that condition have entropy at most H.
  ///
  /// **Proof.** Let c = E[X | M]. X and Y are independent given M, and E[X - c | M] = 0, so
  ///
  ///     E|X - Y|^2 = E|X - c|^2 + E|c - Y|^2.
  ///
  /// Y has the law of X and c is a function of M, so that (Y, M) is a way to quantize X to points of entropy at most H, at
  /// random: E|c - Y|^2 is the cost of a coupling of X's law with a discrete one. So is E|X - c|^2. Both are at least x,
  /// because randomness in the cells does not help: of all couplings of X's law with given points of given probabilities take
  /// one of least cost. It is supported where |X - c_i|^2 - phi_i is least over i, for some prices phi (Kantorovich's duality).
  /// Wherever several points share that minimum, how X is divided among them does not change the cost as long as their
  /// probabilities stay; and as X has no atoms it can be divided into sets, each with one point. The coupling has become a code
  /// with the same cost and the same probabilities, of distortion at least x.
  ///
  /// Conversely let the encoder be a code of distortion x and the decoder draw Y from the law of X in the cell: given M, X and
  /// Y are independent of one law, and E|X - Y|^2 = 2 E|X - c|^2. QED
  ///
  /// A source with a cell distortion that is positive on all sets of positive probability has no atoms, and a density has none.
  /// Codes may share the time if each of them is realistic; the limit of those is the lower hull at D/2.
  ///
  /// - Source: derived here; for a fixed encoder the factor 2 is Blau, Michaeli, "Rethinking Lossy Compression", ICML 2019, and
  ///   Yan, Wen, Ying, Liu, "On Perceptual Lossy Compression", ICML 2021.
  var realismPrivate: Curve {
    Curve(
      InheritedLimit(
        .realismPrivate, of: self, at: .half,
        summary:
          "one shot at perfect realism, no common randomness: \(name) at half the distortion (Blau, Michaeli 2019)"))
  }

  /// The trade-off between distortion and perception, from this curve, which is `realismPrivate`: its rate at the distortion that
  /// codes within a budget have at perfect realism (`PerceptionBudget`, where it is proved).
  public func perception(_ budget: PerceptionBudget) -> Curve {
    Curve(
      InheritedLimit(
        .perception(budget), of: self, at: .perception(budget),
        summary:
          "one shot, no common randomness, squared Wasserstein distance to the source's law at most "
          + "\(budget.squaredDistance.words) (derived here)"))
  }
}
