import Documents
import RateDistortion
import Reports

/// `at`: every bound at one operating point, with its evidence.
struct AtCommand: Command {
  static let name = "at"
  static let summary = "Print every bound at one operating point, with its enclosure and certificate."
  static let schema: DocumentSchema? = .table
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
  static let precise = Flag(
    "precise", help: "solve, or design codes, at the very point instead of looking the bound up in a table")
  static let lambda = Option(
    "lambda", "L", help: "the slope in bits per unit of distortion: where each curve's R + lambda D is least"
  ) { text in
    let value = try finiteNumber(text)
    guard value > 0 else { throw UsageError("it must be greater than 0") }
    return value
  }
  static let examples = [
    "at circle --rate 3", "at ramp --lambda 48 --curves exact", "at ramp --distortion 0.01 --format json",
  ]
  static let format = FormatOption.option(CurveTable.pointFormats)
  static let options =
    [
      distortion.declaration, level.declaration, rate.declaration, lambda.declaration, precise.declaration,
      CurveSelection.option.declaration, format.declaration,
    ] + CurveSelection.more + SourceArguments.files + SourceArguments.parameters

  let source: KnownSource
  let curves: [Curve]
  let request: GridChoice
  let format: ReportFormat<CurveTable>

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    let lambda = try arguments.value(of: Self.lambda)
    // Finding where a line touches takes hundreds of points.
    let named =
      try CurveSelection.curves(arguments, of: source) ?? (lambda == nil ? source.curves : source.quickCurves)
    let curves = named + (try CurveSelection.moreCurves(arguments, of: source))
    self.curves = arguments.has(Self.precise) ? curves.map(\.precise) : curves
    let requests: [GridChoice?] = [
      try arguments.value(of: Self.distortion).map { .distortions([$0]) },
      try arguments.value(of: Self.level).map { .distortions([$0]) },
      try arguments.value(of: Self.rate).map { .rates([$0]) },
      lambda.map { .lambdas([$0]) },
    ]
    let given = requests.compactMap { $0 }
    guard let request = given.first, given.count == 1 else {
      throw UsageError("one of --distortion, --distortion-db, --rate and --lambda is needed, and only one")
    }
    self.request = request
    format = try arguments.value(of: Self.format) ?? CurveTable.pointFormats[0]
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    var table = try request.table(of: source, curves: curves)
    table.isCertified = true
    table.remarks.forEach(context.note)
    context.write(format.text(table))
    return .success
  }
}
