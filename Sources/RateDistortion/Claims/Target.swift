/// What a point of a curve is sought at.
public enum Target: Sendable, Hashable {
  /// A distortion in the source's measure: the curve's rate there.
  case distortion(Double)
  /// A rate, in bits at public surfaces and in nats inside formulas: the curve's distortion there.
  case rate(Double)

  /// A target in bits in nats.
  var inNats: Target {
    switch self {
    case .distortion: return self
    case .rate(let bits): return .rate(bits * natsPerBit)
    }
  }
}
