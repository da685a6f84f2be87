extension JSONValue {
  /// The document: members in their order, two spaces of indentation a level, arrays of plain values on one line, a newline
  /// at the end. Characters outside ASCII are written as they are.
  public var serialized: String {
    var bytes: [UInt8] = []
    append(to: &bytes, depth: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private var isPlain: Bool {
    switch self {
    case .null, .bool, .number, .text: return true
    case .array(let elements): return elements.isEmpty
    case .object(let members): return members.isEmpty
    }
  }

  /// Appends the value as it stands at a depth: the lines after its first are indented by it.
  func append(to bytes: inout [UInt8], depth: Int) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let literal): bytes.append(contentsOf: literal.utf8)
    case .text(let text): Self.append(text, to: &bytes)
    case .array(let elements) where elements.allSatisfy(\.isPlain):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        element.append(to: &bytes, depth: depth)
      }
      bytes.append(UInt8(ascii: "]"))
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.appendLine(to: &bytes, depth: depth + 1)
        element.append(to: &bytes, depth: depth + 1)
      }
      Self.appendLine(to: &bytes, depth: depth)
      bytes.append(UInt8(ascii: "]"))
    case .object(let members) where members.isEmpty:
      bytes.append(contentsOf: "{}".utf8)
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        member.append(to: &bytes, depth: depth + 1)
      }
      Self.appendLine(to: &bytes, depth: depth)
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// Begins a line at a depth.
  static func appendLine(to bytes: inout [UInt8], depth: Int) {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<depth { bytes.append(contentsOf: "  ".utf8) }
  }

  /// Appends a string with its quotes.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        let code = String(byte, radix: 16)
        bytes.append(contentsOf: "\\u00\(byte < 0x10 ? "0" : "")\(code)".utf8)
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension JSONValue.Member {
  /// Appends a member on a line of its own, at a depth.
  func append(to bytes: inout [UInt8], depth: Int) {
    JSONValue.appendLine(to: &bytes, depth: depth)
    JSONValue.append(name, to: &bytes)
    bytes.append(contentsOf: ": ".utf8)
    value.append(to: &bytes, depth: depth)
  }
}
