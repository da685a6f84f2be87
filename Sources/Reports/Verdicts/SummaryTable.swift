import RateDistortion
import TrainedPoints

/// The summary of a verification for a terminal: a line a source and a series, then what needs a look.
struct SummaryTable {
  private let summary: VerificationSummary
  private let style: TextStyle

  init(of summary: VerificationSummary, style: TextStyle) {
    self.summary = summary
    self.style = style
  }

  private static let head = ["", "points", "impossible", "optimal", "suboptimal", "least gap", "median", "largest", ""]
  /// Names longer than this are cut, so that lines stay within a terminal's width.
  private static let widestName = 36

  var text: String {
    let notes = summary.lines(style: style)
    var lines = [notes[0], ""]
    lines += table("source", summary.sources)
    if !summary.series.isEmpty { lines += [""] + table("series", summary.series) }
    if !summary.findings.isEmpty {
      lines += ["", style.verdict("Findings", .impossible)] + summary.findings.map(finding)
      let others = summary.count(of: .impossible) + summary.pointsBeyond - summary.findings.count
      if summary.findings.count == VerificationSummary.mostFindings, others > 0 { lines.append("  and others") }
    }
    // Sources and series have their tables.
    let rest = notes.dropFirst(1 + (summary.sources + summary.series).count { $0.points > 0 })
    if !rest.isEmpty { lines += [""] + rest }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ kind: String, _ groups: [VerificationSummary.Source]) -> [String] {
    let groups = groups.filter { $0.points > 0 }
    var rows = [Self.head]
    rows[0][0] = kind
    for group in groups {
      let gaps = group.gaps.map { [$0.least, $0.median, $0.largest].map(VerificationSummary.digits) } ?? ["", "", ""]
      rows.append(
        [Self.name(group.name), "\(group.points)"] + Verdict.allCases.map { "\(group.counts[$0] ?? 0)" } + gaps
          + ["bits above \(group.reference?.symbol ?? "the curve")"])
    }
    let widths = Self.head.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.enumerated().map { index, row in
      let cells = row.enumerated().map { column, cell -> String in
        let space = String(repeating: " ", count: widths[column] - cell.count)
        let verdict = (2...4).contains(column) && index > 0 && cell != "0" ? Verdict.allCases[column - 2] : nil
        let shown = style.verdict(cell, verdict)
        return column == 0 ? cell + space : column == row.count - 1 ? cell : space + shown
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  private static func name(_ name: String) -> String {
    let plain = String(name.map { $0.isNewline ? " " : $0 })
    return plain.count > widestName ? plain.prefix(widestName - 1) + "\u{2026}" : plain
  }

  private func finding(_ judged: JudgedPoint) -> String {
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "?" }
    let point = judged.point
    var line = "  \(judged.file):\(point.row): "
    if !point.label.isEmpty { line += "\(Self.name(point.label)): " }
    line +=
      "\(style.verdict(judged.verdict.rawValue, judged.verdict)), R = \(digits(point.rate)) bits, "
      + "D = \(digits(point.distortion))"
    if let gap = judged.gap.bits {
      line +=
        ", \(VerificationSummary.digits(gap.magnitude)) bits \(gap < 0 ? "below" : "above") \(judged.gap.curve.symbol)"
    }
    return line + (judged.hint.map { "; \($0)" } ?? "")
  }
}
