/// A named way to print a report.
public struct ReportFormat<Report>: Sendable {
  /// The word that asks for it.
  public let name: String
  /// The report's text.
  public let text: @Sendable (Report) -> [UInt8]

  /// A way of a report's own.
  public init(_ name: String, text: @escaping @Sendable (Report) -> String) {
    self.name = name
    self.text = { Array(text($0).utf8) }
  }
}

extension ReportFormat where Report: SheetReport {
  /// The formats of every sheet.
  public static var sheets: [ReportFormat] { SheetFormats.all.map { ReportFormat($0) } }

  private init(_ format: any SheetFormat.Type) {
    name = format.name
    text = { $0.text(as: format) }
  }
}
