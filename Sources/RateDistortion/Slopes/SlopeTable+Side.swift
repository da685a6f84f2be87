/// One side of a table as a curve has it: rates in bits, and slopes in bits per unit of distortion.
extension SlopeTable {
  /// The best that the table says at a distortion from below or from above; nil where it says nothing.
  func point(_ side: BoundKind, at distortion: Double) -> OperatingPoint? {
    let below = side == .lower ? pointFromBelow(at: distortion).map { (rate: $0.rate, slope: $0.slope) } : nil
    return (below ?? (side == .upper ? pointFromAbove(at: distortion) : nil)).map {
      OperatingPoint(distortion: distortion, nats: $0.rate, natsPerDistortion: $0.slope)
    }
  }

  /// The distortion that the table gives a rate, on the side given; nil where it gives none.
  func point(_ side: BoundKind, ofRate rate: Double) -> OperatingPoint? {
    let nats = side.inside(rate) * natsPerBit
    let found = side == .lower ? pointFromBelow(atRate: nats) : pointFromAbove(atRate: nats)
    return found.map { OperatingPoint(distortion: $0.distortion, rate: rate, slope: $0.slope / natsPerBit) }
  }
}

extension BoundKind {
  /// A rate a little inside the one asked for, so that the bound at its distortion bears that one out after rounding.
  func inside(_ rate: Double) -> Double {
    let slack = (1 + rate) * 1e-12
    return self == .lower ? min(rate + slack, CurveRange.largestRate) : max(0, rate - slack)
  }

  /// Whether a number claims more than another: a larger one below, a smaller one above, of rates and distortions alike.
  func claimsMore(_ number: Double, than other: Double) -> Bool {
    self == .lower ? number > other : number < other
  }
}
