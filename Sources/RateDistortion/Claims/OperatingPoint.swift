/// A rate, a distortion, and the slope of the curve through them.
public struct OperatingPoint: Sendable, Equatable {
  /// D, in the source's distortion measure.
  public var distortion: Double
  /// R in bits per source vector.
  public var rate: Double
  /// lambda = -dR/dD in bits per unit of distortion, taken to the left of a corner; nil where it is infinite or the
  /// curve is flat by definition (rate 0 above the largest distortion has slope 0).
  public var slope: Double?

  /// A point of a curve.
  @inlinable
  public init(distortion: Double, rate: Double, slope: Double?) {
    self.distortion = distortion
    self.rate = rate
    self.slope = slope
  }

  /// A point of a curve from a formula's nats: the one place where points become bits.
  @inlinable
  init(distortion: Double, nats: Double, natsPerDistortion slope: Double?) {
    self.init(distortion: distortion, rate: nats / natsPerBit, slope: slope.map { $0 / natsPerBit })
  }
}
