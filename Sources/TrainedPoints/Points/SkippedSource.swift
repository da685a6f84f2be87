import Documents

/// A source in a file whose limits nobody knows here, and how many rows it has.
public struct SkippedSource: Equatable, Sendable, CustomStringConvertible {
  /// As the file has it.
  public let name: String
  /// How many rows.
  public internal(set) var rows: Int

  /// `laplace (8 rows)`.
  public var description: String { "\(legible(name)) (\(rows) \(rows == 1 ? "row" : "rows"))" }
}
