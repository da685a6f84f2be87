import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `delta`: Bjontegaard deltas of series of trained points against a curve, or against another series.
struct DeltaCommand: Command {
  static let name = "delta"
  static let summary =
    "Print Bjontegaard deltas: the mean rate (percent) and distortion (dB) above a limit or a series."
  static let schema: DocumentSchema? = .deltas
  static let discussion = [
    "BD-rate is the mean of log10 R less that of the reference over the levels 10 log10 D that both have, in percent; "
      + "BD-distortion the mean level less that of the reference over log10 R, in dB. Positive is worse than the reference. "
      + "Points are interpolated; a curve is evaluated wherever the integral asks. The rates and levels that the means run "
      + "over are in the table.",
    "Without a source the series, two or more, are measured from the first, or from --anchor; distortions are compared as they are "
      + "written, and of a PSNR (--distortion-unit psnr, or a column psnr) BD-distortion is the negative of BD-PSNR.",
    "Points below 0.001 bits, and those at or above the curve's largest distortion, send hardly anything and are left out. Files are "
      + "read as \"\(ProgramVersion.name) verify\" reads them; points of other sources are left out.",
  ]
  static let examples = [
    "delta circle points.csv --series-column latent_dims --format markdown",
    "delta ours.csv theirs.csv --anchor theirs",
  ]
  static let operands = [
    Operand(
      placeholder: "SOURCE", help: SourceArguments.operand.help + "; none where series are compared with each other",
      content: SourceArguments.operand.content),
    Operand(
      placeholder: "FILE", help: "a file of points, or - for the standard input", content: .file, isRequired: false,
      isRepeatable: true),
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
  static let format = FormatOption.sheets

  static let options =
    [curve.declaration, anchor.declaration, interpolation.declaration] + PointArguments.declarations
    + [format.declaration] + SourceArguments.files + SourceArguments.parameters

  /// Nil where series are compared with each other.
  let source: KnownSource?
  let curve: Curve?
  let anchor: String?
  let interpolation: Interpolation
  let points: SeriesFile
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    let first = try arguments.required(0)
    let finite = try SourceArguments.ofFile(arguments)
    let isFile = finite != nil || first == "-" || first.contains(".") || first.contains("/")
    let source = try isFile ? finite : SourceArguments.source(named: first, arguments)
    self.source = source
    let files = arguments.operands(from: isFile ? 0 : 1)
    guard !files.isEmpty else { throw UsageError("FILE is missing") }
    anchor = try arguments.value(of: Self.anchor)
    let name = try arguments.value(of: Self.curve)
    guard anchor == nil || name == nil else { throw UsageError("--curve and --anchor exclude each other") }
    if let name, source == nil { throw UsageError("--curve \(name) is a source's: a source goes before the files") }
    curve = try name.flatMap { try source?.curve(named: $0) }
    interpolation = try arguments.value(of: Self.interpolation) ?? .akima
    points = try PointArguments.files(files, arguments)
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  var remarks: [String] { source?.remarks ?? [] }

  func run(in context: inout Context) throws -> ExitStatus {
    let (series, remarks) = try source.map { try points.series(of: $0) } ?? (points.seriesOfAnySource(), [])
    remarks.forEach(context.note)
    let reference: DeltaTable.Reference
    if let curve = curve ?? (anchor == nil ? source?.judgement.achievable : nil) {
      reference = .curve(curve)
    } else {
      reference = .series(anchor ?? series.first?.title ?? "")
    }
    let sheet = DeltaTable.sheet(of: source?.description.name, from: reference, interpolation: interpolation)
    let table = try context.write(sheet, as: format) {
      try DeltaTable(of: series, of: source, from: reference, interpolation: interpolation, handing: $0)
    }
    for remark in table.remarks { context.note("\(Self.name): \(remark)") }
    return .success
  }
}
