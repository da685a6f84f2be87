import IntervalArithmetic

/// Finitely many reproductions of the sawbridge at one slope, and what they prove of R(D).
///
/// A function of the slope alone: `SawbridgeReproductions` with as many reproductions as bring the bounds together. Floating
/// point finds them; the dual bound is proved by `SawbridgeSupremum` for the weight 1/sum of r_i exp(-beta d_i), made linear in
/// cells, the channel by `SawbridgeTable`.
struct SawbridgeSolution: Sendable {
  /// beta, in nats.
  let slope: Double
  /// Rate in nats and distortion of the channel.
  let rate: Double
  let distortion: Double
  /// A lower bound on min R + beta D in nats, as found in floating point.
  let least: Double
  private let logWeights: [Double]
  /// The distances d_i at the middles of `cells` cells.
  private let distances: [[Double]]
  private let knots: [Double]

  /// The cells of the channel.
  private static let cells = 4_096
  private static let mostReproductions = 20
  /// From the slope at which R leaves 0, pi^2/2, to what 20 reproductions serve.
  static let slopes = 4.9348022005446793...42.0

  /// - Parameter tolerance: the distance of the bounds in nats at which to stop adding reproductions.
  init(slope: Double, tolerance: Double = 1e-7) {
    let grid = LegendreGrid(count: 96)
    var best: SawbridgeSolution?
    var withoutGain = 0
    for count in max(2, Int(0.36 * slope))...Self.mostReproductions where withoutGain < (slope < 20 ? 2 : 4) {
      var reproductions = SawbridgeReproductions(count: count, slope: slope, grid: grid)
      reproductions.minimise()
      let here = SawbridgeSolution(reproductions, slope: slope, grid: grid)
      withoutGain += 1
      if best.map({ here.gap < $0.gap }) ?? true {
        best = here
        withoutGain = 0
      }
      if here.gap <= tolerance { break }
    }
    if let best {
      self = best
    } else {
      var reproductions = SawbridgeReproductions(count: Self.mostReproductions, slope: slope, grid: grid)
      reproductions.minimise()
      self.init(reproductions, slope: slope, grid: grid)
    }
  }

  private init(_ reproductions: SawbridgeReproductions, slope: Double, grid: LegendreGrid) {
    self.slope = slope
    let logWeights = reproductions.weights.map { Double.log($0) }
    let fine = grid.resampled(rows: reproductions.distances, steps: 2 * Self.cells)
    self.logWeights = logWeights
    distances = fine.map { row in (0..<Self.cells).map { row[2 * $0 + 1] } }
    let count = slope < 12 ? 128 : slope < 28 ? 256 : 512
    let stride = 2 * Self.cells / count
    let logAlpha = (0...count).map { k -> Double in
      // Made symmetric exactly.
      let ends = [k, count - k].map { place in
        let terms = zip(logWeights, fine).map { $0 - slope * $1[place * stride] }
        let greatest = terms.max() ?? 0
        return -(greatest + Double.log(terms.reduce(0) { $0 + Double.exp($1 - greatest) }))
      }
      return (ends[0] + ends[1]) / 2
    }
    let evaluation = reproductions.evaluated()
    rate = evaluation.rate
    distortion = evaluation.distortion
    // As it is, or lowered by a twelfth of its second difference so that the cells' means are right to the fourth order.
    let lowered = logAlpha.indices.map { k in
      let center = min(max(k, 1), count - 1)
      return logAlpha[k] - (logAlpha[center + 1] - 2 * logAlpha[center] + logAlpha[center - 1]) / 12
    }
    var best = (value: -Double.infinity, knots: logAlpha)
    for knots in [logAlpha, lowered] {
      let value =
        SawbridgeWeight<Double>(knots: knots, slope: slope).mean
        - SawbridgeSupremum(knots: knots, slope: slope).found().value
      if value > best.value { best = (value, knots) }
    }
    knots = best.knots
    least = best.value
  }

  /// The distance of the bounds found, in nats.
  var gap: Double {
    let gap = rate + slope * distortion - least
    return gap.isNaN ? .infinity : gap
  }

  /// A number that min R + beta D is proved to be at least, in nats.
  func proved(tolerance: Double) -> Interval {
    let supremum = SawbridgeSupremum(knots: knots, slope: slope).enclosed(tolerance: tolerance)
    let mean = SawbridgeWeight<Interval>(knots: knots, slope: slope).mean
    return mean - .hull(-.infinity, supremum)
  }

  /// The channel with its slope moved and its reproductions left as they are.
  func table<Number: SeriesNumber>(slope: Double, as number: Number.Type) -> SawbridgeTable<Number> {
    var terms = zip(logWeights, distances).map { weight, row in row.map { weight - slope * $0 } }
    for k in 0..<Self.cells {
      var greatest = -Double.infinity
      for row in terms { greatest = max(greatest, row[k]) }
      // Nothing is 0, as a term of 1e-304 is as good.
      for i in terms.indices { terms[i][k] = Double.exp(max(terms[i][k] - greatest, -700)) }
    }
    return SawbridgeTable(terms)
  }

  /// The slope at which a falling function of the channel's slope is 0: the channel of a rate or distortion given.
  func movedSlope(_ function: (SawbridgeTable<Double>) -> Double) -> Double? {
    func value(_ slope: Double) -> Double { function(table(slope: slope, as: Double.self)) }
    var (low, high) = (slope, slope)
    var atLow = value(slope)
    var atHigh = atLow
    var width = 1.002
    while atLow < 0, width < 20 {
      (high, atHigh) = (low, atLow)
      low /= width
      atLow = value(low)
      width *= width
    }
    while atHigh > 0, width < 20 {
      (low, atLow) = (high, atHigh)
      high *= width
      atHigh = value(high)
      width *= width
    }
    guard atLow >= 0, atHigh <= 0 else { return nil }
    // Regula falsi with halved weights (Illinois).
    for _ in 0..<60 where atLow != atHigh && high - low > 1e-14 * high {
      let x = (low * atHigh - high * atLow) / (atHigh - atLow)
      guard x > low, x < high else { break }
      let here = value(x)
      if here >= 0 {
        (low, atLow) = (x, here)
        atHigh /= 2
      } else {
        (high, atHigh) = (x, here)
        atLow /= 2
      }
      if abs(here) < 1e-14 { return x }
    }
    return high
  }
}
