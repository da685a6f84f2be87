import ParallelBlocks

/// Comma-separated values with a header row (RFC 4180), for `pandas.read_csv` without arguments: one line a row, no comments, an
/// empty cell for what is not known.
public struct CSV: SheetFormat {
  public static let name = "csv"

  public init() {}

  public static func piece<Row>(_ rows: [Row], of sheet: Sheet<Row>) -> [UInt8] {
    // Lines know nothing of each other.
    let blocks = rows.isEmpty ? 0 : (rows.count - 1) / linesOfBlock + 1
    return parallelMap(count: blocks, block: 1) { block in
      lines(rows[block * linesOfBlock..<min(rows.count, (block + 1) * linesOfBlock)], sheet.columns)
    }.reduce(into: []) { $0 += $1 }
  }

  /// How many lines are worth a thread.
  private static let linesOfBlock = 1 << 12

  /// By index, not by row: a closure whose type does not depend on Row costs a tenth of one whose type does. And where they lie:
  /// an element of an array is copied before a closure of a generic type looks at it, a cell at a time.
  private static func lines<Row>(_ rows: ArraySlice<Row>, _ columns: [Column<Row>]) -> [UInt8] {
    rows.withUnsafeBufferPointer { rows in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(rows.count * 12 * columns.count)
      let columns = columns.map { column in (cell: { (row: Int) in column.cell(rows[row]) }, digits: column.digits) }
      for row in rows.indices {
        for index in columns.indices {
          if index > 0 { bytes.append(UInt8(ascii: ",")) }
          switch columns[index].cell(row) {
          case .none: break
          case .word(let word): append(word, to: &bytes)
          case .whole(let value): bytes.append(contentsOf: String(value).utf8)
          case .number(let value): SignificantDigits(value, digits: columns[index].digits)?.append(to: &bytes)
          case .digits(let digits): digits.append(to: &bytes)
          }
        }
        bytes.append(UInt8(ascii: "\n"))
      }
      return bytes
    }
  }

  public func opening<Row>(of sheet: Sheet<Row>) -> [UInt8] {
    Array((sheet.columns.map(\.name).joined(separator: ",") + "\n").utf8)
  }

  public func text<Row>(of piece: [UInt8], in sheet: Sheet<Row>) -> [UInt8] { piece }

  public func closing<Row>(of sheet: Sheet<Row>, _ end: SheetEnd) -> [UInt8] { [] }

  /// A word as a cell: in quotes if it holds what would end a cell.
  private static func append(_ word: String, to bytes: inout [UInt8]) {
    let needsQuotes = word.utf8.contains { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
    guard needsQuotes else {
      bytes.append(contentsOf: word.utf8)
      return
    }
    let quote = UInt8(ascii: "\"")
    bytes.append(quote)
    for byte in word.utf8 {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
