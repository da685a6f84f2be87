import Documents
import RateDistortion
import Reports

/// `table`: curves of a source on a grid.
struct TableCommand: Command {
  static let name = "table"
  static let summary = "Print the curves of a source as a table."
  static let discussion = [
    "One row is one number: a curve at one distortion. A lower bound is rounded down and an upper bound up, at "
      + "exactly the distortion that is printed; error_bits bounds what is left of numerical error. Rows are "
      + "curve-major: one block a curve, in each the order of the grid."
  ]
  static let operands = [SourceArguments.operandOrFile]
  static let formats = ReportFormat<CurveTable>.sheets
  static let format = FormatOption.option(formats)
  static let certified = Flag("certified", help: "add rate_lower and rate_upper, the proved ends of each enclosure")
  static let options =
    GridArguments.declarations + [CurveSelection.option.declaration, format.declaration, certified.declaration]
    + [SourceArguments.pmf.declaration] + SourceArguments.parameters

  let source: KnownSource
  let curves: [Curve]
  let grid: GridChoice
  let format: ReportFormat<CurveTable>
  let isCertified: Bool

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    curves = try CurveSelection.curves(arguments, of: source) ?? source.quickCurves
    grid = try GridArguments.grid(arguments) ?? .points(GridChoice.defaultCount)
    format = try arguments.value(of: Self.format) ?? Self.formats[0]
    isCertified = arguments.has(Self.certified)
  }

  func run(in context: inout Context) throws -> ExitStatus {
    var table = try CurveTable(of: source, curves: curves, at: grid.targets(of: source))
    table.isCertified = isCertified
    table.remarks.forEach(context.note)
    context.write(format.text(table))
    return .success
  }
}
