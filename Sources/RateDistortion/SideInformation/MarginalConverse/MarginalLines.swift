import IntervalArithmetic

/// The lines c(lambda) - lambda D below H(U), in nats and units of sigma^2_{X|Y}, for slopes 4 % apart, which costs up to 2e-4 bits: floating point for sweeps,
/// each line a bound in its own right.
///
/// c is concave, so where a line is the highest changes with lambda in order: of D a search by halving suffices.
struct MarginalLines: Sendable {
  private var slopes: [Double] = []
  private var constants: [Double] = []
  /// Where the line that follows takes over, falling.
  private var crossings: [Double] = []

  /// None: nothing is known of Y.
  init() {}

  init(spread: Interval) {
    let dual = MarginalDual(RewardTable.bounds, spread: spread)
    var slope = 0.5
    while slope < 0.25 / RewardBound.prices.lowerBound {
      slopes.append(slope)
      constants.append(dual.least(slope: slope).value)
      slope *= 1.04
    }
    crossings = slopes.indices.dropLast().map {
      (constants[$0 + 1] - constants[$0]) / (slopes[$0 + 1] - slopes[$0])
    }
  }

  /// The highest line at a distortion.
  func highest(at distortion: Double) -> (rate: Double, slope: Double)? {
    guard !slopes.isEmpty else { return nil }
    let index = crossings.partitioningIndex { $0 <= distortion }
    return (constants[index] - slopes[index] * distortion, slopes[index])
  }

  /// The line that reaches a rate at the largest distortion.
  func farthest(at rate: Double) -> (distortion: Double, slope: Double)? {
    let places = slopes.indices.map { (distortion: (constants[$0] - rate) / slopes[$0], slope: slopes[$0]) }
    return places.max { $0.distortion < $1.distortion }
  }

  /// The few bounds of the table that c(lambda) needs: those next to where it is least, and others until it is within 1e-6 nats.
  func bounds(forSlope slope: Double, spread: Interval) -> [RewardBound] {
    let table = RewardTable.bounds
    let (value, chord) = MarginalDual(table, spread: spread).least(slope: slope)
    var chosen: Set<Int> = [max(0, chord - 2), min(chord - 1, table.count - 1)]
    while chosen.count < RewardMultiplier.mostBounds {
      let sorted = chosen.sorted()
      let (found, place) = MarginalDual(sorted.map { table[$0] }, spread: spread).least(slope: slope)
      guard found < value - 1e-6 else { break }
      // The middle of the chord that spoils it; none is left between neighbours.
      let left = place >= 2 ? sorted[place - 2] : -1
      let right = place <= sorted.count ? sorted[place - 1] : table.count
      guard right - left > 1 else { break }
      chosen.insert((left + right) / 2)
    }
    return chosen.sorted().map { table[$0] }
  }
}
