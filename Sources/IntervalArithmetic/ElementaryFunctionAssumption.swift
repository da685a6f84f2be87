/// The one thing that is assumed and not proved: how far off the C library's elementary functions are.
///
/// For every finite argument, log, log1p, exp, expm1, sin and cos of a `Double` as computed by the C library, rounding to
/// nearest, lie within `ulps` steps of the real value, a step being the move to the neighbouring `Double`.
///
/// glibc documents at most 1 ulp for all six on x86_64 and aarch64 ("Known Maximum Errors in Math Functions", manual of
/// versions up to 2.40; its test expectations `libm-test-ulps` say the same). The largest errors found by Gladman,
/// Innocente, Mather and Zimmermann ("Accuracy of Mathematical Functions", hal-03141101) are below 0.6 ulp for log, exp, sin and
/// cos and below 1 ulp for log1p and expm1. Three steps leave a factor 3; when the value lies just below a power of two, where the
/// steps downwards are half as long, a factor 1.5.
///
/// The tests compare with values of 40 digits: at these the C library is never off by more than one step. A library that
/// is worse (or a rounding mode other than to nearest) voids the proofs; + - * / and sqrt do not depend on this.
public enum ElementaryFunctionAssumption {
  /// The number of neighbouring `Double` to move outwards after each call.
  @inlinable
  public static var ulps: Int { 3 }

  /// A computed value, moved down by the assumed error.
  @inlinable
  static func lowerBound(_ computed: Double) -> Double {
    guard isFarFromTheEnds(computed) else { return -farStep(-computed) }
    return moved(computed, by: -Int64(ulps))
  }

  /// A computed value, moved up by the assumed error.
  @inlinable
  static func upperBound(_ computed: Double) -> Double {
    guard isFarFromTheEnds(computed) else { return farStep(computed) }
    return moved(computed, by: Int64(ulps))
  }

  /// A computed value, moved both ways.
  @inlinable
  static func enclosure(_ computed: Double) -> Interval {
    Interval(uncheckedLower: lowerBound(computed), upper: upperBound(computed))
  }

  /// Whether a few steps in the bit pattern neither cross zero nor reach infinity.
  @inlinable
  static func isFarFromTheEnds(_ value: Double) -> Bool {
    value.magnitude >= .leastNormalMagnitude && value.magnitude <= 0x1p1023
  }

  /// Consecutive bit patterns are consecutive numbers, in the direction of the sign.
  @inlinable
  static func moved(_ value: Double, by steps: Int64) -> Double {
    let bits = Int64(bitPattern: value.bitPattern)
    let towardsLarger = (bits >> 63) | 1
    return Double(bitPattern: UInt64(bitPattern: bits &+ steps &* towardsLarger))
  }

  @usableFromInline
  static func farStep(_ value: Double) -> Double {
    var result = value
    for _ in 0..<ulps { result = result.nextUp }
    return result
  }
}
