import RateDistortion
import Reports
import TrainedPoints

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// `verify`: judges trained points by their source's limits.
struct VerifyCommand: Command {
  static let name = "verify"
  static let summary = "Judge trained points by their source's limits: impossible, optimal or suboptimal, with gaps."
  static let discussion = [
    "FILE is comma-, tab- or semicolon-separated text with a header, as evaluators and Keras' CSVLogger write it, JSON or "
      + "JSON Lines, or one of TensorBoard's exports of scalars, which are joined on their steps. A point "
      + "is impossible if it lies below the converse by more than the standard errors allow: then the evaluation is "
      + "wrong, or the source is another one, and the exit status is 1. It is optimal within the tolerance of what is "
      + "achievable. Gaps are positive where the point is worse than the curve.",
    "Names in JSON have dots between them, as in results.bpp; arrays are columns. Exports that TensorBoard names "
      + "run-RUN-tag-TAG.csv belong together by RUN and have TAG for a column; others are columns named after the file.",
    "With --max-gap-bits or --max-gap-db the exit status is 1 as well where a point is further from what is achievable.",
    "In a Keras log the point of a run is its last row, in the columns val_rate and val_distortion. Rows of sources "
      + "whose limits are not known are counted and left out. Stages of a refinement code, in a column stage, are judged one by one "
      + "by their cumulative rates. The summary goes to the standard error, in Markdown "
      + "below the table.",
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
  static let standardErrors = Option(
    "z", "Z", help: "how many standard errors a value may be off (default 3)", read: nonnegative)
  static let tolerance = Option(
    "tolerance", "BITS", help: "up to how many bits above the achievable curve a point is optimal (default 0.1)",
    read: nonnegative)
  static let stageColumn = column("stage-column", "a refinement code's stage")
  static let stageRates = Option<StageRates>(
    "stage-rates", help: "whether rates in rows with a stage count all stages so far (default cumulative)")
  static let curves = Option(
    "curves", "NAMES", help: "further curves to give gaps to, separated by commas; designed codes take seconds a point",
    choices: CurveSelection.names, isList: true, read: CurveSelection.option.read)
  static let largestBits = Option(
    "max-gap-bits", "BITS", help: "fail where a point is further above the achievable curve than this",
    read: nonnegative)
  static let largestDecibels = Option(
    "max-gap-db", "DB", help: "fail where a point's distortion is further above the achievable curve than this",
    read: nonnegative)
  static let format = Option<VerdictReport.Format>(
    "format", help: "the format (default csv); summary is a table for a terminal")

  static let options =
    [
      source.declaration, PointArguments.series.declaration, PointArguments.labels.declaration,
      PointArguments.filters.declaration, PointArguments.rows.declaration, PointArguments.rateColumn.declaration,
      PointArguments.distortionColumn.declaration, rateErrorColumn.declaration, distortionErrorColumn.declaration,
      entropyColumn.declaration, PointArguments.rateUnit.declaration, PointArguments.distortionUnit.declaration,
      stageColumn.declaration, stageRates.declaration, curves.declaration,
      standardErrors.declaration, tolerance.declaration, largestBits.declaration, largestDecibels.declaration,
      format.declaration,
    ] + SourceArguments.parameters

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
    reading.rateErrorColumn = try arguments.value(of: Self.rateErrorColumn)
    reading.distortionErrorColumn = try arguments.value(of: Self.distortionErrorColumn)
    reading.entropyColumn = try arguments.value(of: Self.entropyColumn)
    reading.stageColumn = try arguments.value(of: Self.stageColumn)
    reading.stageRates = try arguments.value(of: Self.stageRates) ?? .cumulative
    reading.standardErrors = try arguments.value(of: Self.standardErrors) ?? reading.standardErrors
    furtherCurves = try arguments.value(of: Self.curves)?.names ?? []
    self.reading = reading
    tolerance = try arguments.value(of: Self.tolerance) ?? 0.1
    largestGaps = LargestGaps(
      bits: try arguments.value(of: Self.largestBits), decibels: try arguments.value(of: Self.largestDecibels))
    format = try arguments.value(of: Self.format) ?? .csv
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let summary: VerificationSummary
    var results = ResultStream()
    do {
      var points = try PointFile.read(paths: files, options: reading)
      guard points.rename(series: labels) else {
        throw UsageError("there are \(labels.count) labels for \(points.series.count) series")
      }
      for name in furtherCurves where !points.sources.contains(where: { (try? $0.source.curve(named: name)) != nil }) {
        // The error names the curves that there are.
        _ = try points.sources.first?.source.curve(named: name)
      }
      let verification = Verification(
        of: points, standardErrors: reading.standardErrors, tolerance: tolerance, largestGaps: largestGaps,
        curves: furtherCurves)
      // Nothing can be wrong with the data from here on.
      summary = VerdictReport(of: verification).write(as: format, style: Terminal.style(of: STDOUT_FILENO)) {
        results.write($0)
      }
      results.finish(&context)
    } catch let error as PointFileError {
      if case .sourceNotGiven = error.fault { throw UsageError(error.description) }
      context.note("verify: \(error)")
      return .badData
    }
    if let failure = results.failure {
      context.note("verify: cannot write the results: \(failure)")
      return .internalError
    }
    if format != .markdown, format != .summary {
      summary.lines(style: Terminal.style(of: STDERR_FILENO)).forEach(context.note)
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

/// Results on their way out: what is small goes with the rest of the command's output at its end; what is large goes at once
/// and a piece at a time, so that a million rows are never held in memory.
private struct ResultStream {
  private var pending: [UInt8] = []
  private var status: Int32 = 0
  private let largestPending = 1 << 20

  /// Why writing failed; a reader that has seen enough is no failure, and the verdict is still wanted.
  var failure: String? {
    [0, EPIPE, EBADF].contains(status) ? nil : String(cString: strerror(status))
  }

  mutating func write(_ piece: [UInt8]) {
    pending += piece
    guard pending.count > largestPending else { return }
    if status == 0 { status = TextFile.write(pending, to: STDOUT_FILENO) }
    pending.removeAll(keepingCapacity: true)
  }

  mutating func finish(_ context: inout Context) {
    if status == 0 { context.write(String(decoding: pending, as: UTF8.self)) }
  }
}
