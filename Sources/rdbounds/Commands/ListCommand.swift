import Documents
import Reports

/// `list`: the catalogue.
struct ListCommand: Command {
  static let name = "list"
  static let summary = "List the sources, their parameters and what each of their curves means."
  static let formats = CatalogueListing.formats(.options)
  static let format = FormatOption.option(formats)
  static let json = Flag("json", help: "the same as --format json")
  static let options = [format.declaration, json.declaration]

  let format: ReportFormat<CatalogueListing>

  init(_ arguments: Arguments) throws {
    let given = try arguments.value(of: Self.format)
    let name = arguments.has(Self.json) ? "json" : nil
    if let name, let given, given.name != name {
      throw UsageError("--json and --format \(given.name) exclude each other")
    }
    format = given ?? Self.formats.first { $0.name == name } ?? Self.formats[0]
  }

  func run(in context: inout Context) throws -> ExitStatus {
    context.write(format.text(try CatalogueListing()))
    return .success
  }
}
