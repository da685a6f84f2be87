import Reports

/// `list`: the catalogue.
struct ListCommand: Command {
  enum Format: String, CaseIterable, Sendable { case text, json }

  static let name = "list"
  static let summary = "List the sources, their parameters and what each of their curves means."
  static let format = Option<Format>("format", help: "the format (default text)")
  static let json = Flag("json", help: "the same as --format json")
  static let options = [format.declaration, json.declaration]

  let format: Format

  init(_ arguments: Arguments) throws {
    let given = try arguments.value(of: Self.format)
    let isJSON = arguments.has(Self.json)
    if isJSON, given == .text { throw UsageError("--json and --format text exclude each other") }
    format = isJSON ? .json : given ?? .text
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let listing = try CatalogueListing()
    context.write(format == .text ? listing.text : listing.json.serialized)
    return .success
  }
}
