import Documents
import RateDistortion

/// Files of finite sources, as delimited text (`DelimitedFiniteSource`) or as JSON (`JSONFiniteSource`).
///
/// A file is JSON if its name ends in ".json" or, on the standard input, if it begins with a brace. JSON is read as a whole, so a
/// file of it has at most `ByteInput.largestWhole` bytes; delimited text is read in pieces.
public enum FiniteSourceFile {
  /// Reads a file, or standard input where the path is "-".
  ///
  /// - Throws: `PointFileError` or `MalformedFiniteSource` for what is wrong with the file, with its place.
  public static func read(path: String) throws -> FiniteSource {
    do {
      var input = try ByteInput(path: path)
      let name = input.name
      try PointFileError.requireText(input.firstByte(), file: name)
      let isJSON = path == "-" ? try input.firstByte() == UInt8(ascii: "{") : path.lowercased().hasSuffix(".json")
      guard isJSON else { return try DelimitedFiniteSource.read(DelimitedTable(input)) }
      return try JSONFiniteSource.read(input.all(), file: name)
    } catch let error as FileError {
      throw PointFileError(error)
    }
  }
}
