import Documents
import RateDistortion

/// Files of finite sources, as delimited text (`DelimitedFiniteSource`), as JSON (`JSONFiniteSource`), or as NumPy's arrays: one of
/// one dimension holds probabilities; two columns are values and their probabilities; more are a probability and the
/// distortions of its reproductions.
///
/// A file is JSON if its name ends in ".json" or, on the standard input, if it begins with a brace. JSON and arrays are read as a
/// whole, so a file of them has at most `ByteInput.largestWhole` bytes; delimited text is read in pieces.
public enum FiniteSourceFile {
  /// Reads a file, or standard input where the path is "-", and makes the source.
  ///
  /// - Parameters:
  ///   - measure: how far a reproduction is from a letter; nil for what the file's columns suggest.
  ///   - reproductions: a file of numbers that the decoder may put out; nil for the letters themselves.
  /// - Throws: `PointFileError` or `MalformedFiniteSource` for what is wrong with a file, with its place.
  public static func read(
    path: String, measure: LetterMeasure? = nil, reproductions: String? = nil
  ) throws -> FiniteSource {
    let table = try table(path: path)
    let points = try reproductions.map { try NumberFile.numbers(path: $0) }
    do {
      return try table.source(measure: measure, reproductions: points)
    } catch {
      throw PointFileError(file: path == "-" ? "standard input" : path, fault: .finiteSource(error))
    }
  }

  /// What it takes to send the letters of a file as they are.
  ///
  /// - Parameter model: a file of the probabilities that a coder believes in.
  /// - Throws: as `read(path:measure:reproductions:)`.
  public static func lossless(path: String, model: String? = nil) throws -> LosslessLimits {
    let table = try table(path: path)
    let other = try model.map { try self.table(path: $0) }
    do {
      return try LosslessLimits(probabilities: table.probabilities, model: other?.probabilities)
    } catch {
      throw PointFileError(file: path == "-" ? "standard input" : path, fault: .finiteSource(error))
    }
  }

  /// What a file says.
  ///
  /// - Throws: as `read(path:measure:reproductions:)`.
  static func table(path: String) throws -> FiniteTable {
    do {
      var input = try ByteInput(path: path)
      let name = input.name
      let first = try input.firstByte()
      if first == NumPyArray.magic[0] { return try table(of: input.all(), file: name) }
      try PointFileError.requireText(first, file: name)
      let isJSON = path == "-" ? first == UInt8(ascii: "{") : path.lowercased().hasSuffix(".json")
      guard isJSON else { return try DelimitedFiniteSource.read(DelimitedTable(input)) }
      return try JSONFiniteSource.read(input.all(), file: name)
    } catch let error as FileError {
      throw PointFileError(error)
    }
  }

  private static func table(of bytes: [UInt8], file: String) throws(PointFileError) -> FiniteTable {
    let array: NumPyArray
    do {
      array = try NumPyArray(bytes)
    } catch {
      throw PointFileError(file: file, fault: .numbers("\(error)"))
    }
    let (rows, columns) = array.rows == 1 ? (array.columns, 1) : (array.rows, array.columns)
    guard max(rows, columns) <= FiniteSource.largestSize + 1 else {
      throw PointFileError(
        file: file, fault: .finiteSource(.size(max(rows, columns), largest: FiniteSource.largestSize)))
    }
    let column = { (index: Int) in (0..<rows).map { array.elements[$0 * columns + index] } }
    switch columns {
    case 1: return FiniteTable(probabilities: array.elements)
    case 2: return FiniteTable(probabilities: column(1), values: column(0))
    default:
      let entries = (0..<rows).flatMap { array.elements[$0 * columns + 1..<($0 + 1) * columns] }
      return FiniteTable(
        probabilities: column(0), distortions: FiniteTable.Matrix(rows: entries, columns: columns - 1))
    }
  }
}
