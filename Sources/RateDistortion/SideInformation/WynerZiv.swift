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
    ])

  public init(parameters: SourceParameters) throws(DomainError) {
    let correlation = parameters.number("correlation")
    let setting =
      parameters.word("setting").flatMap(Setting.init)
      ?? (correlation == nil ? .sidePlusNoise : .correlation)
    let variance = parameters.number("variance") ?? 1
    var used = SourceParameters()
    used.set("setting", to: .word(setting.rawValue))
    used.set("variance", to: .number(variance))
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
    self.setting = setting
    self.parameters = used
    sourceVariance = total
    conditionalVariance = conditional
  }

  public var curves: [any Curve] {
    [
      wynerZiv, noSideInformation, shifted(wynerZiv, as: .wynerZivShifted),
      shifted(noSideInformation, as: .noSideInformationShifted), oneShotLower,
    ] + codes
  }

  /// What one-shot codes reach: nothing where the variances are too far apart for their quotient to be a number.
  private var codes: [any Curve] {
    guard let problem = try? GaussianSideInformation(self) else { return [] }
    let nested = [IndexCoding.marginal, .conditional].flatMap { coding in
      [2, 4, 8, 16].map { SteppedCurve(problem: problem, bins: $0, coding: coding) }
    }
    return [SteppedCurve.slepianWolfUniform(problem)] + nested
      + [DesignedCurve(problem, coding: .marginal), DesignedCurve(problem, coding: .conditional)]
  }

  /// The source and side information as one-shot codes see them; nil where the variances are too far apart for their quotient
  /// to be a number.
  public var sideInformation: GaussianSideInformation? { try? GaussianSideInformation(self) }

  /// One-shot codes are held impossible by `one-shot-lower`, and measured by it too: steps with ideal Slepian-Wolf coding come
  /// within 0.01 bits of it from 1 bit on and 0.06 below, so that what is within the tolerance of it is within the tolerance of
  /// the best code. R_WZ is only reached by long blocks.
  public var judgement: Judgement {
    let converse = OneShotConverse(hull: TabulatedGaussianHull(), conditionalVariance: conditionalVariance)
    return Judgement(
      converse: converse, achievable: converse,
      references: [wynerZiv, shifted(wynerZiv, as: .wynerZivShifted), noSideInformation], quickConverse: wynerZiv)
  }

  /// One-shot codes, and their converse, against R_WZ. At high rate all tend to the space-filling loss of a scalar lattice.
  public var gaps: SchemeGaps? {
    let schemes = [oneShotLower] + codes.filter { !($0 is DesignedCurve) }
    return SchemeGaps(
      reference: wynerZiv, schemes: schemes,
      limits: [.oneShotLower, .slepianWolfUniform].map { name in
        GapLimits(
          scheme: name, highRateBits: SpaceFillingLoss.scalarBits, highRateDecibels: SpaceFillingLoss.scalarDecibels,
          initialSaving: name == .oneShotLower ? 2 * natsPerBit : nil)
      })
  }

  private var oneShotLower: any Curve {
    OneShotConverse(hull: EntropyConstrainedConverse(GaussianDensity()), conditionalVariance: conditionalVariance)
  }

  private var wynerZiv: LogarithmicCurve {
    LogarithmicCurve(
      name: .wynerZiv, kind: .exact, summary: "Wyner-Ziv function R_WZ(D), long blocks (Wyner, Ziv 1976)",
      formula: "1/2 log2(conditional variance/D)", variance: conditionalVariance)
  }

  private var noSideInformation: LogarithmicCurve {
    LogarithmicCurve(
      name: .noSideInformation, kind: .exact, summary: "R(D) of X if nobody knows Y, long blocks",
      formula: "1/2 log2(source variance/D)", variance: sourceVariance)
  }

  private func shifted(_ curve: LogarithmicCurve, as name: CurveName) -> LogarithmicCurve {
    LogarithmicCurve(
      name: name, kind: .estimate,
      summary:
        "\(curve.name) moved by a scalar lattice's 1.53 dB: one-shot codes at high rate (Breaking Smoothness, Fig. 4)",
      formula: curve.formula + " with the variance times 2 pi e/12",
      variance: curve.variance * SpaceFillingLoss.scalarFactor())
  }
}
