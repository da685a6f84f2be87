import RateDistortion
import Reports

/// `gaps`: practical schemes against the limit for long blocks.
struct GapsCommand: Command {
  enum Format: String, CaseIterable, Sendable { case csv, json, markdown }

  static let name = "gaps"
  static let summary = "Print how far practical and one-shot schemes are from R(D): bits at equal D, dB at equal R."
  static let discussion = [
    "The reference is R(D), or the Shannon lower bound where R(D) is not known; the column says which. A gap is positive "
      + "where the scheme is worse. Without a grid the rates are 0.25 to 8 bits in steps of 0.25. The last rows of a scheme say "
      + "what its gaps tend to as the rate grows, and what the first fraction of a bit saves. Another reference, as the converse "
      + "for one-shot codes, has no such rows. --curves takes any curve of the source."
  ]
  static let operands = [SourceArguments.operand]
  static let format = Option<Format>("format", help: "the format (default csv)")
  static let reference = Option(
    "reference", "NAME", help: "the curve to which gaps are given (default R(D), or what is known of it)"
  ) { CurveName(rawValue: $0) }
  static let options =
    GridArguments.declarations + [CurveSelection.option.declaration, reference.declaration, format.declaration]
    + SourceArguments.parameters

  let source: any InformationSource
  let gaps: SchemeGaps
  let requests: [OperatingRequest]
  let format: Format

  init(_ arguments: Arguments) throws {
    let source = try SourceArguments.source(named: arguments.required(0), arguments)
    guard let gaps = source.gaps else {
      let known = try Catalogue.sources.filter { try $0.init(parameters: SourceParameters()).gaps != nil }
      throw UsageError(
        "there are no schemes to compare with the limit of \(source.description.name); there are for "
          + known.map { $0.description.name }.joined(separator: ", "))
    }
    self.source = source
    let reference = try arguments.value(of: Self.reference).map { try source.curve(named: $0) }
    var schemes = gaps.schemes
    if let names = try arguments.value(of: CurveSelection.option)?.names {
      schemes = try names.map { name in
        try gaps.schemes.first { $0.name == name } ?? source.curves(named: name).last ?? gaps.reference
      }
    }
    if let reference {
      self.gaps = SchemeGaps(reference: reference, schemes: schemes.filter { $0.name != reference.name })
    } else {
      self.gaps = gaps.comparing(schemes)
    }
    requests =
      try GridArguments.isGiven(arguments)
      ? GridArguments.grid(arguments).requests(of: source) : (1...32).map { .rate(Double($0) / 4) }
    format = try arguments.value(of: Self.format) ?? .csv
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let table = try GapTable(of: source, gaps: gaps, at: requests)
    switch format {
    case .csv: context.write(table.csv)
    case .json: context.write(table.json.serialized)
    case .markdown: context.write(table.markdown)
    }
    return .success
  }
}
