// What a formula adds for the part of a series that it leaves out: nothing in floating point, which finds; the whole range
// of the remainder for an interval, which proves.

extension Double {
  @inlinable
  public static func uncertainty(_ bound: Double) -> Double { 0 }
}

extension Interval {
  /// [-bound, bound]; everything if the bound is not a nonnegative number.
  @inlinable
  public static func uncertainty(_ bound: Double) -> Interval {
    bound >= 0 ? Interval(uncheckedLower: -bound, upper: bound) : .entire
  }
}
