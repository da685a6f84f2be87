/// What a scheme's gap tends to at both ends.
///
/// High rate: gaps to the Shannon lower bound, and so to R(D), tend to a constant (`HighRate`).
///
/// Low rate: all gaps vanish with the rate, in bits and in dB, if the reference is R(D); what differs is how fast
/// distortion falls as the first fraction of a bit is spent, -dD/dR at R = 0. With the first threshold t far in the
/// tail (probability q, centroid c) a scalar quantizer spends about q log2(1/q) bits and saves about q c^2; for the
/// Gaussian c^2 = 2 log(1/q), so that
///
///     -dD/dR -> 2 ln 2 variance,
///
/// the slope of its R(D): one-shot codes are optimal there (Marco, Neuhoff 2006), if slowly (like log t / t^2). For
/// exponential tails c^2 is about log^2(1/q): the slope is infinite. A fixed number of levels or a dither cannot
/// follow: see `initialSaving`.
public struct GapLimits: Sendable, Equatable {
  /// The scheme.
  public let scheme: CurveName
  /// Gap to R(D) in bits at equal distortion as the rate grows.
  public let highRateBits: Double
  /// Gap to R(D) in dB at equal rate as the rate grows.
  public let highRateDecibels: Double
  /// -dD/dR at rate 0 in variances per bit: what the first bit would save at the rate of the first fraction of it; nil
  /// where the scheme has no such derivative (a staircase, a scheme that starts with a jump).
  public let initialSaving: Double?

  /// A scheme's limits; dB are 20 log10(2) a bit, because distortion falls as 2^(-2R) at high rate unless said otherwise.
  public init(scheme: CurveName, highRateBits: Double, highRateDecibels: Double, initialSaving: Double? = nil) {
    self.scheme = scheme
    self.highRateBits = highRateBits
    self.highRateDecibels = highRateDecibels
    self.initialSaving = initialSaving
  }
}
