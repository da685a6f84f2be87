import IntervalArithmetic

extension ScaledDensity {
  /// A limit of the standard density at this source's scale.
  func curve(_ limit: some Limit) -> Curve { Curve(limit, squaredScale: squaredScale) }

  /// The practical schemes of this source, in the order in which tables print them: those that every density has.
  public var practicalSchemes: [Curve] { schemes(ofFixedRate: []) }

  /// The schemes of every density, with those at a fixed rate in their place.
  private func schemes(ofFixedRate levels: [Curve]) -> [Curve] {
    [curve(UniformThresholdQuantizers(density)), curve(DeadZoneQuantizers(density))] + levels
      + DitheredQuantizers<Density>.Decoder.allCases.map { curve(DitheredQuantizers(density, decoder: $0)) }
      + [curve(HighRate.limit(of: density))]
  }

  /// The Shannon lower bound, which for the Gaussian is R(D).
  public var shannonReference: Curve {
    curve(LogarithmicLimit.shannonLowerBound(entropy: density.differentialEntropy(as: Interval.self)))
  }

  /// The gaps of practical schemes to the Shannon lower bound.
  public var gaps: SchemeGaps {
    SchemeGaps(reference: shannonReference, schemes: practicalSchemes, limits: gapLimits)
  }

  /// The limits at both ends of every practical scheme but the high-rate theory itself.
  ///
  /// Initial savings -dD/dR at R = 0, in variances per bit:
  ///
  /// - uniform-threshold, dead-zone: what a threshold far out saves, a fact of the density's tails
  ///   (`ScalarDensity.initialSaving`); the dead zone needs a mean of 0, where it is reproduced: otherwise it has no start.
  /// - ecdq-wiener: 0; it saves 12 variance^2/s^2 for c/s bits.
  /// - ecdq-mean: finite. Savings and bits both fall like 1/s, and with F the distribution function their ratio is that
  ///   of the integrals over tau of variance - E var(X | X < tau or not) and of the binary entropy of F(tau); it is
  ///   read off the averages at a step of 10^3 scales, exact to 1e-9. For Gaussian and uniform sources it is ln 2: half
  ///   of what R(D) saves.
  /// - ecdq: none.
  public var gapLimits: [GapLimits] { generalGapLimits }

  private var generalGapLimits: [GapLimits] {
    let averages = density.offsetAverages(step: 1e3)
    let variance = density.variance(as: Double.self)
    let saving = (variance - averages.conditional) / variance / (averages.information / natsPerBit)
    let isCentred = density.mean(as: Double.self) == 0
    return [
      .latticeLike(.uniformThreshold, initialSaving: density.initialSaving),
      .latticeLike(.deadZone, initialSaving: isCentred ? density.initialSaving : nil),
      .latticeLike(.ditheredRaw), .latticeLike(.ditheredWiener, initialSaving: 0),
      .latticeLike(.ditheredMean, initialSaving: saving),
    ]
  }
}

extension ScaledDensity where Density: LogConcaveDensity {
  /// The practical schemes, with the best quantizers of N levels, which are known for log-concave densities.
  public var practicalSchemes: [Curve] { schemes(ofFixedRate: [curve(LloydMaxQuantizers(density))]) }

  /// The gaps of practical schemes to the Shannon lower bound.
  public var gaps: SchemeGaps {
    SchemeGaps(reference: shannonReference, schemes: practicalSchemes, limits: gapLimits)
  }

  /// The limits of every density's schemes, and of the best quantizers of N levels, a staircase without a derivative at rate 0.
  public var gapLimits: [GapLimits] {
    let bits = HighRate.panterDiteGap(density)
    let general = generalGapLimits
    return Array(general.prefix(2))
      + [GapLimits(scheme: .lloydMax, highRateBits: bits, highRateDecibels: decibels(ofBits: bits))]
      + Array(general.dropFirst(2))
  }
}

extension GapLimits {
  /// Those of cells that tend to a scalar lattice's: 0.2546 bits, 1.53 dB.
  static func latticeLike(_ scheme: CurveName, initialSaving: Double? = nil) -> GapLimits {
    GapLimits(
      scheme: scheme, highRateBits: SpaceFillingLoss.scalarBits, highRateDecibels: SpaceFillingLoss.scalarDecibels,
      initialSaving: initialSaving)
  }
}
