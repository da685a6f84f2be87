import Documents
import RateDistortion

/// An encoder's map of the plane, as somebody dumped it: which index it sends at the points of a rectangular grid.
///
///     x_0,x_1,index,bits                 row,from,to,index
///     -3.9765,-5.8686,23,11.8094         0,0,8,23
///     -3.9295,-5.8686,23,11.8094         0,8,9,195
///
/// Points stand in any order, each once; every place of a column and a row must be there. Runs are those of a grid that is
/// named (`MapGrid`): `row` counts the second coordinate from 0, `from` and `to`, which is the first point behind the run, the
/// first one. What is between the points `GridEncoder` says.
///
///     index,bits,lambda,reconstruction_0,reconstruction_1
///     0,2.17,1,0.861,-2.835
///
/// A codebook needs no grid: it encodes by itself, to the codeword of least bits + lambda |x - y|^2, and without bits or lambda to
/// the nearest one (`CodebookEncoder`).
public struct PlaneMap: Sendable {
  /// The file's name, or "standard input".
  public let file: String
  /// The number of rows.
  public let rows: Int
  /// What is sent where.
  public let encoder: any PlaneEncoder
  /// Code lengths and reconstructions.
  public private(set) var contents: MapContents
  /// How much of the source's probability lies beyond the grid; nil for a codebook, which has no end.
  public let uncovered: Double?

  /// What columns of the two coordinates may be called.
  static let positionNames = [["x_0", "x0", "x.0"], ["x_1", "x1", "x.1"]]

  /// Reads a file, or standard input where the path is "-".
  ///
  /// - Parameters:
  ///   - grid: that of a file of runs; nil if none is named.
  ///   - codebook: a file with code lengths and reconstructions of the indices; nil for none.
  /// - Throws: `PointFileError` for what is wrong with a file, with its place.
  public static func read(
    path: String, of reference: PlaneReference, grid: MapGrid? = nil, codebook: String? = nil
  ) throws(PointFileError) -> PlaneMap {
    var map = try PlaneMap(DelimitedTable(checking: CodeMap.input(path)), reference, grid)
    if let codebook { try map.take(Codebook(CodeMap.input(codebook))) }
    return map
  }

  /// Reads a file that is in memory.
  public static func read(
    bytes: [UInt8], name: String, of reference: PlaneReference, grid: MapGrid? = nil, codebook: [UInt8]? = nil
  ) throws(PointFileError) -> PlaneMap {
    var map = try PlaneMap(DelimitedTable(checking: ByteInput(bytes, name: name)), reference, grid)
    if let codebook { try map.take(Codebook(ByteInput(codebook, name: "codebook"))) }
    return map
  }

  private init(
    _ records: consuming DelimitedTable, _ reference: PlaneReference, _ grid: MapGrid?
  ) throws(PointFileError) {
    var records = records
    guard try records.next() else { throw PointFileError(file: records.name, fault: .emptyFile) }
    try self.init(records, header: ColumnNames(records.record, file: records.name), reference, grid)
  }

  /// The map of the rows behind a header.
  init(
    _ records: consuming DelimitedTable, header: ColumnNames, _ reference: PlaneReference, _ grid: MapGrid?
  ) throws(PointFileError) {
    var records = records
    file = records.name
    let columns = try CodeColumns(plane: header)
    records.columnNames = columns.names
    var symbols = CodeSymbols(columns: columns, file: records.name)
    if case .none = columns.place {
      guard grid == nil else { throw PointFileError(file: file, fault: .code(.needlessGrid)) }
      let book = try Codebook(rows: records, columns: columns)
      (rows, contents) = (book.symbols.indices.count, MapContents(book.symbols, columns))
      (encoder, uncovered) = (try book.encoder(on: reference), nil)
      return
    }
    var points = try MapPoints(columns: columns, grid: grid, file: records.name)
    while try records.nextRow() {
      let record = records.record
      try points.add(record, symbols.symbol(of: record))
    }
    guard points.rows > 0 else { throw PointFileError(file: records.name, fault: .noRows) }
    rows = points.rows
    contents = MapContents(symbols, columns)
    let found = try points.finish()
    let uncovered = found.uncovered(on: reference.plane)
    (encoder, self.uncovered) = (found, uncovered)
    guard uncovered <= CodeMap.largestUncovered else {
      throw PointFileError(
        file: file, fault: .code(.uncovered(share: uncovered, most: CodeMap.largestUncovered)))
    }
  }

  private mutating func take(_ book: Codebook) throws(PointFileError) {
    guard uncovered != nil else { throw PointFileError(file: file, fault: .code(.needlessCodebook)) }
    try contents.take(book)
  }

  /// The code.
  ///
  /// - Throws: `PointFileError` if reconstructions have another number of components than the source.
  public func code(of reference: PlaneReference) throws(PointFileError) -> PlaneCode {
    do {
      return try reference.code(encoder, lengths: contents.lengths, reconstructions: contents.reconstructions)
    } catch {
      throw PointFileError(file: file, fault: .code(.components("\(error)")))
    }
  }
}

/// The points of a map of the plane as its rows come.
struct MapPoints {
  private let columns: CodeColumns
  private let grid: MapGrid?
  private let file: String
  private(set) var rows = 0
  /// Points as they come, with the line of each.
  private var places: [SIMD2<Double>] = []
  private var names: [Int32] = []
  private var lines: [Int] = []
  /// The symbols of a named grid, -1 where there is none yet.
  private var cells: [Int32] = []

  /// - Throws: if there are runs of no grid, or points of one that is named.
  init(columns: CodeColumns, grid: MapGrid?, file: String) throws(PointFileError) {
    self.columns = columns
    self.grid = grid
    self.file = file
    switch (columns.place, grid) {
    case (.cells, nil): throw PointFileError(file: file, fault: .code(.noGrid))
    case (.cells, let grid?): cells = Array(repeating: -1, count: grid.first.count * grid.second.count)
    case (_, nil): break
    case (_, _?): throw PointFileError(file: file, fault: .code(.needlessGrid))
    }
  }

  /// Adds a row.
  ///
  /// - Throws: if its place is none.
  mutating func add(_ record: Record, _ symbol: Int) throws(PointFileError) {
    switch columns.place {
    case .point(let first, let second):
      guard rows < MapGrid.mostPoints else {
        throw PointFileError(file: file, line: record.line, fault: .code(.tooManyPoints(most: MapGrid.mostPoints)))
      }
      places.append(SIMD2(try coordinate(record, first), try coordinate(record, second)))
      names.append(Int32(truncatingIfNeeded: symbol))
      lines.append(record.line)
    case .cells(let row, let from, let to):
      guard let grid else { break }
      let number = try whole(record, row, in: 0...(grid.second.count - 1))
      let start = try whole(record, from, in: 0...(grid.first.count - 1))
      let end = try whole(record, to, in: 0...grid.first.count)
      guard start < end else {
        throw record.error(
          .code(.emptyRun(from: Double(start), to: Double(end))), cell: from, column: columns.column(from), file: file)
      }
      for k in start..<end {
        guard cells[number * grid.first.count + k] < 0 else {
          throw record.error(
            .code(.cellTwice(row: number, cell: k)), cell: from, column: columns.column(from), file: file)
        }
        cells[number * grid.first.count + k] = Int32(truncatingIfNeeded: symbol)
      }
    default: break
    }
    rows += 1
  }

  /// A finite coordinate of a sensible size.
  private func coordinate(_ record: Record, _ cell: Int) throws(PointFileError) -> Double {
    guard let number = DecimalNumber.parse(record.bytes, record.trimmed(cell)) else {
      throw record.error(.notANumber(text: record.text(cell)), cell: cell, column: columns.column(cell), file: file)
    }
    return number
  }

  private func whole(_ record: Record, _ cell: Int, in range: ClosedRange<Int>) throws(PointFileError) -> Int {
    guard let number = Int(exactly: try coordinate(record, cell)), range.contains(number) else {
      throw record.error(
        .outOfRange(
          text: record.text(cell),
          requirement: "a whole number from \(range.lowerBound) to \(range.upperBound), as the grid has it"),
        cell: cell, column: columns.column(cell), file: file)
    }
    return number
  }

  /// The grid that the points are.
  ///
  /// - Throws: if one stands there twice, or one is missing.
  func finish() throws(PointFileError) -> GridEncoder {
    if let grid {
      if let hole = cells.firstIndex(of: -1) {
        throw PointFileError(
          file: file, fault: .code(.noCell(row: hole / grid.first.count, cell: hole % grid.first.count)))
      }
      return GridEncoder(first: grid.first.points, second: grid.second.points, symbols: cells)
    }
    let axes = (Self.distinct(places.map(\.x)), Self.distinct(places.map(\.y)))
    let width = axes.0.count
    guard axes.1.count <= MapGrid.mostPoints / width else {
      throw PointFileError(file: file, fault: .code(.noGridOfPoints(columns: width, rows: axes.1.count, points: rows)))
    }
    let columns = Dictionary(uniqueKeysWithValues: zip(axes.0, axes.0.indices))
    let rowsOf = Dictionary(uniqueKeysWithValues: zip(axes.1, axes.1.indices))
    var cells = [Int32](repeating: -1, count: width * axes.1.count)
    // Rows mostly come one after the other.
    var last = (place: Double.nan, row: 0)
    for (number, place) in places.enumerated() {
      if place.y != last.place { last = (place.y, rowsOf[place.y] ?? 0) }
      let position = last.row * width + (columns[place.x] ?? 0)
      guard cells[position] < 0 else {
        throw PointFileError(
          file: file, line: lines[number], fault: .code(.pointTwice(first: place.x, second: place.y)))
      }
      cells[position] = names[number]
    }
    if let hole = cells.firstIndex(of: -1) {
      guard cells.count / 2 < rows else {
        throw PointFileError(
          file: file, fault: .code(.noGridOfPoints(columns: width, rows: axes.1.count, points: rows)))
      }
      throw PointFileError(
        file: file, fault: .code(.noPoint(first: axes.0[hole % width], second: axes.1[hole / width])))
    }
    return GridEncoder(first: axes.0, second: axes.1, symbols: cells)
  }

  private static func distinct(_ values: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in values.sorted() where distinct.last != value { distinct.append(value) }
    return distinct
  }
}
