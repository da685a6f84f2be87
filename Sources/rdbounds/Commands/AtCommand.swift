import Documents
import RateDistortion
import Reports

/// `at`: every bound at one operating point, with its evidence.
struct AtCommand: Command {
  static let name = "at"
  static let summary = "Print every bound at one operating point, with its enclosure and certificate."
  static let operands = [SourceArguments.operandOrFile]
  static let distortion = Option("distortion", "D", help: "the distortion, in the source's distortion measure") {
    text in
    let value = try finiteNumber(text)
    guard value > 0 else {
      throw UsageError("a distortion is greater than 0 (a level in dB goes into --distortion-db)")
    }
    return value
  }
  static let level = Option("distortion-db", "DB", help: "the distortion as 10 log10 D") { text in
    try OperatingGrid.distortion(decibels: finiteNumber(text))
  }
  static let rate = Option("rate", "R", help: "the rate in bits; every curve at its own distortion", read: finiteNumber)
  static let format = FormatOption.option(CurveTable.pointFormats)
  static let options =
    [
      distortion.declaration, level.declaration, rate.declaration, CurveSelection.option.declaration,
      format.declaration, SourceArguments.pmf.declaration,
    ] + SourceArguments.parameters

  let source: KnownSource
  let curves: [Curve]
  let request: Target
  let format: ReportFormat<CurveTable>

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    curves = try CurveSelection.curves(arguments, of: source) ?? source.curves
    let requests: [Target?] = [
      try arguments.value(of: Self.distortion).map { .distortion($0) },
      try arguments.value(of: Self.level).map { .distortion($0) },
      try arguments.value(of: Self.rate).map { .rate($0) },
    ]
    let given = requests.compactMap { $0 }
    guard let request = given.first, given.count == 1 else {
      throw UsageError("one of --distortion, --distortion-db and --rate is needed, and only one")
    }
    self.request = request
    format = try arguments.value(of: Self.format) ?? CurveTable.pointFormats[0]
  }

  func run(in context: inout Context) throws -> ExitStatus {
    var table = try CurveTable(of: source, curves: curves, at: [request])
    table.isCertified = true
    table.remarks.forEach(context.note)
    context.write(format.text(table))
    return .success
  }
}
