import Reports

/// `list`: the catalogue.
struct ListCommand: Command {
  enum Format: String, CaseIterable, Sendable { case text, json }

  static let name = "list"
  static let summary = "List the sources, their parameters and what each of their curves means."
  static let format = Option<Format>("format", help: "the format (default text)")
  static let options = [format.declaration]

  let format: Format

  init(_ arguments: Arguments) throws {
    format = try arguments.value(of: Self.format) ?? .text
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let listing = try CatalogueListing()
    context.write(format == .text ? listing.text : listing.json.serialized)
    return .success
  }
}
