import IntervalArithmetic

// Rates are bits at every public surface and nats inside formulas; the conversion happens once, at the edge, with these.

/// ln 2: the nats in a bit, as the nearest floating-point number.
public let natsPerBit = 0.693147180559945309417232121458

/// Decibels of a distortion, 10 log10 D, the papers' axis.
///
/// - Parameter distortion: D > 0; at 0 the result is minus infinity.
@inlinable
public func decibels(_ distortion: Double) -> Double {
  10 * Double.log(distortion) / 2.302585092994045684017991454684
}

/// The distortion whose level is `decibels`, 10^(decibels / 10).
@inlinable
public func distortion(decibels: Double) -> Double {
  Double.exp(decibels / 10 * 2.302585092994045684017991454684)
}
