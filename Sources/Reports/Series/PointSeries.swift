import RateDistortion
import TrainedPoints

/// Trained points that share a legend, in the order of their rates.
public struct PointSeries: Sendable {
  /// The words of the legend.
  public var title: String
  /// The points.
  public var points: [TrainedPoint]

  /// A series.
  public init(title: String, points: [TrainedPoint]) {
    self.title = title
    self.points = points.sorted { ($0.rate, $0.distortion) < ($1.rate, $1.distortion) }
  }

  /// The points by the runs they come from, each in the order of its rates: the stages of a refinement code, or rows with the same
  /// label that were trained with the same lambda. A row of which neither is known is a run of its own.
  var runs: [[TrainedPoint]] {
    var runs: [[TrainedPoint]] = []
    for point in points.sorted(by: { $0.row < $1.row }) {
      if let same = runs.lastIndex(where: { $0.last.map { Self.isSameRun($0, point) } ?? false }) {
        runs[same].append(point)
      } else {
        runs.append([point])
      }
    }
    return runs.map { $0.sorted { ($0.rate, $0.distortion) < ($1.rate, $1.distortion) } }
  }

  private static func isSameRun(_ point: TrainedPoint, _ next: TrainedPoint) -> Bool {
    let (a, b) = (run(of: point), run(of: next))
    guard a.label == b.label else { return false }
    if let stage = a.stage { return b.stage == stage + 1 }
    guard b.stage == nil, !a.label.isEmpty, let one = point.lambda, let other = next.lambda else { return false }
    // A lambda that is read off the loss is rounded.
    return (one - other).magnitude <= 1e-3 * max(one, other)
  }

  /// A point's label without its stage, and the stage.
  private static func run(of point: TrainedPoint) -> (label: String, stage: Int?) {
    let word = "stage "
    guard let last = point.label.split(separator: ", ").last, last.hasPrefix(word),
      let stage = Int(last.dropFirst(word.count))
    else { return (point.label, nil) }
    return (String(point.label.dropLast(last.count).dropLast(2)), stage)
  }

  /// The series of a table that have points of a source, and what has to be said of points that do not belong.
  ///
  /// A point belongs if its source has the name of the figure's and the same limit to be measured by: a process on a grid is
  /// measured by E(D) of the process in continuous time, a Wyner-Ziv point with another noise by another curve.
  public static func series(
    of table: PointTable, for source: KnownSource
  ) -> (series: [PointSeries], remark: String?) {
    let belongs = table.sources.map { $0.name == source.description.name && hasSameLimit($0.source, source) }
    var points = [[TrainedPoint]](repeating: [], count: table.series.count)
    var strangers = 0
    var stranger: Int?
    for point in table {
      if belongs[point.source] {
        points[point.series].append(point)
      } else if table.sources[point.source].name == source.description.name {
        strangers += 1
        stranger = min(stranger ?? point.source, point.source)
      }
    }
    let series = zip(table.series, points).filter { !$1.isEmpty }.map { PointSeries(title: $0, points: $1) }
    guard let stranger else { return (series, nil) }
    let text = { (source: KnownSource) in
      source.parameters.words(in: source.description).joined(separator: ", ")
    }
    return (
      series,
      "\(table.file): \(strangers) points have other parameters (\(text(table.sources[stranger].source))) than the "
        + "curves (\(text(source))) and are left out"
    )
  }

  /// Whether two sources have a limit in common that judges: points whose rates are coded in another way have R_WZ.
  private static func hasSameLimit(_ a: KnownSource, _ b: KnownSource) -> Bool {
    let limits = { (source: KnownSource) in [source.judgement.achievable, source.judgement.quickConverse] }
    return zip(limits(a), limits(b)).contains { a, b in
      guard let a, let b, a.name == b.name, a.largestDistortion == b.largestDistortion else { return false }
      // Two rates tell curves apart that start at the same distortion.
      return [0.75, 2.5].allSatisfy { rate in
        (try? a.point(atRate: rate).distortion) == (try? b.point(atRate: rate).distortion)
      }
    }
  }
}
