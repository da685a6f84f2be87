import RateDistortion

/// What a map says of its symbols, besides where they are sent.
public struct MapContents: Sendable {
  /// The index of each symbol: several numbers are one tuple.
  public let indices: [[Int]]
  /// The code length of each symbol in bits; nil where none are given.
  public private(set) var lengths: [Double]?
  /// The reconstruction of each symbol; nil where none are given.
  public private(set) var reconstructions: [[Double]]?

  init(_ symbols: CodeSymbols, _ columns: CodeColumns) {
    indices = symbols.indices
    lengths = columns.bits == nil ? nil : symbols.bits
    reconstructions = columns.reconstruction.isEmpty ? nil : symbols.reconstructions
  }

  /// Takes what a codebook says of them.
  ///
  /// - Throws: if it says nothing of one.
  mutating func take(_ book: Codebook) throws(PointFileError) {
    var symbols: [Int] = []
    for index in indices {
      guard let symbol = book.symbols.symbol(of: index) else {
        throw PointFileError(file: book.symbols.file, fault: .code(.notInCodebook(index: CodeSymbols.words(index))))
      }
      symbols.append(symbol)
    }
    if !book.symbols.bits.isEmpty { lengths = symbols.map { book.symbols.bits[$0] } }
    if !book.symbols.reconstructions.isEmpty { reconstructions = symbols.map { book.symbols.reconstructions[$0] } }
  }

  /// The sum of 2^-bits over the indices, which no prefix code has above 1; nil where no lengths are given.
  public var kraftSum: Double? {
    lengths.map { lengths in lengths.reduce(0) { $0 + Double.exp(-$1 * natsPerBit) } }
  }
}
