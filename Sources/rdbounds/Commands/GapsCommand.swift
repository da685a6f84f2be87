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
      + "what its gaps tend to as the rate grows, and what the first fraction of a bit saves."
  ]
  static let operands = [SourceArguments.operand]
  static let format = Option<Format>("format", help: "the format (default csv)")
  static let options =
    GridArguments.declarations + [CurveSelection.option.declaration, format.declaration] + SourceArguments.parameters

  let source: any InformationSource
  let gaps: SchemeGaps
  let requests: [OperatingRequest]
  let format: Format

  init(_ arguments: Arguments) throws {
    let source = try SourceArguments.source(named: arguments.required(0), arguments)
    guard let gaps = source.gaps else {
      let known = try Catalogue.sources.filter { try $0.init(parameters: SourceParameters()).gaps != nil }
      throw UsageError(
        "no limit for long blocks is known for \(source.description.name); there is one for "
          + known.map { $0.description.name }.joined(separator: ", "))
    }
    self.source = source
    if let names = try arguments.value(of: CurveSelection.option)?.names {
      for name in names where !gaps.schemes.contains(where: { $0.name == name }) {
        let known = gaps.schemes.map(\.name.rawValue)
        throw DomainError.unknownCurve(
          name: name.rawValue, source: source.description.name,
          suggestion: nearestName(to: name.rawValue, among: known), known: known)
      }
      self.gaps = gaps.selecting(names)
    } else {
      self.gaps = gaps
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
