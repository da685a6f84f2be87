import IntervalArithmetic

/// Points of R^d that somebody measured, checked before any work.
///
/// Two laws belong to them: the *empirical* one, which gives each point 1/n and is known exactly, and the law *behind* them, of which
/// they are taken to be independent draws and of which nothing is known but them. Equal points are one letter of the empirical law.
public struct SampleSet: Sendable {
  /// d.
  public let dimension: Int
  /// The coordinates, point by point.
  public let coordinates: [Double]
  /// The mean.
  let mean: [Double]
  /// The mean squared distance from the mean, summed over the coordinates; above 0.
  let variance: Double
  /// The largest share that one point has in the sum of the fourth powers of the distances from the mean.
  let largestFourthPower: Double

  /// The largest d.
  public static let largestDimension = 8
  /// The largest n.
  public static let largestCount = 100_000
  /// Sums of squares of larger numbers are not computed.
  public static let largestValue = 1e100
  /// From so many points on one of them must not hold more than half of the variance.
  private static let manyPoints = 100

  /// n.
  public var count: Int { coordinates.count / dimension }

  /// Points given row by row.
  ///
  /// - Throws: `SampleError` for more dimensions or points than are computed, no more points than dimensions, a coordinate that is no
  ///   number, points that are all the same, and one point that outweighs all others: whatever the law behind them is, its variance
  ///   cannot be told from them.
  public init(rows: [Double], dimension: Int) throws(SampleError) {
    guard dimension >= 1, dimension <= Self.largestDimension else { throw .dimension(dimension) }
    guard rows.count % dimension == 0 else { throw .ragged(numbers: rows.count, dimension: dimension) }
    let count = rows.count / dimension
    guard count <= Self.largestCount else { throw .tooMany(count) }
    guard count > dimension else { throw .tooFew(count, dimension: dimension) }
    if let place = rows.firstIndex(where: { !(abs($0) <= Self.largestValue) }) {
      throw .value(rows[place], row: place / dimension, column: place % dimension)
    }
    self.dimension = dimension
    coordinates = rows
    let center = (0..<dimension).map { column in
      (0..<count).reduce(0) { $0 + rows[$1 * dimension + column] / Double(count) }
    }
    mean = center
    let squares = (0..<count).map { row in
      (0..<dimension).reduce(0.0) { sum, column in
        let difference = rows[row * dimension + column] - center[column]
        return sum + difference * difference
      }
    }
    let total = squares.reduce(0, +)
    // Where the mean is rounded, equal points differ from it by that.
    let isConstant = (0..<dimension).allSatisfy { column in
      (1..<count).allSatisfy { rows[$0 * dimension + column] == rows[column] }
    }
    guard !isConstant, total >= .leastNormalMagnitude * Double(count) else { throw .constant }
    let (largest, row) = squares.indices.map { (squares[$0], $0) }.reduce((-1, 0)) { $0.0 < $1.0 ? $1 : $0 }
    guard count < Self.manyPoints || largest <= total / 2 else { throw .outlier(row: row, share: largest / total) }
    variance = total / Double(count)
    largestFourthPower =
      (largest / total) * (largest / total) / squares.reduce(0) { $0 + ($1 / total) * ($1 / total) }
  }

  /// The points about their mean in units of the root of their variance, in an order drawn once and for all: the same points in the
  /// same order of rows are always split in the same way, however a file is sorted.
  func standardized() -> [Double] {
    var order = Array(0..<count)
    var state: UInt64 = 0x5eed
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(Self.next(&state) % UInt64(last + 1)))
    }
    let unit = variance.squareRoot()
    return order.flatMap { row in
      (0..<dimension).map { (coordinates[row * dimension + $0] - mean[$0]) / unit }
    }
  }

  /// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): the order in which points are taken, and nothing a claim rests on.
  private static func next(_ state: inout UInt64) -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// The different points and how often each occurs, in the order in which they first occur.
  var letters: (points: [[Double]], counts: [Int]) {
    var places: [[Double]: Int] = [:]
    var points: [[Double]] = []
    var counts: [Int] = []
    for row in 0..<count {
      let point = Array(coordinates[row * dimension..<(row + 1) * dimension])
      if let place = places[point] {
        counts[place] += 1
      } else {
        places[point] = points.count
        points.append(point)
        counts.append(1)
      }
    }
    return (points, counts)
  }
}

/// What is wrong with points, with the facts in it; rows and columns count from 0 and are printed from 1.
public enum SampleError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No coordinates, or too many.
  case dimension(Int)
  /// Numbers that are not so many to a point.
  case ragged(numbers: Int, dimension: Int)
  /// More points than are computed.
  case tooMany(Int)
  /// No more points than dimensions.
  case tooFew(Int, dimension: Int)
  /// A coordinate that is no number, or too large.
  case value(Double, row: Int, column: Int)
  /// Points that are all the same.
  case constant
  /// One point with most of the variance.
  case outlier(row: Int, share: Double)

  /// The facts in a sentence.
  public var description: String {
    switch self {
    case .dimension(let count):
      let most = SampleSet.largestDimension
      return "\(count) numbers in row 1: samples have from 1 to \(most) coordinates, one row a sample"
    case .ragged(let numbers, let dimension):
      return "\(numbers) numbers are no whole number of samples of \(dimension) coordinates"
    case .tooMany(let count):
      return "\(count) samples: at most \(SampleSet.largestCount) are read"
    case .tooFew(let count, let dimension):
      return
        "\(count) samples in \(dimension) dimensions: there must be more samples than dimensions, one row a sample"
    case .value(let value, let row, let column):
      let most = SampleSet.largestValue
      return "row \(row + 1), column \(column + 1) is \(value): it must be a number from \(-most) to \(most)"
    case .constant:
      return "all samples are the same: their variance is 0, and nothing need be sent"
    case .outlier(let row, let share):
      let percent = (share * 100).rounded(.down).words
      return
        "row \(row + 1) alone holds \(percent) % of the variance of all samples: either it is wrong, or their law has no variance "
        + "that could be told from them"
    }
  }
}
