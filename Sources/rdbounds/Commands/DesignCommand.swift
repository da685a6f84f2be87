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
    "A source in the plane has codebooks: index, bits, lambda and the codeword, to be used as x goes to the codeword of least "
      + "bits + lambda |x - y|^2. With side information --stages, as in refine, writes the layered code of the best width, with "
      + "a column of the index for each stage.",
    "A process is reconstructed at the samples of time that --samples says, and has no reconstructions without.",
  ]
  static let examples = [
    "design circle --rate 3", "design laplace --lambda 5 --format json", "design wyner-ziv --stages 2,2,2",
  ]
  static let operands = [SourceArguments.operand]
  static let curve = Option(
    "curve", "NAME", help: "the curve whose code it is (default: the best one-shot codes)",
    choices: CurveSelection.names
  ) { CurveName(rawValue: $0) }
  static let stages = Option(
    "stages", "M,M,...",
    help: "in place of an operating point, the number of labels of each stage of a layered code, as 2,2,2"
  ) { try RefineCommand.counts($0) }
  static let order = Option<RefinementOrder>(
    "order", help: "which part of a layered index is sent first (default msb-first)")
  static let width = Option<RefinementObjective>(
    "width", help: "what the width of a layered code's steps is best for (default last-stage)")
  static let format = FormatOption.sheets
  static let options =
    [
      AtCommand.rate.declaration, AtCommand.distortion.declaration, AtCommand.lambda.declaration, curve.declaration,
      stages.declaration, order.declaration, width.declaration, format.declaration,
    ] + SourceArguments.parameters

  /// Which code.
  enum Request {
    /// The best one at an operating point.
    case point(DesignReport.Request)
    /// A layered one.
    case layers([Int], RefinementOrder, RefinementObjective)
  }

  let source: KnownSource
  let request: Request
  let curve: CurveName?
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(named: arguments.required(0), arguments)
    let (order, width) = (try arguments.value(of: Self.order), try arguments.value(of: Self.width))
    let requests: [Request?] = [
      try arguments.value(of: AtCommand.rate).map { .point(.rate($0)) },
      try arguments.value(of: AtCommand.distortion).map { .point(.distortion($0)) },
      try arguments.value(of: AtCommand.lambda).map { .point(.lambda($0)) },
      try arguments.value(of: Self.stages).map { .layers($0, order ?? .mostSignificantFirst, width ?? .lastStage) },
    ]
    let given = requests.compactMap { $0 }
    guard let request = given.first, given.count == 1 else {
      throw UsageError("one of --rate, --distortion and --lambda (or --stages) is needed, and only one")
    }
    self.request = request
    curve = try arguments.value(of: Self.curve)
    if case .layers = request {
      guard curve == nil else { throw UsageError("--stages says which code it is, and --curve is for others") }
    } else {
      guard order == nil, width == nil else { throw UsageError("--order and --width need --stages") }
    }
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    let report: DesignReport
    switch request {
    case .point(let point): report = try DesignReport(of: source, at: point, curve: curve)
    case .layers(let stages, let order, let width):
      report = try DesignReport(of: source, stages: stages, order: order, objective: width)
    }
    context.write(report.text(as: format))
    return .success
  }
}
