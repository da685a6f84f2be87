/// One row of a file: bytes, and where its cells lie in them.
struct Record {
  /// A cell's bytes, without its quotes; `isEscaped` if doubled quotes in it stand for single ones.
  struct Cell {
    var range: Range<Int>
    var isEscaped: Bool
  }

  /// Where a cell was read, in a format whose rows are no lines.
  struct Place {
    /// Nil for the file that is read.
    var file: String?
    var line: Int
  }

  var bytes: [UInt8] = []
  var cells: [Cell] = []
  /// Where the row starts in `bytes`.
  var start = 0
  /// Where it ends, its line break excluded.
  var end = 0
  /// The line of the file on which it starts, counted from 1.
  var line = 1
  /// Of each cell; empty where the row is a line and its cells follow one another in it.
  var places: [Place] = []

  /// A row with nothing in it yet.
  init() {}

  /// A row of cells that did not stand in one line.
  init(cells contents: [some Collection<UInt8>], line: Int, places: [Place]) {
    for content in contents {
      let start = bytes.count
      bytes.append(contentsOf: content)
      cells.append(Cell(range: start..<bytes.count, isEscaped: false))
    }
    end = bytes.count
    self.line = line
    self.places = places
  }

  /// A cell's bytes without the blanks around them.
  @inline(__always)
  func trimmed(_ cell: Int) -> Range<Int> {
    var low = cells[cell].range.lowerBound
    var high = cells[cell].range.upperBound
    while low < high, isBlank(bytes[low]) { low += 1 }
    while low < high, isBlank(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  /// A cell's text without the blanks around it; bytes that are no UTF-8 are replaced.
  func text(_ cell: Int) -> String {
    String(decoding: unescaped(cell), as: UTF8.self)
  }

  /// A cell's bytes without the blanks around them, with doubled quotes made single.
  func unescaped(_ cell: Int) -> ArraySlice<UInt8> {
    let slice = bytes[trimmed(cell)]
    guard cells[cell].isEscaped else { return slice }
    var result: [UInt8] = []
    var isSecondQuote = false
    for byte in slice {
      isSecondQuote = byte == UInt8(ascii: "\"") && !isSecondQuote
      if !isSecondQuote { result.append(byte) }
    }
    return result[...]
  }

  /// The line on which a cell starts: later than the row's where a cell before it holds line breaks.
  func line(of cell: Int) -> Int {
    guard places.isEmpty else { return cell < places.count ? places[cell].line : line }
    return line + lineBreaks(bytes[start..<cells[cell].range.lowerBound])
  }

  /// An error about a cell, at its place.
  ///
  /// - Parameter file: the file that is read.
  func error(_ fault: PointFileError.Fault, cell: Int, column: PointFileError.Column?, file: String) -> PointFileError {
    let own = cell < places.count ? places[cell].file : nil
    return PointFileError(file: own ?? file, line: line(of: cell), column: column, fault: fault)
  }

  /// The row in a buffer of its own.
  func kept() -> Record {
    var copy = self
    copy.bytes = Array(bytes[start..<end])
    copy.cells = cells.map {
      Cell(range: $0.range.lowerBound - start..<$0.range.upperBound - start, isEscaped: $0.isEscaped)
    }
    copy.start = 0
    copy.end = end - start
    return copy
  }
}

/// Blanks within a line; the delimiter has been recognised before this is asked.
@inline(__always)
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

/// Line breaks in bytes: LF, CR LF, or a CR alone.
func lineBreaks(_ bytes: ArraySlice<UInt8>) -> Int {
  var count = 0
  var previous: UInt8 = 0
  for byte in bytes {
    if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && previous != UInt8(ascii: "\r")) { count += 1 }
    previous = byte
  }
  return count
}
