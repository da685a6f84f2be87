import IntervalArithmetic

/// What quantising with the cells of a scalar lattice costs at high rate against the sphere: a factor 2 pi e/12 in distortion
/// at equal rate, 10 log10(2 pi e/12) = 1.53 dB, or 1/2 log2(2 pi e/12) = 0.2546 bits at equal distortion.
///
/// - Source: Gish, Pierce, "Asymptotically Efficient Quantizing", IEEE Trans. Inform. Theory 14 (1968) 676-683; "Breaking
///   Smoothness", Figure 4, where both bounds are drawn moved by it.
public enum SpaceFillingLoss {
  /// The factor 2 pi e/12 by which a scalar lattice's distortion exceeds the limit at high rate.
  @inlinable
  public static func scalarFactor<Number: RealNumber>(as number: Number.Type = Number.self) -> Number {
    .pi * .exp(1) / 6
  }

  /// The loss in bits at equal distortion, 1/2 log2(2 pi e/12).
  public static var scalarBits: Double { Double.log(scalarFactor()) / (2 * natsPerBit) }

  /// The loss in dB at equal rate, 10 log10(2 pi e/12).
  public static var scalarDecibels: Double { decibels(scalarFactor()) }
}
