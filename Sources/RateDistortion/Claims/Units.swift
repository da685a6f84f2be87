import IntervalArithmetic

// Rates are bits at every public surface and nats inside formulas; the conversion happens once, at the edge, with these.
//
// The slope of a curve has four names, one for each use:
//
// | name       | what                    | unit                              | where                                             |
// |------------|-------------------------|-----------------------------------|---------------------------------------------------|
// | lambda     | -dR/dD                  | bits per unit of distortion       | `slope` of points and bounds, columns, options    |
// | multiplier | lambda, chosen freely   | the same                          | evidence of dual bounds, which holds for any      |
// | beta       | -dR/dD                  | nats per unit of distortion       | formulas: beta = lambda ln 2                      |
// | mu         | -dD/dR                  | distortion per nat                | Lagrangians D + mu H of quantizers: mu = 1/beta   |

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

/// What a rate is worth at high rate, where distortion falls as 2^(-2R): 20 log10(2) dB a bit.
public func decibels(ofBits bits: Double) -> Double { 20 * bits * 0.301029995663981195213738894724 }
