/// The lines c(lambda) - lambda D of `MarginalEstimate`, in nats, from two grids.
///
/// Halving the spacing h divides what is left of the error by 2.4 to 3.3 (measured at S = 3.16 and 10): with c_h from spacing h, the
/// error of c_0.1 is (c_0.2 - c_0.1)/(ratio - 1), of which half c_0.2 - c_0.1, less rather than more, is taken off.
struct ControlLines: Sendable {
  /// The spacing of the grid; the error comes from twice as much.
  static let spacing = 0.1
  /// What interpolating Theta between the prices may change, in nats.
  private static let interpolation = 0.002

  private var lines: [(slope: Double, constant: Double, error: Double)] = []

  /// None if the spread is not solved.
  init(spread: Double) {
    guard RewardControl.spreads.contains(spread) else { return }
    let (fine, coarse) = (
      Self.rewards(spread: spread, spacing: Self.spacing), Self.rewards(spread: spread, spacing: 2 * Self.spacing)
    )
    var slope = 0.5
    // The least price is near 3/(2 lambda) for the largest slope.
    while slope < 0.75 / RewardControl.prices[0] {
      let constant = Self.least(slope, fine)
      let change = constant - Self.least(slope, coarse)
      lines.append((slope, constant + change / 2, abs(change) + Self.interpolation))
      slope *= 1.02
    }
  }

  /// The highest line at a distortion.
  func highest(at distortion: Double) -> (nats: Double, slope: Double, error: Double)? {
    let values = lines.map { (nats: $0.constant - $0.slope * distortion, slope: $0.slope, error: $0.error) }
    return values.max { $0.nats < $1.nats }
  }

  /// The line that reaches a rate in nats at the largest distortion.
  func farthest(at nats: Double) -> (distortion: Double, slope: Double)? {
    let places = lines.map { (distortion: ($0.constant - nats) / $0.slope, slope: $0.slope) }
    return places.max { $0.distortion < $1.distortion }
  }

  /// Theta at 16 prices between any two that are solved.
  private static func rewards(spread: Double, spacing: Double) -> [(price: Double, reward: Double)] {
    let x = RewardControl.prices.map { Double.log($0) }
    let y = RewardControl(spacing: spacing).rewards(spread: spread).map { Double.log($0) }
    var table: [(price: Double, reward: Double)] = []
    for index in 0..<(x.count - 1) {
      let nodes = min(max(index - 1, 0), x.count - 4)..<(min(max(index - 1, 0), x.count - 4) + 4)
      for part in 0..<16 {
        let place = x[index] + (x[index + 1] - x[index]) * Double(part) / 16
        let value = nodes.reduce(0) { sum, i in
          sum + nodes.filter { $0 != i }.reduce(y[i]) { $0 * (place - x[$1]) / (x[i] - x[$1]) }
        }
        table.append((Double.exp(place), Double.exp(value)))
      }
    }
    return table + [(RewardControl.prices[x.count - 1], Double.exp(y[x.count - 1]))]
  }

  /// c(lambda) by chords, as `MarginalDual` has it.
  private static func least(_ slope: Double, _ table: [(price: Double, reward: Double)]) -> Double {
    let value = { (price: Double, reward: Double) in slope * price - 1 - Double.log(slope * reward) }
    var least = Double.infinity
    var (price, reward) = (0.0, 0.0)
    for next in table {
      let rise = (next.reward - reward) / (next.price - price)
      if slope * reward >= rise {
        least = min(least, value(price, reward))
      } else if slope * next.reward <= rise {
        least = min(least, value(next.price, next.reward))
      } else {
        least = min(least, slope * (price - reward / rise) - Double.log(rise))
      }
      (price, reward) = next
    }
    return min(least, slope * reward >= 1 ? value(price, reward) : slope * (price - reward))
  }
}
