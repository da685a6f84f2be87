import IntervalArithmetic

/// The largest rate that quantizers are designed for, in bits: 2^16 levels in the body of the density and some ten
/// times as many in its tails. A compressor of more bits a sample stores floating-point numbers.
public let largestQuantizerRate = 16.0

extension ScalarDensity {
  /// The least step: half a bit beyond `largestQuantizerRate`, by h - log step.
  var leastStep: Double {
    Double.exp(differentialEntropy(as: Double.self) - (largestQuantizerRate + 0.5) * natsPerBit)
  }

  /// The distortions and rates for which quantizers are designed.
  var quantizerRange: CurveRange {
    CurveRange(leastDistortion: leastStep * leastStep / 6, largestRate: largestQuantizerRate)
  }
}

/// beta in nats as lambda in bits; nil where it is infinite or 0.
func lambda(ofBeta beta: Double) -> Double? { beta.isFinite && beta > 0 ? beta / natsPerBit : nil }
