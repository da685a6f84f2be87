import IntervalArithmetic

extension ScaledDensity {
  /// The practical schemes of this source, in the order in which tables print them.
  public var practicalSchemes: [any Curve] {
    [
      UniformThresholdQuantizers(source: self), DeadZoneQuantizers(source: self), LloydMaxQuantizers(source: self),
      DitheredQuantizers(source: self, decoder: .raw), DitheredQuantizers(source: self, decoder: .wiener),
      DitheredQuantizers(source: self, decoder: .conditionalMean), HighRate.curve(of: self),
    ]
  }

  /// The Shannon lower bound, which for the Gaussian is R(D).
  public var shannonReference: LogarithmicCurve { HighRate.shannonLowerBound(of: self) }

  /// The gaps of all practical schemes to the Shannon lower bound.
  public var gaps: SchemeGaps {
    SchemeGaps(reference: shannonReference, schemes: practicalSchemes, limits: gapLimits)
  }

  /// The limits at both ends of every practical scheme but the high-rate theory itself.
  ///
  /// Initial savings -dD/dR at R = 0, in variances per bit:
  ///
  /// - uniform-threshold, dead-zone: 2 ln 2 for the Gaussian, infinite for Laplace, exponential (centroids only; with
  ///   its dead zone at 0 the exponential has no start) and logistic tails; 0 for the uniform source, whose first extra
  ///   cell costs q log 1/q for a saving of order q.
  /// - ecdq-wiener: 0; it saves 12 variance^2/s^2 for c/s bits.
  /// - ecdq-mean: finite. Savings and bits both fall like 1/s, and with F the distribution function their ratio is that
  ///   of the integrals over tau of variance - E var(X | X < tau or not) and of the binary entropy of F(tau); it is
  ///   read off the averages at a step of 10^3 scales, exact to 1e-9. For Gaussian and uniform sources it is ln 2: half
  ///   of what R(D) saves.
  /// - lloyd-max, ecdq: none.
  public var gapLimits: [GapLimits] {
    let scalar = (SpaceFillingLoss.scalarBits, SpaceFillingLoss.scalarDecibels)
    let levels = HighRate.panterDiteGap(density)
    let tail: Double?
    switch density {
    case is GaussianDensity: tail = 2 * natsPerBit
    case is UniformDensity: tail = 0
    default: tail = .infinity
    }
    let averages = OffsetAverage(density: density).values(step: 1e3)
    let variance = density.variance(as: Double.self)
    let saving = (variance - averages.conditional) / variance / (averages.information / natsPerBit)
    return [
      GapLimits(
        scheme: .uniformThreshold, highRateBits: scalar.0, highRateDecibels: scalar.1, initialSaving: tail),
      GapLimits(
        scheme: .deadZone, highRateBits: scalar.0, highRateDecibels: scalar.1,
        initialSaving: density.isSymmetric ? tail : nil),
      GapLimits(
        scheme: .lloydMax, highRateBits: levels, highRateDecibels: 20 * levels * 0.301029995663981195213738894724,
        initialSaving: nil),
      GapLimits(scheme: .ditheredRaw, highRateBits: scalar.0, highRateDecibels: scalar.1, initialSaving: nil),
      GapLimits(scheme: .ditheredWiener, highRateBits: scalar.0, highRateDecibels: scalar.1, initialSaving: 0),
      GapLimits(scheme: .ditheredMean, highRateBits: scalar.0, highRateDecibels: scalar.1, initialSaving: saving),
    ]
  }
}
