import IntervalArithmetic
import RateDistortion
import Testing

@Suite("Dead-zone quantizers")
struct DeadZoneTests {
  @Test("entropy and distortion by step and rounding agree with mpmath to 1e-12", arguments: sourceNames)
  func quantizersByStep(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = DeadZoneQuantizers(density)
      for row in try SchemeOracle.read().deadzone where row.source == density.name {
        let point = try curve.quantizer(step: row.step, rounding: row.rounding.value)
        #expect(abs(point.rate - row.entropy.value) < 1e-12)
        #expect(relativeError(point.distortion, row.distortion.value) < 1e-12)
      }
    }
    try check(density(source))
  }

  @Test("the best rounding at mpmath's rates and distortions: 1e-10 both ways", arguments: sourceNames)
  func curveBothWays(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = DeadZoneQuantizers(density)
      let rows = try SchemeOracle.read().deadzone.filter { $0.source == density.name && $0.entropy.value >= 0.009 }
      for row in rows {
        let byRate = try curve.point(atRate: row.entropy.value)
        guard row.distortion.value < curve.largestDistortion else {
          // The exponential at low rate: its dead zone is reproduced at 0, which is worse than the mean.
          #expect(byRate.distortion == curve.largestDistortion && density.name == "exponential")
          continue
        }
        #expect(relativeError(byRate.distortion, row.distortion.value) < 1e-10, "rate \(row.entropy.value)")
        let byDistortion = try curve.point(atDistortion: row.distortion.value)
        #expect(abs(byDistortion.rate - row.entropy.value) < 1e-10, "distortion \(row.distortion.value)")
        #expect(abs(try curve.bestRounding(atRate: row.entropy.value) - row.rounding.value) < 1e-6)
      }
    }
    try check(density(source))
  }

  @Test("no rounding parameter does better", arguments: sourceNames)
  func globalOptimum(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = DeadZoneQuantizers(density)
      for rate in [0.012, 0.1, 0.5, 0.9, 1.4, 2.3, 3.6] {
        let best = try curve.point(atRate: rate)
        guard best.distortion < curve.largestDistortion else { continue }
        for rounding in stride(from: 0.0, through: 0.5, by: 0.01) {
          // The step with this rounding and rate, by bisection.
          var low = 0.01
          var high = density.support.upperBound.isFinite ? 0.49 : 25.0
          for _ in 0..<60 {
            let middle = (low + high) / 2
            if try curve.quantizer(step: middle, rounding: rounding).rate > rate { low = middle } else { high = middle }
          }
          let other = try curve.quantizer(step: high, rounding: rounding)
          if other.rate <= rate { #expect(best.distortion <= other.distortion * (1 + 1e-9), "\(rate) \(rounding)") }
        }
      }
    }
    try check(density(source))
  }

  @Test("the enclosure contains floating point and is narrow", arguments: sourceNames)
  func enclosures(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = scaled(DeadZoneQuantizers(density), by: try ScaledDensity(density, squaredScale: 2))
      for rate in [0.02, 0.3, 1, 3, 6] {
        let point = try curve.point(atRate: rate)
        guard point.distortion < curve.largestDistortion else { continue }
        let bound = try curve.bound(atDistortion: point.distortion)
        #expect(bound.rate.lower <= rate + 1e-10 && rate - 1e-10 <= bound.rate.upper)
        #expect(bound.rate.width < 1e-9, "\(rate): \(bound.rate)")
      }
    }
    try check(density(source))
  }
}
