import RateDistortion

/// How many bits each point lies above what is achievable at its distortion, against its rate.
public struct GapFigure: Sendable {
  private let tradeoff: TradeoffFigure
  private let isSelection: Bool

  /// A figure of the gaps of series of points, and of further curves of the source, to the source's achievable curve.
  ///
  /// - Parameter curves: the further curves; if nil, those that points are also measured by, as far as they lie above, or, where
  ///   there are no points, the source's schemes.
  public init(
    of source: KnownSource, curves: [Curve]? = nil, series: [PointSeries], largestRate: Double? = nil
  ) {
    let judgement = source.judgement
    isSelection = curves != nil
    let others = curves ?? (series.isEmpty ? source.gaps?.schemes : nil) ?? judgement.references
    tradeoff = TradeoffFigure(
      of: source, curves: others.filter { $0.name != judgement.achievable.name },
      series: series, frame: TradeoffFigure.Frame(largestRate: largestRate))
  }

  /// The figure, ready to be drawn. The frame is that of the points, and of curves that were asked for; others outside it,
  /// and those that coincide with the reference, are left out.
  ///
  /// - Throws: `FigureError`.
  public func figure() throws(FigureError) -> Figure {
    try tradeoff.requireDistinctSeries()
    let reference = tradeoff.source.judgement.achievable
    let gap = { (rate: Double, distortion: Double) in
      Figure.Point(x: rate, y: rate - ((try? reference.point(atDistortion: distortion))?.rate ?? .nan))
    }
    let rates = 0...tradeoff.largestRate
    var layers: [Figure.Layer] = []
    for (index, series) in tradeoff.series.enumerated() {
      let places = series.runs.enumerated().flatMap { run, points in
        points.map { (place: gap($0.rate, $0.distortion), run: run) }
      }.filter { $0.place.isFinite && rates.contains($0.place.x) }
      layers.append(
        Figure.Layer(
          title: series.title, style: .joinedMarks(index), points: places.map(\.place),
          breaks: Set(places.indices.filter { $0 == 0 || places[$0].run != places[$0 - 1].run })))
    }
    let least = try tradeoff.distortionRange().lowerBound
    var curves: [Figure.Layer] = []
    for (index, curve) in tradeoff.curves.enumerated() {
      let points = tradeoff.sampled(curve, from: least).map { gap($0.rate, $0.distortion) }.filter(\.isFinite)
      guard points.contains(where: { (isSelection ? $0.y.magnitude : $0.y) > Self.leastGap }) else { continue }
      curves.append(Figure.Layer(title: curve.name.legend, style: .curve(index + 1, curve.kind), points: points))
    }
    let shown = layers.flatMap(\.points).map(\.y)
    let drawn = curves.flatMap(\.points).filter { rates.contains($0.x) }.map(\.y)
    let heights = shown + (isSelection || shown.isEmpty ? drawn : [])
    let x = Figure.Axis(title: FigureAxis.rate.title(for: tradeoff.source.description.distortionMeasure), range: rates)
    let y = Figure.Axis(
      title: "Gap to \(reference.name.legend) (bits)", range: AxisRange.padded(heights.min() ?? 0, heights.max() ?? 0))
    let level = Figure.Layer(
      title: reference.name.legend, style: .level,
      points: [Figure.Point(x: rates.lowerBound, y: 0), Figure.Point(x: rates.upperBound, y: 0)])
    layers = Figure.visible([level] + Figure.ordered(curves) + layers, x: x, y: y)
    return Figure(title: tradeoff.title, x: x, y: y, layers: layers)
  }

  /// Bits below which a gap is numerical error.
  private static let leastGap = 1e-6
}
