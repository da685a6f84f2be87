import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `lossless`: entropy, Huffman's code, and what a model of the source costs.
struct LosslessCommand: Command {
  static let name = "lossless"
  static let summary = "Print what sending a finite source's letters takes: entropy, Huffman's code, a model's cost."
  static let schema: DocumentSchema? = .lossless
  static let discussion = [
    "All numbers are bits a letter. With --model they are joined by what a coder pays that believes in other probabilities: an "
      + "entropy model that was trained, say. Its letters are those of the source, in the same order."
  ]
  static let examples = [
    "lossless --pmf letters.csv --model trained.csv --format markdown"
  ]
  static let model = Option(
    "model", "FILE", help: "the probabilities that a coder believes in, as --pmf has them", isPath: true
  ) { $0 }
  static let format = FormatOption.sheets
  static let options = [SourceArguments.pmf.declaration, model.declaration, format.declaration]

  let limits: LosslessLimits
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    guard let path = try arguments.value(of: SourceArguments.pmf) else { throw UsageError("--pmf FILE is missing") }
    let model = try arguments.value(of: Self.model)
    guard path != "-" || model != "-" else { throw UsageError("only one file can be the standard input") }
    limits = try FiniteSourceFile.lossless(path: path, model: model)
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let table = LosslessTable(limits)
    context.write(table.sheet, as: format) { _ = $0(table.rows) }
    return .success
  }
}
