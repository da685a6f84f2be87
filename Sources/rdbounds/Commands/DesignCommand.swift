import Documents
import RateDistortion
import Reports

/// `design`: the best code known, as a file that `code` reads.
struct DesignCommand: Command {
  static let name = "design"
  static let summary = "Write the best one-shot code known at an operating point: cells, code lengths, reconstructions."
  static let schema: DocumentSchema? = .design
  static let discussion = [
    "The code is that which the certificate of the curve names: the biuniform code of E(D), the optimal entropy-constrained "
      + "quantizer, or with --curve another scheme of cells, such as dead-zone. Where a curve shares the time between two "
      + "codes, it is the one that is used most of it. It has the form in which \"code\" reads an encoder's map, whose ledger "
      + "is then empty: a target to start from, or to compare with.",
    "A process is reconstructed at the samples of time that --samples says, and has no reconstructions without.",
  ]
  static let examples = ["design circle --rate 3", "design laplace --lambda 5 --format json"]
  static let operands = [SourceArguments.operand]
  static let curve = Option(
    "curve", "NAME", help: "the curve whose code it is (default: the best one-shot codes)",
    choices: CurveSelection.names
  ) { CurveName(rawValue: $0) }
  static let format = FormatOption.sheets
  static let options =
    [
      AtCommand.rate.declaration, AtCommand.distortion.declaration, AtCommand.lambda.declaration, curve.declaration,
      format.declaration,
    ] + SourceArguments.parameters

  let source: KnownSource
  let request: DesignReport.Request
  let curve: CurveName?
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(named: arguments.required(0), arguments)
    let requests: [DesignReport.Request?] = [
      try arguments.value(of: AtCommand.rate).map { .rate($0) },
      try arguments.value(of: AtCommand.distortion).map { .distortion($0) },
      try arguments.value(of: AtCommand.lambda).map { .lambda($0) },
    ]
    let given = requests.compactMap { $0 }
    guard let request = given.first, given.count == 1 else {
      throw UsageError("one of --rate, --distortion and --lambda is needed, and only one")
    }
    self.request = request
    curve = try arguments.value(of: Self.curve)
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    context.write(try DesignReport(of: source, at: request, curve: curve).text(as: format))
    return .success
  }
}
