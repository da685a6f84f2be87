import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `verify`: judges trained points by their source's limits.
struct VerifyCommand: Command {
  static let name = "verify"
  static let summary = "Judge trained points by their source's limits: impossible, optimal or suboptimal, with gaps."
  static let schema: DocumentSchema? = .verdicts
  static let discussion = [
    "FILE is comma-, tab- or semicolon-separated text with a header, as evaluators and Keras' CSVLogger write it, JSON or "
      + "JSON Lines, or one of TensorBoard's exports of scalars, which are joined on their steps. A point "
      + "is impossible if it lies below the converse by more than the standard errors allow: then the evaluation is "
      + "wrong, or the source is another one, and the exit status is 1. It is optimal within the tolerance of what is "
      + "achievable. Gaps are positive where the point is worse than the curve.",
    "Names in JSON have dots between them, as in results.bpp; arrays are columns. Exports that TensorBoard names "
      + "run-RUN-tag-TAG.csv belong together by RUN and have TAG for a column; others are columns named after the file.",
    "A file with a column index and without a distortion is an encoder's map, as \"code\" reads it, and one point: its rate and "
      + "distortion are computed. It wants --source, and --cells for runs of the rows of a grid.",
    "With --realism the points are those of decoders that draw from the source's own law: impossible is what no such decoder does, and "
      + "realism_price_bits is what the law costs at the point's distortion, in bits above the limit of decoders that are free. A column "
      + "perception is the squared Wasserstein-2 distance between the laws of reproduction and source, in the distortion's measure: "
      + "such points are judged by the best of both, distortion and perception. Rows of sources without a limit at realism are left "
      + "out.",
    "With --max-gap-bits or --max-gap-db the exit status is 1 as well where a point is further from what is achievable.",
    "In a Keras log the point of a run is its last row, in the columns val_rate and val_distortion. Rows of sources "
      + "whose limits are not known are counted and left out. Stages of a refinement code, in a column stage, are judged one by one "
      + "by their cumulative rates. The summary goes to the standard error, in Markdown "
      + "below the table.",
  ]
  static let examples = [
    "verify points.csv --format summary",
    "verify log.csv --source ramp --samples 1024",
    "verify points.csv --where model=ntc --max-gap-bits 0.5",
    "verify generative.csv --source circle --realism",
  ]
  static let operands = [
    Operand(
      placeholder: "FILE", help: "a file of points, or - for the standard input", content: .file, isRepeatable: true)
  ]

  static let source = Option(
    "source", "SOURCE", help: "the source of every row (default: what the column source says)",
    choices: Catalogue.sources.map { $0.description.name }
  ) { $0 }
  static let rateErrorColumn = column("rate-stderr-column", "the rate's standard error")
  static let distortionErrorColumn = column("distortion-stderr-column", "the distortion's standard error")
  static let entropyColumn = column("entropy-column", "the entropy of the quantised index")
  static let realism = Flag("realism", help: "reproductions have the source's law: judge by the limits for such codes")
  static let realismLimit = Option<RealismLimit>(
    "realism-limit",
    help:
      "with --realism, whether the decoder draws on its own (default private), shares randomness with the encoder, or codes many "
      + "samples together and shares it")
  static let perceptionColumn = column("perception-column", "the squared Wasserstein-2 distance, with --realism")
  static let perceptionErrorColumn = column("perception-stderr-column", "that distance's standard error")
  static let standardErrors = Option(
    "z", "Z", help: "how many standard errors a value may be off (default 3)", read: nonnegative)
  static let tolerance = Option(
    "tolerance", "BITS", help: "up to how many bits above the achievable curve a point is optimal (default 0.1)",
    read: nonnegative)
  static let stageColumn = column("stage-column", "a refinement code's stage")
  static let stageRates = Option<StageRates>(
    "stage-rates", help: "whether rates in rows with a stage count all stages so far (default cumulative)")
  static let curves = Option(
    "curves", "NAMES", help: "further curves to give gaps to, separated by commas",
    choices: CurveSelection.names, isList: true, read: CurveSelection.option.read)
  static let largestBits = Option(
    "max-gap-bits", "BITS", help: "fail where a point is further above the achievable curve than this",
    read: nonnegative)
  static let largestDecibels = Option(
    "max-gap-db", "DB", help: "fail where a point's distortion is further above the achievable curve than this",
    read: nonnegative)
  static let format = Option(
    "format", help: "the format (default csv); summary is a table for a terminal",
    among: VerdictReport.Format.allCases.map { ($0.name, $0) })

  static let options =
    [source.declaration] + PointArguments.declarations
    + [
      rateErrorColumn.declaration, distortionErrorColumn.declaration, entropyColumn.declaration,
      CodeCommand.grid.declaration, stageColumn.declaration, stageRates.declaration, curves.declaration,
      realism.declaration, realismLimit.declaration, perceptionColumn.declaration,
      perceptionErrorColumn.declaration, standardErrors.declaration, tolerance.declaration, largestBits.declaration,
      largestDecibels.declaration, format.declaration,
    ] + SourceArguments.files + SourceArguments.parameters

  let files: [String]
  let labels: [String]
  let reading: PointFileOptions
  let tolerance: Double
  let largestGaps: LargestGaps
  let format: VerdictReport.Format
  let furtherCurves: [CurveName]

  init(_ arguments: Arguments) throws {
    files = arguments.operands(from: 0)
    labels = try arguments.values(of: PointArguments.labels)
    var reading = try PointArguments.options(arguments)
    reading.source = try arguments.value(of: Self.source).map { try Catalogue.source(named: $0) }
    reading.known = try SourceArguments.ofFile(arguments)
    guard reading.known == nil || reading.source == nil else {
      throw UsageError("--source excludes --pmf and --data: they say what the source is")
    }
    reading.rateErrorColumn = try arguments.value(of: Self.rateErrorColumn)
    reading.distortionErrorColumn = try arguments.value(of: Self.distortionErrorColumn)
    reading.entropyColumn = try arguments.value(of: Self.entropyColumn)
    reading.grid = try arguments.value(of: CodeCommand.grid)
    reading.realism = try Self.realism(arguments)
    reading.perceptionColumn = try arguments.value(of: Self.perceptionColumn)
    reading.perceptionErrorColumn = try arguments.value(of: Self.perceptionErrorColumn)
    reading.stageColumn = try arguments.value(of: Self.stageColumn)
    reading.stageRates = try arguments.value(of: Self.stageRates) ?? reading.stageRates
    reading.standardErrors = try arguments.value(of: Self.standardErrors) ?? reading.standardErrors
    furtherCurves = try arguments.value(of: Self.curves) ?? []
    self.reading = reading
    tolerance = try arguments.value(of: Self.tolerance) ?? 0.1
    largestGaps = LargestGaps(
      bits: try arguments.value(of: Self.largestBits), decibels: try arguments.value(of: Self.largestDecibels))
    format = try arguments.value(of: Self.format) ?? VerdictReport.Format.allCases[0]
  }

  /// What realistic codes may rely on; nil unless the points are such.
  ///
  /// - Throws: `UsageError` for what is said of realistic points where there are none.
  private static func realism(_ arguments: Arguments) throws -> RealismLimit? {
    let limit = try arguments.value(of: realismLimit)
    if arguments.has(realism) { return limit ?? .privateRandomness }
    for option in [realismLimit.declaration, perceptionColumn.declaration, perceptionErrorColumn.declaration]
    where arguments.text(ofParameter: option.name) != nil {
      throw UsageError("--\(option.name) needs --\(realism.declaration.name)")
    }
    return nil
  }

  func run(in context: inout Context) throws -> ExitStatus {
    var points = try PointFile.read(paths: files, options: reading)
    try points.rename(series: labels)
    try points.requireCurves(furtherCurves)
    // What is known of the sources beforehand, as the curves that they do not have: once, whatever the rows.
    var said: Set<String> = []
    for remark in points.sources.flatMap(\.source.remarks) where said.insert(remark).inserted { context.note(remark) }
    let verification = Verification(
      of: points, realism: reading.realism, standardErrors: reading.standardErrors, tolerance: tolerance,
      largestGaps: largestGaps,
      curves: furtherCurves)
    // Nothing can be wrong with the data from here on.
    let summary = VerdictReport(of: verification, wording: .options)
      .write(as: format, style: StandardStream.output.style) {
        context.write($0)
        context.flush()
      }
    if !format.showsSummary {
      summary.lines(style: StandardStream.error.style, wording: .options).forEach(context.note)
    }
    return summary.hasFinding ? .finding : .success
  }

  private static func column(_ name: String, _ meaning: String) -> Option<String> {
    Option(name, "NAME", help: "the column of \(meaning) (default: by its usual names)") { $0 }
  }

  @Sendable
  private static func nonnegative(_ text: String) throws -> Double {
    let value = try finiteNumber(text)
    guard value >= 0 else { throw UsageError("it must be at least 0") }
    return value
  }
}
