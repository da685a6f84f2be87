import ParallelBlocks
import RateDistortion

/// The papers' figure: a source's curves and trained points, rate against distortion.
public struct TradeoffFigure: Sendable {
  /// What is drawn where.
  public struct Frame: Sendable {
    /// The horizontal axis; nil for the papers'.
    public var x: FigureAxis?
    /// The vertical axis; nil for the papers'.
    public var y: FigureAxis?
    /// The largest rate shown, in bits; nil for a little more than that of the points, or `defaultRate`.
    public var largestRate: Double?

    /// A frame.
    public init(x: FigureAxis? = nil, y: FigureAxis? = nil, largestRate: Double? = nil) {
      self.x = x
      self.y = y
      self.largestRate = largestRate
    }
  }

  /// The largest rate shown without points, in bits.
  public static let defaultRate = 6.0
  /// The most series: beyond that nobody tells them apart.
  public static let mostSeries = 24
  /// The points of a curve, besides its corners.
  static let resolution = 400
  /// The same for curves that take up to seconds a point; they are smooth.
  static let costlyResolution = 32

  let source: KnownSource
  let curves: [Curve]
  let series: [PointSeries]
  let frame: Frame

  /// A figure of some curves of a source with series of points, of which any number may be empty.
  ///
  /// - Parameter curves: nil for those of the papers' figures.
  public init(of source: KnownSource, curves: [Curve]? = nil, series: [PointSeries], frame: Frame = Frame()) {
    self.source = source
    self.curves = curves ?? source.figureCurves
    self.series = series
    self.frame = frame
  }

  /// The figure, ready to be drawn.
  ///
  /// - Throws: `FigureError`.
  public func figure() throws(FigureError) -> Figure {
    try requireDistinctSeries()
    let rates = 0...largestRate
    let distortions = try distortionRange()
    let axes = try FigureAxis.axes(
      x: frame.x, y: frame.y, for: source, distortionRatio: distortions.upperBound / distortions.lowerBound)
    let x = axis(axes.x, rates, distortions)
    let y = axis(axes.y, rates, distortions)
    let place = { (rate: Double, distortion: Double) in
      Figure.Point(
        x: axes.x.coordinate(rate: rate, distortion: distortion),
        y: axes.y.coordinate(rate: rate, distortion: distortion))
    }
    var layers: [Figure.Layer] = []
    for (index, line) in lines(from: distortions.lowerBound).enumerated() {
      layers.append(
        Figure.Layer(
          title: line.title, style: .curve(index, line.kind),
          points: line.points.map { place($0.rate, $0.distortion) }.filter(\.isFinite)))
    }
    layers = Figure.ordered(layers)
    for (index, series) in series.enumerated() {
      layers.append(
        Figure.Layer(
          title: series.title, style: .marks(index),
          points: series.points.map { place($0.rate, $0.distortion) }.filter(\.isFinite)))
    }
    layers = Figure.visible(layers, x: x, y: y)
    guard !layers.isEmpty else { throw .nothingToDraw }
    return Figure(title: title, x: x, y: y, layers: layers)
  }

  /// The source and its parameters.
  var title: String {
    ([source.description.name] + source.parameters.words(in: source.description)).joined(separator: ", ")
  }

  func requireDistinctSeries() throws(FigureError) {
    guard series.count <= Self.mostSeries else { throw .tooManySeries(series.count, most: Self.mostSeries) }
  }

  /// The largest rate of the frame, in bits.
  var largestRate: Double {
    if let given = frame.largestRate { return given }
    let ofPoints = series.flatMap(\.points).map(\.rate).max()
    return min(ofPoints.map { AxisRange.rate(above: $0) } ?? Self.defaultRate, CurveRange.largestRate)
  }

  /// Distortions from where the limits reach the largest rate, or the least of the points, to the largest of both.
  func distortionRange() throws(FigureError) -> ClosedRange<Double> {
    let shown = series.flatMap(\.points).filter { $0.rate <= largestRate && $0.distortion.isNormal }.map(\.distortion)
    let limits = (curves + [source.judgement.achievable]).flatMap { curve -> [Double] in
      [curve.leastDistortion(upToRate: largestRate), curve.largestDistortion].compactMap { $0 }
    }
    let all = (limits + shown).filter { $0.isNormal && $0 > 0 }
    guard let least = all.min(), let largest = all.max() else { throw .nothingToDraw }
    return least...largest
  }

  /// A curve at distortions in geometric progression and at its corners, up to a little beyond the frame; both sides of one at
  /// the same.
  func sampled(_ curve: Curve, from least: Double) -> [OperatingPoint] {
    let largest = curve.largestDistortion
    guard least > 0, largest.isFinite, largest > least else { return [] }
    let low = decibels(least)
    let sides = curves.filter { $0.name == curve.name }
    let isCostly = sides.contains(where: \.isCostly)
    let resolution = isCostly ? Self.costlyResolution : Self.resolution
    let step = (decibels(largest) - low) / Double(resolution)
    var distortions = (1...resolution).map { distortion(decibels: low + (Double($0) - 1) * step) }
    distortions += source.corners(upToRate: largestRate) + [largest]
    // Where the curve has left the frame, points of thousands of levels would be computed for nobody to see. One that reaches D = 0
    // at a finite rate need not leave it.
    let ends = sides.filter { $0.range.leastDistortion > 0 }
      .compactMap { $0.leastDistortion(upToRate: largestRate + 0.25) }
    let edge = max(least, ends.max() ?? least)
    if isCostly { distortions.append(edge) }
    let places = distortions.filter { $0 >= edge && $0 <= largest }.sorted(by: >)
    curve.preparation?()
    let points = parallelMap(count: places.count, block: isCostly ? 1 : 32, of: "points of \(curve.name)") {
      try? curve.point(atDistortion: places[$0])
    }
    return points.compactMap { $0 }.filter { $0.rate.isFinite && $0.rate <= largestRate + 0.25 }
  }

  /// A curve, or several that nobody could tell apart.
  private struct Line {
    var title: String
    var names: [CurveName]
    var kind: BoundKind
    let points: [OperatingPoint]

    /// Whether it differs from another by less than its width in a frame of this many bits. A lower bound keeps a line of its
    /// own beside other curves, but not beside the other side of its own curve.
    func covers(_ other: Line, upToRate largestRate: Double) -> Bool {
      let isOtherSide = names.contains { other.names.contains($0) }
      return isOtherSide || (kind != .lower && other.kind != .lower)
        ? isClose(to: other, within: 1e-3 * largestRate) : false
    }

    private func isClose(to other: Line, within distance: Double) -> Bool {
      points.count == other.points.count && !points.isEmpty
        && zip(points, other.points).allSatisfy {
          $0.distortion == $1.distortion && ($0.rate - $1.rate).magnitude <= distance
        }
    }
  }

  /// The curves as lines, those that coincide as one; a lower bound keeps its own, for it claims something else.
  private func lines(from least: Double) -> [Line] {
    var lines: [Line] = []
    for curve in curves {
      let line = Line(
        title: curve.name.legend, names: [curve.name], kind: curve.kind, points: sampled(curve, from: least))
      if let same = lines.firstIndex(where: { $0.covers(line, upToRate: largestRate) }) {
        // Known from both sides, it is as good as exact.
        if lines[same].names.contains(curve.name) {
          if lines[same].kind == .lower { lines[same].kind = line.kind }
          continue
        }
        lines[same].title += ", " + line.title
        lines[same].names.append(curve.name)
      } else {
        lines.append(line)
      }
    }
    return lines
  }

  private func axis(
    _ axis: FigureAxis, _ rates: ClosedRange<Double>, _ distortions: ClosedRange<Double>
  ) -> Figure.Axis {
    let title = axis.title(for: source.description.distortionMeasure)
    switch axis {
    case .rate: return Figure.Axis(title: title, range: rates)
    case .distortion: return Figure.Axis(title: title, range: AxisRange.linear(upTo: distortions.upperBound))
    case .logDistortion:
      return Figure.Axis(
        title: title, isLogarithmic: true,
        range: AxisRange.logarithmic(distortions.lowerBound, distortions.upperBound))
    case .decibels:
      return Figure.Axis(
        title: title, range: AxisRange.decibels(decibels(distortions.lowerBound), decibels(distortions.upperBound)))
    }
  }
}
