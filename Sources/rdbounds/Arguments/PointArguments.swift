import RateDistortion
import Reports
import TrainedPoints

/// Files of trained points as options, and how they are read.
enum PointArguments {
  static let files = Option(
    "points", "FILE", help: "a file of trained points, or - for the standard input; may be repeated", isPath: true,
    isRepeatable: true
  ) { $0 }
  static let series = Option(
    "series-column", "COLUMNS",
    help: "one series for each value of these columns, separated by commas (default: one a file)"
  ) { text in
    let columns = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !columns.contains("") else { throw UsageError("a column's name is empty") }
    return columns
  }
  static let labels = Option(
    "label", "TEXT",
    help: "what a series is called, in their order; may be repeated (default: the column's value, or the file)",
    isRepeatable: true
  ) { $0 }
  static let filters = Option(
    "where", "COLUMN=VALUE", help: "keep only rows with this value; all of several must hold", isRepeatable: true
  ) { text in
    guard let filter = RowFilter(text) else { throw UsageError("it must be COLUMN=VALUE") }
    return filter
  }
  static let rows = Option<RowChoice>(
    "row", help: "which rows of a run are points (default last in Keras logs, else all)")
  static let rateColumn = Option("rate-column", "NAME", help: "the column of the rate (default: by its usual names)") {
    $0
  }
  static let distortionColumn = Option(
    "distortion-column", "NAME", help: "the column of the distortion (default: by its usual names)"
  ) { $0 }
  static let rateUnit = Option<RateUnit>("rate-unit", help: "the unit of the rate (default bits)")
  static let distortionUnit = Option<DistortionUnit>(
    "distortion-unit",
    help: "how the distortion is stated (default: by the column's name or distortion_measure, else as the source's)")

  /// How files are read, whatever they are for.
  static let readingDeclarations = [
    series.declaration, labels.declaration, filters.declaration, rows.declaration,
    rateColumn.declaration, distortionColumn.declaration, rateUnit.declaration, distortionUnit.declaration,
  ]

  /// The same, with the files themselves.
  static let declarations = [files.declaration] + readingDeclarations

  /// The most series of a figure: beyond that nobody tells them apart.
  static let mostSeries = 24

  /// How points are read, by the arguments.
  static func options(_ arguments: Arguments) throws -> PointFileOptions {
    var options = PointFileOptions()
    options.seriesColumns = try arguments.value(of: series) ?? []
    options.filters = try arguments.values(of: filters)
    options.rows = try arguments.value(of: rows)
    options.rateColumn = try arguments.value(of: rateColumn)
    options.distortionColumn = try arguments.value(of: distortionColumn)
    options.rateUnit = try arguments.value(of: rateUnit) ?? .bits
    options.distortionUnit = try arguments.value(of: distortionUnit)
    for parameter in SourceArguments.parameters {
      if let text = arguments.text(ofParameter: parameter.name) { options.parameters[parameter.name] = text }
    }
    return options
  }
}

/// The files of points that a command line asks for.
struct PointFiles: Sendable {
  let paths: [String]
  let labels: [String]
  let options: PointFileOptions

  /// - Parameter paths: the files.
  init(_ paths: [String], _ arguments: Arguments) throws {
    self.paths = paths
    labels = try arguments.values(of: PointArguments.labels)
    options = try PointArguments.options(arguments)
    guard paths.isEmpty else { return }
    for (option, isGiven) in [
      (PointArguments.series.declaration, !options.seriesColumns.isEmpty),
      (PointArguments.labels.declaration, !labels.isEmpty),
    ] where isGiven {
      throw UsageError("--\(option.name) needs --points")
    }
  }

  /// The series of points of a source, under their names, and remarks on points that are left out.
  ///
  /// - Throws: `PointFileError`, or `NoPoints` for a file without a point of the source.
  func series(of source: any InformationSource) throws -> (series: [PointSeries], remarks: [String]) {
    guard !paths.isEmpty else { return ([], []) }
    var options = options
    options.sourceOtherwise = type(of: source)
    let names = paths.map { $0 == "-" ? "standard input" : $0 }.joined(separator: ", ")
    let table: PointTable
    do {
      table = try PointFile.read(paths: paths, options: options)
    } catch let error as PointFileError {
      guard case .noKnownSource = error.fault else { throw error }
      throw NoPoints(file: names, source: source.description.name, remarks: [])
    }
    var (series, remark) = PointSeries.series(of: table, for: source)
    let remarks = remark.map { [$0] } ?? []
    // A file that is a series and is not among them has been given in vain.
    let missing =
      options.seriesColumns.isEmpty ? table.series.filter { title in !series.contains { $0.title == title } } : []
    guard !series.isEmpty, missing.isEmpty else {
      let file = series.isEmpty ? names : missing.joined(separator: ", ")
      throw NoPoints(file: file, source: source.description.name, remarks: remarks)
    }
    guard labels.count <= series.count else {
      throw UsageError("there are \(labels.count) labels for \(series.count) series")
    }
    for (index, label) in labels.enumerated() { series[index].title = label }
    return (series, remarks)
  }
}

/// A file of points without any of the source that is drawn.
struct NoPoints: Error, CustomStringConvertible {
  let file: String
  let source: String
  let remarks: [String]

  var description: String {
    (["\(file): there is no point of \(source) in it"] + remarks).joined(separator: "; ")
  }
}
