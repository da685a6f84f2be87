/// One operating point of a trained compressor, in bits and in its source's distortion measure.
public struct TrainedPoint: Sendable, Equatable {
  /// The line of the file, counted from 1.
  public var row: Int
  /// The run it belongs to, as the file names it; empty if it does not.
  public var label: String
  /// The index of its source in the table's `sources`.
  public var source: Int
  /// R in bits per source vector.
  public var rate: Double
  /// D > 0.
  public var distortion: Double
  /// The standard error of R in bits; 0 if it is not known.
  public var rateError: Double
  /// The standard error of D; 0 if it is not known.
  public var distortionError: Double
  /// The plug-in entropy of the quantised index in bits, where the file has it.
  public var entropy: Double?
  /// What the training weighed the distortion by, in bits per unit of distortion, where the file says or betrays it.
  public var lambda: Double?
  /// The squared Wasserstein distance between the laws of reproduction and source, in the source's distortion measure; 0 where
  /// nothing is said of it.
  public var perception: Double
  /// Its standard error; 0 if it is not known.
  public var perceptionError: Double
  /// The index of its series in the table's `series`.
  public var series: Int

  /// A point.
  public init(
    row: Int, label: String = "", source: Int = 0, rate: Double, distortion: Double, rateError: Double = 0,
    distortionError: Double = 0, entropy: Double? = nil, lambda: Double? = nil, perception: Double = 0,
    perceptionError: Double = 0, series: Int = 0
  ) {
    self.row = row
    self.label = label
    self.source = source
    self.rate = rate
    self.distortion = distortion
    self.rateError = rateError
    self.distortionError = distortionError
    self.entropy = entropy
    self.lambda = lambda
    self.perception = perception
    self.perceptionError = perceptionError
    self.series = series
  }
}
