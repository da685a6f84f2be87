import GSL
import IntervalArithmetic

/// High-rate theory of scalar quantizers: what each scheme tends to, in closed form.
///
/// | scheme                            | D at rate R or N levels                            | against R(D), all rates large   |
/// |-----------------------------------|----------------------------------------------------|---------------------------------|
/// | Shannon lower bound               | 2^(2h) 2^(-2R) / (2 pi e)                          | 0                               |
/// | ECSQ, uniform-threshold, ECDQ     | 2^(2h) 2^(-2R) / 12 (Gish, Pierce 1968)            | 0.2546 bits, 1.53 dB            |
/// | Lloyd-Max, fixed rate             | (integral of f^(1/3))^3 / (12 N^2) (Panter, Dite)  | `panterDiteGap`, by the density |
///
/// with h in bits. Every row has the slope lambda = -dR/dD = 1/(2 D ln 2).
///
/// - Source: Gish, Pierce 1968; Panter, Dite, "Quantization distortion in pulse-count modulation with nonuniform
///   spacing of levels", Proc. IRE 39 (1951) 44-48; Zador 1982; Gray, Neuhoff, "Quantization", IEEE Trans. Inform.
///   Theory 44 (1998), IV.
public enum HighRate {
  /// The slope lambda(D) = 1/(2 D ln 2) in bits per unit of distortion that every scheme with D proportional to 2^(-2R)
  /// has.
  ///
  /// - Throws: `DomainError.distortionOutOfRange` unless D is finite and positive.
  public static func slope(atDistortion distortion: Double) throws(DomainError) -> Double {
    try CurveRange.everywhere.require(distortion: distortion)
    return 1 / (2 * natsPerBit * distortion)
  }

  /// The slope lambda(R) at which entropy-coded scalar quantizers of the source spend R bits, lambda = 6/(ln 2) 2^(2R -
  /// 2h), h in bits.
  ///
  /// - Throws: `DomainError.rateOutOfRange` unless R is in [0, `CurveRange.largestRate`].
  public static func slope<Density: ScalarDensity>(
    of source: ScaledDensity<Density>, atRate rate: Double
  ) throws(DomainError) -> Double {
    try CurveRange.everywhere.require(rate: rate)
    return 6 / natsPerBit * Double.exp(2 * (rate * natsPerBit - source.differentialEntropy.midpoint))
  }

  /// How far Lloyd-Max quantizers lie above R(D) at high rate, in bits at equal distortion: 1/2 log2(2 pi e C) - h with
  /// Panter and Dite's constant C (`ScalarDensity.panterDiteConstant`). For the Gaussian 1/2 log2(pi sqrt(3)/2) = 0.722 bits, 4.35 dB.
  public static func panterDiteGap<Density: ScalarDensity>(_ density: Density) -> Double {
    (Double.log(2 * .pi * density.panterDiteConstant) + 1 - 2 * density.differentialEntropy(as: Double.self))
      / (2 * natsPerBit)
  }

  /// Bennett's integral: N^2 D of N-level quantizers whose levels have the point density l(x),
  ///
  ///     (1/12) integral of f(x)/l(x)^2 dx,      integral of l = 1.
  ///
  /// The least over l is Panter and Dite's constant, at l proportional to f^(1/3).
  ///
  /// - Parameters:
  ///   - source: the standard density f.
  ///   - pointDensity: l(x) >= 0 on the support; it need not be normalised, its integral is divided out.
  /// - Returns: the constant for scale 1; relative error about 1e-10.
  /// - Throws: `GSLError` if an integral diverges or its accuracy is not reached.
  /// - Source: Bennett, "Spectra of Quantized Signals", Bell Syst. Tech. J. 27 (1948) 446-472, eq. (1.6).
  public static func bennettIntegral<Density: ScalarDensity>(
    _ source: Density, pointDensity: (Double) -> Double
  ) throws(GSLError) -> Double {
    let (low, high) = (source.support.lowerBound, source.support.upperBound)
    var total = 0.0
    var mean = 0.0
    // Cut at 0, where point densities peak, and at the density's corners.
    let cuts = [low] + Set(source.corners + [0]).filter { $0 > low && $0 < high }.sorted() + [high]
    for (a, b) in zip(cuts, cuts.dropFirst()) {
      total += try adaptiveIntegral(
        "integral of the point density", from: a, to: b, relativeError: 1e-11, of: pointDensity
      )
      .value
      mean += try adaptiveIntegral("Bennett's integral", from: a, to: b, relativeError: 1e-11) { x in
        let density = source.density(x)
        let levels = pointDensity(x)
        // Far out, both underflow; their ratio is taken to have vanished before.
        return density < 1e-290 ? 0 : density / (levels * levels)
      }.value
    }
    return total * total * mean / 12
  }

  /// The curve `high-rate`: R = h - 1/2 log2(12 D), to which entropy-coded scalar quantizers tend; not a bound of any
  /// kind at low rate.
  public static func limit<Density: ScalarDensity>(of density: Density) -> LogarithmicLimit {
    LogarithmicLimit(
      name: .highRate, kind: .estimate,
      summary: "entropy-coded scalar quantization at high rate (Gish, Pierce 1968)",
      formula: "h - 1/2 log2(12 D)", variance: Interval.exp(2 * density.differentialEntropy(as: Interval.self)) / 12)
  }
}
