import Documents
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
    /// Not the text of a file, but something made of it, and what to do about it.
    case notText(String)
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
    /// Rows that cannot be told apart.
    case text(DelimitedTextError.Fault)
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
    /// Neither the caller nor a column says what the source is.
    case sourceNotGiven(present: [String])
    /// No row is left by the filters.
    case noMatch(filters: [String])
    /// No row has both a rate and a distortion.
    case noNumbers(rows: Int)
    /// The limits of none of the sources are known.
    case noKnownSource([SkippedSource])
    /// A distortion of one measure, judged by the other, without the number of components.
    case componentsUnknown(source: String, found: DistortionMeasure, needed: DistortionMeasure)
    /// The rows of a finite source's file make none.
    case finiteSource(FiniteSourceError)
    /// The rows of a file of samples are none.
    case samples(SampleError)
    /// What holds a parameter's numbers holds none, or what the source makes of them is wrong.
    case numbers(String)
    /// The rows are no map of an encoder.
    case code(CodeFault)
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

extension PointFileError {
  /// Objects to a file by its first byte, where that is none of a text in UTF-8.
  static func requireText(_ first: UInt8?, file: String) throws(PointFileError) {
    switch first {
    case 0x1F:
      throw PointFileError(file: file, fault: .notText("it is compressed: unpack it first (gzip -dc FILE | ... -)"))
    case 0xFE, 0xFF:
      throw PointFileError(
        file: file,
        fault: .notText("it is UTF-16 text, and UTF-8 is read: convert it first (iconv -f UTF-16 -t UTF-8 FILE)"))
    default: break
    }
  }

  /// A file that cannot be read.
  init(_ error: FileError) {
    self.init(file: error.file, fault: .unreadable(reason: error.reason))
  }

  /// JSON that is none.
  init(_ error: JSONError, file: String) {
    self.init(file: file, line: error.line, fault: .malformed(character: error.column, message: error.message))
  }

  /// Delimited text whose rows cannot be told apart.
  ///
  /// - Parameter names: the columns, as far as they are known.
  init(_ error: DelimitedTextError, file: String, names: [String]) {
    if case .unreadable(let reason) = error.fault {
      self.init(reason)
    } else {
      let column = error.cell.map { Column(number: $0, name: $0 <= names.count ? names[$0 - 1] : "") }
      self.init(file: file, line: error.line, column: column, fault: .text(error.fault))
    }
  }
}

extension Record {
  /// An error about a cell, at its place.
  ///
  /// - Parameter file: the file that is read.
  func error(_ fault: PointFileError.Fault, cell: Int, column: PointFileError.Column?, file: String) -> PointFileError {
    let own = cell < places.count ? places[cell].file : nil
    return PointFileError(file: own ?? file, line: line(of: cell), column: column, fault: fault)
  }
}
