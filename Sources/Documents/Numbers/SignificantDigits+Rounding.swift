// The two ways from a positive number to its digits. Both see the exact decimal expansion, so a directed rounding is one of
// the real number.

/// 5^0 ... 5^27, all that fit in 64 bits.
private let powersOfFive: [UInt64] = (0...27).map { exponent in (0..<exponent).reduce(1) { power, _ in power * 5 } }

/// What rounding cut off, compared with half a unit of the last digit kept.
private enum Remainder {
  case none, belowHalf, half, aboveHalf
}

extension SignificantDigits {
  /// The digits and their exponent by a 128-bit product and a shift; nil where the power of five needs more than 64 bits.
  static func shifted(_ magnitude: Double, count: Int, rounding: Rounding) -> (UInt64, Int)? {
    guard magnitude.isNormal else { return nil }
    let digits = magnitude.significandBitPattern | 1 << 52
    let scale = Int(magnitude.exponent) - 52
    // floor(e log10 2) is the decimal exponent of the value or one less.
    let estimate = Int((Double(magnitude.exponent) * 0.301029995663981195).rounded(.down))
    for decimal in [estimate, estimate + 1] {
      let power = count - 1 - decimal
      guard power >= 0, power < powersOfFive.count else { return nil }
      let product = digits.multipliedFullWidth(by: powersOfFive[power])
      guard let (quotient, remainder) = shift(product, right: -(scale + power)) else { return nil }
      if quotient < powersOfTen[count] {
        return rounded(quotient, remainder, -power, count: count, rounding: rounding)
      }
    }
    return nil
  }

  /// A 128-bit number divided by 2^places, if the quotient fits in 64 bits.
  private static func shift(
    _ number: (high: UInt64, low: UInt64), right places: Int
  ) -> (UInt64, Remainder)? {
    guard places > 0 else {
      // The number is whole; a quotient of at most 18 digits leaves room for the shift.
      guard number.high == 0, -places <= number.low.leadingZeroBitCount else { return nil }
      return (number.low << UInt64(-places), .none)
    }
    guard places < 128 else { return nil }
    if places < 64 {
      guard number.high >> UInt64(places) == 0 else { return nil }
      let half: UInt64 = 1 << UInt64(places - 1)
      let rest = number.low & (half << 1 &- 1)
      return (number.high << UInt64(64 - places) | number.low >> UInt64(places), compare(rest, half, below: false))
    }
    if places == 64 { return (number.high, compare(number.low, 1 << 63, below: false)) }
    let half: UInt64 = 1 << UInt64(places - 65)
    let rest = number.high & (half << 1 &- 1)
    return (number.high >> UInt64(places - 64), compare(rest, half, below: number.low > 0))
  }

  private static func compare(_ rest: UInt64, _ half: UInt64, below moreFollows: Bool) -> Remainder {
    if rest == 0, !moreFollows { return .none }
    if rest < half { return .belowHalf }
    return rest == half && !moreFollows ? .half : .aboveHalf
  }

  /// The digits and their exponent from the exact expansion.
  static func expanded(_ magnitude: Double, count: Int, rounding: Rounding) -> (UInt64, Int) {
    let expansion = BinaryExpansion(of: magnitude)
    let quotient = expansion.digits.prefix(count).reduce(0) { $0 * 10 + UInt64($1) }
    let tail = expansion.digits.dropFirst(count)
    let first = UInt64(tail.first ?? 0)
    let moreFollows = tail.dropFirst().contains { $0 > 0 }
    return rounded(
      quotient, compare(first, 5, below: moreFollows), expansion.exponent - count + 1, count: count, rounding: rounding)
  }

  private static func rounded(
    _ quotient: UInt64, _ remainder: Remainder, _ exponent: Int, count: Int, rounding: Rounding
  ) -> (UInt64, Int) {
    let increment: Bool
    switch (rounding, remainder) {
    case (_, .none), (.down, _), (.nearest, .belowHalf): increment = false
    case (.up, _), (.nearest, .aboveHalf): increment = true
    case (.nearest, .half): increment = quotient % 2 == 1
    }
    let digits = increment ? quotient + 1 : quotient
    return digits == powersOfTen[count] ? (digits / 10, exponent + 1) : (digits, exponent)
  }
}
