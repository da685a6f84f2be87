#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A binary number in decimal digits, in full: every finite `Double` is a decimal number of at most 767 significant digits.
struct BinaryExpansion {
  /// The digits, each 0 to 9; the first one is not 0 unless the number is 0.
  let digits: [UInt8]
  /// The power of ten that the first digit counts.
  let exponent: Int

  /// The expansion of a finite number that is not negative.
  init(of magnitude: Double) {
    var text = [CChar](repeating: 0, count: 800)
    _ = withVaList([magnitude]) { vsnprintf(&text, text.count, "%.770e", $0) }
    let characters = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    let mantissa = characters.prefix { $0 != UInt8(ascii: "e") }
    digits = mantissa.compactMap { $0 >= 48 && $0 <= 57 ? $0 - 48 : nil }
    exponent = Int(String(decoding: characters.dropFirst(mantissa.count + 1), as: UTF8.self)) ?? 0
  }
}
