import RateDistortion

extension CurveTable {
  /// The table in Markdown, aligned for reading as it is, under a line that names the source, its parameters and its
  /// distortion measure.
  ///
  /// - Parameter certified: whether to add the ends of the enclosures.
  public func markdown(certified: Bool = false) -> String {
    let columns = TableColumn.columns(certified: certified)
    let cells = [columns.map(\.name)] + rows.map { row in columns.map { $0.word(row) } }
    let widths = columns.indices.map { column in max(3, cells.map { $0[column].count }.max() ?? 0) }
    let rule = columns.indices.map { column in
      let dashes = String(repeating: "-", count: widths[column] - 1)
      return columns[column].isNumber ? dashes + ":" : dashes + "-"
    }
    var lines = [title, ""]
    for (index, line) in cells.enumerated() {
      lines.append(Self.line(line, widths, columns))
      if index == 0 { lines.append(Self.line(rule, widths, columns)) }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The source, its parameters and its distortion measure in a line.
  var title: String {
    let values = parameters.list(in: source).map { "\($0.name) \($0.text)" }
    return (["\(source.name): \(source.definition)"] + values + ["distortion is \(source.distortionMeasure.phrase)"])
      .joined(separator: "; ")
  }

  private static func line(_ cells: [String], _ widths: [Int], _ columns: [TableColumn]) -> String {
    let padded = cells.indices.map { index in
      let space = String(repeating: " ", count: max(0, widths[index] - cells[index].count))
      return columns[index].isNumber ? space + cells[index] : cells[index] + space
    }
    return "| " + padded.joined(separator: " | ") + " |"
  }
}
