import IntervalArithmetic

/// What one reproduction law proves of R(D) at one slope beta, in nats.
///
/// - `expectation` is at least E[-log Z], Z(x) = sum of w exp(-beta d(x, y)): the law's channel has rate at most `expectation` - beta D
///   at its own distortion D.
/// - `least` is at most Lambda(beta) = min over D of R(D) + beta D: Csiszar's dual, R(D) >= E[log a] - beta D for every a >= 0 with
///   E[a(X) exp(-beta d(X, y))] <= 1 for **all** y.
/// - `distortion` encloses the channel's own distortion D_0.
///
/// **Any distortion.** R(D) is convex and falls, so `least` - beta D is below it everywhere, and `expectation` - beta D_0 above it from
/// D_0 on. For squared error in R^d more follows, because Gaussians are a semigroup: with sigma^2 = 1/(2 beta) and N(v) the Gaussian
/// of covariance v I, the law q and the slope beta have, up to a factor, the same Z as q * N(sigma^2 (1 - x)) at beta/x, 0 < x <= 1.
///
/// - *Below.* Lambda(beta x) >= Lambda(beta) + (d/2) log x: a law at beta x that did better would do so at beta, convolved. The best x
///   at D >= d sigma^2 is d sigma^2/D, and there
///
///       R(D) >= least - (d/2) (1 + log(D/(d sigma^2))).
///
/// - *Above.* E[-log Z] of q * N(sigma^2 (1 - x)) at beta/x is that of q less (d/2) log x, and by Tweedie's formula its distortion
///   d sigma^2 x + sigma^4 x^2 A, A = E[(Laplacian of Z)/Z], where D_0 = d sigma^2 + sigma^4 A. With e = D_0/(d sigma^2) - 1,
///
///       R(d sigma^2 x (1 + e x)) <= expectation - (d/2) (log x + 1 + e x)          for every x in (0, 1],
///
///   which reaches every distortion up to D_0, its left side being continuous, and differs from the Shannon lower bound's course
///   -(d/2) log D by (d/2) (log(1 + e x) - e x) <= 0 only.
///
/// Formulas are generic: in floating point they find which slope is best, with intervals they prove.
public struct SlopeBounds: Sendable, Equatable {
  /// beta, in nats per unit of distortion.
  public var slope: Double
  /// A lower bound on Lambda(beta).
  public var least: Double
  /// An upper bound on E[-log Z], and so on Lambda(beta).
  public var expectation: Double
  /// D_0.
  public var distortion: Interval

  /// Bounds by their numbers.
  public init(slope: Double, least: Double, expectation: Double, distortion: Interval) {
    self.slope = slope
    self.least = least
    self.expectation = expectation
    self.distortion = distortion
  }

  /// The distance of the two sides.
  public var gap: Double { expectation - least }

  /// The channel's own point: R(D) <= rate for D >= distortion, both rounded to that side.
  var point: RatePoint {
    RatePoint(
      distortion: distortion.upper,
      rate: max(0, (Interval(expectation) - Interval(slope) * Interval(distortion.lower)).upper))
  }

  // MARK: Below

  /// d sigma^2, the largest distortion at which the tangent is the best that this slope gives; infinite without a semigroup.
  @inline(__always)
  func unit(_ dimension: Int?) -> Double { dimension.map { Double($0) / (2 * slope) } ?? .infinity }

  /// A lower bound on R(D) in nats, of either sign.
  ///
  /// - Parameter dimension: d for squared error in R^d, nil for any other distortion.
  @inline(__always)
  func rateFromBelow<Number: RealNumber>(at distortion: Double, dimension: Int?, as: Number.Type) -> Number {
    // Beyond d sigma^2 by more than the rounding of both.
    guard let dimension, distortion > unit(dimension) * (1 + 0x1p-50) else {
      return Number(least) - Number(slope) * Number(distortion)
    }
    let d = Number(dimension)
    return Number(least) - d / 2 * (1 + .log(2 * Number(slope) * Number(distortion) / d))
  }

  /// The distortion at which that lower bound is a rate, and its slope there, both in floating point.
  @inline(__always)
  func distortionFromBelow(atRate nats: Double, dimension: Int?) -> (distortion: Double, slope: Double) {
    let tangent = (least - nats) / slope
    guard let dimension, tangent > unit(dimension) else { return (tangent, slope) }
    let d = Double(dimension)
    let distortion = unit(dimension) * Double.exp(2 * (least - nats) / d - 1)
    return (distortion, d / (2 * distortion))
  }

  // MARK: Above

  /// An upper bound on R(D) in nats for D up to about D_0, by convolution; infinite where nothing is proved.
  func rateFromAbove(at distortion: Double, dimension: Int?) -> Double {
    if distortion >= self.distortion.upper { return point.rate }
    guard let dimension else { return .infinity }
    let d = Interval(dimension)
    // In units of d sigma^2: D_0 is 1 + e, and x (1 + e x) is to be at most D.
    let unit = d / (2 * Interval(slope))
    let e = self.distortion / unit - 1
    var x = narrowing(to: distortion, dimension: dimension)
    for _ in 0..<60 where x > 0 {
      let place = Interval(x)
      let excess = (unit * place * (1 + e * place) - Interval(distortion)).upper
      if excess <= 0 { return max(0, (Interval(expectation) - d / 2 * (.log(place) + 1 + e * place)).upper) }
      x = min(x * (1 - 0x1p-50), x - 1.1 * excess / unit.midpoint)
    }
    return .infinity
  }

  /// The same in floating point, with -dR/dD.
  @inline(__always)
  func approximateRateFromAbove(at distortion: Double, dimension: Int) -> (rate: Double, slope: Double) {
    let x = narrowing(to: distortion, dimension: dimension)
    return narrowed(x, dimension: dimension)
  }

  /// The distortion that the channel has narrowed to x reaches at a rate, and -dR/dD there.
  func distortionFromAbove(atRate nats: Double, dimension: Int) -> (distortion: Double, slope: Double) {
    let e = excess(dimension)
    let least = distortion.lower / unit(dimension) - 1
    // log x + e x = c: Newton from log x, which converges from anywhere as log is concave and e x small beside it.
    let c = 2 * (expectation - nats) / Double(dimension) - 1
    var logarithm = min(0, c)
    for _ in 0..<50 {
      let x = Double.exp(logarithm)
      let step = (logarithm + least * x - c) / max(0.1, 1 + least * x)
      logarithm = min(0, logarithm - step)
      if abs(step) < 1e-15 { break }
    }
    let x = Double.exp(logarithm)
    return (unit(dimension) * x * (1 + e * x), narrowed(x, dimension: dimension).slope)
  }

  /// e, for the distortion: the larger the worse.
  @inline(__always)
  private func excess(_ dimension: Int) -> Double { distortion.upper / unit(dimension) - 1 }

  /// x at a distortion: the smaller root of x (1 + e x) = D/(d sigma^2), written without cancellation. Where the square root is none,
  /// D is next to the largest that x reaches.
  @inline(__always)
  private func narrowing(to distortion: Double, dimension: Int) -> Double {
    let target = distortion / unit(dimension)
    let root = (1 + 4 * excess(dimension) * target).squareRoot()
    return min(1, root >= 0 ? 2 * target / (1 + root) : 1)
  }

  @inline(__always)
  private func narrowed(_ x: Double, dimension: Int) -> (rate: Double, slope: Double) {
    let e = excess(dimension)
    let least = distortion.lower / unit(dimension) - 1
    return (
      expectation - Double(dimension) / 2 * (Double.log(x) + 1 + least * x), slope * (1 + e * x) / (x * (1 + 2 * e * x))
    )
  }
}

/// A rate in nats that is achieved at a distortion.
struct RatePoint: Sendable, Equatable {
  var distortion: Double
  var rate: Double

  /// The rate of sharing time with another point at a distortion between both, rounded up.
  func chord(to other: RatePoint, at distortion: Double) -> Double {
    let (d, e, r) = (Interval(self.distortion), Interval(other.distortion), Interval(other.rate))
    let rate = r + (e - Interval(distortion)) / (e - d) * (Interval(self.rate) - r)
    return rate.isEmpty ? .infinity : max(0, rate.upper)
  }
}

/// Why a law is not evaluated, in words: what lies outside the stated limits is refused at once.
public struct LawRefused: Error, Equatable, Sendable, CustomStringConvertible {
  /// The reason, a sentence without its end.
  public let description: String
  init(_ description: String) { self.description = description }
}
