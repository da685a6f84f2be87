/// The one parser of JSON texts (RFC 8259): a walk from event to event, which keeps nothing but where it stands.
///
/// Whoever wants a document as a value collects the events (`JSONValue.parse`); whoever wants a million rows takes what he needs
/// and lets the rest go by. Texts may follow one another, as in JSON Lines. The grammar is read strictly: no trailing commas, no
/// comments, numbers as it has them, no half of a surrogate pair, and nesting ends at a depth, not at the end of the stack.
public struct JSONScanner: Sendable {
  /// What is read besides RFC 8259.
  public enum Dialect: Sendable {
    /// Nothing.
    case strict
    /// What trainers' tools write: a byte order mark at the beginning, and Python's NaN, Infinity and -Infinity.
    case trainers
  }

  /// The characters of a value or name, without quotes.
  public struct Text: Sendable {
    /// Where they are in `bytes`.
    public let range: Range<Int>
    /// Whether there are escapes among them; `content(of:)` resolves them.
    public let isEscaped: Bool
  }

  /// What a value without quotes is.
  public enum Literal: Sendable {
    /// A number of the grammar.
    case number
    /// One of its words.
    case `true`, `false`, null
    /// NaN, Infinity or -Infinity.
    case notFinite
  }

  /// A step of the walk.
  public enum Event: Sendable {
    /// The brace or bracket of an object or array.
    case beginObject, endObject, beginArray, endArray
    /// A member's name; its value follows.
    case name(Text)
    /// A string.
    case text(Text)
    /// A value without quotes.
    case literal(Literal, Text)
  }

  /// What may come next.
  private enum State {
    /// A value, and nothing else.
    case value
    /// The first value or member of what was just opened, or its end.
    case first
    /// A comma or the end, after a value or member.
    case further
  }

  /// How deeply arrays and objects may be nested.
  public static let largestDepth = 128

  /// The text.
  public let bytes: [UInt8]
  /// The line on which the event last read ended, from 1: that of a scalar, for they have no line breaks.
  public private(set) var line = 1
  private var position = 0
  private var state = State.value
  /// Of each object or array that is open, whether it is an object.
  private var isObject: [Bool] = []
  private let dialect: Dialect

  /// A walk that begins at the beginning.
  public init(_ bytes: [UInt8], dialect: Dialect = .strict) {
    self.bytes = bytes
    self.dialect = dialect
    if dialect == .trainers, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// How many objects and arrays are open.
  public var depth: Int { isObject.count }

  /// The next byte that is no white space; nil at the end of the text.
  public mutating func peek() -> UInt8? {
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

  /// What the next element of the innermost array begins with, or the next text outside arrays and objects; nil if there is none.
  ///
  /// - Throws: `JSONError` if neither an element nor the array's end is there.
  public mutating func peekElement() throws(JSONError) -> UInt8? {
    guard !isObject.isEmpty else { return peek() }
    if state != .value {
      if peek() == UInt8(ascii: "]") { return nil }
      if state == .further { try takeComma() }
      state = .value
    }
    guard let byte = peek() else { throw error(expected: "a value") }
    return byte
  }

  /// Takes the next step. Behind a complete text it begins another one.
  ///
  /// - Throws: `JSONError` at the first character that does not belong, or at the end of the text.
  public mutating func next() throws(JSONError) -> Event {
    guard let inObject = isObject.last, state != .value else { return try value() }
    if take(inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
      isObject.removeLast()
      finishValue()
      return inObject ? .endObject : .endArray
    }
    if state == .further { try takeComma() }
    state = .value
    guard inObject else { return try value() }
    guard peek() == UInt8(ascii: "\"") else { throw error(expected: "a member's name") }
    let name = try string()
    guard take(UInt8(ascii: ":")) else { throw error(expected: "\":\"") }
    return .name(name)
  }

  /// An error where the walk stands: what was expected, and what is there.
  public mutating func error(expected: String) -> JSONError {
    _ = peek()
    return error("expected \(expected), found \(found)", at: position)
  }

  func error(_ message: String, at place: Int) -> JSONError { JSONError(at: place, in: bytes, message) }

  /// The character at the position, for a message.
  private var found: String {
    guard position < bytes.count else { return "the end" }
    let scalar = String(decoding: bytes[position...].prefix(4), as: UTF8.self).unicodeScalars.first
    return bytes[position] < 0x20 ? "a control character" : "\"\(scalar.map { legible(String($0)) } ?? "?")\""
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    position += 1
    return true
  }

  private mutating func takeComma() throws(JSONError) {
    guard !take(UInt8(ascii: ",")) else { return }
    throw error(expected: isObject.last == true ? "\",\" or \"}\"" : "\",\" or \"]\"")
  }

  private mutating func finishValue() { state = isObject.isEmpty ? .value : .further }

  private mutating func value() throws(JSONError) -> Event {
    guard let first = peek() else { throw error(expected: "a value") }
    guard depth <= Self.largestDepth else {
      throw error("nested more than \(Self.largestDepth) levels deep", at: position)
    }
    switch first {
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      position += 1
      isObject.append(first == UInt8(ascii: "{"))
      state = .first
      return first == UInt8(ascii: "{") ? .beginObject : .beginArray
    case UInt8(ascii: "\""):
      let text = try string()
      finishValue()
      return .text(text)
    default:
      let start = position
      let literal = try literal(first)
      finishValue()
      return .literal(literal, Text(range: start..<position, isEscaped: false))
    }
  }

  private mutating func literal(_ first: UInt8) throws(JSONError) -> Literal {
    switch first {
    case UInt8(ascii: "t") where takeWord("true"): return .true
    case UInt8(ascii: "f") where takeWord("false"): return .false
    case UInt8(ascii: "n") where takeWord("null"): return .null
    case UInt8(ascii: "N"), UInt8(ascii: "I"), UInt8(ascii: "-"):
      let words: [StaticString] = ["NaN", "Infinity", "-Infinity"]
      if dialect == .trainers, words.contains(where: { takeWord($0) }) { return .notFinite }
      guard first == UInt8(ascii: "-") else { throw error(expected: "a value") }
      try number()
      return .number
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      try number()
      return .number
    default: throw error(expected: "a value")
    }
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    let isThere = word.withUTF8Buffer { bytes[position...].prefix(count).elementsEqual($0) }
    if isThere { position += count }
    return isThere
  }

  private mutating func number() throws(JSONError) {
    if byteIsHere("-") { position += 1 }
    if byteIsHere("0") {
      position += 1
      if digitIsHere { throw error("a number does not begin with 0", at: position) }
    } else {
      try digits("a number")
    }
    if byteIsHere(".") {
      position += 1
      try digits("a fraction")
    }
    guard byteIsHere("e") || byteIsHere("E") else { return }
    position += 1
    if byteIsHere("+") || byteIsHere("-") { position += 1 }
    try digits("an exponent")
  }

  private mutating func digits(_ part: String) throws(JSONError) {
    guard digitIsHere else { throw error("expected a digit in \(part), found \(found)", at: position) }
    while digitIsHere { position += 1 }
  }

  private func byteIsHere(_ character: Unicode.Scalar) -> Bool {
    position < bytes.count && bytes[position] == UInt8(ascii: character)
  }

  private var digitIsHere: Bool { position < bytes.count && bytes[position] &- UInt8(ascii: "0") < 10 }

  /// A string's characters, from its opening quote.
  private mutating func string() throws(JSONError) -> Text {
    let opening = position
    var end = opening + 1
    var isEscaped = false
    while end < bytes.count {
      switch bytes[end] {
      case UInt8(ascii: "\""):
        position = end + 1
        return Text(range: opening + 1..<end, isEscaped: isEscaped)
      case UInt8(ascii: "\\"):
        isEscaped = true
        end = try escape(at: end).end
      case 0..<0x20:
        throw error("a control character in a string must be escaped", at: end)
      default:
        end += 1
      }
    }
    throw error("the string never ends", at: opening)
  }
}
