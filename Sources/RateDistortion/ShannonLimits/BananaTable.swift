import IntervalArithmetic

/// Where the search for a law of the banana starts: slopes, distortions and rates found before, interpolated. No claim
/// rests on them.
enum BananaTable {
  /// beta in nats per unit of distortion, D, R in bits.
  private static let rows: [(slope: Double, distortion: Double, rate: Double)] = [
    (0.06, 8.983, 0.1332), (0.09, 6.184, 0.4319), (0.13, 4.185, 0.7540), (0.18, 3.0785, 0.9931),
    (0.25, 2.25253, 1.2406), (0.35, 1.654657, 1.494366), (0.6, 1.041243, 1.894627), (1.2, 0.617462, 2.402715),
    (2.4, 0.36, 3.13), (5, 0.19, 4.03), (11, 0.0895, 5.08), (18, 0.055, 5.78),
  ]

  /// The distortion at 5.5 bits, about, below which nothing is computed.
  static let leastDistortion = 0.064

  /// beta at a distortion.
  static func slope(atDistortion distortion: Double) -> Double {
    Double.exp(interpolated(Double.log(distortion), rows.map { (Double.log($0.distortion), Double.log($0.slope)) }))
  }

  /// D at a rate.
  static func distortion(atRate rate: Double) -> Double {
    Double.exp(interpolated(rate, rows.map { ($0.rate, Double.log($0.distortion)) }))
  }

  /// The cubic through the four nearest rows, in either order.
  private static func interpolated(_ x: Double, _ rows: [(x: Double, y: Double)]) -> Double {
    let sorted = rows.sorted { $0.x < $1.x }
    let above = sorted.firstIndex { $0.x > x } ?? sorted.count
    let first = min(max(above - 2, 0), sorted.count - 4)
    let near = sorted[first..<(first + 4)]
    // Beyond the ends the cubic would run away.
    let place = min(max(x, (sorted.first?.x ?? x) - 0.3), (sorted.last?.x ?? x) + 0.3)
    return near.indices.reduce(0) { sum, i in
      sum + near[i].y
        * near.indices.filter { $0 != i }.reduce(1) { $0 * (place - near[$1].x) / (near[i].x - near[$1].x) }
    }
  }
}
