import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `delta`: Bjontegaard deltas of series of trained points against a curve, or against another series.
struct DeltaCommand: Command {
  static let name = "delta"
  static let summary =
    "Print Bjontegaard deltas: the mean rate (percent) and distortion (dB) above a limit or a series."
  static let discussion = [
    "BD-rate is the mean of log10 R less that of the reference over the levels 10 log10 D that both have, in percent; "
      + "BD-distortion the mean level less that of the reference over log10 R, in dB. Positive is worse than the reference. "
      + "Points are interpolated; a curve is evaluated wherever the integral asks. The rates and levels that the means run "
      + "over are in the table.",
    "Points below 0.001 bits, and those at or above the curve's largest distortion, send nothing and are left out. Files are "
      + "read as \"\(ProgramVersion.name) verify\" reads them; points of other sources are left out.",
  ]
  static let operands = [
    SourceArguments.operand,
    Operand(
      placeholder: "FILE", help: "a file of points, or - for the standard input", content: .file, isRepeatable: true),
  ]

  static let curve = Option(
    "curve", "NAME", help: "the curve to measure from (default: the best that is achievable)",
    choices: CurveSelection.names
  ) { CurveName(rawValue: $0) }
  static let anchor = Option(
    "anchor", "SERIES", help: "measure from this series, by its name, instead of a curve"
  ) { $0 }
  static let interpolation = Option<Interpolation>(
    "interpolation", help: "how points are interpolated (default akima; cubic is one polynomial for all points)")
  static let formats = ReportFormat<DeltaTable>.sheets
  static let format = FormatOption.option(formats)

  static let options =
    [curve.declaration, anchor.declaration, interpolation.declaration] + PointArguments.declarations
    + [format.declaration] + SourceArguments.parameters

  let source: KnownSource
  let reference: DeltaTable.Reference
  let interpolation: Interpolation
  let points: SeriesFile
  let format: ReportFormat<DeltaTable>

  init(_ arguments: Arguments) throws {
    let source = try SourceArguments.source(named: arguments.required(0), arguments)
    self.source = source
    let anchor = try arguments.value(of: Self.anchor)
    let curve = try arguments.value(of: Self.curve).map { try source.curve(named: $0) }
    guard anchor == nil || curve == nil else { throw UsageError("--curve and --anchor exclude each other") }
    reference = anchor.map { .series($0) } ?? .curve(curve ?? source.judgement.achievable)
    interpolation = try arguments.value(of: Self.interpolation) ?? .akima
    points = try PointArguments.files(arguments.operands(from: 1), arguments)
    format = try arguments.value(of: Self.format) ?? Self.formats[0]
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let (series, remarks) = try points.series(of: source)
    remarks.forEach(context.note)
    let table = try DeltaTable(of: series, of: source, from: reference, interpolation: interpolation)
    for remark in table.remarks { context.note("\(Self.name): \(remark)") }
    context.write(format.text(table))
    return .success
  }
}
