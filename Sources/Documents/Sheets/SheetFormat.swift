/// A way to lay out a sheet: stateless where rows are turned into text, on any core, and in order where pieces are joined, so that
/// a million rows need no more memory than a thousand.
///
/// Adding one is a file with a type that conforms, and its line in `SheetFormats.all`: every command that prints a sheet then has
/// it. What it makes of a sheet follows from `Sheet` and `Column`, never from what the rows are about.
public protocol SheetFormat: Sendable {
  /// Rows on their way: finished bytes, or cells that wait for their neighbours.
  associatedtype Piece: Sendable

  /// The word that asks for it.
  static var name: String { get }
  /// Whether it has a place for the sentences at a sheet's end.
  static var showsNotes: Bool { get }

  /// Whether a sheet's text can begin only when all its rows are there, as where columns are as wide as their widest cell.
  static func needsAllRows<Row>(of sheet: Sheet<Row>) -> Bool

  /// A text that is about to begin.
  init()

  /// What is made of a piece's rows without knowing the others.
  static func piece<Row>(_ rows: [Row], of sheet: Sheet<Row>) -> Piece

  /// The text before all rows.
  mutating func opening<Row>(of sheet: Sheet<Row>) -> [UInt8]

  /// The text of a piece, pieces being given in order.
  mutating func text<Row>(of piece: Piece, in sheet: Sheet<Row>) -> [UInt8]

  /// The text after all rows.
  func closing<Row>(of sheet: Sheet<Row>, _ end: SheetEnd) -> [UInt8]
}

extension SheetFormat {
  /// No.
  public static var showsNotes: Bool { false }

  /// No.
  public static func needsAllRows<Row>(of sheet: Sheet<Row>) -> Bool { false }

  /// Writes a sheet as its rows are found; the text is the same however they come.
  ///
  /// - Parameters:
  ///   - sheet: what it says besides its rows.
  ///   - find: finds the rows, and hands on some more until it is told that nobody wants any.
  ///   - emit: takes the next piece of the text; false if nobody wants more.
  /// - Returns: what `find` returns. If it throws before there is a row, nothing is written.
  public static func write<Row, Found>(
    _ sheet: Sheet<Row>, rows find: (_ take: ([Row]) -> Bool) throws -> Found, to emit: ([UInt8]) -> Bool
  ) rethrows -> Found {
    try withoutActuallyEscaping(emit) { emit in
      var format = Self()
      var kept: [Row] = []
      var hasBegun = false
      func write(_ rows: [Row]) -> Bool {
        let opening = hasBegun ? [] : format.opening(of: sheet)
        hasBegun = true
        return emit(opening + format.text(of: piece(rows, of: sheet), in: sheet))
      }
      let keepsAll = needsAllRows(of: sheet)
      let found = try find { rows in
        guard keepsAll || rows.isEmpty else { return write(rows) }
        kept += rows
        return true
      }
      if !hasBegun { _ = write(kept) }
      _ = emit(format.closing(of: sheet, SheetEnd()))
      return found
    }
  }

  /// Rows of a sheet, all at once.
  static func text<Row>(of rows: [Row], in sheet: Sheet<Row>) -> [UInt8] {
    var bytes: [UInt8] = []
    write(sheet, rows: { _ = $0(rows) }) {
      bytes += $0
      return true
    }
    return bytes
  }
}

/// The formats of everything that is a sheet.
public enum SheetFormats {
  /// Every format, in the order in which help texts name them.
  public static let all: [any SheetFormat.Type] = [CSV.self, JSONDocument.self, Markdown.self]
}
