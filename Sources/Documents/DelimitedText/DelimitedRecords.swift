/// The rows of delimited text (RFC 4180), read a piece of the file at a time.
///
/// - The delimiter is whichever of comma, tab and semicolon is most frequent in the header.
/// - A cell may be quoted; within quotes a doubled quote is a quote, and line breaks and delimiters are text.
/// - Lines end in LF, CR LF or CR; a byte order mark is skipped; lines of blanks alone are no rows.
///
/// The buffer holds one piece, or one row if that is longer, so memory does not grow with the file; a row that goes on after
/// `largestRow` bytes is none, and the file is refused.
public struct DelimitedRecords: ~Copyable {
  /// The most bytes of a row: 16 MiB.
  public static let largestRow = 1 << 24

  /// The row last read.
  public private(set) var record = Record()
  /// The delimiter recognised in the header.
  public let delimiter: UInt8
  private var input: ByteInput
  /// The next row starts here.
  private var position = 0
  /// The bytes of the buffer that were read.
  private var limit = 0
  private var line = 1
  private var isAtEnd = false

  /// The rows of an input.
  ///
  /// - Parameter pieceSize: the bytes are read this many at a time.
  public init(_ input: consuming ByteInput, pieceSize: Int = 1 << 18) throws(DelimitedTextError) {
    var input = input
    var buffer = [UInt8](repeating: 0, count: max(pieceSize, 4))
    // The header is searched for its delimiter in the first piece.
    let limit = try Self.fill(&buffer, from: 0, &input)
    if limit >= 3, buffer[0] == 0xEF, buffer[1] == 0xBB, buffer[2] == 0xBF { position = 3 }
    delimiter = Self.delimiter(of: buffer[position..<limit])
    record.bytes = buffer
    self.limit = limit
    self.input = input
  }

  /// The file's name in errors.
  public var name: String { input.name }

  /// Reads the next row into `record`; false at the end of the file.
  ///
  /// - Throws: `DelimitedTextError`; nothing more can be read then.
  public mutating func next() throws(DelimitedTextError) -> Bool {
    while true {
      guard position < limit || !isAtEnd else { return false }
      guard try scan() else {
        try refill()
        continue
      }
      if record.cells.count > 1 || !record.trimmed(0).isEmpty { return true }
    }
  }

  private static func delimiter(of header: ArraySlice<UInt8>) -> UInt8 {
    let candidates = [UInt8(ascii: ","), UInt8(ascii: "\t"), UInt8(ascii: ";")]
    var counts = [0, 0, 0]
    var isQuoted = false
    var hasText = false
    for byte in header {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        if hasText { break }
        counts = [0, 0, 0]
        continue
      }
      if !isBlank(byte) { hasText = true }
      if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
    }
    var best = 0
    for index in 1..<3 where counts[index] > counts[best] { best = index }
    return candidates[best]
  }

  /// Moves what is left of the buffer to its front and reads on; a buffer that is one unfinished row grows.
  private mutating func refill() throws(DelimitedTextError) {
    let left = limit - position
    if position > 0 {
      record.bytes.replaceSubrange(0..<left, with: Array(record.bytes[position..<limit]))
      position = 0
      limit = left
    }
    if left == record.bytes.count {
      guard left < Self.largestRow else { throw DelimitedTextError(line: line, fault: .endlessRow) }
      record.bytes.append(contentsOf: [UInt8](repeating: 0, count: left))
    }
    limit = try Self.fill(&record.bytes, from: limit, &input)
    if limit < record.bytes.count { isAtEnd = true }
  }

  /// Reads until the buffer is full or the input has ended, and says up to where it is full. A pipe gives little at a time,
  /// and after each refill the row at the end of the buffer is scanned anew.
  private static func fill(
    _ buffer: inout [UInt8], from start: Int, _ input: inout ByteInput
  ) throws(DelimitedTextError) -> Int {
    var limit = start
    while limit < buffer.count {
      let count: Int
      do {
        count = try input.read(into: &buffer, from: limit)
      } catch {
        throw DelimitedTextError(fault: .unreadable(error))
      }
      if count == 0 { break }
      limit += count
    }
    return limit
  }

  /// Finds the cells of the row at `position`; false if its end is not in the buffer yet.
  private mutating func scan() throws(DelimitedTextError) -> Bool {
    let bytes = record.bytes
    let limit = limit
    let delimiter = delimiter
    record.cells.removeAll(keepingCapacity: true)
    var cellStart = position
    var hasQuotes = false
    while true {
      var i = cellStart
      while i < limit, bytes[i] != delimiter, isBlank(bytes[i]) { i += 1 }
      if i < limit, bytes[i] == UInt8(ascii: "\"") {
        hasQuotes = true
        guard let closing = try closingQuote(after: i, in: bytes) else { return false }
        record.cells.append(Record.Cell(range: i + 1..<closing.place, isEscaped: closing.isEscaped))
        i = closing.place + 1
        while i < limit, bytes[i] != delimiter, isBlank(bytes[i]) { i += 1 }
        if i < limit, bytes[i] != delimiter, bytes[i] != UInt8(ascii: "\n"), bytes[i] != UInt8(ascii: "\r") {
          throw error(.textAfterQuote, at: i, cell: record.cells.count)
        }
      } else {
        while i < limit {
          let byte = bytes[i]
          if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
          i += 1
        }
        record.cells.append(Record.Cell(range: cellStart..<i, isEscaped: false))
      }
      if i < limit, bytes[i] == delimiter {
        cellStart = i + 1
        continue
      }
      return finishRow(at: i, in: bytes, hasQuotes: hasQuotes)
    }
  }

  /// The row's end is a line break at `end`, or the end of what is in the buffer.
  private mutating func finishRow(at end: Int, in bytes: [UInt8], hasQuotes: Bool) -> Bool {
    var next = end
    if end == limit {
      guard isAtEnd else { return false }
    } else {
      next += 1
      if bytes[end] == UInt8(ascii: "\r") {
        // The LF of this CR LF may be in the next piece.
        guard next < limit || isAtEnd else { return false }
        if next < limit, bytes[next] == UInt8(ascii: "\n") { next += 1 }
      }
    }
    record.start = position
    record.end = end
    record.line = line
    // Only quoted cells hold line breaks.
    line += hasQuotes ? lineBreaks(bytes[position..<next]) : 1
    position = next
    return true
  }

  /// The quote that closes the one at `opening`; nil if it is not in the buffer yet.
  private func closingQuote(
    after opening: Int, in bytes: [UInt8]
  ) throws(DelimitedTextError) -> (place: Int, isEscaped: Bool)? {
    var i = opening + 1
    var isEscaped = false
    while i < limit {
      if bytes[i] != UInt8(ascii: "\"") {
        i += 1
      } else if i + 1 < limit {
        guard bytes[i + 1] == UInt8(ascii: "\"") else { return (i, isEscaped) }
        isEscaped = true
        i += 2
      } else {
        return isAtEnd ? (i, isEscaped) : nil
      }
    }
    guard isAtEnd else { return nil }
    throw error(.unterminatedQuote, at: opening, cell: record.cells.count + 1)
  }

  private func error(_ fault: DelimitedTextError.Fault, at place: Int, cell: Int) -> DelimitedTextError {
    DelimitedTextError(line: line + lineBreaks(record.bytes[position..<place]), cell: cell, fault: fault)
  }
}
