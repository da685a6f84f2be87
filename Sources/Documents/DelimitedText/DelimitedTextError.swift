/// What is wrong with delimited text, and where.
public struct DelimitedTextError: Error, Equatable, Sendable {
  /// What was found.
  public enum Fault: Equatable, Sendable, CustomStringConvertible {
    /// The file cannot be read.
    case unreadable(FileError)
    /// A quote that is opened and never closed.
    case unterminatedQuote
    /// Text between a closing quote and the end of its cell.
    case textAfterQuote
    /// A row that goes on after `DelimitedRecords.largestRow` bytes.
    case endlessRow

    /// The fault in a clause.
    public var description: String {
      switch self {
      case .unreadable(let error): return error.description
      case .unterminatedQuote: return "a quote is opened here and never closed"
      case .textAfterQuote: return "there is text between a closing quote and the end of the cell"
      case .endlessRow:
        return "the row goes on after \(DelimitedRecords.largestRow >> 20) MiB, the most that a row may have"
      }
    }
  }

  /// The line, from 1; nil for the file.
  public var line: Int?
  /// The cell, from 1; nil for the row.
  public var cell: Int?
  /// What was found.
  public var fault: Fault
}
