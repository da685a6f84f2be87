import RateDistortion

/// Files of trained points: comma-, tab- or semicolon-separated text with a header, as evaluators and Keras write it.
///
/// Everything about a point that a file can say in several ways (unit, measure, family of columns) is settled here; the table
/// that comes out is in bits and in each source's own distortion measure.
public enum PointFile {
  /// Reads a file, or standard input where the path is "-".
  ///
  /// - Throws: `PointFileError` for what is wrong with the file, `DomainError` for an option's parameter that suits no source.
  public static func read(path: String, options: PointFileOptions = PointFileOptions()) throws -> PointTable {
    let records = try DelimitedRecords(ByteInput(path: path))
    return try read(records, options)
  }

  /// Reads a file that is in memory.
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `PointFileError` for what is wrong with the file, `DomainError` for an option's parameter that suits no source.
  public static func read(
    bytes: [UInt8], name: String, options: PointFileOptions = PointFileOptions()
  ) throws -> PointTable {
    try read(DelimitedRecords(ByteInput(bytes, name: name)), options)
  }

  static func read(_ records: consuming DelimitedRecords, _ options: PointFileOptions) throws -> PointTable {
    var records = records
    let file = records.name
    guard try records.next() else { throw PointFileError(file: file, fault: .emptyFile) }
    let header = try ColumnNames(records.record, file: file)
    records.columnNames = header.names
    let columns = try PointColumns(header: header, options: options)
    var rows = try RowReader(header: header, columns: columns, options: options, file: file)

    let isLog = columns.epoch != nil && columns.isValidation
    let choice = options.rows ?? (isLog ? .last : .all)
    var runs = RunRows(choice: choice, columns: columns, file: file)
    if choice == .best, columns.loss == nil { throw header.missing("the best row", ["val_loss"]) }
    var rowsInFile = 0
    var rowsLeft = 0
    while try records.next() {
      rowsInFile += 1
      let record = records.record
      guard record.cells.count == header.names.count else {
        throw PointFileError(
          file: file, line: record.line,
          fault: .raggedRow(cells: record.cells.count, columns: header.names.count))
      }
      guard rows.passesFilters(record) else { continue }
      rowsLeft += 1
      if choice == .all { try rows.add(record) } else { try runs.offer(record) }
    }
    guard rowsInFile > 0 else { throw PointFileError(file: file, fault: .noRows) }
    guard rowsLeft > 0 else {
      throw PointFileError(file: file, fault: .noMatch(filters: options.filters.map { "\($0.column)=\($0.value)" }))
    }
    for record in try runs.chosen() { try rows.add(record) }
    var table = try rows.finish()
    if choice != .all { table.log = PointTable.Log(choice: choice, rows: rowsLeft) }
    return table
  }
}

/// The chosen row of every run in a log, runs in the order of their first rows.
private struct RunRows {
  let choice: RowChoice
  let columns: PointColumns
  let file: String
  private var order: [[UInt8]] = []
  private var rows: [[UInt8]: (record: Record, loss: Double?)] = [:]

  init(choice: RowChoice, columns: PointColumns, file: String) {
    self.choice = choice
    self.columns = columns
    self.file = file
  }

  mutating func offer(_ record: Record) throws(PointFileError) {
    var run: [UInt8] = []
    for column in columns.label + [columns.source].compactMap({ $0 }) {
      run.append(contentsOf: record.bytes[record.trimmed(column)])
      run.append(0x1F)
    }
    let loss = choice == .best ? try loss(of: record) : nil
    guard let best = rows[run] else {
      order.append(run)
      rows[run] = (record.kept(), loss)
      return
    }
    // An epoch whose loss is no number, for the training diverged, is never the best.
    let isBetter = choice == .last || (loss.map { new in best.loss.map { new < $0 } ?? true } ?? false)
    if isBetter { rows[run] = (record.kept(), loss) }
  }

  func chosen() throws(PointFileError) -> [Record] {
    var result: [Record] = []
    for run in order {
      guard let row = rows[run] else { continue }
      if choice == .best, row.loss == nil, let column = columns.loss {
        throw PointFileError(
          file: file, line: row.record.line(of: column), column: columns.place(column),
          fault: .notANumber(text: row.record.text(column)))
      }
      result.append(row.record)
    }
    return result
  }

  private func loss(of record: Record) throws(PointFileError) -> Double? {
    guard let column = columns.loss else { return nil }
    if let loss = DecimalNumber.parse(record.bytes, record.trimmed(column)) { return loss }
    let text = record.text(column)
    if ["nan", "inf", "-inf", ""].contains(text.lowercased()) { return nil }
    throw PointFileError(
      file: file, line: record.line(of: column), column: columns.place(column), fault: .notANumber(text: text))
  }
}
