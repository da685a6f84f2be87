/// A file that is not what it claims to be, and where.
public struct MalformedFile: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The line, from 1.
  public let line: Int
  /// The column, from 1.
  public let column: Int
  /// What is wrong.
  public let message: String

  /// File, line, column and message, as compilers print them.
  public var description: String { "\(path):\(line):\(column): \(message)" }
}
