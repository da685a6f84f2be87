import RateDistortion
import Reports
import TrainedPoints

/// `delta`: Bjontegaard deltas of series of trained points against a curve, or against another series.
struct DeltaCommand: Command {
  enum Format: String, CaseIterable, Sendable { case csv, json, markdown }

  static let name = "delta"
  static let summary =
    "Print Bjontegaard deltas: the mean rate (percent) and distortion (dB) above a limit or a series."
  static let discussion = [
    "BD-rate is the mean of log10 R less that of the reference over the levels 10 log10 D that both have, in percent; "
      + "BD-distortion the mean level less that of the reference over log10 R, in dB. Positive is worse than the reference. "
      + "Points are interpolated; a curve is evaluated wherever the integral asks. The rates and levels that the means run "
      + "over are in the table.",
    "Points below 0.001 bits, and those at or above the curve's largest distortion, send nothing and are left out. Files are "
      + "read as \"\(ProgramVersion.name) verify\" reads them; points of other sources are left out.",
  ]
  static let operands = [
    SourceArguments.operand,
    Operand(
      placeholder: "FILE", help: "a file of points, or - for the standard input", content: .file, isRepeatable: true),
  ]

  static let curve = Option(
    "curve", "NAME", help: "the curve to measure from (default: the best that is achievable)",
    choices: CurveSelection.names
  ) { CurveName(rawValue: $0) }
  static let anchor = Option(
    "anchor", "SERIES", help: "measure from this series, by its name, instead of a curve"
  ) { $0 }
  static let interpolation = Option<Interpolation>(
    "interpolation", help: "how points are interpolated (default akima; cubic is one polynomial for all points)")
  static let format = Option<Format>("format", help: "the format (default csv)")

  static let options =
    [curve.declaration, anchor.declaration, interpolation.declaration] + PointArguments.readingDeclarations
    + [format.declaration] + SourceArguments.parameters

  let source: any InformationSource
  let curve: any Curve
  let anchor: String?
  let interpolation: Interpolation
  let points: PointFiles
  let format: Format

  init(_ arguments: Arguments) throws {
    let source = try SourceArguments.source(named: arguments.required(0), arguments)
    self.source = source
    anchor = try arguments.value(of: Self.anchor)
    let name = try arguments.value(of: Self.curve)
    guard anchor == nil || name == nil else { throw UsageError("--curve and --anchor exclude each other") }
    curve = try name.map { try source.curve(named: $0) } ?? source.judgement.achievable
    interpolation = try arguments.value(of: Self.interpolation) ?? .akima
    points = try PointFiles(arguments.operands(from: 1), arguments)
    format = try arguments.value(of: Self.format) ?? .csv
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let (series, remarks) = try points.series(of: source)
    remarks.forEach(context.note)
    let rows = try anchor.map { try self.rows(series, from: $0) } ?? rows(series)
    for row in rows {
      if row.delta.silentPoints > 0 {
        context.note("delta: \(row.series): points that send nothing, left out: \(row.delta.silentPoints)")
      }
      if row.delta.overlap < 0.75 {
        let percent = Int((100 * row.delta.overlap).rounded())
        context.note("delta: \(row.series): only \(percent) % of the distortions are common to it and its reference")
      }
    }
    let table = DeltaTable(
      source: source.description.name, reference: anchor ?? curve.name.rawValue, kind: anchor == nil ? curve.kind : nil,
      interpolation: interpolation, rows: rows)
    switch format {
    case .csv: context.write(table.csv)
    case .json: context.write(table.json.serialized)
    case .markdown: context.write(table.markdown)
    }
    return .success
  }

  private func rows(_ series: [PointSeries]) throws -> [DeltaTable.Row] {
    let corners = source.corners(upToRate: 10)
    return try series.map { series in
      DeltaTable.Row(
        series: series.title,
        delta: try BjontegaardDelta(
          of: series.points, title: series.title, from: curve, corners: corners, interpolation: interpolation))
    }
  }

  private func rows(_ series: [PointSeries], from anchor: String) throws -> [DeltaTable.Row] {
    guard let reference = series.first(where: { $0.title == anchor }) else {
      let known = series.map(\.title)
      let guess = nearestName(to: anchor, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      throw UsageError("there is no series \"\(anchor)\"; there are \(known.joined(separator: "; "))\(guess)")
    }
    let others = series.filter { $0.title != anchor }
    guard !others.isEmpty else { throw UsageError("there is no series besides \"\(anchor)\"") }
    return try others.map { series in
      DeltaTable.Row(
        series: series.title,
        delta: try BjontegaardDelta(
          of: series.points, title: series.title, from: reference.points, referenceTitle: anchor,
          interpolation: interpolation))
    }
  }
}
