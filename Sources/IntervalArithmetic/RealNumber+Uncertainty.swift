// What a formula adds for the part of a series that it leaves out: nothing in floating point, which finds; the whole range
// of the remainder for an interval, which proves.

extension Double {
  /// 0: floating point carries no error.
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
