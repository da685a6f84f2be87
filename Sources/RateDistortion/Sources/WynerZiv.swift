import IntervalArithmetic

/// The quadratic-Gaussian Wyner-Ziv problem: X and Y jointly Gaussian, X coded, Y known to the decoder alone.
///
/// The rate-distortion function is that of a Gaussian of the conditional variance, as if the encoder knew Y too:
///
///     R_WZ(D) = max(0, 1/2 log2(sigma^2_{X|Y} / D)).
///
/// Three settings:
///
/// - `side-plus-noise`, X = Y + N: sigma^2_X = var Y + var N, sigma^2_{X|Y} = var N.
/// - `source-plus-noise`, Y = X + N: sigma^2_X = var X, sigma^2_{X|Y} = var X var N / (var X + var N).
/// - `correlation`: sigma^2_X = variance, sigma^2_{X|Y} = (1 - rho^2) sigma^2_X.
///
/// `wyner-ziv` and `no-side-information` are limits for long blocks. Moved by the space-filling loss of a scalar lattice,
/// 2 pi e/12 in distortion (1.53 dB), they estimate what one-shot codes reach at high rate; below about a bit they are no
/// bound of any kind. What one-shot codes do reach are the curves of `SteppedCurve` and `DesignedCurve`.
///
/// - Distortion: squared error of X.
/// - Source: Wyner, Ziv 1976; Wyner 1978; Ozyilkan et al., "Breaking Smoothness", section 3 and Figure 4.
public struct WynerZiv: InformationSource {
  /// How X and Y are related.
  public enum Setting: String, Sendable, CaseIterable {
    /// X = Y + N.
    case sidePlusNoise = "side-plus-noise"
    /// Y = X + N.
    case sourcePlusNoise = "source-plus-noise"
    /// A correlation coefficient.
    case correlation
  }

  /// How X and Y are related.
  public let setting: Setting
  /// sigma^2_X, enclosed.
  public let sourceVariance: Interval
  /// sigma^2_{X|Y}, enclosed.
  public let conditionalVariance: Interval
  public let parameters: SourceParameters

  public static let description = SourceDescription(
    name: "wyner-ziv",
    aliases: ["wyner_ziv", "wz"],
    definition: "jointly Gaussian X, Y; Y known to the decoder alone",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Wyner, Ziv 1976; Ozyilkan et al. 2025, section 3, Figure 4",
    parameters: [
      ParameterDescription(
        "setting", help: "X = Y + N, Y = X + N, or a correlation coefficient",
        domain: .choice(Setting.allCases.map(\.rawValue))),
      ParameterDescription(
        "variance", help: "variance of Y in side-plus-noise, of X in the other settings",
        domain: .positive(default: 1)),
      ParameterDescription(
        "noise-variance", help: "variance of N", domain: .positive(default: 0.1),
        columns: ["noise_var", "noise_variance"]),
      ParameterDescription(
        "correlation", help: "correlation coefficient of X and Y (implies --setting correlation)",
        domain: .between(-1, 1)),
      ParameterDescription(
        "coding", help: "which rate a trained point's is, H(index|Y) or H(index): which codes it is compared with",
        domain: .choice([IndexCoding.conditional, .marginal].map(\.rawValue)), columns: ["coding"]),
    ])

  public init(parameters: SourceParameters) throws(DomainError) {
    let correlation = parameters.number("correlation")
    let setting =
      parameters.word("setting").flatMap(Setting.init)
      ?? (correlation == nil ? .sidePlusNoise : .correlation)
    let variance = parameters.number("variance") ?? 1
    var used: SourceParameters = ["setting": .word(setting.rawValue), "variance": .number(variance)]
    let total: Interval
    let conditional: Interval
    if setting == .correlation {
      guard let correlation else {
        throw .parameterOutOfRange(
          name: "setting", value: setting.rawValue, requirement: "given together with correlation")
      }
      if let noise = parameters.number("noise-variance") {
        throw .parameterOutOfRange(
          name: "noise-variance", value: String(noise), requirement: "absent where a correlation is given")
      }
      let rho = Interval(correlation)
      total = Interval(variance)
      conditional = (1 - rho) * (1 + rho) * total
      used.set("correlation", to: .number(correlation))
    } else {
      if let correlation {
        throw .parameterOutOfRange(
          name: "correlation", value: String(correlation),
          requirement: "absent in the setting \(setting.rawValue)")
      }
      let noise = parameters.number("noise-variance") ?? 0.1
      let n = Interval(noise)
      let v = Interval(variance)
      total = setting == .sidePlusNoise ? v + n : v
      conditional = setting == .sidePlusNoise ? n : v * (n / (v + n))
      used.set("noise-variance", to: .number(noise))
    }
    guard total.upper.isFinite, conditional.lower > 0 else {
      throw .parameterOutOfRange(
        name: "variance", value: String(variance), requirement: "such that the conditional variance is a number > 0")
    }
    if let coding = parameters.word("coding") { used.set("coding", to: .word(coding)) }
    self.setting = setting
    self.parameters = used
    sourceVariance = total
    conditionalVariance = conditional
  }

  /// R_WZ and what it shows, the one-shot converse, and the codes.
  ///
  /// One-shot codes are held impossible by `one-shot-lower`, and measured by it too: steps with ideal Slepian-Wolf coding come
  /// within 0.01 bits of it from 1 bit on and 0.06 below. Where the rate is H(index), as `coding` says, the best codes known are
  /// nested quantizers and designed ones; the converse lies further below, and nobody knows how much of that is the codes'
  /// fault. Designed codes judge wherever the program carries their table, and elsewhere if somebody names them. R_WZ is only
  /// reached by long blocks. Gaps of schemes are measured from it: at high rate all codes tend to the space-filling loss of a
  /// scalar lattice.
  public var limits: SourceLimits {
    let wynerZiv = Curve(wynerZiv)
    let noSideInformation = Curve(noSideInformation)
    let wynerZivShifted = Curve(shifted(self.wynerZiv, as: .wynerZivShifted))
    let hull = OneShotConverse(hull: EntropyConstrainedConverse(GaussianDensity()))
    let converse = Curve(hull, squaredScale: conditionalVariance)
    let marginalConverse = sideInformation.map { MarginalConverse($0, conditional: hull) }
    let marginal = marginalConverse.map { Curve($0, squaredScale: conditionalVariance) }
    let estimate = sideInformation.flatMap { problem in
      marginalConverse.map { Curve(MarginalEstimate(problem, converse: $0), squaredScale: conditionalVariance) }
    }
    let judge = (isMarginal ? marginal : nil) ?? converse
    let codes = oneShotCodes
    let designs = judgingDesigns(codes.designed)
    return SourceLimits(
      curves: [
        wynerZiv, noSideInformation, wynerZivShifted,
        Curve(shifted(self.noSideInformation, as: .noSideInformationShifted)), converse,
      ] + [marginal, estimate].compactMap { $0 } + codes.stepped + codes.designed,
      judgement: Judgement(
        converse: judge, achievable: judge, codes: codes.best + (codes.areCarried ? designs : []),
        slowCodes: codes.areCarried ? [] : designs,
        references: (judge.name == converse.name ? [] : [converse]) + [wynerZiv, wynerZivShifted, noSideInformation],
        quickConverse: wynerZiv),
      gaps: {
        SchemeGaps(
          reference: wynerZiv, schemes: [converse.precise] + (marginal.map { [$0.precise] } ?? []) + codes.stepped,
          limits: [.oneShotLower, .slepianWolfUniform].map { name in
            GapLimits(
              scheme: name, highRateBits: SpaceFillingLoss.scalarBits,
              highRateDecibels: SpaceFillingLoss.scalarDecibels,
              initialSaving: name == .oneShotLower ? 2 * natsPerBit : nil)
          })
      })
  }

  /// Whether a trained point's rate is H(index), which conditional codes have no need of.
  private var isMarginal: Bool { parameters.word("coding") == IndexCoding.marginal.rawValue }

  /// That what sets earn at most is what the table says, on which the converse for H(index) rests.
  public func computedProof() -> [ProofCheck] {
    sideInformation == nil ? [] : RewardTable.checks
  }

  /// Four tables of designed codes, whatever the parameters.
  public var shippedDesigns: [ShippedDesigns] { ShippedDesigns.all }

  /// The designed codes that a trained point may be compared with: where Y counts, H(index) bits are enough for either.
  private func judgingDesigns(_ designed: [Curve]) -> [Curve] {
    designed.filter { $0.name == .designedMarginal || !isMarginal }
  }

  /// What one-shot codes reach, and the best of them for a trained point's coding: nothing where the variances are too far
  /// apart for their quotient to be a number. And whether the designed ones are carried.
  private var oneShotCodes: (stepped: [Curve], designed: [Curve], areCarried: Bool, best: [Curve]) {
    guard let problem = sideInformation else { return ([], [], false, []) }
    let designed = IndexCoding.allCases.map { DesignedCurve(problem, coding: $0) }
    let steps = Curve(SteppedCurve.slepianWolfUniform(problem))
    let nested = { (coding: IndexCoding) in
      [2, 4, 8, 16].map { Curve(SteppedCurve(problem: problem, bins: $0, coding: coding)) }
    }
    let (marginal, conditional) = (nested(.marginal), nested(.conditional))
    return (
      [steps] + marginal + conditional,
      designed.map { Curve($0) }, designed.allSatisfy(\.isCarried),
      isMarginal ? marginal : [steps]
    )
  }

  /// Codes on the line of X, judged by what a decoder makes of them that knows Y: by H(index) against designed codes and the
  /// converse for it, or by H(index|Y) if `coding` says so.
  public var codes: CodeReference? {
    guard let problem = sideInformation,
      let scaled = try? ScaledDensity(GaussianDensity(), squaredScale: sourceVariance.midpoint)
    else { return nil }
    let coding = parameters.word("coding").flatMap(IndexCoding.init) ?? .marginal
    let limits = limits
    let converse = limits.curves.filter { $0.name == (coding == .marginal ? .oneShotMarginalLower : .oneShotLower) }
    let designed = coding == .marginal ? CurveName.designedMarginal : .designedConditional
    return CodeReference(
      line: ScalarLine(scaled: scaled), sideInformation: KnownSide(problem: problem, coding: coding),
      oneShot: converse + limits.curves.filter { $0.name == designed }, longBlocks: [Curve(wynerZiv)])
  }

  /// The source and side information as one-shot codes see them; nil where the variances are too far apart for their quotient
  /// to be a number.
  public var sideInformation: GaussianSideInformation? {
    let variance = parameters.number("variance") ?? 1
    let noise = parameters.number("noise-variance") ?? 0
    switch setting {
    case .sidePlusNoise: return try? GaussianSideInformation(sidePlusNoise: noise, sideVariance: variance)
    case .sourcePlusNoise: return try? GaussianSideInformation(sourcePlusNoise: noise, sourceVariance: variance)
    case .correlation:
      return try? GaussianSideInformation(
        correlation: parameters.number("correlation") ?? 0, sourceVariance: variance)
    }
  }

  private var wynerZiv: LogarithmicLimit {
    LogarithmicLimit(
      name: .wynerZiv, kind: .exact, summary: "Wyner-Ziv function R_WZ(D), long blocks (Wyner, Ziv 1976)",
      formula: "1/2 log2(conditional variance/D)", variance: conditionalVariance)
  }

  private var noSideInformation: LogarithmicLimit {
    LogarithmicLimit(
      name: .noSideInformation, kind: .exact, summary: "R(D) of X if nobody knows Y, long blocks",
      formula: "1/2 log2(source variance/D)", variance: sourceVariance)
  }

  private func shifted(_ curve: LogarithmicLimit, as name: CurveName) -> LogarithmicLimit {
    LogarithmicLimit(
      name: name, kind: .estimate,
      summary:
        "\(curve.name) moved by a scalar lattice's 1.53 dB: one-shot codes at high rate (Breaking Smoothness, Fig. 4)",
      formula: curve.formula + " with the variance times 2 pi e/12",
      variance: curve.variance * SpaceFillingLoss.scalarFactor())
  }
}
