import Foundation
import RateDistortion

/// A decimal text or the exact expansion of a binary number, for comparisons in the real numbers.
struct ExactDecimal: Comparable {
  private var isNegative = false
  /// Digits without leading and trailing zeros; the value is 0.d1 d2 d3 ... times 10^exponent.
  private var digits: [UInt8] = []
  private var exponent = 0

  /// The number that a text says, literally; nil if it is no decimal number.
  init?(text: String) {
    guard Double(text) != nil, text.allSatisfy({ "-.0123456789e+".contains($0) }) else { return nil }
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    var mantissa = String(parts[0])
    if mantissa.hasPrefix("-") {
      isNegative = true
      mantissa.removeFirst()
    }
    let halves = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    digits = halves.joined().utf8.map { $0 - 48 }
    exponent = halves[0].count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (isNegative, exponent) = (false, 0) }
  }

  /// The exact value of a finite binary number: the C library prints it in full.
  init?(_ value: Double) {
    self.init(text: String(format: "%.1100e", value))
  }

  static func < (a: ExactDecimal, b: ExactDecimal) -> Bool {
    if a.isNegative != b.isNegative { return a.isNegative }
    if a.isNegative { return b.magnitudeIsLess(than: a) }
    return a.magnitudeIsLess(than: b)
  }

  private func magnitudeIsLess(than other: ExactDecimal) -> Bool {
    if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
    if exponent != other.exponent { return exponent < other.exponent }
    return digits.lexicographicallyPrecedes(other.digits)
  }
}

/// SplitMix64 with a fixed seed: every run tests the same numbers.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

/// Every source of the catalogue, made from its defaults.
func defaultSources() throws -> [any InformationSource] {
  try Catalogue.sources.map { try $0.init(parameters: SourceParameters()) }
}
