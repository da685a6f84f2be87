import Documents

/// The rows of delimited text, with faults at named columns.
struct DelimitedTable: PointRecords, ~Copyable {
  private var records: DelimitedRecords
  /// The columns' names, once the header is known.
  var columnNames: [String] = []

  /// - Throws: `PointFileError` if the file cannot be read.
  init(_ input: consuming ByteInput) throws(PointFileError) {
    let name = input.name
    do {
      records = try DelimitedRecords(input)
    } catch {
      throw PointFileError(error, file: name, names: [])
    }
  }

  var name: String { records.name }
  var record: Record { records.record }

  mutating func settle(_ columns: PointColumns) { columnNames = columns.names }

  mutating func next() throws(PointFileError) -> Bool {
    do {
      return try records.next()
    } catch {
      throw PointFileError(error, file: records.name, names: columnNames)
    }
  }
}
