/// How the distance between a source vector and its reproduction is counted.
///
/// The two differ by a factor n for a vector of n components, which is the commonest mistake in a trainer's file.
public enum DistortionMeasure: String, Sendable, Codable, CaseIterable {
  /// The squared error averaged over the components, or over time for a process on [0, 1].
  case meanSquaredError = "mse"
  /// The squared error summed over the components; for a scalar the same as the mean.
  case sumOfSquaredErrors = "sse"
  /// The mean of a distortion matrix that the user gives.
  case matrix
}
