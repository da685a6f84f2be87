/// Where on a curve a row is wanted.
public enum OperatingRequest: Sendable, Hashable {
  /// At a rate in bits: the curve's distortion there.
  case rate(Double)
  /// At a distortion in the source's measure: the curve's rate there.
  case distortion(Double)
}
