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

  /// The points of a table that belong into a figure of a source, and what has to be said of those that do not.
  ///
  /// A point belongs there if its source has the name of the figure's and the same limit to be measured by: a process on a
  /// grid is measured by E(D) of the process in continuous time, a Wyner-Ziv point with another noise by another curve.
  public static func points(
    of table: PointTable, for source: any InformationSource
  ) -> (points: [TrainedPoint], remark: String?) {
    let belongs = table.sources.map { $0.name == source.description.name && hasSameLimit($0.source, source) }
    let points = table.filter { belongs[$0.source] }
    let others = Set(table.filter { !belongs[$0.source] }.map(\.source)).sorted()
    let namesakes = others.filter { table.sources[$0].name == source.description.name }
    guard let first = namesakes.first else { return (points, nil) }
    let count = table.filter { namesakes.contains($0.source) }.count
    let parameters = table.sources[first].source.parameters.list(in: source.description)
      .map { "\($0.name) \($0.text)" }.joined(separator: ", ")
    let own = source.parameters.list(in: source.description).map { "\($0.name) \($0.text)" }.joined(separator: ", ")
    return (
      points,
      "\(table.file): \(count) points have other parameters (\(parameters)) than the curves (\(own)) and are left out"
    )
  }

  private static func hasSameLimit(_ a: any InformationSource, _ b: any InformationSource) -> Bool {
    let (a, b) = (a.judgement.achievable, b.judgement.achievable)
    guard a.name == b.name, a.largestDistortion == b.largestDistortion else { return false }
    // Two rates tell curves apart that start at the same distortion.
    return [0.75, 2.5].allSatisfy { rate in
      (try? a.point(atRate: rate).distortion) == (try? b.point(atRate: rate).distortion)
    }
  }
}
