/// The number types a formula of this package is written for.
///
/// A distortion, an entropy or a slope is written once, generic over `RealNumber`. Evaluated with `Double` it finds an
/// optimum; evaluated with `Interval` the same text proves a bound there. The two cannot drift apart.
///
/// Priorities, in order:
///
/// 1. A formula reads as it does in a paper.
/// 2. A generic formula is free once specialised: everything is `@inlinable` and nothing is boxed.
/// 3. A formula cannot smuggle in a rounding error. There are integer literals, which are exact, and none with a
///    decimal point: `0.1` is not a tenth in binary. Write `Number(1) / 10`.
///
/// There is no ordering here: comparing two intervals has more than two answers. A formula that branches on its
/// argument belongs to the conforming type (as `sinc` does), or is said in pieces (`piecewise`).
public protocol RealNumber: Sendable, ExpressibleByIntegerLiteral where IntegerLiteralType == Int64 {
  /// The exact value of a binary floating-point number.
  init(_ value: Double)
  /// An integer: exact up to 2^53 in absolute value; beyond, the nearest `Double`, or an interval that contains it.
  init(_ value: Int)

  /// The circle constant: the nearest `Double`, or an interval that contains it.
  static var pi: Self { get }

  /// An unknown number of absolute value at most `bound` >= 0: 0 for a `Double`, which carries no error, and [-bound, bound]
  /// for an interval. What a truncated series adds to its sum.
  static func uncertainty(_ bound: Double) -> Self

  static func + (a: Self, b: Self) -> Self
  static func - (a: Self, b: Self) -> Self
  static func * (a: Self, b: Self) -> Self
  static func / (a: Self, b: Self) -> Self
  static prefix func - (a: Self) -> Self

  /// x times x; for an interval narrower than the product `x * x`, which forgets that both factors are the same number.
  static func squared(_ x: Self) -> Self
  /// The nonnegative square root; domain x >= 0.
  static func sqrt(_ x: Self) -> Self
  /// The natural logarithm; domain x > 0.
  static func log(_ x: Self) -> Self
  /// log(1 + x), accurate near 0; domain x > -1.
  static func log1p(_ x: Self) -> Self
  /// The exponential.
  static func exp(_ x: Self) -> Self
  /// exp(x) - 1, accurate near 0.
  static func expm1(_ x: Self) -> Self
  /// The sine of an angle in radians.
  static func sin(_ x: Self) -> Self
  /// The cosine of an angle in radians.
  static func cos(_ x: Self) -> Self
  /// sin(x)/x, 1 at 0.
  static func sinc(_ x: Self) -> Self
  /// 1 - sin(x)/x, without the cancellation near 0, where it is x^2/6 - x^4/120 + ...
  static func oneMinusSinc(_ x: Self) -> Self
  /// sinc(x) - cos(x), without the cancellation near 0, where it is x^2/3 - x^4/30 + ...; it is -x d sinc(x)/dx.
  static func sincMinusCos(_ x: Self) -> Self
  /// x log x, 0 at 0; domain x >= 0.
  static func xlogx(_ x: Self) -> Self

  /// A formula in two pieces, `below` where x is at most the knot and `above` where it is at least the knot; at the knot itself
  /// they agree. An interval that holds the knot has both.
  static func piecewise(_ x: Self, at knot: Double, below: (Self) -> Self, above: (Self) -> Self) -> Self
  /// The same with many pieces, between increasing knots: piece k, counted from 0, begins at knot k - 1 and ends at knot k.
  static func piecewise(_ x: Self, at knots: [Double], piece: (Int, Self) -> Self) -> Self

  /// The place in a range at which an increasing function has the value y.
  ///
  /// - Parameters:
  ///   - function: an enclosure of the function at an interval. That it increases is the caller's assertion.
  ///   - near: about the place at which it has a value.
  /// - Returns: what is found, or an interval that holds the places of all values.
  static func inverse(
    of y: Self, in range: ClosedRange<Double>, increasing function: (Interval) -> Interval, near: (Double) -> Double
  ) -> Self
}
