extension SignificantDigits: CustomStringConvertible {
  /// The number as C's `%.*g` lays it out: plain where the decimal exponent is from -4 to below the number of digits,
  /// scientific elsewhere, without trailing zeros.
  public var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The same as `text`.
  public var description: String { text }

  /// Appends `text` in ASCII.
  public func append(to bytes: inout [UInt8]) {
    guard significand > 0 else {
      bytes.append(zero)
      return
    }
    if isNegative { bytes.append(UInt8(ascii: "-")) }
    var kept = significand
    var length = count
    while kept % 10 == 0 {
      kept /= 10
      length -= 1
    }
    let decimal = exponent + count - 1
    if decimal < -4 || decimal >= count {
      Self.append(kept, length: length, pointAfter: 1, to: &bytes)
      bytes.append(UInt8(ascii: "e"))
      bytes.append(UInt8(ascii: decimal < 0 ? "-" : "+"))
      if decimal.magnitude < 10 { bytes.append(zero) }
      bytes.append(contentsOf: String(decimal.magnitude).utf8)
    } else if decimal < 0 {
      bytes.append(zero)
      bytes.append(UInt8(ascii: "."))
      for _ in 1..<(-decimal) { bytes.append(zero) }
      Self.append(kept, length: length, pointAfter: length, to: &bytes)
    } else {
      Self.append(kept, length: length, pointAfter: decimal + 1, to: &bytes)
      for _ in 0..<max(0, decimal + 1 - length) { bytes.append(zero) }
    }
  }

  /// The digits of a number, with a point after so many of them unless it would come last.
  private static func append(_ digits: UInt64, length: Int, pointAfter whole: Int, to bytes: inout [UInt8]) {
    for position in 0..<length {
      if position == whole { bytes.append(UInt8(ascii: ".")) }
      bytes.append(zero + UInt8(digits / powersOfTen[length - 1 - position] % 10))
    }
  }
}

private let zero = UInt8(ascii: "0")
