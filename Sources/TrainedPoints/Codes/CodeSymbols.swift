import Documents

/// The symbols of a map as its rows come: indices, and what goes with each.
struct CodeSymbols {
  let columns: CodeColumns
  let file: String
  /// By symbol, in the order in which they appear.
  private(set) var indices: [[Int]] = []
  private(set) var bits: [Double] = []
  private(set) var reconstructions: [[Double]] = []
  private var known: [[Int]: Int] = [:]
  /// The cells of the row last read, and its symbol: rows mostly say what the one before them said.
  private var last: (cells: [[UInt8]], symbol: Int)?

  init(columns: CodeColumns, file: String) {
    self.columns = columns
    self.file = file
  }

  /// The symbol of an index.
  func symbol(of index: [Int]) -> Int? { known[index] }

  /// An index in words.
  static func words(_ index: [Int]) -> String { CodeMap.words(index) }

  /// The symbol of a row.
  ///
  /// - Throws: if a cell is none, or says something else of an index than a row before it.
  mutating func symbol(of record: Record) throws(PointFileError) -> Int {
    if let last, isRepeated(record, last.cells) { return last.symbol }
    let symbol = try read(record)
    last = (columns.content.map { Array(record.bytes[record.cells[$0].range]) }, symbol)
    return symbol
  }

  private func isRepeated(_ record: Record, _ cells: [[UInt8]]) -> Bool {
    for (cell, before) in zip(columns.content, cells) {
      let range = record.cells[cell].range
      guard range.count == before.count, record.bytes[range].elementsEqual(before) else { return false }
    }
    return true
  }

  private mutating func read(_ record: Record) throws(PointFileError) -> Int {
    var index: [Int] = []
    for cell in columns.index {
      // Programs for tables write 3.0 for 3.
      guard let number = DecimalNumber.parse(record.bytes, record.trimmed(cell)), let whole = Int(exactly: number)
      else {
        throw record.error(
          .code(.notAnIndex(record.text(cell))), cell: cell, column: columns.column(cell), file: file)
      }
      index.append(whole)
    }
    let length = try columns.bits.map { (cell) throws(PointFileError) in try self.length(record, cell) }
    var point: [Double] = []
    for cell in columns.reconstruction { point.append(try number(record, cell)) }
    guard let symbol = known[index] else {
      known[index] = indices.count
      indices.append(index)
      if let length { bits.append(length) }
      if !point.isEmpty { reconstructions.append(point) }
      return indices.count - 1
    }
    if let length, let cell = columns.bits, bits[symbol] != length { throw twoValues(index, record, cell) }
    for (cell, (new, old)) in zip(
      columns.reconstruction, zip(point, reconstructions.isEmpty ? [] : reconstructions[symbol]))
    where new != old {
      throw twoValues(index, record, cell)
    }
    return symbol
  }

  private func twoValues(_ index: [Int], _ record: Record, _ cell: Int) -> PointFileError {
    record.error(
      .code(.twoValues(index: Self.words(index), column: columns.names[cell])), cell: cell,
      column: columns.column(cell), file: file)
  }

  private func length(_ record: Record, _ cell: Int) throws(PointFileError) -> Double {
    let bits = try number(record, cell)
    guard bits >= 0 else {
      throw record.error(
        .outOfRange(text: record.text(cell), requirement: "a code length: at least 0"), cell: cell,
        column: columns.column(cell), file: file)
    }
    return bits
  }

  /// A cell's finite number.
  func number(_ record: Record, _ cell: Int) throws(PointFileError) -> Double {
    guard let number = DecimalNumber.parse(record.bytes, record.trimmed(cell)) else {
      throw record.error(
        .notANumber(text: record.text(cell)), cell: cell, column: columns.column(cell), file: file)
    }
    return number
  }
}
