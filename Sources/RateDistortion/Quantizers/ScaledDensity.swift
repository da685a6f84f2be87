import IntervalArithmetic

/// A scalar source s X: a standard density and its scale s.
///
/// Quantizers are designed for the standard density; thresholds and codepoints scale by s, distortions by s^2, rates
/// not at all.
public struct ScaledDensity<Density: ScalarDensity>: Sendable {
  /// The density at scale 1.
  public let density: Density
  /// s, as the nearest floating-point number.
  public let scale: Double
  /// s^2, enclosed: what a standard distortion is multiplied by.
  public let squaredScale: Interval

  /// The source of scale s: sigma of a Gaussian, b of a Laplace or exponential, the width of a uniform source.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 1e-100 <= s <= 1e100.
  public init(_ density: Density = Density(), scale: Double) throws(DomainError) {
    guard scale >= 1e-100, scale <= 1e100 else {
      throw .parameterOutOfRange(name: "scale", value: String(scale), requirement: "a number from 1e-100 to 1e100")
    }
    self.density = density
    self.scale = scale
    squaredScale = .squared(Interval(scale))
  }

  /// The source whose squared scale is given: sigma^2 of a Gaussian.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` unless 1e-200 <= s^2 <= 1e200.
  public init(_ density: Density = Density(), squaredScale: Double) throws(DomainError) {
    guard squaredScale >= 1e-200, squaredScale <= 1e200 else {
      throw .parameterOutOfRange(
        name: "squared scale", value: String(squaredScale), requirement: "a number from 1e-200 to 1e200")
    }
    self.density = density
    scale = squaredScale.squareRoot()
    self.squaredScale = Interval(squaredScale)
  }

  /// The variance: the distortion at rate 0.
  public var variance: Interval { squaredScale * density.variance(as: Interval.self) }

  /// h(s X) in nats.
  public var differentialEntropy: Interval {
    density.differentialEntropy(as: Interval.self) + Interval.log(squaredScale) / 2
  }

  /// A distortion of the standard density.
  @inlinable
  func standard(_ distortion: Double) -> Double { distortion / squaredScale.midpoint }

  /// A distortion of this source.
  @inlinable
  func scaled(_ distortion: Double) -> Double { distortion * squaredScale.midpoint }

  /// lambda per unit of this source's distortion, from the standard density's in nats.
  @inlinable
  func scaledSlope(nats slope: Double) -> Double? {
    slope.isFinite && slope > 0 ? slope / (natsPerBit * squaredScale.midpoint) : nil
  }
}

/// The largest rate that quantizers are designed for, in bits: 2^16 levels in the body of the density and some ten
/// times as many in its tails. A compressor of more bits a sample stores floating-point numbers.
public let largestQuantizerRate = 16.0

extension ScaledDensity {
  /// The least step, in standard units: half a bit beyond `largestQuantizerRate`, by h - log step.
  var leastStep: Double {
    Double.exp(density.differentialEntropy(as: Double.self) - (largestQuantizerRate + 0.5) * natsPerBit)
  }

  /// The least distortion that quantizers are designed for, about that of the largest rate.
  var leastDistortion: Double { scaled(leastStep * leastStep / 6) }

  /// Throws unless quantizers reach the distortion.
  func requireQuantizerDistortion(_ distortion: Double) throws(DomainError) {
    try requireDistortion(distortion)
    guard distortion >= leastDistortion else { throw .distortionTooSmall(distortion, least: leastDistortion) }
  }

  /// Throws unless quantizers reach the rate.
  func requireQuantizerRate(_ rate: Double) throws(DomainError) {
    guard rate >= 0, rate <= largestQuantizerRate else {
      throw .rateOutOfRange(rate, largest: largestQuantizerRate)
    }
  }
}

extension ScaledDensity {
  /// The slope -dR/dD in bits per unit of distortion of a scheme on a density of finite support, where H and D have corners
  /// wherever a cell enters at an end, and derivatives at a point jump: the mean over 2^-13 of D instead.
  ///
  /// - Parameter rate: the scheme's rate in bits at a distortion.
  /// - Returns: nil for a density of infinite support, whose schemes are smooth.
  func meanSlope(
    at distortion: Double, rate: (Double) throws(DomainError) -> Double
  ) throws(DomainError) -> Double? {
    guard density.support.upperBound.isFinite else { return nil }
    let ends = (distortion * (1 - 0x1p-14), distortion * (1 + 0x1p-14))
    return try max(0, (rate(ends.0) - rate(ends.1)) / (ends.1 - ends.0))
  }
}
