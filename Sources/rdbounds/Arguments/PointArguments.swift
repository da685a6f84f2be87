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
    "series", "COLUMNS", help: "one series for each value of these columns, separated by commas (default: one a file)"
  ) { text in
    let columns = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !columns.contains("") else { throw UsageError("a column's name is empty") }
    return columns
  }
  static let labels = Option(
    "label", "TEXT", help: "the legend of a series, in their order; may be repeated (default: the values, or the file)",
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

  static let declarations = [
    files.declaration, series.declaration, labels.declaration, filters.declaration, rows.declaration,
    rateColumn.declaration, distortionColumn.declaration, rateUnit.declaration, distortionUnit.declaration,
  ]

  /// The most series of a figure: beyond that nobody tells them apart.
  static let mostSeries = 24

  /// How points are read, by the arguments.
  static func options(_ arguments: Arguments) throws -> PointFileOptions {
    var options = PointFileOptions()
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
  let columns: [String]?
  let labels: [String]
  let options: PointFileOptions

  init(_ arguments: Arguments) throws {
    paths = try arguments.values(of: PointArguments.files)
    columns = try arguments.value(of: PointArguments.series)
    labels = try arguments.values(of: PointArguments.labels)
    options = try PointArguments.options(arguments)
    guard paths.isEmpty else { return }
    for option in [PointArguments.series.declaration, PointArguments.labels.declaration]
    where option.name == "series" ? columns != nil : !labels.isEmpty {
      throw UsageError("--\(option.name) needs --points")
    }
  }

  /// The series of points of a source, with their legends, and remarks on points that are left out.
  ///
  /// - Throws: `PointFileError`, `FileError`, or `NoPoints` for a file without a point of the source.
  func series(of source: any InformationSource) throws -> (series: [PointSeries], remarks: [String]) {
    var series: [PointSeries] = []
    var remarks: [String] = []
    for path in paths {
      let bytes = try TextFile.read(path)
      let name = path == "-" ? "standard input" : path
      var groups: [(title: String, filters: [RowFilter])] = [(Self.title(of: name), [])]
      if let columns {
        groups = try PointFile.values(ofColumns: columns, bytes: bytes, name: name, filters: options.filters).map {
          values in
          let title = values.filter { !$0.isEmpty }.joined(separator: ", ")
          return (
            title.isEmpty ? Self.title(of: name) : title, zip(columns, values).map { RowFilter(column: $0, value: $1) }
          )
        }
      }
      var found = false
      for group in groups {
        guard let table = try table(bytes, name: name, filters: group.filters, source: source) else { continue }
        let (points, remark) = PointSeries.points(of: table, for: source)
        if let remark { remarks.append(remark) }
        guard !points.isEmpty else { continue }
        found = true
        series.append(PointSeries(title: group.title, points: points))
      }
      guard found else { throw NoPoints(file: name, source: source.description.name, remarks: remarks) }
    }
    guard series.count <= PointArguments.mostSeries else {
      throw UsageError("\(series.count) series are more than a figure can show (\(PointArguments.mostSeries))")
    }
    guard labels.count <= series.count else {
      throw UsageError("there are \(labels.count) labels for \(series.count) series")
    }
    for (index, label) in labels.enumerated() { series[index].title = label }
    return (series, remarks)
  }

  /// The rows of a group; nil if none of them is of a source with known limits.
  private func table(
    _ bytes: [UInt8], name: String, filters: [RowFilter], source: any InformationSource
  ) throws -> PointTable? {
    var options = options
    options.filters += filters
    do {
      do {
        return try PointFile.read(bytes: bytes, name: name, options: options)
      } catch let error as PointFileError {
        guard case .sourceNotGiven = error.fault else { throw error }
        options.source = type(of: source)
        return try PointFile.read(bytes: bytes, name: name, options: options)
      }
    } catch let error as PointFileError {
      if case .noKnownSource = error.fault { return nil }
      throw error
    }
  }

  /// A file's name without directories and extension.
  private static func title(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
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
