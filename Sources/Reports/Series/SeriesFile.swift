import RateDistortion
import TrainedPoints

/// The files of points that one source's series are read from.
public struct SeriesFile: Sendable {
  /// The files; "-" is the standard input.
  public let paths: [String]
  /// What series are called, in their order; those beyond keep their names.
  public let labels: [String]
  /// How files are read.
  public let options: PointFileOptions

  /// Files, and how they are read.
  public init(_ paths: [String], labels: [String] = [], options: PointFileOptions = PointFileOptions()) {
    self.paths = paths
    self.labels = labels
    self.options = options
  }

  /// The series of points of a source, under their names, and remarks on points that are left out. Rows that do not say whose they
  /// are, are the source's.
  ///
  /// - Throws: `PointFileError`; `NoPoints` for a file without a point of the source; `TooManyLabels`.
  public func series(of source: KnownSource) throws -> (series: [PointSeries], remarks: [String]) {
    guard !paths.isEmpty else { return ([], []) }
    var options = options
    if Catalogue.knownSource(named: source.description.name) == nil {
      options.known = source
    } else {
      options.sourceOtherwise = type(of: source.source)
    }
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
    guard labels.count <= series.count else { throw TooManyLabels(labels: labels.count, series: series.count) }
    for (index, label) in labels.enumerated() { series[index].title = label }
    return (series, remarks)
  }
}

extension SeriesFile {
  /// The series of points as they are written, whatever they are of: a squared error of one component has nothing to be converted.
  ///
  /// - Throws: `PointFileError`; `TooManyLabels`.
  public func seriesOfAnySource() throws -> [PointSeries] {
    var options = options
    options.source = Gaussian.self
    var table = try PointFile.read(paths: paths, options: options)
    try table.rename(series: labels)
    var points = [[TrainedPoint]](repeating: [], count: table.series.count)
    for point in table { points[point.series].append(point) }
    return zip(table.series, points).filter { !$1.isEmpty }.map { PointSeries(title: $0, points: $1) }
  }
}

/// A file of points without any of the source that they were read for.
public struct NoPoints: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file or files.
  public let file: String
  /// The source.
  public let source: String
  /// What was left out, and why.
  public let remarks: [String]

  /// The facts in a sentence.
  public var description: String {
    (["\(file): there is no point of \(source) in it"] + remarks).joined(separator: "; ")
  }
}
