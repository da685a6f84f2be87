import Documents
import RateDistortion

/// Files of trained points as evaluators and trainers write them: comma-, tab- or semicolon-separated text with a header
/// (Keras' `CSVLogger` among them), TensorBoard's exports of scalars, JSON and JSON Lines; and encoders' maps (`CodeMap`), each of
/// which is one point.
///
/// Everything about a point that a file can say in several ways (unit, measure, family of columns) is settled here; the table
/// that comes out is in bits and in each source's own distortion measure.
public enum PointFile {
  /// Reads files, or standard input where a path is "-", into one table, in their order.
  ///
  /// Exports of scalars are joined, wherever they stand among the files; a log of them comes where its first file does.
  ///
  /// - Throws: `PointFileError` for what is wrong with a file, `DomainError` for an option's parameter that suits no source.
  public static func read(paths: [String], options: PointFileOptions = PointFileOptions()) throws -> PointTable {
    var files = PointFiles(options)
    for path in paths { try files.add(path: path) }
    return try files.finish()
  }

  /// Reads a file, or standard input where the path is "-".
  ///
  /// - Throws: `PointFileError` for what is wrong with the file, `DomainError` for an option's parameter that suits no source.
  public static func read(path: String, options: PointFileOptions = PointFileOptions()) throws -> PointTable {
    try read(paths: [path], options: options)
  }

  /// Reads a file that is in memory.
  ///
  /// - Parameter name: what errors call it.
  /// - Throws: `PointFileError` for what is wrong with the file, `DomainError` for an option's parameter that suits no source.
  public static func read(
    bytes: [UInt8], name: String, options: PointFileOptions = PointFileOptions()
  ) throws -> PointTable {
    try read(contents: [(name, bytes)], options: options)
  }

  /// Reads files that are in memory.
  ///
  /// - Throws: `PointFileError` for what is wrong with a file, `DomainError` for an option's parameter that suits no source.
  public static func read(
    contents: [(name: String, bytes: [UInt8])], options: PointFileOptions = PointFileOptions()
  ) throws -> PointTable {
    var files = PointFiles(options)
    for content in contents { try files.add(ByteInput(content.bytes, name: content.name)) }
    return try files.finish()
  }
}

/// The files of one table on their way in.
private struct PointFiles {
  /// What is made of a file, or of exports that belong together.
  private enum Part {
    case table(PointTable)
    case exports(run: String)
  }

  private let options: PointFileOptions
  private var parts: [Part] = []
  private var exports: [String: [ScalarExports.Export]] = [:]
  /// Whether a map was runs of the rows of the grid that is named.
  private var hasUsedGrid = false

  init(_ options: PointFileOptions) { self.options = options }

  mutating func add(path: String) throws {
    do {
      try add(ByteInput(path: path))
    } catch let error as FileError {
      throw PointFileError(error)
    }
  }

  mutating func add(_ input: consuming ByteInput) throws {
    var input = input
    let first = try input.firstByte()
    try PointFileError.requireText(first, file: input.name)
    if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
      var records = try JSONRecords(input)
      guard try records.next() else { throw PointFileError(file: records.name, fault: .noObjects) }
      parts.append(.table(try table(records, ColumnNames(records.record, file: records.name))))
      return
    }
    var records = try DelimitedTable(input)
    guard try records.next() else { throw PointFileError(file: records.name, fault: .emptyFile) }
    let header = try ColumnNames(records.record, file: records.name)
    guard ScalarExports.isHeader(header) else {
      parts.append(.table(try CodeColumns.isMap(header, options) ? map(records, header) : table(records, header)))
      return
    }
    let export = try ScalarExports.export(&records)
    let run = ScalarExports.names(of: export.file).run
    if exports[run] == nil { parts.append(.exports(run: run)) }
    exports[run, default: []].append(export)
  }

  consuming func finish() throws -> PointTable {
    var result: PointTable?
    for part in parts {
      let table: PointTable
      switch part {
      case .table(let read): table = read
      case .exports(let run):
        var records = ScalarExports(exports[run] ?? [])
        guard try records.next() else { continue }
        table = try self.table(records, ColumnNames(records.record, file: records.name), title: fileTitle(run))
      }
      if result == nil { result = table } else { result?.append(table) }
    }
    guard let result else { throw PointFileError(file: "no file", fault: .emptyFile) }
    guard !result.sources.isEmpty else {
      if let realism = options.realism, !result.skipped.isEmpty {
        throw DomainError.noLimitAtRealism(sources: result.skipped.map(\.name), codes: realism.codes)
      }
      let isEmpty = result.skipped.isEmpty && result.incompleteRows > 0
      throw PointFileError(
        file: result.file, fault: isEmpty ? .noNumbers(rows: result.incompleteRows) : .noKnownSource(result.skipped))
    }
    try SourceResolver.checkUse(of: options.parameters, by: result.sources)
    guard options.grid == nil || hasUsedGrid else {
      throw PointFileError(file: result.file, fault: .code(.needlessGrid))
    }
    return result
  }

  /// The point of an encoder's map.
  private mutating func map(_ records: consuming DelimitedTable, _ header: ColumnNames) throws -> PointTable {
    let file = records.name
    guard let source = try options.sourceOfMaps(file: file) else {
      throw PointFileError(file: file, fault: .sourceNotGiven(present: header.names))
    }
    guard source.codes != nil || source.planeCodes != nil else { return try table(records, header) }
    guard options.filters.isEmpty else { throw PointFileError(file: file, fault: .code(.filtered)) }
    if let codes = source.planeCodes {
      let grid = CodeColumns.areRunsOfRows(header) ? options.grid : nil
      hasUsedGrid = hasUsedGrid || grid != nil
      return try PointTable(of: PlaneMap(records, header: header, codes, grid), source: source, codes: codes)
    }
    guard let codes = source.codes else { return try table(records, header) }
    return try PointTable(of: CodeMap(records, header: header, codes.line), source: source, codes: codes)
  }

  /// The table of the rows behind a header.
  ///
  /// - Parameter title: what the series is called, if not after the file.
  private func table<Records: PointRecords & ~Copyable>(
    _ records: consuming Records, _ header: ColumnNames, title: String = ""
  ) throws -> PointTable {
    var records = records
    var options = options
    let file = records.name
    let columns = try PointColumns(header: header, options: options)
    records.settle(columns)
    if options.known == nil, options.source == nil, columns.source == nil { options.source = options.sourceOtherwise }
    var rows = try RowReader(header: header, columns: columns, options: options, file: file)

    let isLog = records.isLog || (columns.epoch != nil && columns.isValidation)
    let choice = options.rows ?? (isLog ? .last : .all)
    var runs = RunRows(choice: choice, columns: columns, file: file)
    if choice == .best, columns.loss == nil {
      throw header.missing("the best row", [columns.isValidation ? "val_loss" : "loss"])
    }
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
    guard rowsInFile > 0 else { throw PointFileError(file: file, fault: records.emptiness) }
    guard rowsLeft > 0 else {
      throw PointFileError(file: file, fault: .noMatch(filters: options.filters.map { "\($0.column)=\($0.value)" }))
    }
    let chosen = try runs.chosen()
    for record in chosen { try rows.add(record) }
    var table = rows.finish()
    if !title.isEmpty, columns.series.isEmpty { try table.rename(series: [title]) }
    if choice != .all { table.log = PointTable.Log(choice: choice, rows: rowsLeft, runs: chosen.count) }
    return table
  }
}
