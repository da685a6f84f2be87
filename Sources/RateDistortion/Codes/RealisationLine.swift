import IntervalArithmetic

/// A source whose realisations x_u are a family with one coordinate u of known law: a phase, or a scalar. A one-shot encoder is
/// a partition of the line of u, and so can be evaluated exactly.
///
/// **What a conformer asserts.** Its members enclose what their comments say. On that alone `CodePerformance` rests; what
/// shows a code's distance from the best one, `CodeLedger`, needs the source's curves too.
///
/// Squared errors are counted by the source's own measure and in its own units; coordinates may be others than positions in
/// files (a scalar's are those of its standard density).
public protocol RealisationLine: Sendable {
  /// What a column of positions may be called.
  var positionNames: [String] { get }
  /// Where positions lie; ends may be infinite.
  var positions: ClosedRange<Double> { get }
  /// Where coordinates lie.
  var range: ClosedRange<Double> { get }
  /// Whether the line's ends are one point, a period of 1 apart.
  var isClosed: Bool { get }
  /// How many numbers a reconstruction has; nil where none can be given.
  var components: Int? { get }

  /// The coordinate of a position, enclosed.
  func coordinate(of position: Double) -> Interval
  /// The position of a coordinate, in floating point.
  func position(_ coordinate: Double) -> Double
  /// The probability of an interval of coordinates.
  func probability(from a: Double, to b: Double) -> Interval
  /// A bound on |x_u - x_v| for u and v in an interval of finite coordinates.
  func spread(from a: Double, to b: Double) -> Double

  /// The squared errors of the nominal partition whose symbols are decoded to their centroids.
  func errors(of partition: LinePartition) -> PartitionErrors
  /// The centroids of the symbols of the nominal partition, of `components` numbers, in floating point; nil where there are
  /// none.
  func centroids(of partition: LinePartition) -> [[Double]]?
  /// The squared errors of the nominal partition with a reconstruction for each symbol, of `components` numbers.
  func errors(of partition: LinePartition, about reconstructions: [[Double]]) -> PartitionErrors
  /// The least distortion of codes of the same probabilities whose cells are intervals, or that of one such code which is
  /// proved to be no worse than any code of those centroids and probabilities; over all placements of the thresholds.
  func distortionOfIntervals(_ masses: CodeMasses, of partition: LinePartition) -> EnclosedValue
}

/// The squared errors of a partition.
public struct PartitionErrors: Sendable {
  /// What each symbol contributes to the distortion.
  public var distortions: [Interval]
  /// At each threshold the squared distance of its realisation from the reproduction of the symbol on its left, and on its
  /// right.
  public var distances: [(left: Interval, right: Interval)]

  /// Nothing yet.
  init(symbols: Int, thresholds: Int) {
    distortions = Array(repeating: 0, count: symbols)
    distances = Array(repeating: (0, 0), count: thresholds)
  }

  /// Takes the distance of a piece's end from its symbol's reproduction.
  mutating func set(_ distance: Interval, atStartOf piece: LinePartition.Piece) {
    if let start = piece.start { distances[start].right = distance }
  }

  /// The same at its other end.
  mutating func set(_ distance: Interval, atEndOf piece: LinePartition.Piece) {
    if let end = piece.end { distances[end].left = distance }
  }
}

/// A line whose coordinate is a phase, uniform on [0, 1].
protocol PhaseLine: RealisationLine {}

extension PhaseLine {
  /// The names of phases.
  public var positionNames: [String] { ["phase", "p", "u"] }
  /// [0, 1].
  public var positions: ClosedRange<Double> { 0...1 }
  /// [0, 1].
  public var range: ClosedRange<Double> { 0...1 }
  /// The position itself.
  public func coordinate(of position: Double) -> Interval { Interval(position) }
  /// The coordinate itself.
  public func position(_ coordinate: Double) -> Double { coordinate }
  /// b - a.
  public func probability(from a: Double, to b: Double) -> Interval { Interval(b) - Interval(a) }
}
