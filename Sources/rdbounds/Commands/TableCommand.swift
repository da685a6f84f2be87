import Documents
import RateDistortion
import Reports

/// `table`: curves of a source on a grid.
struct TableCommand: Command {
  static let name = "table"
  static let summary = "Print the curves of a source as a table."
  static let schema: DocumentSchema? = .table
  static let discussion = [
    "One row is one number: a curve at one distortion. A lower bound is rounded down and an upper bound up, at "
      + "exactly the distortion that is printed; error_bits bounds what is left of numerical error. Rows are "
      + "curve-major: one block a curve, in each the order of the grid. Without --curves those that take no noticeable time are "
      + "printed, and the others named on the standard error.",
    "With --lambdas a row is where a curve's R + lambda D is least, which is on its lower convex hull: lagrangian_bits is that "
      + "least value, in floating point. Where the hull is straight with that slope both its ends are printed.",
  ]
  static let examples = [
    "table ramp --curves exact --rates 1:4:1", "table circle --lambdas 4,512 --curves exact",
    "table laplace --curves all --rates 1,2 --format markdown",
  ]
  static let operands = [SourceArguments.operandOrFile]
  static let format = FormatOption.sheets
  static let certified = Flag("certified", help: "add rate_lower and rate_upper, the proved ends of each enclosure")
  static let columns = Option(
    "columns", "NAMES",
    help: "only these columns, in this order, separated by commas; not in JSON, whose rows have all",
    choices: columnNames, isList: true
  ) { text in
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for name in names where !columnNames.contains(name) {
      throw UsageError("there is no column \"\(name)\" (there are: \(columnNames.joined(separator: ", ")))")
    }
    return names
  }
  private static let columnNames = CurveTable.header.split(separator: ",").map(String.init)
  static let options =
    GridArguments.declarations
    + [
      CurveSelection.option.declaration, columns.declaration, format.declaration, certified.declaration,
    ]
    + CurveSelection.more + SourceArguments.files + SourceArguments.parameters

  let source: KnownSource
  let curves: [Curve]
  /// Those that are left out, for nobody asked for them and they take long.
  let slowCurves: [Curve]
  let grid: GridChoice
  let format: any SheetFormat.Type
  let isCertified: Bool
  let onlyColumns: [String]?

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    let named = try CurveSelection.curves(arguments, of: source)
    curves = (named ?? source.quickCurves) + (try CurveSelection.moreCurves(arguments, of: source))
    slowCurves = named == nil ? source.curves.filter(\.isCostly) : []
    grid = try GridArguments.grid(arguments) ?? .points(GridChoice.defaultCount)
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
    isCertified = arguments.has(Self.certified)
    onlyColumns = try arguments.value(of: Self.columns)
    if onlyColumns != nil, format.name == JSONDocument.name || isCertified {
      throw UsageError("--columns goes with neither --format json nor --certified")
    }
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    if !slowCurves.isEmpty {
      var names: [String] = []
      for curve in slowCurves where names.last != curve.name.rawValue { names.append(curve.name.rawValue) }
      context.note(
        "left out, for they take long: \(names.joined(separator: ", ")) (--\(CurveSelection.option.declaration.name) all)"
      )
    }
    let sheet = CurveTable.sheet(
      of: source.description, source.parameters, certified: isCertified, hasLines: grid.hasLines, only: onlyColumns)
    let table = try context.write(sheet, as: format) { try grid.table(of: source, curves: curves, handing: $0) }
    table.remarks.forEach(context.note)
    return .success
  }
}
