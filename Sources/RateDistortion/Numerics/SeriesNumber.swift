import IntervalArithmetic

/// A number for formulas that cut a series or a recurrence off: intervals widen by the stated remainder, floating point,
/// which claims nothing, does not.
package protocol SeriesNumber: RealNumber {
  /// x + [-e, e] for an interval; x itself for floating point.
  static func widened(_ x: Self, by e: Self) -> Self
  /// An unknown number between a and b >= a: their hull, or in floating point the middle.
  static func between(_ a: Self, _ b: Self) -> Self
  /// An unknown number in an interval: the interval, or in floating point its middle.
  static func between(ends: Interval) -> Self
  /// x y + z, rounded once.
  static func fused(_ x: Self, _ y: Self, _ z: Self) -> Self
  /// Whether it is, or may be, negative.
  var isPossiblyNegative: Bool { get }
  /// The largest absolute value it stands for.
  var greatestMagnitude: Double { get }
}

extension Double: SeriesNumber {
  package static func widened(_ x: Double, by e: Double) -> Double { x }
  package static func between(_ a: Double, _ b: Double) -> Double { 0.5 * (a + b) }
  package static func between(ends: Interval) -> Double { ends.midpoint }
  package static func fused(_ x: Double, _ y: Double, _ z: Double) -> Double { z.addingProduct(x, y) }
  package var isPossiblyNegative: Bool { self < 0 }
  package var greatestMagnitude: Double { magnitude }
}

extension Interval: SeriesNumber {
  package static func widened(_ x: Interval, by e: Interval) -> Interval { x + .hull(-e.magnitude, e.magnitude) }
  package static func between(_ a: Interval, _ b: Interval) -> Interval { a.hull(with: b) }
  package static func between(ends: Interval) -> Interval { ends }
  package static func fused(_ x: Interval, _ y: Interval, _ z: Interval) -> Interval { .fma(x, y, z) }
  package var isPossiblyNegative: Bool { !(lower >= 0) }
  package var greatestMagnitude: Double { magnitude }
}
