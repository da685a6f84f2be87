import Documents
import RateDistortion
import Reports

/// `list`: the catalogue.
struct ListCommand: Command {
  static let name = "list"
  static let summary = "List the sources, their parameters and what each of their curves means."
  static let schema: DocumentSchema? = .list
  static let operands = [
    Operand(
      placeholder: "SOURCE", help: "a source's name or alias; all of them if there is none",
      content: SourceArguments.operand.content, isRequired: false)
  ]
  static let examples = ["list", "list gaussian-mixture", "list --format json"]
  static let formats = CatalogueListing.formats(.options)
  static let format = FormatOption.option(formats)
  static let json = Flag("json", help: "the same as --format json")
  static let options = [format.declaration, json.declaration]

  let format: ReportFormat<CatalogueListing>
  let sources: [any InformationSource.Type]

  init(_ arguments: Arguments) throws {
    sources = try arguments.operand(0).map { [try Catalogue.source(named: $0)] } ?? Catalogue.sources
    let given = try arguments.value(of: Self.format)
    let name = arguments.has(Self.json) ? "json" : nil
    if let name, let given, given.name != name {
      throw UsageError("--json and --format \(given.name) exclude each other")
    }
    format = given ?? Self.formats.first { $0.name == name } ?? Self.formats[0]
  }

  func run(in context: inout Context) throws -> ExitStatus {
    context.write(format.text(try CatalogueListing(of: sources)))
    return .success
  }
}
