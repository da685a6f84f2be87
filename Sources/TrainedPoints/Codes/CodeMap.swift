import Documents
import RateDistortion

/// An encoder's map, as somebody dumped it: which index it sends where, on a grid or as runs.
///
///     phase,index,bits,reconstruction_0,reconstruction_1      from,to,index
///     0.00000,-3,5.114,1.005,0.040                            0,0.2,1
///     0.00005,-3,5.114,1.005,0.040                            0.2,1,0
///
/// Rows of a grid stand at increasing positions, equally spaced or not. Where two neighbours have the same index the encoder
/// is taken to send it between them too; where they differ, the threshold is anywhere between them. Beyond the first and the
/// last row the index goes on. The thresholds of runs are known, unless there is a hole between two of them.
public struct CodeMap: Sendable {
  /// The file's name, or "standard input".
  public let file: String
  /// The number of rows.
  public let rows: Int
  /// Which symbol is sent where, in the coordinates of the source's line.
  public let partition: LinePartition
  /// Indices, code lengths and reconstructions of the symbols.
  public private(set) var contents: MapContents
  /// How much of the source's probability lies where no row says anything.
  public let uncovered: Double

  /// The most that may be left out.
  public static let largestUncovered = 0.01
  /// A step of a grid that is this many times as long as the mean one leaves a hole.
  static let longestStep = 10.0

  /// Reads a file, or standard input where the path is "-".
  ///
  /// - Parameters:
  ///   - line: the line of the source.
  ///   - codebook: a file with code lengths and reconstructions of the indices; nil for none.
  /// - Throws: `PointFileError` for what is wrong with a file, with its place.
  public static func read(
    path: String, on line: any RealisationLine, codebook: String? = nil
  ) throws(PointFileError) -> CodeMap {
    var map = try CodeMap(DelimitedTable(checking: input(path)), line)
    if let codebook { try map.contents.take(Codebook(input(codebook))) }
    return map
  }

  /// Reads a file that is in memory.
  public static func read(
    bytes: [UInt8], name: String, on line: any RealisationLine, codebook: [UInt8]? = nil
  ) throws(PointFileError) -> CodeMap {
    var map = try CodeMap(DelimitedTable(checking: ByteInput(bytes, name: name)), line)
    if let codebook { try map.contents.take(Codebook(ByteInput(codebook, name: "codebook"))) }
    return map
  }

  static func input(_ path: String) throws(PointFileError) -> ByteInput {
    do {
      return try ByteInput(path: path)
    } catch {
      throw PointFileError(error)
    }
  }

  private init(_ records: consuming DelimitedTable, _ line: any RealisationLine) throws(PointFileError) {
    var records = records
    guard try records.next() else { throw PointFileError(file: records.name, fault: .emptyFile) }
    try self.init(records, header: ColumnNames(records.record, file: records.name), line)
  }

  /// The map of the rows behind a header.
  init(
    _ records: consuming DelimitedTable, header: ColumnNames, _ line: any RealisationLine
  ) throws(PointFileError) {
    var records = records
    file = records.name
    let columns = try CodeColumns(map: header, positions: line.positionNames)
    records.columnNames = columns.names
    var symbols = CodeSymbols(columns: columns, file: records.name)
    var runs = MapRuns(line: line, columns: columns, file: records.name)
    while try records.nextRow() {
      let record = records.record
      try runs.add(record, symbols.symbol(of: record))
    }
    guard runs.rows > 0 else { throw PointFileError(file: records.name, fault: .noRows) }
    rows = runs.rows
    contents = MapContents(symbols, columns)
    (partition, uncovered) = runs.finish()
    guard uncovered <= Self.largestUncovered else {
      throw PointFileError(file: file, fault: .code(.uncovered(share: uncovered, most: Self.largestUncovered)))
    }
  }

  /// An index in words: `3`, or `(3, -1)`.
  public static func words(_ index: [Int]) -> String {
    index.count == 1 ? "\(index[0])" : "(\(index.map(String.init).joined(separator: ", ")))"
  }

  /// The index of each symbol.
  public var indices: [[Int]] { contents.indices }
  /// The code length of each symbol in bits; nil where none are given.
  public var lengths: [Double]? { contents.lengths }
  /// The reconstruction of each symbol; nil where none are given.
  public var reconstructions: [[Double]]? { contents.reconstructions }
  /// The sum of 2^-bits over the indices; nil where no lengths are given.
  public var kraftSum: Double? { contents.kraftSum }

  /// The code, for a source of the same line.
  ///
  /// - Throws: `PointFileError` if reconstructions have another number of components than the source.
  public func code(of reference: CodeReference) throws(PointFileError) -> TrainedCode {
    do {
      return try reference.code(partition, lengths: lengths, reconstructions: reconstructions)
    } catch {
      throw PointFileError(file: file, fault: .code(.components("\(error)")))
    }
  }
}

extension DelimitedTable {
  /// The rows of an input that is text by its first byte.
  init(checking input: consuming ByteInput) throws(PointFileError) {
    var input = input
    let first: UInt8?
    do {
      first = try input.firstByte()
    } catch {
      throw PointFileError(error)
    }
    try PointFileError.requireText(first, file: input.name)
    try self.init(input)
  }

  /// Goes on to the next row, which has a cell for every column; false at the end.
  mutating func nextRow() throws(PointFileError) -> Bool {
    guard try next() else { return false }
    guard record.cells.count == columnNames.count else {
      throw PointFileError(
        file: name, line: record.line, fault: .raggedRow(cells: record.cells.count, columns: columnNames.count))
    }
    return true
  }
}

/// Code lengths and reconstructions of indices in a file of their own: `index,bits,reconstruction_0,...`, one row an index; the
/// reconstructions of a process at samples of time may be called `t_0,t_1,...`.
struct Codebook {
  private(set) var symbols: CodeSymbols
  /// What distortion weighs against code lengths, where the codebook says so.
  private var lambda: Double?

  init(_ input: consuming ByteInput) throws(PointFileError) {
    var records = try DelimitedTable(checking: input)
    guard try records.next() else { throw PointFileError(file: records.name, fault: .emptyFile) }
    try self.init(rows: records, columns: CodeColumns(codebook: ColumnNames(records.record, file: records.name)))
  }

  /// That of the rows behind a header.
  init(rows: consuming DelimitedTable, columns: CodeColumns) throws(PointFileError) {
    var records = rows
    records.columnNames = columns.names
    symbols = CodeSymbols(columns: columns, file: records.name)
    while try records.nextRow() {
      let record = records.record
      let before = symbols.indices.count
      let symbol = try symbols.symbol(of: record)
      if let cell = columns.lambda {
        let value = try symbols.number(record, cell)
        guard value > 0, value == lambda ?? value else {
          throw record.error(
            .outOfRange(text: record.text(cell), requirement: "one number above 0, the same in all rows"), cell: cell,
            column: columns.column(cell), file: symbols.file)
        }
        lambda = value
      }
      guard symbols.indices.count > before else {
        throw PointFileError(
          file: records.name, line: record.line,
          fault: .code(.twiceInCodebook(index: CodeSymbols.words(symbols.indices[symbol]))))
      }
    }
    guard !symbols.indices.isEmpty else { throw PointFileError(file: records.name, fault: .noRows) }
  }

  /// What it encodes a source in the plane by.
  ///
  /// - Throws: `PointFileError` if it is no codebook of the plane.
  func encoder(on reference: PlaneReference) throws(PointFileError) -> CodebookEncoder {
    do {
      let words = symbols.reconstructions
      guard let components = words.first?.count, components == 2 else {
        throw DomainError.parameterOutOfRange(
          name: "components of a reconstruction", value: "\(words.first?.count ?? 0)", requirement: "2")
      }
      return try CodebookEncoder(
        words: words.map { SIMD2($0[0], $0[1]) }, lengths: symbols.bits.isEmpty ? nil : symbols.bits, lambda: lambda,
        on: reference.plane)
    } catch {
      throw PointFileError(file: symbols.file, fault: .code(.components("\(error)")))
    }
  }
}
