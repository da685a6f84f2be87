/// A decimal number read from bytes, correctly rounded.
///
/// Trainers print 16 or 17 digits a number and millions of numbers a file, so reading them is what a verification spends its
/// time on. With the digits as a whole number m and a power of ten:
///
/// | m              | power         | how                                                                          |
/// |----------------|---------------|------------------------------------------------------------------------------|
/// | up to 2^53     | -22 ... 22    | m and the power are exact, so one multiplication or division rounds once     |
/// | up to 19 digits| -19 ... 0     | 63 or 64 bits of m / 10^k and whether anything is left over, rounded once    |
/// | otherwise      |               | the standard library, through a string                                       |
public enum DecimalNumber {
  /// The number that the bytes spell: an optional sign, digits with at most one point among them, an optional exponent.
  /// Nil for anything else ("nan", "inf", hexadecimal), and for what overflows.
  public static func parse(_ bytes: [UInt8], _ range: Range<Int>) -> Double? {
    var i = range.lowerBound
    let end = range.upperBound
    guard i < end else { return nil }
    let isNegative = bytes[i] == UInt8(ascii: "-")
    if isNegative || bytes[i] == UInt8(ascii: "+") { i += 1 }

    var mantissa: UInt64 = 0
    var significant = 0
    var anyDigit = false
    var isTruncated = false
    var power = 0
    var afterPoint = false
    while i < end {
      let digit = bytes[i] &- UInt8(ascii: "0")
      if digit <= 9 {
        anyDigit = true
        if significant < 19 {
          mantissa = mantissa &* 10 &+ UInt64(digit)
          if mantissa != 0 { significant += 1 }
          if afterPoint { power -= 1 }
        } else {
          isTruncated = true
          if !afterPoint { power += 1 }
        }
      } else if bytes[i] == UInt8(ascii: "."), !afterPoint {
        afterPoint = true
      } else {
        break
      }
      i += 1
    }
    guard anyDigit else { return nil }
    if i < end {
      guard let exponent = exponent(bytes, i..<end) else { return nil }
      power += exponent
    }
    let magnitude =
      isTruncated ? nil : exactly(mantissa, power: power)
    if let magnitude { return isNegative ? -magnitude : magnitude }
    let number = Double(String(decoding: bytes[range], as: UTF8.self))
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  /// The exponent of `e-05`, nil if this is none. Beyond six digits its size no longer matters.
  private static func exponent(_ bytes: [UInt8], _ range: Range<Int>) -> Int? {
    var i = range.lowerBound
    let end = range.upperBound
    guard bytes[i] | 0x20 == UInt8(ascii: "e") else { return nil }
    i += 1
    guard i < end else { return nil }
    let isNegative = bytes[i] == UInt8(ascii: "-")
    if isNegative || bytes[i] == UInt8(ascii: "+") { i += 1 }
    guard i < end else { return nil }
    var value = 0
    while i < end {
      let digit = bytes[i] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      if value < 100_000 { value = value * 10 + Int(digit) }
      i += 1
    }
    return isNegative ? -value : value
  }

  /// m 10^power where one of the quick ways applies, nil otherwise.
  private static func exactly(_ mantissa: UInt64, power: Int) -> Double? {
    if mantissa == 0 { return 0 }
    if mantissa <= 1 << 53, power >= -22, power <= 22 {
      return power < 0 ? Double(mantissa) / powers[-power] : Double(mantissa) * powers[power]
    }
    guard power <= 0, power >= -19 else { return nil }
    // With both shifted to have their highest bit set, m / 10^k is in (1/2, 2) times a power of two: the quotient below has
    // at least 63 bits, ten more than are kept, so a remainder only matters as being there.
    let divisor = wholePowers[-power]
    let shift = mantissa.leadingZeroBitCount
    let divisorShift = divisor.leadingZeroBitCount
    let normalised = mantissa << UInt64(shift)
    let (quotient, remainder) = (divisor << UInt64(divisorShift)).dividingFullWidth((normalised >> 1, normalised << 63))
    let rounded = Double(quotient | (remainder == 0 ? 0 : 1))
    let exponent = divisorShift - shift - 63
    return rounded * Double(bitPattern: UInt64(1023 + exponent) << 52)
  }

  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
  ]

  private static let wholePowers: [UInt64] = (0...19).map { power in
    (0..<power).reduce(into: UInt64(1)) { product, _ in product &*= 10 }
  }
}
