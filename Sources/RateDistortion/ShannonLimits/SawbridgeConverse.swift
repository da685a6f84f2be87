import IntervalArithmetic

/// The largest E[alpha(V) exp(-beta |s_V - y|^2)] over all functions y, by shooting: see `SawbridgeChannel`.
struct SawbridgeConverse {
  /// Its logarithm, or infinity if no stationary reproduction was found.
  private(set) var logSupremum = -Double.infinity
  private let slope: Double
  private let alpha: [Double]
  private let steps: Int

  /// From ln alpha on a grid; a scan of e(0) in 600 steps and 1,500 Runge-Kutta steps in v.
  init(logAlpha: [Double], slope: Double, grid: LegendreGrid) {
    self.slope = slope
    steps = 1_500
    alpha = grid.resampled(logAlpha, steps: 2 * steps).map { Double.exp($0) }
    // e(0) = d(0) + (ln c)/beta with d(0) in [0, 1], and c is near 1.
    let scan = 600
    var before = (start: -0.05, miss: shot(from: -0.05).miss)
    for i in 1...scan {
      let start = -0.05 + 1.2 * Double(i) / Double(scan)
      let here = shot(from: start)
      if (before.miss > 0) != (here.miss > 0) {
        logSupremum = max(logSupremum, refined(before.start, before.miss, start, here.miss))
      }
      before = (start, here.miss)
    }
    if logSupremum == -.infinity { logSupremum = .infinity }
  }

  /// ln c at the root of e'(1) = 1 in a bracket, by regula falsi with halved weights (Illinois).
  private func refined(_ a: Double, _ atA: Double, _ b: Double, _ atB: Double) -> Double {
    var (a, atA, b, atB) = (a, atA, b, atB)
    var result = -Double.infinity
    for _ in 0..<60 {
      let x = b - atB * (b - a) / (atB - atA)
      let here = shot(from: x)
      result = slope * (x - here.distance)
      if abs(here.miss) < 1e-13 || x == a || x == b { break }
      if (here.miss > 0) != (atB > 0) { (a, atA) = (b, atB) } else { atA /= 2 }
      (b, atB) = (x, here.miss)
    }
    return result
  }

  /// e'(1) - 1 and d(0) = int (1 - y)^2 from e(0), by the classical Runge-Kutta method and Simpson's rule.
  private func shot(from start: Double) -> (miss: Double, distance: Double) {
    let h = 1 / Double(steps)
    var e = start
    var v = -1.0
    var distance = 0.0
    for i in 0..<steps {
      let (left, middle, right) = (2 * alpha[2 * i], 2 * alpha[2 * i + 1], 2 * alpha[2 * i + 2])
      let a1 = left * Double.exp(-slope * e)
      let v2 = v + h / 2 * a1
      let a2 = middle * Double.exp(-slope * (e + h / 2 * v))
      let v3 = v + h / 2 * a2
      let a3 = middle * Double.exp(-slope * (e + h / 2 * v2))
      let v4 = v + h * a3
      let a4 = right * Double.exp(-slope * (e + h * v3))
      let next = v + h / 6 * (a1 + 2 * a2 + 2 * a3 + a4)
      let center = (v + next) / 2 + h / 8 * (a1 - a4)
      distance += h / 6 * ((1 - v) * (1 - v) + 4 * (1 - center) * (1 - center) + (1 - next) * (1 - next)) / 4
      e += h / 6 * (v + 2 * v2 + 2 * v3 + v4)
      v = next
    }
    return (v - 1, distance)
  }
}
