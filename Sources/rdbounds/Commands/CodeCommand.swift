import Documents
import RateDistortion
import Reports
import TrainedPoints

/// `code`: a trained encoder, exactly, and the reasons of its gap.
struct CodeCommand: Command {
  static let name = "code"
  static let summary = "Evaluate a dumped encoder exactly and take its gap to the limits apart."
  static let schema: DocumentSchema? = .code
  static let discussion = [
    "FILE says which index an encoder sends where: a grid of positions (phase or x, in increasing order) with a column index, "
      + "or several, index_0, index_1, of which a tuple is one symbol; or runs with the columns from, to and index. A column bits "
      + "has the entropy model's code length of each index, reconstruction (or reconstruction_0, ...) the decoder's point.",
    "Between two rows of different index the threshold may be anywhere: lower and upper enclose each number over all these "
      + "places, and value is that of thresholds halfway. A finer grid narrows them.",
    "The ledger takes the gap apart: entropy-model is the expected length less the entropy; decoder the loss of the given "
      + "reconstructions against centroids, in bits by the best codes' slope; not-intervals what cells in several pieces lose "
      + "against intervals of the same probabilities; cell-sizes what those lose against the best one-shot code of the same "
      + "distortion; one-shot what that loses against R(D). Their values add up to the gaps.",
    "A process whose reconstructions have n components is judged at n samples of time, as with --samples n; time-samples is "
      + "then what the samples hide of its distortion.",
    "With side information (wyner-ziv) the decoder is the best one that knows Y; pieces of one index are told apart by it, and "
      + "binning says how. The best one-shot code lies between the converse and designed codes, which take 10 to 25 seconds "
      + "at noise variances without a table of them.",
  ]
  static let examples = [
    "code map.csv --source circle --format markdown",
    "code map.csv --source ramp --codebook reconstructions.csv",
  ]
  static let operands = [
    Operand(placeholder: "FILE", help: "the map; - for the standard input", content: .file)
  ]
  static let source = Option(
    "source", "SOURCE", help: "the source that is encoded", choices: Catalogue.sources.map { $0.description.name }
  ) { $0 }
  static let codebook = Option(
    "codebook", "FILE", help: "a file with bits and reconstructions, one row an index", isPath: true
  ) { $0 }
  static let format = FormatOption.sheets
  static let options =
    [source.declaration, codebook.declaration, format.declaration] + SourceArguments.parameters

  let path: String
  let source: KnownSource
  let reference: CodeReference
  let codebook: String?
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    path = try arguments.required(0)
    guard let name = try arguments.value(of: Self.source) else { throw UsageError("--source is needed") }
    source = try SourceArguments.source(named: name, arguments)
    reference = try source.requiredCodes()
    codebook = try arguments.value(of: Self.codebook)
    guard codebook != "-" || path != "-" else { throw UsageError("only one file can be the standard input") }
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    let map = try CodeMap.read(path: path, on: reference.line, codebook: codebook)
    let report = try CodeReport(of: map, for: source)
    report.remarks.forEach(context.note)
    context.write(report.text(as: format))
    return .success
  }
}
