import Documents
import RateDistortion
import TrainedPoints

/// What `verify` prints: a row a point, and a summary.
///
/// A report is written in pieces, so that a million points need no more memory than a thousand.
public struct VerdictReport: Sendable {
  /// How a report is laid out.
  public struct Format: Sendable, CaseIterable {
    /// The word that asks for it.
    public let name: String
    /// Whether the summary is a part of what people read in it.
    public let showsSummary: Bool
    let write: @Sendable (VerdictReport, TextStyle, ([UInt8]) -> Void) -> VerificationSummary

    /// The formats of every sheet, and those that verdicts alone have.
    public static let allCases = SheetFormats.all.map { sheet($0) } + [junit, summary]

    /// The points as a sheet's rows, with the summary at its end.
    public static func sheet<Layout: SheetFormat>(_ layout: Layout.Type) -> Format {
      Format(name: layout.name, showsSummary: layout.showsNotes) { report, _, emit in report.write(as: layout, emit) }
    }

    /// JUnit's XML, a test a point, for what shows the results of continuous integration.
    public static let junit = Format(name: "junit", showsSummary: false) { report, _, emit in report.writeJUnit(emit) }

    /// The summary alone, as a table for a terminal.
    public static let summary = Format(name: "summary", showsSummary: true) { report, style, emit in
      let summary = report.verification.forEach { _ in }
      emit(Array(SummaryTable(of: summary, style: style, wording: report.wording).text.utf8))
      return summary
    }
  }

  /// The points and what they are judged by.
  public let verification: Verification
  /// What settings are called in hints.
  public let wording: Wording

  /// The report of a verification.
  public init(of verification: Verification, wording: Wording = .plain) {
    self.verification = verification
    self.wording = wording
  }

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - style: whether the summary for a terminal has colours; other formats have none.
  ///   - emit: takes the text as UTF-8, a piece at a time.
  /// - Returns: the summary, which is part of the text in some formats only.
  public func write(
    as format: Format, style: TextStyle = .plain, _ emit: ([UInt8]) -> Void
  ) -> VerificationSummary {
    format.write(self, style, emit)
  }

  private func write<Layout: SheetFormat>(
    as layout: Layout.Type, _ emit: ([UInt8]) -> Void
  ) -> VerificationSummary {
    let sheet = sheet
    var text = Layout()
    emit(text.opening(of: sheet))
    let summary = verification.forEachPiece(
      transformed: { Layout.piece($0, of: sheet) }, { emit(text.text(of: $0, in: sheet)) })
    var end = SheetEnd()
    end.facts = JSONValue.members(["summary": summary.json(wording)])
    end.notes = summary.lines(wording: wording)
    emit(text.closing(of: sheet, end))
    return summary
  }
}
