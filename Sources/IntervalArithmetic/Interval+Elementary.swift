// Logarithms and exponentials (IEEE 1788-2015, clause 10.5.3).
//
// Priorities: containment, given `ElementaryFunctionAssumption`; exactness where the value is a `Double` (log 1, exp
// 0); the known range is never left (exp is positive, log 1p(x) <= x), which costs a comparison and no call.
//
// All of them are increasing, so an interval costs one call an end, and a point one call.

extension Interval {
  // MARK: Logarithms

  /// The set of all log(x) with x > 0; empty if no member is positive.
  @inlinable
  public static func log(_ x: Interval) -> Interval {
    guard x.upper > 0 else { return .empty }
    if x.lower == x.upper { return logOfPoint(x.lower) }
    return Interval(
      uncheckedLower: x.lower > 0 ? logOfPoint(x.lower).lower : -.infinity,
      upper: x.upper < .infinity ? logOfPoint(x.upper).upper : .infinity)
  }

  /// log 1 = 0 comes out of the C library exactly and is the only zero.
  @inlinable
  @inline(__always)
  static func logOfPoint(_ x: Double) -> Interval {
    x == 1 ? 0 : ElementaryFunctionAssumption.enclosure(Double.log(x))
  }

  /// The set of all log(1 + x) with x > -1; empty if no member is.
  @inlinable
  public static func log1p(_ x: Interval) -> Interval {
    guard x.upper > -1 else { return .empty }
    if x.lower == x.upper { return log1pOfPoint(x.lower) }
    return Interval(
      uncheckedLower: x.lower > -1 ? log1pOfPoint(x.lower).lower : -.infinity,
      upper: x.upper < .infinity ? log1pOfPoint(x.upper).upper : .infinity)
  }

  /// log(1 + x) has the sign of x and is at most x.
  @inlinable
  static func log1pOfPoint(_ x: Double) -> Interval {
    if x == 0 { return 0 }
    let value = ElementaryFunctionAssumption.enclosure(Double.log1p(x))
    return Interval(
      uncheckedLower: x > 0 ? Swift.max(value.lower, 0) : value.lower,
      upper: Swift.min(value.upper, x))
  }

  /// The set of all x log(x) with x >= 0, where 0 log 0 = 0; empty if no member is nonnegative.
  ///
  /// Decreasing up to 1/e, where it is -1/e, and increasing after it.
  @inlinable
  public static func xlogx(_ x: Interval) -> Interval {
    guard x.upper >= 0 else { return .empty }
    if x.lower == x.upper { return xlogxOfPoint(x.lower) }
    let left = xlogxOfPoint(Swift.max(x.lower, 0))
    let right = x.upper < .infinity ? xlogxOfPoint(x.upper) : Interval(uncheckedLower: 0, upper: .infinity)
    if x.lower >= reciprocalOfE.upper {
      return Interval(uncheckedLower: left.lower, upper: right.upper)
    }
    if x.upper <= reciprocalOfE.lower {
      return Interval(uncheckedLower: right.lower, upper: left.upper)
    }
    return Interval(uncheckedLower: -reciprocalOfE.upper, upper: Swift.max(left.upper, right.upper))
  }

  @inlinable
  static func xlogxOfPoint(_ x: Double) -> Interval {
    if x == 0 { return 0 }
    let value = Interval(uncheckedLower: x, upper: x) * logOfPoint(x)
    return Interval(uncheckedLower: Swift.max(value.lower, -reciprocalOfE.upper), upper: value.upper)
  }

  /// 1/e, between two neighbouring numbers.
  @inlinable
  static var reciprocalOfE: Interval {
    Interval(uncheckedLower: 0x1.78b56362cef37p-2, upper: 0x1.78b56362cef38p-2)
  }

  // MARK: Exponentials

  /// The set of all exp(x).
  @inlinable
  public static func exp(_ x: Interval) -> Interval {
    if x.lower == x.upper { return expOfPoint(x.lower) }
    return Interval(uncheckedLower: expOfPoint(x.lower).lower, upper: expOfPoint(x.upper).upper)
  }

  /// exp(x) is not negative, and on the same side of 1 as x is of 0.
  @inlinable
  @inline(__always)
  static func expOfPoint(_ x: Double) -> Interval {
    if x == 0 { return 1 }
    if x.isInfinite { return x > 0 ? Interval(x) : 0 }
    let value = ElementaryFunctionAssumption.enclosure(Double.exp(x))
    return Interval(
      uncheckedLower: clamped(value.lower, atLeast: x > 0 ? 1 : 0),
      upper: x > 0 ? value.upper : clamped(value.upper, atMost: 1))
  }

  /// The set of all exp(x) - 1.
  @inlinable
  public static func expm1(_ x: Interval) -> Interval {
    if x.lower == x.upper { return expm1OfPoint(x.lower) }
    return Interval(uncheckedLower: expm1OfPoint(x.lower).lower, upper: expm1OfPoint(x.upper).upper)
  }

  /// exp(x) - 1 has the sign of x, is at least x and more than -1.
  @inlinable
  static func expm1OfPoint(_ x: Double) -> Interval {
    if x == 0 { return 0 }
    if x.isInfinite { return x > 0 ? Interval(x) : -1 }
    let value = ElementaryFunctionAssumption.enclosure(Double.expm1(x))
    return Interval(
      uncheckedLower: clamped(value.lower, atLeast: Swift.max(x, -1)),
      upper: x > 0 ? value.upper : clamped(value.upper, atMost: 0))
  }

  // MARK: Known ranges

  /// The larger of the two, and not a number if the value is not one.
  @inlinable
  static func clamped(_ value: Double, atLeast bound: Double) -> Double { value < bound ? bound : value }

  /// The smaller of the two, and not a number if the value is not one.
  @inlinable
  static func clamped(_ value: Double, atMost bound: Double) -> Double { value > bound ? bound : value }
}
