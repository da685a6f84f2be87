import RateDistortion

/// A figure before it is drawn: two axes, curves and points; what draws it needs to know nothing of rates.
public struct Figure: Sendable, Equatable {
  /// An axis with its range.
  public struct Axis: Sendable, Equatable {
    /// The words beside it.
    public var title: String
    /// Whether equal ratios are equally far apart.
    public var isLogarithmic = false
    /// Its ends.
    public var range: ClosedRange<Double>
  }

  /// A curve or the points of a series.
  public struct Layer: Sendable, Equatable {
    /// How it is drawn.
    public enum Style: Sendable, Equatable {
      /// A thin line; the number chooses the colour, what it claims the dashes.
      case curve(Int, BoundKind)
      /// A horizontal line across the frame.
      case level
      /// Marks; the number chooses colour and shape.
      case marks(Int)
      /// Marks joined by a hairline.
      case joinedMarks(Int)
    }

    /// The words of the legend.
    public var title: String
    /// How it is drawn.
    public var style: Style
    /// Finite coordinates, in drawing order.
    public var points: [Point]
    /// The places of points that are not joined to the one before.
    public var breaks: Set<Int> = []
  }

  /// A place in the frame.
  public struct Point: Sendable, Equatable {
    /// On the horizontal axis.
    public var x: Double
    /// On the vertical axis.
    public var y: Double

    var isFinite: Bool { x.isFinite && y.isFinite }
  }

  /// The line above it: what it is about.
  public var title = ""
  /// The horizontal axis.
  public var x: Axis
  /// The vertical axis.
  public var y: Axis
  /// In drawing order: later ones lie on top.
  public var layers: [Layer]

  /// Curves in drawing order: bounds that nothing reaches are dashed and lie on top, so that they are seen where they coincide with
  /// what is reached.
  static func ordered(_ curves: [Layer]) -> [Layer] {
    let isBelow = { (layer: Layer) in
      if case .curve(_, .lower) = layer.style { return false }
      return true
    }
    return curves.filter(isBelow) + curves.filter { !isBelow($0) }
  }

  /// Layers of which something is in the frame.
  static func visible(_ layers: [Layer], x: Axis, y: Axis) -> [Layer] {
    layers.filter { layer in
      layer.style == .level || layer.points.contains { x.range.contains($0.x) && y.range.contains($0.y) }
    }
  }
}

/// Ends of axes at numbers that a person would choose.
enum AxisRange {
  /// A multiple of 1/2 at least as large as a rate, with room for the mark of a point there.
  static func rate(above rate: Double) -> Double { max(1, (2 * 1.02 * rate).rounded(.up) / 2) }

  /// From 0 to a little more than the largest.
  static func linear(upTo largest: Double) -> ClosedRange<Double> { 0...(largest * 1.05) }

  /// Whole decibels.
  static func decibels(_ least: Double, _ largest: Double) -> ClosedRange<Double> {
    (least - 0.5).rounded(.down)...(largest + 0.5).rounded(.up)
  }

  /// 1, 2 or 5 times a power of ten below; a little more than the largest above.
  static func logarithmic(_ least: Double, _ largest: Double) -> ClosedRange<Double> {
    let decade = RateDistortion.distortion(decibels: 10 * (RateDistortion.decibels(least) / 10).rounded(.down))
    let first = [5, 2, 1].map { $0 * decade }.first { $0 <= least } ?? least
    return min(first, least)...(largest * 1.25)
  }

  /// A range with room around it, that contains 0.
  static func padded(_ least: Double, _ largest: Double) -> ClosedRange<Double> {
    let low = min(0, least)
    let high = max(0, largest)
    let room = max(high - low, 0.1) * 0.08
    return (low - room)...(high + room)
  }
}
