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

  static let peak = Option(
    "peak", "P", help: "the peak of signal-to-noise ratios, with --distortion-unit psnr or a column psnr (default 1)"
  ) { text in
    let peak = try finiteNumber(text)
    guard peak > 0 else { throw UsageError("it must be greater than 0") }
    return peak
  }
  static let strict = Flag(
    "strict", help: "a row without a rate or a distortion is an error (else it is counted and left out)")

  /// How files are read, whatever they are for.
  static let declarations = [
    series.declaration, labels.declaration, filters.declaration, rows.declaration,
    rateColumn.declaration, distortionColumn.declaration, rateUnit.declaration, distortionUnit.declaration,
    peak.declaration, strict.declaration,
  ]

  /// How points are read, by the arguments.
  static func options(_ arguments: Arguments) throws -> PointFileOptions {
    var options = PointFileOptions()
    options.seriesColumns = try arguments.value(of: series) ?? []
    options.filters = try arguments.values(of: filters)
    options.rows = try arguments.value(of: rows)
    options.rateColumn = try arguments.value(of: rateColumn)
    options.distortionColumn = try arguments.value(of: distortionColumn)
    options.rateUnit = try arguments.value(of: rateUnit) ?? options.rateUnit
    options.distortionUnit = try arguments.value(of: distortionUnit)
    options.peak = try arguments.value(of: peak) ?? options.peak
    options.isStrict = arguments.has(strict)
    options.parameters = try SourceArguments.texts(arguments)
    return options
  }

  /// The files of a source's series.
  ///
  /// - Throws: `UsageError` if something is said of points and there are none.
  static func files(_ paths: [String], _ arguments: Arguments) throws -> SeriesFile {
    let file = SeriesFile(paths, labels: try arguments.values(of: labels), options: try options(arguments))
    guard paths.isEmpty else { return file }
    for (option, isGiven) in [
      (series.declaration, !file.options.seriesColumns.isEmpty), (labels.declaration, !file.labels.isEmpty),
    ] where isGiven {
      throw UsageError("--\(option.name) needs --\(files.declaration.name)")
    }
    return file
  }
}
