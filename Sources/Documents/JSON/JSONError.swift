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

  /// An error at a place of a text.
  init(at place: Int, in bytes: [UInt8], _ message: String) {
    let before = bytes[..<min(place, bytes.count)]
    line = lineBreaks(before) + 1
    let start = before.lastIndex { $0 == 0x0A || $0 == 0x0D }.map { $0 + 1 } ?? 0
    // Continuation bytes (10xxxxxx) begin no scalar.
    column = before[start...].count { $0 & 0xC0 != 0x80 } + 1
    self.message = message
  }
}
