import Documents
import Foundation
import TestSupport
import Testing

@Suite("numbers rounded to significant digits")
struct SignificantDigitsTests {
  /// Magnitudes for which the digits come from a 128-bit product, and all others down to subnormal numbers.
  static let values: [Double] = {
    var generator = SeededGenerator(seed: 1)
    var values: [Double] = [
      1, 2, 10, 0.5, 0.1, 0.25, 1e-4, 9.9999999999995e-5, 1e12, 999_999_999_999.5, 1e22, 1e23, .leastNonzeroMagnitude,
      0x1p-1030,
      .leastNormalMagnitude, .greatestFiniteMagnitude, 0x1p-1000, 0x1p53, 1.0 / 3, 2.5, 0.125, 1.5, 1_234_567.890_625,
    ]
    for _ in 0..<3000 {
      values.append(
        Double.random(in: 1...10, using: &generator) * pow(10, Double(Int.random(in: -18...14, using: &generator))))
      let bits = Double(bitPattern: generator.next())
      if bits.isFinite { values.append(bits) }
    }
    return values + values.map(-)
  }()

  @Test("to the nearest is what C's %.*g prints, in digits and in layout")
  func nearestIsPrintf() {
    for value in Self.values {
      for digits in [1, 2, 3, 6, 12, 15, 17] {
        #expect(SignificantDigits(value, digits: digits)?.text == String(format: "%.\(digits)g", value))
      }
    }
  }

  @Test("down is not above, up is not below, as real numbers, and no decimal of as many digits lies between")
  func directedRounding() throws {
    for value in Self.values {
      for digits in [2, 12, 17] {
        let exact = try #require(OracleDecimal(value))
        let down = try #require(SignificantDigits(value, digits: digits, rounded: .down)?.text)
        let up = try #require(SignificantDigits(value, digits: digits, rounded: .up)?.text)
        let nearest = try #require(SignificantDigits(value, digits: digits)?.text)
        let low = try #require(OracleDecimal(literal: down))
        let high = try #require(OracleDecimal(literal: up))
        #expect(low <= exact && exact <= high)
        #expect((low == high) == (low == exact), "exactly representable in both directions or in none")
        #expect(nearest == down || nearest == up, "the nearest decimal is one of the two neighbours")
      }
    }
  }

  @Test("the number a text reads back to is the C library's")
  func readsBack() {
    for value in Self.values {
      for digits in [2, 12, 17] {
        guard let number = SignificantDigits(value, digits: digits) else { continue }
        #expect(number.doubleValue == Double(number.text))
      }
      #expect(SignificantDigits(readingBackTo: value)?.doubleValue == value)
    }
  }

  @Test("a typed number is printed with the digits it takes, and no more than it takes from 12 on")
  func typedNumbers() {
    #expect(SignificantDigits(readingBackTo: 0.05)?.text == "0.05")
    #expect(SignificantDigits(readingBackTo: 0.1 + 0.2)?.text == "0.30000000000000004")
    #expect(SignificantDigits(readingBackTo: 1.0 / 3)?.text == "0.3333333333333333")
    #expect(SignificantDigits(readingBackTo: 2)?.text == "2")
  }

  @Test("12 digits by default, trailing zeros removed, 0 without a sign, nothing for what is not finite")
  func layout() {
    #expect(SignificantDigits(0.036458333333333336)?.text == "0.0364583333333")
    #expect(SignificantDigits(1.5e-9)?.text == "1.5e-09")
    #expect(SignificantDigits(-0.0)?.text == "0")
    #expect(SignificantDigits(.nan) == nil)
    #expect(SignificantDigits(.infinity, rounded: .down) == nil)
    #expect(SignificantDigits(readingBackTo: -.infinity) == nil)
  }

  @Test("rounding up across a power of ten carries")
  func carry() {
    #expect(SignificantDigits(9.96, digits: 2, rounded: .up)?.text == "10")
    #expect(SignificantDigits(-9.96, digits: 2, rounded: .down)?.text == "-10")
    #expect(SignificantDigits(0.999_999_999_999_9, rounded: .up)?.text == "1")
    #expect(SignificantDigits(9.99e99, digits: 1, rounded: .up)?.text == "1e+100")
  }
}
