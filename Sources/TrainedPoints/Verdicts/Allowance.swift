import RateDistortion

/// Whether a measured point lies below a converse by more than its standard errors allow.
///
/// A point (R, D) with standard errors (sR, sD) stands for the ellipse (R + z sR cos a, D + z sD sin a), and is impossible if
/// all of it lies below the curve. Curves do not increase, so the quadrant 0 <= a <= pi/2 decides, and on a piece of it from
/// a to b the rate is at most R + z sR cos a and the distortion at most D + z sD sin b: it is enough that
///
///     R + z sR cos a < rate(D + z sD sin b)
///
/// for each of 32 pieces. The corners stand a little outside the ellipse, in the point's favour. With one standard error 0 the
/// ellipse is a segment and its end decides.
///
/// Floating point sorts out what is possible, with 1e-9 bits for its own errors; what is called impossible is proved so, by
/// the curve's certified lower end.
struct Allowance: Sendable {
  let converse: Curve
  /// z, the number of standard errors allowed.
  let standardErrors: Double
  /// A weaker bound, proved in no time, to try first.
  private let quickConverse: Curve?
  private let provedRates: ProvedRates

  init(converse: Curve, quickConverse: Curve? = nil, standardErrors: Double) {
    self.converse = converse
    self.quickConverse = quickConverse
    self.standardErrors = standardErrors
    provedRates = ProvedRates(of: converse)
  }

  /// Below this, in bits, a difference is a rounding error.
  static let roundingError = 1e-9

  /// A measured point.
  struct Measurement {
    var rate: Double
    var distortion: Double
    var rateError: Double
    var distortionError: Double
  }

  /// - Parameter converseRate: the curve's rate at the point's distortion, from floating point.
  func excludes(_ point: Measurement, converseRate: Double?) -> Bool {
    guard let converseRate, point.rate + Self.roundingError < converseRate else { return false }
    let rateReach = standardErrors * point.rateError
    let distortionReach = standardErrors * point.distortionError
    // The corner of the rectangle around the quadrant: below it, below everywhere.
    if isBelow(point.rate + rateReach, point.distortion + distortionReach, proof: true) { return true }
    guard rateReach > 0, distortionReach > 0 else { return false }
    let corners = Self.corners.map { corner in
      (rate: point.rate + rateReach * corner.rate, distortion: point.distortion + distortionReach * corner.distortion)
    }
    return corners.allSatisfy { isBelow($0.rate, $0.distortion, proof: false) }
      && corners.allSatisfy { isBelow($0.rate, $0.distortion, proof: true) }
  }

  /// cos a and sin b of the pieces, by t = tan(a/2): cos a = (1 - t^2)/(1 + t^2), sin a = 2t/(1 + t^2).
  private static let corners: [(rate: Double, distortion: Double)] = (0..<32).map { piece in
    let (t, next) = (Double(piece) / 32, Double(piece + 1) / 32)
    return ((1 - t * t) / (1 + t * t), 2 * next / (1 + next * next))
  }

  private func isBelow(_ rate: Double, _ distortion: Double, proof: Bool) -> Bool {
    guard let point = try? converse.point(atDistortion: distortion), rate + Self.roundingError < point.rate else {
      return false
    }
    guard proof else { return true }
    if let quick = try? quickConverse?.bound(atDistortion: distortion), rate < quick.rate.lower { return true }
    if let proved = provedRates.rate(atDistortion: distortion), rate < proved { return true }
    guard let bound = try? converse.bound(atDistortion: distortion) else { return false }
    return rate < bound.rate.lower
  }
}
