import Documents
import RateDistortion
import Reports

/// `gaps`: practical schemes against the limit for long blocks.
struct GapsCommand: Command {
  static let name = "gaps"
  static let summary = "Print how far practical and one-shot schemes are from R(D): bits at equal D, dB at equal R."
  static let schema: DocumentSchema? = .gaps
  static let discussion = [
    "The reference is R(D), or the Shannon lower bound where R(D) is not known; the column says which. A gap is positive "
      + "where the scheme is worse. Without a grid the rates are 0.25 to 8 bits in steps of 0.25. The last rows of a scheme say "
      + "what its gaps tend to as the rate grows, and what the first fraction of a bit saves. Another reference, as the converse "
      + "for one-shot codes, has no such rows. --curves takes any curve of the source."
  ]
  static let examples = [
    "gaps gaussian --rates 1:4:1 --format markdown"
  ]
  static let operands = [SourceArguments.operandOrFile]
  static let format = FormatOption.sheets
  static let reference = Option(
    "reference", "NAME", help: "the curve to which gaps are given (default R(D), or what is known of it)"
  ) { CurveName(rawValue: $0) }
  static let options =
    GridArguments.declarations + [CurveSelection.option.declaration, reference.declaration, format.declaration]
    + SourceArguments.files + SourceArguments.parameters

  let source: KnownSource
  let gaps: SchemeGaps
  let requests: [Target]
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    gaps = try SchemeGaps.gaps(
      of: source, schemes: arguments.value(of: CurveSelection.option), to: arguments.value(of: Self.reference))
    requests = try GridArguments.grid(arguments)?.targets(of: source) ?? GapTable.defaultRequests
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    let sheet = GapTable.sheet(of: source.description.name, to: gaps.reference.name)
    _ = try context.write(sheet, as: format) { try GapTable(of: source, gaps: gaps, at: requests, handing: $0) }
    return .success
  }
}
