import Documents
import RateDistortion

extension RefinementReport: SheetReport {
  /// One row a stage; what is not known is an empty cell.
  public var sheet: Sheet<Row> { Self.sheet(of: source, parameters) }

  /// What a report of a source says besides its rows, before there are any.
  public static func sheet(of source: SourceDescription, _ parameters: SourceParameters) -> Sheet<Row> {
    let name = source.name
    var sheet = Sheet([.word("source", .constant) { _ in name }] + columns)
    sheet.facts = ProgramVersion.facts + parameters.facts(of: source)
    sheet.title = (["\(source.name): \(source.definition)"] + parameters.words(in: source)).joined(separator: "; ")
    sheet.mostDigits = 5
    return sheet
  }

  private static let columns: [Column<Row>] = [
    .word("stages") { row in row.request.stages.map(String.init).joined(separator: "x") },
    .word("order") { $0.request.stages.count == 1 ? "monolithic" : $0.request.order.rawValue },
    .word("width_for") { $0.request.objective.rawValue },
    .digits("stage") { SignificantDigits(Double($0.table.stage)) },
    .digits("bins") { SignificantDigits(Double($0.table.bins)) },
    .word("kind") { $0.kind.rawValue },
    .digits("marginal_rate_bits") { $0.marginal },
    .digits("conditional_rate_bits") { $0.conditional },
    .digits("distortion") { $0.distortion },
    .digits("distortion_db") { SignificantDigits(decibels($0.distortion.doubleValue)) },
    .digits("sum_rate_bound_bits") { $0.sumRateBound },
    .digits("stage_rate_bound_bits") { $0.stageRateBound },
    .digits("one_shot_lower_bits") { $0.oneShotLower },
    gap("gap_bits", digits: 6) { $0.conditional.doubleValue - $0.sumRateBound.doubleValue },
    gap("marginal_gap_bits", digits: 6) { $0.marginal.doubleValue - $0.sumRateBound.doubleValue },
    gap("monolithic_gap_db", digits: 4) { $0.table.conditionalGap },
    gap("monolithic_marginal_gap_db", digits: 4) { $0.table.marginalGap },
    .digits("step", .detail) { SignificantDigits(readingBackTo: $0.step) },
    .digits("offset", .detail) { SignificantDigits(readingBackTo: $0.offset) },
    .digits("error_bits", .detail) { $0.error },
  ]

  /// A difference of numbers in floating point, of which less than 1e-6 is numerical error.
  private static func gap(
    _ name: String, digits: Int, _ value: @escaping @Sendable (Row) -> Double
  ) -> Column<Row> {
    .digits(name) { row in
      let gap = value(row)
      return SignificantDigits(gap.magnitude < 1e-6 ? 0 : gap, digits: digits)
    }
  }
}
