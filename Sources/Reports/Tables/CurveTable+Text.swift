import Documents
import RateDistortion

extension CurveTable {
  /// The formats of a table of one operating point: for a person first, then those of every sheet.
  public static let pointFormats = [ReportFormat<CurveTable>("text") { $0.text }] + ReportFormat<CurveTable>.sheets

  /// Rows for a person: each claim in a line, then what it means, where it lies and how to check it.
  var text: String {
    var lines = Paragraph.lines(Self.title(of: source, parameters), indent: 2)
    lines[0] = String(lines[0].drop { $0 == " " })
    for row in rows {
      lines.append("")
      lines += Self.lines(row)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ row: CurveRow) -> [String] {
    let level = row.level.map { " (\($0) dB)" } ?? ""
    var lines = ["\(row.curve): R \(row.bound.kind.sign) \(row.rate) bits at D = \(row.distortion)\(level)"]
    let add = { (label: String, text: String) in
      lines += Paragraph.lines(text, label: "  " + label, indent: 15)
    }
    let meaning = row.bound.kind.meaning(isProved: row.bound.assurance.assumption == nil)
    add("kind", meaning + (row.error.map { "; error at most \($0) bits" } ?? ""))
    add("enclosure", enclosure(row.bound))
    add("lambda", row.slope.map { "\($0) bits per unit of distortion" } ?? "infinite: the curve is vertical here")
    if let line = row.line, let least = SignificantDigits(line.lagrangian) {
      add("Lagrangian", "\(least) bits, the least of R + lambda D on this curve")
    }
    add("certificate", row.bound.evidence.sentence)
    if let assumption = row.bound.assurance.assumption { add("assuming", "that " + assumption) }
    return lines
  }

  private static func enclosure(_ bound: Bound) -> String {
    let lower = SignificantDigits(bound.rate.lower, digits: 17, rounded: .down)?.text ?? "-infinity"
    let upper = SignificantDigits(bound.rate.upper, digits: 17, rounded: .up)?.text ?? "infinity"
    return "[\(lower), \(upper)] bits"
  }
}
