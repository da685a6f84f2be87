import RateDistortion

/// The points of a file, in its order, with the sources they belong to.
///
/// Points are kept in 88 bytes each and their labels in one piece, so that a million fit easily; subscripting makes them up.
public struct PointTable: Sendable {
  /// A source of the file with the parameters of some of its rows.
  public struct Source: Sendable {
    /// The source.
    public let source: KnownSource
    /// Its name in the file, where that differs from its name in the catalogue.
    public let alias: String?
    /// The file of its rows, as errors name it.
    public internal(set) var file: String
    /// By how much a distortion summed over the components exceeds their mean, where that is known.
    public let components: Double?

    /// Its name in the catalogue.
    public var name: String { source.description.name }

    /// - Parameter samples: what the file says of a process's number of samples, if the source is not asked for it.
    init(_ source: KnownSource, alias: String? = nil, samples: Double? = nil, file: String) {
      self.file = file
      self.source = source
      self.alias = alias
      components = source.description.components.map { Double($0) } ?? source.parameters.number("samples") ?? samples
    }
  }

  /// What was read as one point a run instead of one a row.
  public struct Log: Sendable, Equatable {
    /// Which row of each run was taken.
    public let choice: RowChoice
    /// The rows there were.
    public let rows: Int
    /// The runs they belong to.
    public let runs: Int
  }

  /// The file or files, as errors name them.
  public private(set) var file: String
  /// The sources, in the order of their first rows.
  public internal(set) var sources: [Source] = []
  /// The sources without known limits, whose rows are not in the table.
  public internal(set) var skipped: [SkippedSource] = []
  /// The rows without a rate or a distortion, which are not in the table.
  public internal(set) var incompleteRows = 0
  /// Set if rows were chosen from a log.
  public internal(set) var log: Log?
  /// What the series of points are called, in the order of their first points.
  public internal(set) var series: [String] = []

  private struct Entry: Sendable {
    var rate: Double
    var distortion: Double
    var rateError: Double
    var distortionError: Double
    /// Not a number if it is not known.
    var entropy: Double
    /// Not a number if it is not known.
    var lambda: Double
    var perception: Double
    var perceptionError: Double
    var row: Int32
    var source: Int32
    var series: Int32
    var labelEnd: Int
  }

  private var entries: [Entry] = []
  private var labels: [UInt8] = []

  init(file: String) {
    self.file = file
  }

  /// Points of one source that were not read from a file.
  public init(_ points: some Sequence<TrainedPoint>, source: KnownSource, file: String = "points") {
    self.file = file
    sources = [Source(source, file: file)]
    series = [file]
    for var point in points {
      point.source = 0
      point.series = 0
      append(point, label: Array(point.label.utf8)[...])
    }
  }

  /// Adds a point; its label is given in bytes.
  mutating func append(_ point: TrainedPoint, label: ArraySlice<UInt8>) {
    labels.append(contentsOf: label)
    entries.append(
      Entry(
        rate: point.rate, distortion: point.distortion, rateError: point.rateError,
        distortionError: point.distortionError, entropy: point.entropy ?? .nan, lambda: point.lambda ?? .nan,
        perception: point.perception, perceptionError: point.perceptionError, row: Int32(clamping: point.row),
        source: Int32(clamping: point.source),
        series: Int32(clamping: point.series), labelEnd: labels.count))
  }

  /// Adds the points of another file. Series of one name are one series.
  mutating func append(_ other: PointTable) {
    file += ", " + other.file
    let firstSource = Int32(clamping: sources.count)
    sources += other.sources
    for source in other.skipped {
      if let index = skipped.firstIndex(where: { $0.name == source.name }) {
        skipped[index].rows += source.rows
      } else {
        skipped.append(source)
      }
    }
    if let log = other.log {
      self.log = Log(choice: log.choice, rows: log.rows + (self.log?.rows ?? 0), runs: log.runs + (self.log?.runs ?? 0))
    }
    incompleteRows += other.incompleteRows
    let places = other.series.map { title -> Int32 in
      if let index = series.firstIndex(of: title) { return Int32(clamping: index) }
      series.append(title)
      return Int32(clamping: series.count - 1)
    }
    let firstLabel = labels.count
    labels += other.labels
    entries.reserveCapacity(entries.count + other.entries.count)
    for var entry in other.entries {
      entry.source += firstSource
      entry.series = places[Int(entry.series)]
      entry.labelEnd += firstLabel
      entries.append(entry)
    }
  }

  /// Gives the first series other names.
  ///
  /// - Throws: `TooManyLabels`, and nothing is changed, if there are fewer series than names.
  public mutating func rename(series titles: [String]) throws(TooManyLabels) {
    guard titles.count <= series.count else { throw TooManyLabels(labels: titles.count, series: series.count) }
    series.replaceSubrange(0..<titles.count, with: titles)
  }

  /// Sees to it that every curve of a list is one of a source of the table.
  ///
  /// - Throws: `DomainError.unknownCurve` for the first that is not, naming those of the first source.
  public func requireCurves(_ names: [CurveName]) throws(DomainError) {
    for name in names where !sources.contains(where: { (try? $0.source.curve(named: name)) != nil }) {
      _ = try sources.first?.source.curve(named: name)
    }
  }
}

/// More labels than there are series to have them.
public struct TooManyLabels: Error, Equatable, Sendable, CustomStringConvertible {
  /// The labels given.
  public let labels: Int
  /// The series there are.
  public let series: Int

  /// The facts in a sentence.
  public var description: String { "there are \(labels) labels for \(series) series" }

  /// So many labels for so many series.
  public init(labels: Int, series: Int) {
    self.labels = labels
    self.series = series
  }
}

extension PointTable {
  /// The points of one of the sources without their labels: all of them, or so many, one from each of equal stretches of the file.
  /// Where in its stretch follows the golden ratio: files repeat themselves, and a fixed stride would repeat with them.
  func sample(ofSource source: Int, most: Int) -> [TrainedPoint] {
    let places = entries.indices.filter { entries[$0].source == Int32(clamping: source) }
    guard places.count > most else { return places.map { point($0, label: "") } }
    let step = Double(places.count) / Double(most)
    return (0..<most).map { index in
      let share = (Double(index) * 0.618033988749895).truncatingRemainder(dividingBy: 1)
      return point(places[Int((Double(index) + share) * step)], label: "")
    }
  }

  private func point(_ index: Int, label: String) -> TrainedPoint {
    let entry = entries[index]
    return TrainedPoint(
      row: Int(entry.row), label: label, source: Int(entry.source), rate: entry.rate, distortion: entry.distortion,
      rateError: entry.rateError, distortionError: entry.distortionError,
      entropy: entry.entropy.isNaN ? nil : entry.entropy, lambda: entry.lambda.isNaN ? nil : entry.lambda,
      perception: entry.perception, perceptionError: entry.perceptionError, series: Int(entry.series))
  }
}

extension PointTable: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// The number of points.
  public var endIndex: Int { entries.count }

  /// The point at an index.
  public subscript(index: Int) -> TrainedPoint {
    let labelStart = index == 0 ? 0 : entries[index - 1].labelEnd
    return point(index, label: String(decoding: labels[labelStart..<entries[index].labelEnd], as: UTF8.self))
  }
}
