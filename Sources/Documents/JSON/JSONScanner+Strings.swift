extension JSONScanner {
  /// The characters of a string, with its escapes resolved.
  public func content(of text: Text) -> ArraySlice<UInt8> {
    guard text.isEscaped else { return bytes[text.range] }
    var result: [UInt8] = []
    var place = text.range.lowerBound
    while place < text.range.upperBound {
      // Whether escapes are right was settled when the string was read.
      if bytes[place] == UInt8(ascii: "\\"), let escape = try? escape(at: place) {
        result.append(contentsOf: Array(String(escape.scalar).utf8))
        place = escape.end
      } else {
        result.append(bytes[place])
        place += 1
      }
    }
    return result[...]
  }

  /// The scalar that an escape stands for, and where it ends.
  func escape(at start: Int) throws(JSONError) -> (scalar: Unicode.Scalar, end: Int) {
    guard start + 1 < bytes.count else { throw error("the string never ends", at: bytes.count) }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""): return ("\"", start + 2)
    case UInt8(ascii: "\\"): return ("\\", start + 2)
    case UInt8(ascii: "/"): return ("/", start + 2)
    case UInt8(ascii: "b"): return ("\u{8}", start + 2)
    case UInt8(ascii: "f"): return ("\u{c}", start + 2)
    case UInt8(ascii: "n"): return ("\n", start + 2)
    case UInt8(ascii: "r"): return ("\r", start + 2)
    case UInt8(ascii: "t"): return ("\t", start + 2)
    case UInt8(ascii: "u"): return try scalar(at: start)
    default: throw error("there is no such escape", at: start)
    }
  }

  /// The scalar of \uXXXX, or of the two escapes of a surrogate pair.
  private func scalar(at start: Int) throws(JSONError) -> (scalar: Unicode.Scalar, end: Int) {
    let first = try unit(at: start + 2)
    if let scalar = Unicode.Scalar(first) { return (scalar, start + 6) }
    guard first < 0xDC00, bytes[(start + 6)...].starts(with: "\\u".utf8) else {
      throw error("half of a surrogate pair", at: start)
    }
    let second = try unit(at: start + 8)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
    else { throw error("half of a surrogate pair", at: start) }
    return (scalar, start + 12)
  }

  /// Four hexadecimal digits.
  private func unit(at start: Int) throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for place in start..<start + 4 {
      guard place < bytes.count, let digit = Character(Unicode.Scalar(bytes[place])).hexDigitValue else {
        throw error("expected a hexadecimal digit", at: place)
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
