/// A walk over JSON texts (RFC 8259) that stops at what a table needs: names, numbers, strings, and where they are.
///
/// Python's NaN, Infinity and -Infinity are taken for words, and so is what is true or false: whether a cell is a number is
/// for its reader to say. Everything else is strict: no trailing commas, no comments.
struct JSONScanner {
  /// A value that is neither array nor object.
  struct Scalar {
    /// The names on the way to it, with dots between them.
    var path: [UInt8]
    /// Its place in the outermost array around it; nil outside arrays.
    var index: Int?
    /// Its characters in `bytes`, without quotes; empty for null.
    var range: Range<Int>
    /// Whether escapes are to be resolved.
    var isEscaped: Bool
    var line: Int
  }

  let bytes: [UInt8]
  let name: String
  private(set) var position = 0
  private(set) var line = 1
  private static let largestDepth = 128

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// The next byte that is no white space; nil at the end.
  mutating func peek() -> UInt8? {
    while position < bytes.count {
      switch bytes[position] {
      case 0x0A:
        line += 1
        position += 1
      case 0x0D:
        if position + 1 >= bytes.count || bytes[position + 1] != 0x0A { line += 1 }
        position += 1
      case 0x20, 0x09: position += 1
      default: return bytes[position]
      }
    }
    return nil
  }

  /// Takes the next byte if it is this one.
  mutating func take(_ byte: Character) -> Bool {
    guard let next = peek(), next == byte.asciiValue else { return false }
    position += 1
    return true
  }

  /// A fault where the scanner stands: line, character in the line, what was expected and what is there.
  mutating func error(expected: String) -> PointFileError {
    let found: String
    if let byte = peek() {
      let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
      found = byte < 0x20 ? "a control character" : "\"\(scalar.map { legible(String($0)) } ?? "?")\""
    } else {
      found = "the end"
    }
    return error("expected \(expected), found \(found)")
  }

  private func error(_ message: String) -> PointFileError {
    var start = min(position, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
    // Continuation bytes (10xxxxxx) begin no character.
    let character = bytes[start..<min(position, bytes.count)].count { $0 & 0xC0 != 0x80 } + 1
    return PointFileError(file: name, line: line, fault: .malformed(character: character, message: message))
  }

  /// Walks over the next value.
  ///
  /// - Parameter visit: takes the scalars in it.
  mutating func value(_ visit: (Scalar) throws(PointFileError) -> Void) throws(PointFileError) {
    var path: [UInt8] = []
    try value(&path, index: nil, isNested: false, depth: 0, visit)
  }

  /// - Parameter isNested: whether it lies in an array within an array: a matrix is no column, and its numbers are passed
  ///   over.
  private mutating func value(
    _ path: inout [UInt8], index: Int?, isNested: Bool, depth: Int, _ visit: (Scalar) throws(PointFileError) -> Void
  ) throws(PointFileError) {
    guard depth <= Self.largestDepth else { throw error("nested more than \(Self.largestDepth) levels deep") }
    guard let first = peek() else { throw error(expected: "a value") }
    if first == UInt8(ascii: "{") {
      try object(&path, index: index, isNested: isNested, depth: depth, visit)
    } else if first == UInt8(ascii: "[") {
      try array(&path, index: index, depth: depth, visit)
    } else {
      let line = line
      let isString = first == UInt8(ascii: "\"")
      let content = isString ? try string() : (range: try word(), isEscaped: false)
      if isNested { return }
      let isNull = !isString && bytes[content.range].elementsEqual("null".utf8)
      let range = isNull ? content.range.lowerBound..<content.range.lowerBound : content.range
      try visit(Scalar(path: path, index: index, range: range, isEscaped: content.isEscaped, line: line))
    }
  }

  private mutating func object(
    _ path: inout [UInt8], index: Int?, isNested: Bool, depth: Int, _ visit: (Scalar) throws(PointFileError) -> Void
  ) throws(PointFileError) {
    position += 1
    if take("}") { return }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw error(expected: "a member's name") }
      let name = try string()
      guard take(":") else { throw error(expected: "\":\"") }
      let length = path.count
      if length > 0 { path.append(UInt8(ascii: ".")) }
      path.append(contentsOf: name.isEscaped ? resolved(name.range)[...] : bytes[name.range])
      try value(&path, index: index, isNested: isNested, depth: depth + 1, visit)
      path.removeSubrange(length...)
    } while take(",")
    guard take("}") else { throw error(expected: "\",\" or \"}\"") }
  }

  private mutating func array(
    _ path: inout [UInt8], index: Int?, depth: Int, _ visit: (Scalar) throws(PointFileError) -> Void
  ) throws(PointFileError) {
    position += 1
    if take("]") { return }
    var place = 0
    repeat {
      try value(&path, index: index ?? place, isNested: index != nil, depth: depth + 1, visit)
      place += 1
    } while take(",")
    guard take("]") else { throw error(expected: "\",\" or \"]\"") }
  }

  /// A number, or one of the words.
  private mutating func word() throws(PointFileError) -> Range<Int> {
    let start = position
    var end = start
    while end < bytes.count {
      let byte = bytes[end]
      let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
      guard isLetter || byte &- UInt8(ascii: "0") < 10 || [0x2B, 0x2D, 0x2E].contains(byte) else { break }
      end += 1
    }
    let words = ["true", "false", "null", "NaN", "Infinity", "-Infinity"]
    let isWord = words.contains { bytes[start..<end].elementsEqual($0.utf8) }
    guard isWord || (start < end && bytes[start] < UInt8(ascii: "A")) else { throw error(expected: "a value") }
    position = end
    return start..<end
  }

  /// A string's characters, and whether there are escapes among them.
  private mutating func string() throws(PointFileError) -> (range: Range<Int>, isEscaped: Bool) {
    let opening = position
    var end = opening + 1
    var isEscaped = false
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""):
        position = end + 1
        return (opening + 1..<end, isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        end += 2
      case 0..<0x20:
        position = end
        throw error("a control character in a string must be escaped")
      default:
        end += 1
      }
    }
    throw error("the string never ends")
  }

  /// A string's characters with its escapes resolved; one that is none stands for the letter behind it.
  func resolved(_ range: Range<Int>) -> [UInt8] {
    var result: [UInt8] = []
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = bytes[i]
      i += 1
      guard byte == UInt8(ascii: "\\"), i < range.upperBound else {
        result.append(byte)
        continue
      }
      let escape = bytes[i]
      i += 1
      switch escape {
      case UInt8(ascii: "b"): result.append(8)
      case UInt8(ascii: "f"): result.append(12)
      case UInt8(ascii: "n"): result.append(10)
      case UInt8(ascii: "r"): result.append(13)
      case UInt8(ascii: "t"): result.append(9)
      case UInt8(ascii: "u"):
        var units = [hexadecimal(&i, range.upperBound)]
        let isPair = 0xD800..<0xDC00 ~= units[0] && bytes[i..<range.upperBound].starts(with: "\\u".utf8)
        if isPair {
          i += 2
          units.append(hexadecimal(&i, range.upperBound))
        }
        // Half of a surrogate pair becomes the replacement character.
        result.append(contentsOf: String(decoding: units, as: UTF16.self).utf8)
      default: result.append(escape)
      }
    }
    return result
  }

  private func hexadecimal(_ i: inout Int, _ end: Int) -> UInt16 {
    var value: UInt16 = 0
    var digits = 0
    while digits < 4, i < end, let digit = Character(Unicode.Scalar(bytes[i])).hexDigitValue {
      value = value << 4 | UInt16(digit)
      i += 1
      digits += 1
    }
    return digits == 4 ? value : 0xFFFD
  }
}
