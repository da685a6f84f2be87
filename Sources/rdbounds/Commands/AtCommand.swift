import RateDistortion
import Reports

/// `at`: every bound at one operating point, with its evidence.
struct AtCommand: Command {
  enum Format: String, CaseIterable, Sendable { case text, csv, json, markdown }

  static let name = "at"
  static let summary = "Print every bound at one operating point, with its enclosure and certificate."
  static let operands = [SourceArguments.operandOrFile]
  static let distortion = Option("distortion", "D", help: "the distortion, in the source's distortion measure") {
    text in
    let value = try finiteNumber(text)
    guard value > 0 else {
      throw UsageError("a distortion is greater than 0 (a level in dB goes into --distortion-db)")
    }
    return value
  }
  static let level = Option("distortion-db", "DB", help: "the distortion as 10 log10 D") { text in
    // As many digits as are printed: what is printed is what is evaluated.
    let value = RateDistortion.distortion(decibels: try finiteNumber(text))
    guard let printed = SignificantDigits(value)?.doubleValue, printed > 0 else {
      throw UsageError("no floating-point number has this level")
    }
    return printed
  }
  static let rate = Option("rate", "R", help: "the rate in bits; every curve at its own distortion", read: finiteNumber)
  static let format = Option<Format>("format", help: "the format (default text)")
  static let options =
    [
      distortion.declaration, level.declaration, rate.declaration, CurveSelection.option.declaration,
      format.declaration,
      SourceArguments.pmf.declaration,
    ] + SourceArguments.parameters

  let source: any InformationSource
  let curves: [any Curve]
  let request: OperatingRequest
  let format: Format

  init(_ arguments: Arguments) throws {
    source = try SourceArguments.source(arguments)
    curves = try CurveSelection.curves(arguments.value(of: CurveSelection.option), of: source, onGrid: false)
    let requests: [OperatingRequest?] = [
      try arguments.value(of: Self.distortion).map { .distortion($0) },
      try arguments.value(of: Self.level).map { .distortion($0) },
      try arguments.value(of: Self.rate).map { .rate($0) },
    ]
    let given = requests.compactMap { $0 }
    guard let request = given.first, given.count == 1 else {
      throw UsageError("one of --distortion, --distortion-db and --rate is needed, and only one")
    }
    self.request = request
    format = try arguments.value(of: Self.format) ?? .text
  }

  func run(in context: inout Context) throws -> ExitStatus {
    if case .distortion(let distortion) = request, let hint = DistortionHint.hint(for: distortion, of: source) {
      context.note(hint)
    }
    let table = try CurveTable(of: source, curves: curves, at: [request])
    table.remarks.forEach(context.note)
    switch format {
    case .text: context.write(table.text)
    case .csv: context.write(table.csv(certified: true))
    case .json: context.write(table.json(certified: true).serialized)
    case .markdown: context.write(table.markdown(certified: true))
    }
    return .success
  }
}
