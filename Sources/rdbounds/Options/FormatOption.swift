import Documents

/// The option `--format` of a command, whose default is the first of its formats.
enum FormatOption {
  /// One of the formats of every sheet.
  static let sheets = Option<any SheetFormat.Type>(
    "format", help: "the format (default \(SheetFormats.all[0].name))", among: SheetFormats.all.map { ($0.name, $0) })

  /// One of the formats of a report.
  static func option<Report>(_ formats: [ReportFormat<Report>]) -> Option<ReportFormat<Report>> {
    Option("format", help: "the format (default \(formats[0].name))", among: formats.map { ($0.name, $0) })
  }
}
