/// Lines of plain text for a terminal.
public enum Paragraph {
  /// The width of everything that is laid out, in columns.
  public static let width = 100

  /// A text broken at its spaces into lines of at most `width` columns, all but the first indented; a word longer than a
  /// line gets its own.
  ///
  /// - Parameters:
  ///   - text: the words.
  ///   - label: what begins the first line, padded to the indentation; on a line of its own if it is too long.
  ///   - indent: the columns before every other line.
  public static func lines(_ text: String, label: String = "", indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = label
    if label.count + 2 > indent, !label.isEmpty {
      lines.append(label)
      line = margin
    } else {
      line += String(repeating: " ", count: indent - label.count)
    }
    var isEmpty = true
    for word in text.split(separator: " ") {
      if !isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = margin
        isEmpty = true
      }
      line += isEmpty ? String(word) : " " + word
      isEmpty = false
    }
    lines.append(line)
    return lines
  }
}
