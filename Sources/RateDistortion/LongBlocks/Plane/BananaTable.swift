import IntervalArithmetic

/// Where the search for a law of the banana starts: slopes, distortions and rates found before, interpolated. No claim
/// rests on them.
enum BananaTable {
  /// beta in nats per unit of distortion, D, R in bits.
  private static let rows: [(slope: Double, distortion: Double, rate: Double)] = [
    (0.06, 8.97164, 0.134004), (0.09, 6.1927, 0.430485), (0.13, 4.25202, 0.731192), (0.18, 3.08024, 0.988489),
    (0.25, 2.25204, 1.24073), (0.35, 1.654628, 1.494372), (0.6, 1.041122, 1.894721), (1, 0.701738, 2.26971),
    (1.3, 0.585038, 2.461109), (1.6, 0.512248, 2.612294), (2, 0.44923, 2.774608), (2.4, 0.393124, 2.952654),
    (2.9, 0.334161, 3.177188), (3.5, 0.281129, 3.420823), (5, 0.199272, 3.913089), (7.5, 0.1332814, 4.492472),
    (10.6, 0.0943369, 4.990985), (16, 0.0625001, 5.584959),
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
