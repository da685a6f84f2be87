/// A number rounded to n significant decimal digits, literally: rounded down it does not exceed the binary value it came
/// from, rounded up it is not below it, as real numbers.
///
/// A binary number m 2^e times 10^p is m 5^p 2^(e+p). For 0 <= p <= 27 the product m 5^p fits in 128 bits, so the digits are a
/// shift and what is shifted out decides the rounding; this covers 12 digits of everything between 1e-16 and 1e12. Other
/// magnitudes go through the exact expansion, `BinaryExpansion`.
public struct SignificantDigits: Sendable, Equatable {
  /// Which way to round.
  public enum Rounding: Sendable {
    /// Towards minus infinity.
    case down
    /// To the nearest, a tie to the even digit.
    case nearest
    /// Towards plus infinity.
    case up
  }

  /// The digits of rates and distortions in tables.
  public static let standardCount = 12

  /// 0, or a number of exactly `count` digits; the value is significand 10^exponent.
  let significand: UInt64
  // Sixteen bytes in all: a wide table holds several for each of its rows.
  private let storedExponent: Int16
  private let storedCount: UInt8
  let isNegative: Bool

  /// The number of digits, 1 to 17.
  public var count: Int { Int(storedCount) }
  /// From -340 (the last digit of the smallest number, of 17) to 308.
  var exponent: Int { Int(storedExponent) }

  /// The value rounded to `digits` (brought into 1...17) significant digits; nil if it is not finite.
  public init?(_ value: Double, digits: Int = standardCount, rounded: Rounding = .nearest) {
    guard value.isFinite else { return nil }
    let count = min(max(digits, 1), 17)
    let outward = value < 0 ? (rounded == .down ? .up : rounded == .up ? .down : .nearest) : rounded
    let magnitude = value.magnitude
    guard magnitude > 0 else {
      self.init(count: count, isNegative: false, significand: 0, exponent: 0)
      return
    }
    let (significand, exponent) =
      Self.shifted(magnitude, count: count, rounding: outward)
      ?? Self.expanded(magnitude, count: count, rounding: outward)
    self.init(count: count, isNegative: value < 0, significand: significand, exponent: exponent)
  }

  /// As few digits as read back to the same number, but at least the standard count before zeros are dropped; nil if it is
  /// not finite.
  public init?(readingBackTo value: Double) {
    guard var candidate = SignificantDigits(value) else { return nil }
    while candidate.count < 17, candidate.doubleValue != value {
      candidate = SignificantDigits(value, digits: candidate.count + 1) ?? candidate
    }
    self = candidate
  }

  private init(count: Int, isNegative: Bool, significand: UInt64, exponent: Int) {
    self.isNegative = isNegative
    self.significand = significand
    storedCount = UInt8(truncatingIfNeeded: count)
    storedExponent = Int16(truncatingIfNeeded: exponent)
  }

  /// The number next above (`.up`) or below (`.down`) in magnitude with as many digits; itself if it is 0.
  public func neighbour(_ direction: Rounding) -> SignificantDigits {
    guard significand > 0, direction != .nearest else { return self }
    let least = powersOfTen[count - 1]
    var next = direction == .up ? significand + 1 : significand - 1
    var scale = exponent
    if next == powersOfTen[count] {
      next = least
      scale += 1
    } else if next < least {
      next = next * 10 + 9
      scale -= 1
    }
    return SignificantDigits(count: count, isNegative: isNegative, significand: next, exponent: scale)
  }

  /// The `Double` that the text reads back to.
  public var doubleValue: Double {
    // Both operands are exact, so the one rounding is that of the exact quotient or product.
    if significand < 1 << 53, (-22...22).contains(exponent) {
      let digits = Double(significand)
      let value = exponent < 0 ? digits / exactPowers[-exponent] : digits * exactPowers[exponent]
      return isNegative ? -value : value
    }
    return Double(text) ?? .nan
  }

  /// One unit of the last digit; 0 for 0.
  public var unit: Double {
    guard significand > 0 else { return 0 }
    return SignificantDigits(count: 1, isNegative: false, significand: 1, exponent: exponent).doubleValue
  }
}

/// 10^0 ... 10^22, all that are floating-point numbers.
private let exactPowers: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
  1e21, 1e22,
]

/// 10^0 ... 10^18.
let powersOfTen: [UInt64] = (0...18).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 10 } }
