import RateDistortion
import Reports

/// `table`: curves of a source on a grid.
struct TableCommand: Command {
  enum Format: String, CaseIterable, Sendable { case csv, json, markdown }

  static let name = "table"
  static let summary = "Print the curves of a source as a table."
  static let discussion = [
    "One row is one number: a curve at one distortion. A lower bound is rounded down and an upper bound up, at "
      + "exactly the distortion that is printed; error_bits bounds what is left of numerical error. Rows are "
      + "curve-major: one block a curve, in each the order of the grid."
  ]
  static let operands = [SourceArguments.operandOrFile]
  static let format = Option<Format>("format", help: "the format (default csv)")
  static let certified = Flag("certified", help: "add rate_lower and rate_upper, the proved ends of each enclosure")
  static let options =
    GridArguments.declarations + [CurveSelection.option.declaration, format.declaration, certified.declaration]
    + [SourceArguments.pmf.declaration] + SourceArguments.parameters

  let source: any InformationSource
  let curves: [any Curve]
  let grid: GridArguments.Grid
  let format: Format
  let isCertified: Bool

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    curves = try CurveSelection.curves(arguments.value(of: CurveSelection.option), of: source, onGrid: true)
    grid = try GridArguments.grid(arguments)
    format = try arguments.value(of: Self.format) ?? .csv
    isCertified = arguments.has(Self.certified)
  }

  func run(in context: inout Context) throws -> ExitStatus {
    if case .distortions(let distortions) = grid, let largest = distortions.max(),
      let hint = DistortionHint.hint(for: largest, of: source)
    {
      context.note(hint)
    }
    let table = try CurveTable(of: source, curves: curves, at: grid.requests(of: source))
    table.remarks.forEach(context.note)
    switch format {
    case .csv: context.write(table.csv(certified: isCertified))
    case .json: context.write(table.json(certified: isCertified).serialized)
    case .markdown: context.write(table.markdown(certified: isCertified))
    }
    return .success
  }
}
