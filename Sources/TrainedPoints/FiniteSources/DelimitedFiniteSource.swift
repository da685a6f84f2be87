import Documents
import RateDistortion

/// Finite sources as delimited text: one row a letter, its probability and, if it is a number, its value, or a column a
/// reproduction.
///
///     probability,low,high          value,probability          0.5        0.5,0,1
///     0.5,0,1                       -1,0.5                     0.25       0.5,1,0
///     0.5,1,0                       1,0.5                      0.25
///
/// Comma-, tab- or semicolon-separated. With a header the column of probabilities is `probability`, `p`, `pmf` or `prob`, that of
/// values `value` or `x`, one named `letter` or `symbol` holds labels and is passed over, and the others are reproductions;
/// without one (a first row of numbers alone) the first column holds the probabilities. `inf` forbids a reproduction.
///
/// The matrix is read a piece of the file at a time into the one array that the source then holds; a file with too many
/// columns or rows is refused at the first one too many.
enum DelimitedFiniteSource {
  private static let probabilityNames = ["probability", "p", "pmf", "prob"]
  private static let labelNames = ["letter", "symbol"]
  private static let valueNames = ["value", "x"]

  /// Reads a table from its first row on.
  ///
  /// - Throws: `PointFileError` for what is wrong with the file, with its place.
  static func read(_ records: consuming DelimitedTable) throws(PointFileError) -> FiniteTable {
    var records = records
    let file = records.name
    guard try records.next() else { throw PointFileError(file: file, fault: .emptyFile) }
    let first = records.record
    let hasHeader = first.cells.indices.contains { number(first, $0) == nil }
    var probability = 0
    var value: Int?
    var reproductions = Array(first.cells.indices.dropFirst())
    if hasHeader {
      guard first.cells.count <= FiniteSource.largestSize + 2 else {
        throw size(first.cells.count - 1, file, line: first.line)
      }
      let names = first.cells.indices.map { first.text($0) }
      let folded = names.map { $0.lowercased() }
      records.columnNames = names
      guard let found = folded.firstIndex(where: probabilityNames.contains) else {
        throw PointFileError(
          file: file, line: first.line,
          fault: .missingColumn(purpose: "the probabilities", accepted: probabilityNames, present: names))
      }
      probability = found
      value = folded.firstIndex(where: valueNames.contains)
      reproductions = names.indices.filter { $0 != found && $0 != value && !labelNames.contains(folded[$0]) }
    }
    guard reproductions.count <= FiniteSource.largestSize else {
      throw size(reproductions.count, file, line: first.line)
    }

    var probabilities: [Double] = []
    var values: [Double] = []
    var distortions: [Double] = []
    var isThere = hasHeader ? try records.next() : true
    while isThere {
      let record = records.record
      guard record.cells.count == first.cells.count else {
        throw PointFileError(
          file: file, line: record.line, fault: .raggedRow(cells: record.cells.count, columns: first.cells.count))
      }
      guard probabilities.count < FiniteSource.largestSize else {
        throw size(probabilities.count + 1, file, line: record.line)
      }
      let p = try measured(records, probability)
      guard p < .infinity else { throw outOfRange(records, probability, "a finite number that is not negative") }
      probabilities.append(p)
      if let value { values.append(try number(records, value)) }
      for column in reproductions { distortions.append(try measured(records, column)) }
      isThere = try records.next()
    }
    guard !probabilities.isEmpty else { throw PointFileError(file: file, fault: .noRows) }
    return FiniteTable(
      probabilities: probabilities, values: value == nil ? nil : values,
      distortions: reproductions.isEmpty
        ? nil : FiniteTable.Matrix(rows: distortions, columns: reproductions.count))
  }

  private static func size(_ count: Int, _ file: String, line: Int) -> PointFileError {
    PointFileError(file: file, line: line, fault: .finiteSource(.size(count, largest: FiniteSource.largestSize)))
  }

  /// A cell's number; `inf` is one.
  private static func number(_ record: Record, _ cell: Int) -> Double? {
    let range = record.trimmed(cell)
    if let number = DecimalNumber.parse(record.bytes, range) { return number }
    guard range.count <= 9 else { return nil }
    let word = String(decoding: record.bytes[range], as: UTF8.self).lowercased()
    return ["inf", "+inf", "infinity", "+infinity"].contains(word) ? .infinity : nil
  }

  private static func number(_ records: borrowing DelimitedTable, _ cell: Int) throws(PointFileError) -> Double {
    let record = records.record
    guard let value = number(record, cell) else {
      throw PointFileError(
        file: records.name, line: record.line(of: cell), column: column(records, cell),
        fault: .notANumber(text: record.text(cell)))
    }
    return value
  }

  /// A cell's number that is not negative.
  private static func measured(_ records: borrowing DelimitedTable, _ cell: Int) throws(PointFileError) -> Double {
    let value = try number(records, cell)
    guard value >= 0 else { throw outOfRange(records, cell, "a number that is not negative") }
    return value
  }

  private static func outOfRange(
    _ records: borrowing DelimitedTable, _ cell: Int, _ requirement: String
  ) -> PointFileError {
    let record = records.record
    return PointFileError(
      file: records.name, line: record.line(of: cell), column: column(records, cell),
      fault: .outOfRange(text: record.text(cell), requirement: requirement))
  }

  private static func column(_ records: borrowing DelimitedTable, _ cell: Int) -> PointFileError.Column {
    let names = records.columnNames
    return PointFileError.Column(number: cell + 1, name: cell < names.count ? names[cell] : "")
  }
}
