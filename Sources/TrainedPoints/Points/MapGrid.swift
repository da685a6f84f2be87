import Documents
import RateDistortion

/// A grid of cells in the plane, as runs count them: so many of equal size from one coordinate to another, on both axes.
///
/// Its points are the midpoints lo + (k + 1/2) (hi - lo)/n, k = 0, ..., n - 1.
public struct MapGrid: Sendable, Equatable {
  /// The cells along one coordinate.
  public struct Axis: Sendable, Equatable {
    let low: Double
    let high: Double
    let count: Int

    /// So many cells; nil unless there are some, up to a million, between finite ends in order.
    public init?(from low: Double, to high: Double, count: Int) {
      guard low.isFinite, high.isFinite, low < high, (high - low).isFinite, (1...1_000_000).contains(count) else {
        return nil
      }
      (self.low, self.high, self.count) = (low, high, count)
    }

    /// The midpoints.
    var points: [Double] { (0..<count).map { low + (Double($0) + 0.5) * ((high - low) / Double(count)) } }
  }

  let first: Axis
  let second: Axis

  /// A grid; nil if it has more points than are read.
  public init?(_ first: Axis, _ second: Axis) {
    guard first.count * second.count <= MapGrid.mostPoints else { return nil }
    (self.first, self.second) = (first, second)
  }

  /// The most points of a grid.
  static let mostPoints = 1 << 24
}
