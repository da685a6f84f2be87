/// A table in Markdown, with the digits that a person compares: under the sheet's title, above its notes, aligned for reading as
/// it is unless the sheet says otherwise.
///
/// The first piece settles which columns there are, if empty ones are left out, and how wide they are.
public struct Markdown: SheetFormat {
  public static let name = "markdown"
  public static let showsNotes = true

  /// The columns shown, by their place among those for people, and their widths; nil before the first piece.
  private var layout: (shown: [Int], widths: [Int])?

  public init() {}

  public static func needsAllRows<Row>(of sheet: Sheet<Row>) -> Bool { sheet.isAligned || sheet.leavesOutEmptyColumns }

  public static func piece<Row>(_ rows: [Row], of sheet: Sheet<Row>) -> [[String]] {
    let columns = sheet.columnsForPeople
    return rows.map { row in sheet.texts(row, columns).map { $0.replacing("|", with: "\\|") } }
  }

  public func opening<Row>(of sheet: Sheet<Row>) -> [UInt8] { sheet.title.map { Array("\($0)\n\n".utf8) } ?? [] }

  public mutating func text<Row>(of piece: [[String]], in sheet: Sheet<Row>) -> [UInt8] {
    let columns = sheet.columnsForPeople
    var lines: [String] = []
    let (shown, widths) = layout ?? Self.layout(of: piece, columns, sheet)
    let line = { (cells: [String]) -> String in
      let padded = zip(shown, zip(cells, widths)).map { column, cell in
        columns[column].padded(cell.0, to: sheet.isAligned ? cell.1 : 0)
      }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    if layout == nil {
      layout = (shown, widths)
      let rule = zip(shown, widths).map { column, width in
        String(repeating: "-", count: width - 1) + (columns[column].alignment == .right ? ":" : "-")
      }
      lines = [line(shown.map { columns[$0].name }), line(rule)]
    }
    lines += piece.map { row in line(shown.map { row[$0] }) }
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  public func closing<Row>(of sheet: Sheet<Row>, _ end: SheetEnd) -> [UInt8] {
    guard !end.notes.isEmpty else { return [] }
    return Array("\n\(end.notes.map { "- \($0)" }.joined(separator: "\n"))\n".utf8)
  }

  private static func layout<Row>(
    of rows: [[String]], _ columns: [Column<Row>], _ sheet: Sheet<Row>
  ) -> (shown: [Int], widths: [Int]) {
    let shown = columns.indices.filter { column in
      !sheet.leavesOutEmptyColumns || rows.contains { !$0[column].isEmpty }
    }
    // A rule has three characters at least.
    guard sheet.isAligned else { return (shown, shown.map { _ in 3 }) }
    return (shown, shown.map { column in max(3, columns[column].width(of: rows.map { $0[column] })) })
  }
}
