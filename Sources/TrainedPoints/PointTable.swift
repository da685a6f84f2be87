import RateDistortion

/// The points of a file, in its order, with the sources they belong to.
///
/// Points are kept in 56 bytes each and their labels in one piece, so that a million fit easily; subscripting makes them up.
public struct PointTable: Sendable {
  /// A source of the file with the parameters of some of its rows.
  public struct Source: Sendable {
    /// The source.
    public let source: any InformationSource
    /// Its name in the file, where that differs from its name in the catalogue.
    public let alias: String?
    /// By how much a distortion summed over the components exceeds their mean, where that is known.
    public let components: Double?

    /// Its name in the catalogue.
    public var name: String { source.description.name }

    /// - Parameter samples: what the file says of a process's number of samples, if the source is not asked for it.
    init(_ source: any InformationSource, alias: String? = nil, samples: Double? = nil) {
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
  }

  /// The file, as errors name it.
  public let file: String
  /// The sources, in the order of their first rows.
  public internal(set) var sources: [Source] = []
  /// The sources without known limits, whose rows are not in the table.
  public internal(set) var skipped: [SkippedSource] = []
  /// Set if rows were chosen from a log.
  public internal(set) var log: Log?

  private struct Entry: Sendable {
    var rate: Double
    var distortion: Double
    var rateError: Double
    var distortionError: Double
    /// Not a number if it is not known.
    var entropy: Double
    var row: Int32
    var source: Int32
    var labelEnd: Int
  }

  private var entries: [Entry] = []
  private var labels: [UInt8] = []

  init(file: String) {
    self.file = file
  }

  /// Points of one source that were not read from a file.
  public init(_ points: some Sequence<TrainedPoint>, source: any InformationSource, file: String = "points") {
    self.file = file
    sources = [Source(source)]
    for var point in points {
      point.source = 0
      append(point, label: Array(point.label.utf8)[...])
    }
  }

  /// Adds a point; its label is given in bytes.
  mutating func append(_ point: TrainedPoint, label: ArraySlice<UInt8>) {
    labels.append(contentsOf: label)
    entries.append(
      Entry(
        rate: point.rate, distortion: point.distortion, rateError: point.rateError,
        distortionError: point.distortionError, entropy: point.entropy ?? .nan, row: Int32(clamping: point.row),
        source: Int32(clamping: point.source), labelEnd: labels.count))
  }
}

extension PointTable: RandomAccessCollection {
  /// 0.
  public var startIndex: Int { 0 }
  /// The number of points.
  public var endIndex: Int { entries.count }

  /// The point at an index.
  public subscript(index: Int) -> TrainedPoint {
    let entry = entries[index]
    let labelStart = index == 0 ? 0 : entries[index - 1].labelEnd
    return TrainedPoint(
      row: Int(entry.row), label: String(decoding: labels[labelStart..<entry.labelEnd], as: UTF8.self),
      source: Int(entry.source), rate: entry.rate, distortion: entry.distortion, rateError: entry.rateError,
      distortionError: entry.distortionError, entropy: entry.entropy.isNaN ? nil : entry.entropy)
  }
}
