import TrainedPoints

extension VerdictReport {
  /// A header row and a row a point; what is not known is an empty cell.
  func writeCSV(_ emit: ([UInt8]) throws -> Void) rethrows -> VerificationSummary {
    try emit(Array((columns.map(\.name).joined(separator: ",") + "\n").utf8))
    let columns = columns
    return try verification.forEachPiece(
      transformed: { piece in
        var bytes: [UInt8] = []
        bytes.reserveCapacity(piece.count * 192)
        for judged in piece {
          for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            switch column.cell(judged) {
            case .whole(let value): bytes.append(contentsOf: String(value).utf8)
            case .number(let value):
              if let value { SignificantDigits(value, digits: column.digits)?.append(to: &bytes) }
            case .word(let word): Self.append(word, to: &bytes)
            }
          }
          bytes.append(UInt8(ascii: "\n"))
        }
        return bytes
      }, emit)
  }

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
