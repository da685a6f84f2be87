import Documents
import RateDistortion
import TrainedPoints

/// The summary of a verification for a terminal: a line a source and a series, then what needs a look.
struct SummaryTable {
  private let summary: VerificationSummary
  private let style: TextStyle

  private let wording: Wording

  init(of summary: VerificationSummary, style: TextStyle, wording: Wording) {
    self.summary = summary
    self.style = style
    self.wording = wording
  }

  /// Names longer than this are cut, so that lines stay within a terminal's width.
  private static let widestName = 36
  private static let widestLine = 120

  var text: String {
    let notes = summary.lines(style: style, wording: wording)
    // Counts, then the curves that judged: on a line of their own where the terminal has no room for both.
    let headline =
      summary.lines(wording: wording)[0].count <= Self.widestLine
      ? notes[0] : Self.wrapped(notes[0].replacing(" (judged", with: "\n(judged"))
    var lines = [headline, ""]
    // The headline says that no point is impossible; where none is, lines keep to a terminal's width without that column.
    let verdicts = summary.shownVerdicts.filter { $0 != .impossible || summary.count(of: .impossible) > 0 }
    lines += table("source", summary.sources, verdicts)
    if !summary.series.isEmpty { lines += [""] + table("series", summary.series, verdicts) }
    if !summary.findings.isEmpty {
      lines += ["", style.text("Findings", as: .alarming)] + summary.findings.map(finding)
      let others = summary.count(of: .impossible) + summary.pointsBeyond - summary.findings.count
      if summary.findings.count == VerificationSummary.mostFindings, others > 0 { lines.append("  and others") }
    }
    // Sources and series have their tables.
    let model = summary.codes > 0 ? [notes[1]] : []
    let rest = model + notes.dropFirst(1 + model.count + (summary.sources + summary.series).count { $0.points > 0 })
    if !rest.isEmpty { lines += [""] + rest }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The last of some lines, names with commas between them, taken to further ones where it is too wide.
  private static func wrapped(_ text: String) -> String {
    var lines = text.split(separator: "\n").map(String.init)
    let names = (lines.popLast() ?? "").split(separator: " ")
    var line = ""
    for name in names {
      if !line.isEmpty, line.count + 1 + name.count > widestLine {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + name
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private func table(_ kind: String, _ groups: [VerificationSummary.Source], _ verdicts: [Verdict]) -> [String] {
    TerminalTable.lines(of: groups.filter { $0.points > 0 }, in: Self.sheet(kind, verdicts), style: style)
  }

  private static func sheet(_ kind: String, _ verdicts: [Verdict]) -> Sheet<VerificationSummary.Source> {
    let gap = { (name: String, value: @escaping @Sendable (VerificationSummary.Spread) -> Double) in
      Column<VerificationSummary.Source>.word(name, alignment: .right) { source in
        source.gaps.map { VerificationSummary.digits(value($0)) }
      }
    }
    let verdicts = verdicts.map { verdict in
      var column = Column<VerificationSummary.Source>.whole(verdict.rawValue) { $0.counts[verdict] ?? 0 }
      column.emphasis = { ($0.counts[verdict] ?? 0) > 0 ? verdict.emphasis : nil }
      return column
    }
    return Sheet(
      [.word(kind) { name($0.name) }, .whole("points") { $0.points }] + verdicts
        + [gap("least gap") { $0.least }, gap("median") { $0.median }, gap("largest") { $0.largest }]
        + [.word("bits above") { $0.reference?.symbol ?? "the curve" }])
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
      "\(style.text(judged.verdict.rawValue, as: judged.verdict.emphasis)), R = \(digits(point.rate)) bits, "
      + "D = \(digits(point.distortion))"
    if let gap = judged.gap.bits {
      line +=
        ", \(VerificationSummary.digits(gap.magnitude)) bits \(gap < 0 ? "below" : "above") \(judged.gap.curve.symbol)"
    }
    return line + (judged.hint.map { "; \($0.text(wording))" } ?? "")
  }
}
