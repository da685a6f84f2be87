import Documents

/// Why there is no Bjontegaard delta.
public enum DeltaError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What an average runs over.
  public enum Axis: String, Sendable {
    /// 10 log10 D, over which rates are averaged.
    case decibels
    /// log10 R, over which levels are averaged.
    case rate

    fileprivate func text(_ range: ClosedRange<Double>) -> String {
      let digits = { (value: Double) in
        let rounded = (value * 1e4).rounded() / 1e4
        return rounded.magnitude < 1e6 ? "\(rounded)" : "\(value)"
      }
      let unit = self == .decibels ? "dB" : "bits"
      return "\(digits(range.lowerBound)) to \(digits(range.upperBound)) \(unit)"
    }

    fileprivate var noun: String { self == .decibels ? "distortions" : "rates" }
  }

  /// A series has too few points for the interpolation; some may have been left out as silent.
  case tooFewPoints(series: String, points: Int, needed: Int, interpolation: Interpolation)
  /// Two points of a series have the same place on an axis: no function goes through both.
  case repeated(series: String, axis: Axis, value: Double)
  /// The ranges of a series and its reference have no interval in common.
  case noOverlap(series: String, ClosedRange<Double>, reference: String, ClosedRange<Double>, axis: Axis)
  /// An integral of the reference curve, or a fit, did not come out.
  case numerics(String)

  /// The facts in a sentence.
  public var description: String {
    switch self {
    case .tooFewPoints(let series, let points, let needed, let interpolation):
      return "\(legible(series)): \(points) \(points == 1 ? "point" : "points") with a rate, and "
        + "\(interpolation.rawValue) interpolation needs \(needed)"
    case .repeated(let series, let axis, let value):
      let unit = axis == .decibels ? "dB" : "bits"
      return
        "\(legible(series)): two points have the same \(axis == .decibels ? "distortion" : "rate"), \(value) \(unit)"
    case .noOverlap(let series, let own, let reference, let other, let axis):
      return "\(legible(series)): its \(axis.noun), \(axis.text(own)), and those of \(legible(reference)), "
        + "\(axis.text(other)), do not overlap"
    case .numerics(let message):
      return message
    }
  }
}
