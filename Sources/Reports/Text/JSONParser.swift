/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public let line: Int
  /// The column, from 1, in Unicode scalars.
  public let column: Int
  /// What was found, or expected.
  public let message: String

  /// Line, column and message in a sentence.
  public var description: String { "line \(line), column \(column): \(message)" }
}

extension JSONValue {
  /// How deeply arrays and objects may be nested.
  public static let largestDepth = 256

  /// Reads one JSON document (RFC 8259), strictly: nothing but white space around it, no trailing commas, no comments, no
  /// member named twice, no half of a surrogate pair, numbers as the grammar has them.
  ///
  /// - Throws: `JSONError` at the first character that does not belong.
  public static func parse(_ text: String) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes: Array(text.utf8))
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    guard parser.isAtEnd else { throw parser.error("expected the end, found \(parser.found)") }
    return value
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The current character, for a message.
  var found: String {
    guard position < bytes.count else { return "the end" }
    guard let character = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first else {
      return "the end"
    }
    return character.value < 0x20 ? "a control character" : "\"\(character)\""
  }

  func error(_ message: String, at place: Int? = nil) -> JSONError {
    let before = bytes[..<min(place ?? position, bytes.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    // Continuation bytes (10xxxxxx) begin no scalar.
    let column = before[start...].count { $0 & 0xc0 != 0x80 } + 1
    return JSONError(line: line, column: column, message: message)
  }

  mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { position += 1 }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) throws(JSONError) -> JSONValue {
    guard depth <= JSONValue.largestDepth else {
      throw error("nested more than \(JSONValue.largestDepth) levels deep")
    }
    skipSpace()
    guard let current else { throw error("expected a value, found \(found)") }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw error("expected a value, found \(found)")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let utf8 = Array(word.utf8)
    guard bytes[position...].starts(with: utf8) else { throw error("expected \(word)") }
    position += utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw error("expected a member's name, found \(found)") }
      let start = position
      let name = try string()
      guard names.insert(name).inserted else { throw error("the member \"\(name)\" appears twice", at: start) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("expected \":\", found \(found)") }
      members.append(JSONValue.Member(name, try value(depth: depth + 1)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw error("expected \",\" or \"}\", found \(found)") }
    }
  }

  private mutating func array(depth: Int) throws(JSONError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw error("expected \",\" or \"]\", found \(found)") }
    }
  }

  private mutating func digits(_ part: String) throws(JSONError) {
    guard let byte = current, isDigit(byte) else { throw error("expected a digit in \(part), found \(found)") }
    while let byte = current, isDigit(byte) { position += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
      if let byte = current, isDigit(byte) { throw error("a number does not begin with 0") }
    } else {
      try digits("a number")
    }
    if take(UInt8(ascii: ".")) { try digits("a fraction") }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits("an exponent")
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while true {
      guard let byte = current else { throw error("the string never ends", at: start) }
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"):
        content.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20:
        throw error("a control character in a string must be escaped")
      default:
        content.append(byte)
        position += 1
      }
    }
  }

  private mutating func escape() throws(JSONError) -> Character {
    let start = position
    position += 1
    guard let byte = current else { throw error("the string never ends") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try scalar(from: start))
    default: throw error("there is no such escape", at: start)
    }
  }

  /// The scalar of \uXXXX, or of the two escapes of a surrogate pair.
  private mutating func scalar(from start: Int) throws(JSONError) -> Unicode.Scalar {
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw error("half of a surrogate pair", at: start)
    }
    let second = try hexadecimal()
    guard (0xdc00...0xdfff).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (UInt32(first) - 0xd800) << 10 + (UInt32(second) - 0xdc00))
    else { throw error("half of a surrogate pair", at: start) }
    return scalar
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("expected a hexadecimal digit, found \(found)")
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
