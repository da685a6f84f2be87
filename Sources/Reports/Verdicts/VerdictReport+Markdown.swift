import TrainedPoints

extension VerdictReport {
  /// The significant digits that a person compares.
  private static let digits = 4

  /// A table aligned for reading as it is, and the summary below it.
  ///
  /// The first piece settles which columns there are, those with something in them, and how wide they are. The gaps to
  /// reference curves are shown in bits only, and the summary names the curve of the others.
  func writeMarkdown(_ emit: ([UInt8]) throws -> Void) rethrows -> VerificationSummary {
    let columns = columns
    var shown: [Int] = []
    var widths: [Int] = []
    let summary = try verification.forEachPiece(
      transformed: { piece in
        piece.map { judged in columns.map { Self.cell($0, judged) } }
      },
      { (rows: [[String]]) in
        var lines: [String] = []
        if shown.isEmpty {
          shown = columns.indices.filter { column in
            let name = columns[column].name
            guard !name.hasPrefix("gap_db_"), name != "reference" else { return false }
            // One series needs no name.
            if name == "series", verification.points.series.count < 2 { return false }
            return rows.contains { !$0[column].isEmpty }
          }
          widths = shown.map { column in
            max(3, columns[column].name.count, rows.map { $0[column].count }.max() ?? 0)
          }
          lines.append(line(shown.map { columns[$0].name }, shown, widths))
          let rule = zip(shown, widths).map { column, width in
            String(repeating: "-", count: width - 1) + (columns[column].isNumber ? ":" : "-")
          }
          lines.append(line(rule, shown, widths))
        }
        lines += rows.map { row in line(shown.map { row[$0] }, shown, widths) }
        try emit(Array((lines.joined(separator: "\n") + "\n").utf8))
      })
    let notes = summary.lines.map { "- \($0)" }.joined(separator: "\n")
    try emit(Array("\n\(notes)\n".utf8))
    return summary
  }

  private func line(_ cells: [String], _ shown: [Int], _ widths: [Int]) -> String {
    let padded = cells.indices.map { index in
      let space = String(repeating: " ", count: max(0, widths[index] - cells[index].count))
      return columns[shown[index]].isNumber ? space + cells[index] : cells[index] + space
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }

  /// A cell without what would end it or the row.
  private static func cell(_ column: VerdictColumn, _ judged: JudgedPoint) -> String {
    let text = column.text(judged, digits: digits)
    guard !column.isNumber, text.contains(where: { $0 == "|" || $0.isNewline }) else { return text }
    return text.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined()
  }
}
