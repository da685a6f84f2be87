import Documents
import RateDistortion
import Reports

/// `refine`: successive refinement with side information, stage by stage.
struct RefineCommand: Command {
  static let name = "refine"
  static let summary =
    "Print what layered nested quantizers do after each stage, beside monolithic ones and the bounds."
  static let schema: DocumentSchema? = .refinement
  static let discussion = [
    "The index of a nested quantizer is sent in stages: the most significant part first (each stage cuts the steps of the one "
      + "before) or the least significant one (each stage enlarges the modulus). Rates are cumulative, H(index) and H(index|Y); "
      + "sum_rate_bound_bits is R_WZ at the stage's distortion, which long blocks reach at every stage, one_shot_lower_bits what no "
      + "one-shot code goes below. monolithic_gap_db is the distortion above that of the best nested quantizer of as many bins at the "
      + "same conditional rate, monolithic_marginal_gap_db above the least of as many bins. Monolithic codes of every number of "
      + "bins on the way are the last rows.",
    "Without options: three binary stages and two of four labels, in both orders, the width best for the last stage and for the "
      + "sum of the stages' distortions.",
  ]
  static let examples = [
    "refine wyner-ziv --stages 2,2,2 --format markdown"
  ]
  static let operands = [SourceArguments.operand]
  static let stages = Option(
    "stages", "M,M,...", help: "the number of labels of each stage, as 2,2,2; may be repeated (default 2,2,2 and 4,4)",
    isRepeatable: true
  ) { try counts($0) }

  /// The number of labels of each stage.
  static func counts(_ text: String) throws -> [Int] {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    let counts = parts.compactMap { Int($0) }
    guard counts.count == parts.count, parts.count <= 64 else {
      throw UsageError("it must be a list of whole numbers, as 2,2,2")
    }
    _ = try LayeredQuantizer.bins(of: counts)
    return counts
  }

  static let order = Option<RefinementOrder>("order", help: "which part of the index is sent first (default both)")
  static let width = Option<RefinementObjective>(
    "width", help: "what the width of the steps is best for (default both)")
  static let format = FormatOption.sheets
  static let options =
    [stages.declaration, order.declaration, width.declaration, format.declaration] + SourceArguments.parameters

  let source: KnownSource
  let stages: [[Int]]
  let orders: [RefinementOrder]
  let objectives: [RefinementObjective]
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(named: arguments.required(0), arguments)
    let given = try arguments.values(of: Self.stages)
    stages = given.isEmpty ? RefinementReport.defaultStages : given
    orders = try arguments.value(of: Self.order).map { [$0] } ?? RefinementOrder.allCases
    objectives = try arguments.value(of: Self.width).map { [$0] } ?? RefinementObjective.allCases
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  func run(in context: inout Context) throws -> ExitStatus {
    _ = try context.write(RefinementReport.sheet(of: source.description, source.parameters), as: format) {
      try RefinementReport(of: source, stages: stages, orders: orders, objectives: objectives, handing: $0)
    }
    return .success
  }
}
