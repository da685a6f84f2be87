/// The one thing that is assumed and not proved: how far off the C library's elementary functions are.
///
/// For every finite argument, log, log1p, exp, expm1, sin and cos of a `Double` as computed by the C library, rounding
/// to nearest, lie within `ulps` steps of the real value, a step being the move to the neighbouring `Double`; sin and
/// cos of an angle beyond `angleLimit` may be off by `largeAngleError` in addition.
///
/// glibc documents at most 1 ulp for all six on x86_64 and aarch64 ("Known Maximum Errors in Math Functions", manual of
/// versions up to 2.40; its test expectations `libm-test-ulps` say the same). Gladman, Innocente, Mather and Zimmermann
/// ("Accuracy of Mathematical Functions", hal-03141101) search for the largest errors and find none above 1 ulp. Three
/// steps leave a factor 3; when the value lies just below a power of two, where steps are half as long, a factor 1.5.
///
/// Large angles are the exception. Where x is as close to a multiple of pi/2 as its magnitude allows, glibc 2.36 on
/// x86_64 loses digits in the reduction: cos(6381956970095103 * 2^797) = -4.7e-19 is off by 8 ulp, and the convergents
/// of 2^e/(pi/2) give up to 100,000 ulp. The absolute error stays below 2^-92 in all cases tried; 2^-80 is allowed for.
/// Up to `angleLimit` the same search, over 150,000 such arguments, finds 0.6 ulp.
///
/// The tests compare with values of 40 digits: at these, large angles apart, the C library is never off by more than
/// one step. A library that is worse (or a rounding mode other than to nearest) voids the proofs; + - * / and sqrt do
/// not depend on this.
public enum ElementaryFunctionAssumption {
  /// The number of neighbouring `Double` to move outwards after each call.
  @inlinable
  public static var ulps: Int { 3 }

  /// Up to this angle, 2^26, sin and cos are as good as the other functions.
  @inlinable
  public static var angleLimit: Double { 0x1p26 }

  /// The absolute error that sin and cos may have in addition beyond it, 2^-80.
  @inlinable
  public static var largeAngleError: Double { 0x1p-80 }

  /// A computed value, moved down by the assumed error.
  @inlinable
  @inline(__always)
  static func lowerBound(_ computed: Double) -> Double {
    guard isFarFromTheEnds(computed) else { return -farStep(-computed) }
    return moved(computed, by: -Int64(ulps))
  }

  /// A computed value, moved up by the assumed error.
  @inlinable
  @inline(__always)
  static func upperBound(_ computed: Double) -> Double {
    guard isFarFromTheEnds(computed) else { return farStep(computed) }
    return moved(computed, by: Int64(ulps))
  }

  /// A computed value, moved both ways.
  @inlinable
  @inline(__always)
  static func enclosure(_ computed: Double) -> Interval {
    Interval(uncheckedLower: lowerBound(computed), upper: upperBound(computed))
  }

  /// A computed sine or cosine of an angle beyond `angleLimit`, moved both ways.
  @usableFromInline
  static func largeAngleEnclosure(_ computed: Double) -> Interval {
    Interval(
      uncheckedLower: DirectedRounding.sumDown(lowerBound(computed), -largeAngleError),
      upper: DirectedRounding.sumUp(upperBound(computed), largeAngleError))
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
