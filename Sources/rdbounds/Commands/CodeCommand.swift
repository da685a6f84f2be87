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
    "A source in the plane (banana, gaussian --dimension 2) has the columns x_0 and x_1, the points of a rectangular grid in any "
      + "order, or runs of a grid's cells with the columns row, from, to (the first cell behind the run) and index, whose grid "
      + "--cells names. Squares of the grid whose corners have one index are taken to be all of that index, others may be any "
      + "corner's in every part. The banana lies where the public trainer has it.",
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
  static let grid = Option(
    "cells", "A:B:N,C:D:M",
    help:
      "the grid of a file of runs of rows: N cells from A to B along the first coordinate, M from C to D along the second"
  ) { text in
    let axes = text.split(separator: ",", omittingEmptySubsequences: false).map { axis -> MapGrid.Axis? in
      let numbers = axis.split(separator: ":", omittingEmptySubsequences: false)
      guard numbers.count == 3, let low = Double(numbers[0]), let high = Double(numbers[1]), let count = Int(numbers[2])
      else { return nil }
      return MapGrid.Axis(from: low, to: high, count: count)
    }
    guard axes.count == 2, let first = axes[0], let second = axes[1], let grid = MapGrid(first, second) else {
      throw UsageError(
        "--cells \(text) is no grid: it needs A:B:N,C:D:M with A below B, C below D and N cells by M, at most 2^24 of them"
      )
    }
    return grid
  }
  static let format = FormatOption.sheets
  static let options =
    [source.declaration, codebook.declaration, grid.declaration, format.declaration] + SourceArguments.parameters

  let path: String
  let source: KnownSource
  let grid: MapGrid?
  let codebook: String?
  let format: any SheetFormat.Type

  init(_ arguments: Arguments) throws {
    path = try arguments.required(0)
    guard let name = try arguments.value(of: Self.source) else { throw UsageError("--source is needed") }
    source = try SourceArguments.source(named: name, arguments)
    grid = try arguments.value(of: Self.grid)
    if source.planeCodes == nil {
      _ = try source.requiredCodes()
      guard grid == nil else { throw UsageError("--cells is for sources in the plane") }
    }
    codebook = try arguments.value(of: Self.codebook)
    guard codebook != "-" || path != "-" else { throw UsageError("only one file can be the standard input") }
    format = try arguments.value(of: Self.format) ?? SheetFormats.all[0]
  }

  var remarks: [String] { source.remarks }

  func run(in context: inout Context) throws -> ExitStatus {
    let report: CodeReport
    if let plane = source.planeCodes {
      report = try CodeReport(
        of: PlaneMap.read(path: path, of: plane, grid: grid, codebook: codebook), for: source)
    } else {
      report = try CodeReport(
        of: CodeMap.read(path: path, on: source.requiredCodes().line, codebook: codebook), for: source)
    }
    report.remarks.forEach(context.note)
    context.write(report.text(as: format))
    return .success
  }
}
