import RateDistortion

extension PointFile {
  /// The values that some columns of a file have together, each once, in the order of their first rows: what tells its series
  /// apart.
  ///
  /// - Parameters:
  ///   - columns: their names.
  ///   - filters: rows that do not have these values are passed over.
  /// - Throws: `PointFileError` for a file that cannot be taken apart, or a column that is not there.
  public static func values(
    ofColumns columns: [String], bytes: [UInt8], name: String, filters: [RowFilter] = []
  ) throws -> [[String]] {
    var records = try DelimitedRecords(ByteInput(bytes, name: name))
    guard try records.next() else { throw PointFileError(file: name, fault: .emptyFile) }
    let header = try ColumnNames(records.record, file: name)
    records.columnNames = header.names
    let place = { (column: String) throws(PointFileError) -> Int in
      guard let place = header.first(column) else { throw header.missing("a series", [column]) }
      return place
    }
    let places = try columns.map(place)
    let wanted = try filters.map { (place: try place($0.column), value: $0.value) }
    var seen: Set<[String]> = []
    var values: [[String]] = []
    while try records.next() {
      let record = records.record
      guard record.cells.count == header.names.count else {
        throw PointFileError(
          file: name, line: record.line, fault: .raggedRow(cells: record.cells.count, columns: header.names.count))
      }
      guard wanted.allSatisfy({ Self.isSame(record.text($0.place), $0.value) }) else { continue }
      let row = places.map { record.text($0) }
      if seen.insert(row).inserted { values.append(row) }
    }
    return values
  }

  /// Whether two texts are the same, or the same number written otherwise.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    let (a, b) = (Array(a.utf8), Array(b.utf8))
    guard let number = DecimalNumber.parse(a, a.indices) else { return false }
    return number == DecimalNumber.parse(b, b.indices)
  }
}
