import RateDistortion

/// A mistake that a file of points may be full of: what was written is not what was meant.
///
/// Each says what the points would be if it had been made; nothing is corrected by it.
public enum Mistake: Sendable, Equatable {
  /// Rates in nats, where bits are read.
  case nats
  /// Rates per component, where those of a source vector are read.
  case ratePerComponent(components: Double)
  /// Squared errors averaged over the components, where their sum is read.
  case averaged(components: Double)
  /// Squared errors summed over the components, where their mean is read.
  case summed(components: Double)
  /// Distortions as 10 log10 D.
  case decibels
  /// Peak signal-to-noise ratios in dB.
  case peakSignalToNoise(peak: Double)
  /// A standard deviation, where a parameter is a variance.
  case deviation(parameter: String, variance: Double)
  /// Rates in the distortions' column, and the other way round.
  case swapped
  /// Points of another source.
  case source(String)

  /// How far-fetched: what is less so goes first where it explains as much.
  var remoteness: Int {
    switch self {
    case .nats, .ratePerComponent, .averaged, .summed, .decibels, .peakSignalToNoise: return 0
    case .deviation: return 1
    case .swapped: return 2
    case .source: return 3
    }
  }

  /// The point that was meant; nil if there is none.
  func meant(_ point: TrainedPoint) -> TrainedPoint? {
    var meant = point
    switch self {
    case .nats:
      meant.rate /= natsPerBit
      meant.rateError /= natsPerBit
    case .ratePerComponent(let components):
      meant.rate *= components
      meant.rateError *= components
    case .averaged(let components):
      meant.distortion *= components
      meant.distortionError *= components
    case .summed(let components):
      meant.distortion /= components
      meant.distortionError /= components
    case .decibels:
      meant.distortion = distortion(decibels: point.distortion)
      meant.distortionError = 0
    case .peakSignalToNoise(let peak):
      meant.distortion = peak * peak * distortion(decibels: -point.distortion)
      meant.distortionError = 0
    case .swapped:
      (meant.rate, meant.distortion) = (point.distortion, point.rate)
      (meant.rateError, meant.distortionError) = (point.distortionError, point.rateError)
    case .deviation, .source: break
    }
    let isPoint = meant.distortion >= .leastNormalMagnitude && meant.distortion.isFinite && meant.rate.isFinite
    return isPoint ? meant : nil
  }
}
