import RateDistortion

/// What is wrong with a file of points, and where.
///
/// The facts are kept apart from the wording: a command maps them to an exit code, a test compares them.
public struct PointFileError: Error, Equatable, Sendable {
  /// A column by its place, counted from 1, and its name.
  public struct Column: Equatable, Sendable {
    /// Counted from 1.
    public let number: Int
    /// As the header has it, without the blanks around it.
    public let name: String

    /// A column.
    public init(number: Int, name: String) {
      self.number = number
      self.name = name
    }
  }

  /// What was found.
  public enum Fault: Equatable, Sendable {
    /// The file cannot be opened or read, for the system's reason.
    case unreadable(reason: String)
    /// No header, not even a blank one.
    case emptyFile
    /// JSON without an object that has a member.
    case noObjects
    /// A header without rows.
    case noRows
    /// A header that is no UTF-8 text.
    case headerNotText
    /// None of the columns that would do is there.
    case missingColumn(purpose: String, accepted: [String], present: [String])
    /// A column that is needed has a name that occurs more than once.
    case repeatedColumn(name: String)
    /// A row with another number of cells than the header.
    case raggedRow(cells: Int, columns: Int)
    /// A quote that is opened and never closed.
    case unterminatedQuote
    /// Text between a closing quote and the end of its cell.
    case textAfterQuote
    /// JSON that is none, at a character of the line, counted from 1.
    case malformed(character: Int, message: String)
    /// JSON with more names than a table has columns.
    case tooManyColumns(most: Int)
    /// An object in which rate and distortion are arrays of different lengths.
    case unequalArrays(rate: String, count: Int, distortion: String, otherCount: Int)
    /// Exports of rate and distortion that have no step in common.
    case noCommonStep(rate: String, distortion: String)
    /// A cell that is not a finite number.
    case notANumber(text: String)
    /// A number outside the domain of its column.
    case outOfRange(text: String, requirement: String)
    /// A cell with a word that means nothing in its column.
    case unknownWord(text: String, known: [String])
    /// The values of a row make no source.
    case parameter(DomainError)
    /// Neither an option nor a column says what the source is.
    case sourceNotGiven(present: [String])
    /// No row is left by the filters.
    case noMatch(filters: [String])
    /// The limits of none of the sources are known.
    case noKnownSource([SkippedSource])
    /// A distortion of one measure, judged by the other, without the number of components.
    case componentsUnknown(source: String, found: DistortionMeasure, needed: DistortionMeasure)
    /// The rows of a finite source's file make none.
    case finiteSource(FiniteSourceError)
  }

  /// The file's name, or "standard input".
  public let file: String
  /// Counted from 1; nil for what concerns the whole file.
  public let line: Int?
  /// Nil for what concerns a whole row.
  public let column: Column?
  /// What was found.
  public let fault: Fault

  /// A fault at its place.
  public init(file: String, line: Int? = nil, column: Column? = nil, fault: Fault) {
    self.file = file
    self.line = line
    self.column = column
    self.fault = fault
  }
}

extension PointFileError: CustomStringConvertible {
  /// The place and the fault in a sentence: `points.csv:7: column 3 (rate): "abc" is not a number`.
  public var description: String {
    var place = file
    if let line { place += ":\(line)" }
    if let column {
      place += ": column \(column.number)" + (column.name.isEmpty ? "" : " (\(legible(column.name)))")
    }
    return place + ": " + fault.description
  }
}

extension PointFileError.Fault: CustomStringConvertible {
  /// The fault in a clause.
  public var description: String {
    switch self {
    case .unreadable(let reason):
      return "cannot be read: \(reason)"
    case .emptyFile:
      return "the file is empty; a header row with column names is expected"
    case .noObjects:
      return "there is no object with a member in it"
    case .noRows:
      return "there is a header but no row"
    case .headerNotText:
      return "the header is not UTF-8 text"
    case .missingColumn(let purpose, let accepted, let present):
      let wanted = accepted.count == 1 ? "no column \(accepted[0])" : "none of \(accepted.joined(separator: ", "))"
      return "no column for \(purpose): there is \(wanted); the columns are \(list(present))"
    case .repeatedColumn(let name):
      return "the column name \(quoted(name)) occurs more than once"
    case .raggedRow(let cells, let columns):
      return "the row has \(cells) \(cells == 1 ? "cell" : "cells"), the header \(columns)"
    case .unterminatedQuote:
      return "a quote is opened here and never closed"
    case .textAfterQuote:
      return "there is text between a closing quote and the end of the cell"
    case .malformed(let character, let message):
      return "character \(character): \(message)"
    case .tooManyColumns(let most):
      return "there are more than \(most) different names in it: names are columns, values are rows"
    case .unequalArrays(let rate, let count, let distortion, let otherCount):
      return "\(quoted(rate)) has \(count) values, \(quoted(distortion)) \(otherCount)"
    case .noCommonStep(let rate, let distortion):
      return "no step is in both \(legible(rate)) and \(legible(distortion))"
    case .notANumber(let text):
      return text.isEmpty ? "the cell is empty; a number is expected" : notANumber(text)
    case .outOfRange(let text, let requirement):
      return "\(legible(text)) is out of range: it must be \(requirement)"
    case .unknownWord(let text, let known):
      return "\(quoted(text)) is none of \(known.joined(separator: ", "))"
    case .parameter(let error):
      return error.description
    case .finiteSource(let error):
      return error.description
    case .sourceNotGiven(let present):
      return "no source is given (--source), and there is no column source; the columns are \(list(present))"
    case .noMatch(let filters):
      return "no row has \(filters.map(legible).joined(separator: " and "))"
    case .noKnownSource(let skipped):
      return "no limits are known for any of its sources: \(skipped.map(\.description).joined(separator: ", "))"
    case .componentsUnknown(let source, let found, let needed):
      return "the distortion is \(found.rawValue), that of \(source) is \(needed.rawValue), and the number of "
        + "components is not given: add a column index_points, or convert the column"
    }
  }

  private func notANumber(_ text: String) -> String {
    let comma = text.contains(",") && !text.contains(".") ? " (a decimal comma? numbers are written with a point)" : ""
    return "\(quoted(text)) is not a finite number\(comma)"
  }

  private func list(_ names: [String]) -> String {
    let shown = names.prefix(40).map { $0.isEmpty ? "(no name)" : legible($0) }.joined(separator: ", ")
    return names.count > 40 ? shown + ", and \(names.count - 40) more" : shown
  }
}

/// A source in a file whose limits nobody knows here, and how many rows it has.
public struct SkippedSource: Equatable, Sendable, CustomStringConvertible {
  /// As the file has it.
  public let name: String
  /// How many rows.
  public internal(set) var rows: Int

  /// `laplace (8 rows)`.
  public var description: String { "\(legible(name)) (\(rows) \(rows == 1 ? "row" : "rows"))" }
}

/// Text from a file as a terminal can show it: on one line, without control characters, not too long.
func legible(_ text: String) -> String {
  let longest = 60
  var shown = ""
  for scalar in text.unicodeScalars.prefix(longest) {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    if isControl { shown += scalar.escaped(asASCII: true) } else { shown.unicodeScalars.append(scalar) }
  }
  return text.unicodeScalars.dropFirst(longest).isEmpty ? shown : shown + "..."
}

private func quoted(_ text: String) -> String { "\"\(legible(text))\"" }
