import RateDistortion

/// How far a series of points lies from a reference on the average: in percent of rate at equal distortion, and in dB of
/// distortion at equal rate. Positive is worse than the reference.
///
///     BD-rate = 10^(mean of log10 R - log10 R_ref over levels in dB) - 1
///     BD-distortion = mean of 10 log10 D - 10 log10 D_ref over log10 R
///
/// Both means run over what series and reference have in common. The points are interpolated; a reference curve is not: it
/// is evaluated wherever the integral asks. With PSNR = const - 10 log10 D, BD-rate is the video coders' own, and BD-PSNR is
/// the negative of BD-distortion.
///
/// - Source: Bjontegaard, "Calculation of average PSNR differences between RD-curves", VCEG-M33, 2001.
public struct BjontegaardDelta: Sendable, Equatable {
  /// BD-rate in percent.
  public let ratePercent: Double
  /// The levels in dB over which it is the mean.
  public let decibels: ClosedRange<Double>
  /// BD-distortion in dB.
  public let distortionDecibels: Double
  /// The rates in bits over which it is the mean.
  public let rates: ClosedRange<Double>
  /// The points that were interpolated.
  public let points: Int
  /// The points that were left out, for their rate is below `leastRate` or their distortion at or above the largest of the
  /// reference.
  public let silentPoints: Int
  /// What part of both ranges taken together the common range of levels is; 1 for a curve, which goes on.
  public let overlap: Double

  /// Below this, in bits, a model sends nothing, and the logarithm of its rate is noise.
  public static let leastRate = 1e-3

  /// The delta of points against a source's curve.
  ///
  /// - Parameters:
  ///   - title: what errors call the series.
  ///   - curve: the reference.
  ///   - corners: its corners, where the integral is taken apart.
  /// - Throws: `DeltaError`.
  public init(
    of points: [TrainedPoint], title: String, from curve: Curve, corners: [Double] = [],
    interpolation: Interpolation = .akima
  ) throws(DeltaError) {
    let largest = curve.largestDistortion
    let speaking = points.filter { $0.rate >= Self.leastRate && $0.distortion < largest }
    try self.init(
      speaking, silent: points.count - speaking.count, title: title,
      from: ExactReference(curve: curve, corners: corners), interpolation: interpolation)
  }

  /// The delta of points against other points.
  ///
  /// - Throws: `DeltaError`.
  public init(
    of points: [TrainedPoint], title: String, from reference: [TrainedPoint], referenceTitle: String,
    interpolation: Interpolation = .akima
  ) throws(DeltaError) {
    let speaking = points.filter { $0.rate >= Self.leastRate }
    try self.init(
      speaking, silent: points.count - speaking.count, title: title,
      from: InterpolatedSeries(
        reference.filter { $0.rate >= Self.leastRate }, title: referenceTitle, interpolation: interpolation),
      interpolation: interpolation)
  }

  private init(
    _ points: [TrainedPoint], silent: Int, title: String, from reference: some DeltaReference,
    interpolation: Interpolation
  ) throws(DeltaError) {
    let series = try InterpolatedSeries(points, title: title, interpolation: interpolation)
    let levels = try Self.common(
      series, series.decibelRange, reference, reference.decibelRange, axis: .decibels, as: { $0 })
    let logRates = try Self.common(
      series, series.logRateRange, reference, reference.logRateRange, axis: .rate, as: power10)
    let logRatio =
      try
      (series.logRateIntegral(from: levels.lowerBound, to: levels.upperBound)
      - reference.logRateIntegral(from: levels.lowerBound, to: levels.upperBound))
      / (levels.upperBound - levels.lowerBound)
    ratePercent = 100 * (power10(logRatio) - 1)
    distortionDecibels =
      try
      (series.decibelIntegral(from: logRates.lowerBound, to: logRates.upperBound)
      - reference.decibelIntegral(from: logRates.lowerBound, to: logRates.upperBound))
      / (logRates.upperBound - logRates.lowerBound)
    decibels = levels
    rates = power10(logRates.lowerBound)...power10(logRates.upperBound)
    self.points = points.count
    silentPoints = silent
    guard reference is InterpolatedSeries else {
      overlap = 1
      return
    }
    let all =
      max(series.decibelRange.upperBound, reference.decibelRange.upperBound)
      - min(series.decibelRange.lowerBound, reference.decibelRange.lowerBound)
    overlap = (levels.upperBound - levels.lowerBound) / all
  }

  private static func common(
    _ series: InterpolatedSeries, _ own: ClosedRange<Double>, _ reference: some DeltaReference,
    _ other: ClosedRange<Double>, axis: DeltaError.Axis, as shown: (Double) -> Double
  ) throws(DeltaError) -> ClosedRange<Double> {
    let (low, high) = (max(own.lowerBound, other.lowerBound), min(own.upperBound, other.upperBound))
    guard low < high else {
      throw .noOverlap(
        series: series.title, shown(own.lowerBound)...shown(own.upperBound), reference: reference.title,
        shown(other.lowerBound)...shown(other.upperBound), axis: axis)
    }
    return low...high
  }
}
