/// A sheet for a terminal: a line a row, columns two blanks apart, what matters in colours if the terminal shows them.
public enum TerminalTable {
  /// The header and the rows.
  public static func lines<Row>(of rows: [Row], in sheet: Sheet<Row>, style: TextStyle = .plain) -> [String] {
    let columns = sheet.columnsForPeople
    let texts = rows.map { sheet.texts($0, columns) }
    let widths = columns.indices.map { column in columns[column].width(of: texts.map { $0[column] }) }
    let line = { (cells: [String], row: Row?) -> String in
      let padded = columns.indices.map { index -> String in
        let (column, cell) = (columns[index], cells[index])
        let emphasis = row.flatMap { column.emphasis?($0) }
        return column.padded(cell, to: widths[index], shown: style.text(cell, as: emphasis))
      }
      var line = padded.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
    return [line(columns.map(\.name), nil)] + zip(rows, texts).map { line($1, $0) }
  }
}
