import Documents
import RateDistortion

/// Files of numbers that a source's parameters name: lists and matrices, as delimited text or as NumPy's `.npy`.
///
/// Comma-, tab- or semicolon-separated, one row a line; a first row without any number is a header and passed over. What becomes of
/// the numbers is the source's affair; here they become the text of the parameter, which says the same.
public enum NumberFile {
  /// The most numbers that are read.
  public static let mostNumbers = 1 << 20

  /// Whether a parameter's text names a file: what is not made of digits, signs, points, exponents, blanks and separators does.
  public static func isPath(_ text: String) -> Bool {
    let literal = Set("0123456789+-.eE,; ")
    return !text.allSatisfy { literal.contains($0) } || !text.contains { $0.isNumber }
  }

  /// The numbers of a file as a parameter's text: commas within rows, semicolons between them. "-" is the standard input.
  ///
  /// - Throws: `PointFileError` for what is wrong, with its place.
  public static func text(path: String) throws(PointFileError) -> String {
    var input: ByteInput
    do {
      input = try ByteInput(path: path)
    } catch {
      throw PointFileError(error)
    }
    let name = input.name
    let first: UInt8?
    do {
      first = try input.firstByte()
    } catch {
      throw PointFileError(error)
    }
    if first == NumPyArray.magic[0] || path.lowercased().hasSuffix(".npy") {
      let bytes: [UInt8]
      do {
        bytes = try input.all()
      } catch {
        throw PointFileError(error)
      }
      return try text(ofArray: bytes, name: name)
    }
    try PointFileError.requireText(first, file: name)
    return try text(of: DelimitedTable(input), name: name)
  }

  /// All numbers of a file, row by row.
  ///
  /// - Throws: as `text(path:)`.
  public static func numbers(path: String) throws(PointFileError) -> [Double] {
    try text(path: path).split { $0 == "," || $0 == ";" }.compactMap { Double($0) }
  }

  /// All numbers of a file, by rows, of which there is at least one.
  ///
  /// - Throws: as `text(path:)`.
  public static func rows(path: String) throws(PointFileError) -> [[Double]] {
    try text(path: path).split(separator: ";").map { $0.split(separator: ",").compactMap { Double($0) } }
  }

  private static func text(ofArray bytes: [UInt8], name: String) throws(PointFileError) -> String {
    let array: NumPyArray
    do {
      array = try NumPyArray(bytes)
    } catch {
      throw PointFileError(file: name, fault: .numbers("\(error)"))
    }
    guard array.elements.count <= mostNumbers else { throw tooMany(name) }
    if let place = array.elements.firstIndex(where: { !$0.isFinite }) {
      let (row, column) = (place / array.columns + 1, place % array.columns + 1)
      throw PointFileError(
        file: name, fault: .numbers("the element in row \(row), column \(column) is \(array.elements[place])"))
    }
    return (0..<array.rows).map { row in
      array.elements[row * array.columns..<(row + 1) * array.columns].map(\.description).joined(separator: ",")
    }.joined(separator: ";")
  }

  private static func text(of records: consuming DelimitedTable, name: String) throws(PointFileError) -> String {
    var records = records
    var rows: [String] = []
    var count = 0
    while try records.next() {
      let record = records.record
      let cells = record.cells.indices
      let numbers = cells.map { DecimalNumber.parse(record.bytes, record.trimmed($0)) }
      if rows.isEmpty, count == 0, numbers.allSatisfy({ $0 == nil }), !record.text(0).lowercased().contains("nan") {
        // A header, once.
        count = 1
        continue
      }
      if let bad = cells.first(where: { !(numbers[$0]?.isFinite ?? false) }) {
        throw PointFileError(
          file: name, line: record.line(of: bad), column: PointFileError.Column(number: bad + 1, name: ""),
          fault: .notANumber(text: record.text(bad)))
      }
      rows.append(numbers.compactMap { $0?.description }.joined(separator: ","))
      count += numbers.count
      guard count <= mostNumbers else { throw tooMany(name) }
    }
    guard !rows.isEmpty else { throw PointFileError(file: name, fault: .numbers("there are no numbers in it")) }
    return rows.joined(separator: ";")
  }

  private static func tooMany(_ name: String) -> PointFileError {
    PointFileError(file: name, fault: .numbers("there are more than \(mostNumbers) numbers in it"))
  }
}
