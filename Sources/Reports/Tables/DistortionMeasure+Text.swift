import RateDistortion

extension DistortionMeasure {
  /// What the measure counts, in words.
  public var phrase: String {
    switch self {
    case .meanSquaredError: return "the mean squared error (mse)"
    case .sumOfSquaredErrors: return "the sum of squared errors (sse)"
    case .matrix: return "the mean of the distortion matrix's entries"
    }
  }
}
