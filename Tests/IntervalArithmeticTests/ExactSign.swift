/// The exact sign of a sum of products of doubles: the judge of the rounding tests, independent of what it judges.
///
/// A fixed-point number of 70 words of 64 bits, in units of 2^-2150, holds any product of two doubles and sums of
/// thousands of them (Kulisch's long accumulator). Only integer arithmetic is used; there is no rounding, so there is
/// nothing to prove.
struct ExactSign {
  private var words = [UInt64](repeating: 0, count: 70)

  /// The sign of the sum: -1, 0 or 1. All numbers are finite.
  mutating func of(_ products: (Double, Double)...) -> Int {
    for index in words.indices { words[index] = 0 }
    for (a, b) in products { add(a, b) }
    if words[words.count - 1] >> 63 == 1 { return -1 }
    return words.contains { $0 != 0 } ? 1 : 0
  }

  private mutating func add(_ a: Double, _ b: Double) {
    let (left, right) = (Self.parts(a), Self.parts(b))
    let product = left.significand.multipliedFullWidth(by: right.significand)
    if product.high == 0 && product.low == 0 { return }
    // Each significand counts units of 2^(exponent - 1075), each exponent is at least 1.
    let shift = left.exponent + right.exponent
    let (word, bit) = (shift / 64, UInt64(shift % 64))
    let parts: (UInt64, UInt64, UInt64) =
      bit == 0
      ? (product.low, product.high, 0)
      : (product.low << bit, product.high << bit | product.low >> (64 - bit), product.high >> (64 - bit))
    if (a.sign == .minus) == (b.sign == .minus) {
      carry(word, parts) { x, y in x.addingReportingOverflow(y) }
    } else {
      carry(word, parts) { x, y in x.subtractingReportingOverflow(y) }
    }
  }

  @inline(__always)
  private mutating func carry(
    _ first: Int, _ parts: (UInt64, UInt64, UInt64), _ step: (UInt64, UInt64) -> (partialValue: UInt64, overflow: Bool)
  ) {
    var carried: UInt64 = 0
    for index in first..<words.count {
      let part = index == first ? parts.0 : index == first + 1 ? parts.1 : index == first + 2 ? parts.2 : 0
      if index > first + 2 && carried == 0 { return }
      let once = step(words[index], part)
      let twice = step(once.partialValue, carried)
      words[index] = twice.partialValue
      carried = (once.overflow ? 1 : 0) + (twice.overflow ? 1 : 0)
    }
  }

  /// |x| = significand * 2^(exponent - 1075), exponent >= 1.
  private static func parts(_ x: Double) -> (significand: UInt64, exponent: Int) {
    let field = Int(x.exponentBitPattern)
    return field == 0 ? (x.significandBitPattern, 1) : (x.significandBitPattern | 1 << 52, field)
  }
}
