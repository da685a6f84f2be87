/// One row of a file: bytes, and where its cells lie in them.
public struct Record: Sendable {
  /// A cell's bytes, without its quotes; `isEscaped` if doubled quotes in it stand for single ones.
  public struct Cell: Sendable {
    /// Where they are in the row's `bytes`.
    public var range: Range<Int>
    /// Whether there are doubled quotes among them.
    public var isEscaped: Bool
  }

  /// Where a cell was read, in a format whose rows are no lines.
  public struct Place: Sendable {
    /// Nil for the file that is read.
    public var file: String?
    /// Counted from 1.
    public var line: Int

    /// A place.
    public init(file: String? = nil, line: Int) {
      self.file = file
      self.line = line
    }
  }

  /// The row's bytes, among others.
  public internal(set) var bytes: [UInt8] = []
  /// The cells in their order.
  public internal(set) var cells: [Cell] = []
  /// The line of the file on which it starts, counted from 1.
  public internal(set) var line = 1
  /// Of each cell; empty where the row is a line and its cells follow one another in it.
  public private(set) var places: [Place] = []
  /// Where the row starts in `bytes`.
  var start = 0
  /// Where it ends, its line break excluded.
  var end = 0

  /// A row with nothing in it yet.
  public init() {}

  /// A row of cells that did not stand in one line.
  public init(cells contents: [some Collection<UInt8>], line: Int, places: [Place]) {
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
  @inlinable
  public func trimmed(_ cell: Int) -> Range<Int> {
    var low = cells[cell].range.lowerBound
    var high = cells[cell].range.upperBound
    while low < high, isBlank(bytes[low]) { low += 1 }
    while low < high, isBlank(bytes[high - 1]) { high -= 1 }
    return low..<high
  }

  /// A cell's text without the blanks around it; bytes that are no UTF-8 are replaced.
  public func text(_ cell: Int) -> String {
    String(decoding: unescaped(cell), as: UTF8.self)
  }

  /// A cell's bytes without the blanks around them, with doubled quotes made single.
  public func unescaped(_ cell: Int) -> ArraySlice<UInt8> {
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
  public func line(of cell: Int) -> Int {
    guard places.isEmpty else { return cell < places.count ? places[cell].line : line }
    return line + lineBreaks(bytes[start..<cells[cell].range.lowerBound])
  }

  /// The row in a buffer of its own.
  public func kept() -> Record {
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
@inlinable
func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
