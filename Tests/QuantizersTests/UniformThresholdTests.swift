import IntervalArithmetic
import RateDistortion
import Testing

@Suite("Uniform-threshold quantizers")
struct UniformThresholdTests {
  @Test("entropy and distortion by step agree with mpmath to 1e-12", arguments: sourceNames)
  func quantizersByStep(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = UniformThresholdQuantizers(density)
      let rows = try SchemeOracle.read().uniform.filter { $0.source == source }
      #expect(rows.count >= 40)
      for row in rows {
        if source == "uniform", !row.midtread, row.step > 0.5 { continue }
        let point = try curve.quantizer(step: row.step, parity: row.midtread ? .midTread : .midRise)
        #expect(abs(point.rate - row.entropy.value) < 1e-12, "step \(row.step) \(row.midtread)")
        #expect(relativeError(point.distortion, row.distortion.value) < 1e-12, "step \(row.step) \(row.midtread)")
      }
    }
    try check(density(source))
  }

  @Test("the curve at mpmath's rates and distortions: 1e-10 both ways", arguments: sourceNames)
  func curveBothWays(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let both = UniformThresholdQuantizers(density)
      let rows = try SchemeOracle.read().uniform.filter { $0.source == density.name && $0.entropy.value >= 0.009 }
      var checked = 0
      for row in rows {
        if density.name == "uniform", !row.midtread, row.step > 0.5 { continue }
        let curve = UniformThresholdQuantizers(density, parities: [row.midtread ? .midTread : .midRise])
        let byRate = try curve.point(atRate: row.entropy.value)
        let byDistortion = try curve.point(atDistortion: row.distortion.value)
        #expect(relativeError(byRate.distortion, row.distortion.value) < 1e-10, "rate \(row.entropy.value)")
        #expect(abs(byDistortion.rate - row.entropy.value) < 1e-10, "distortion \(row.distortion.value)")
        #expect(try both.point(atRate: row.entropy.value).distortion <= byRate.distortion)
        #expect(try both.point(atDistortion: row.distortion.value).rate <= byDistortion.rate)
        checked += 1
      }
      #expect(checked >= 30)
    }
    try check(density(source))
  }

  @Test("the enclosure contains floating point, is narrow, and its upper end is a code's", arguments: sourceNames)
  func enclosures(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = scaled(UniformThresholdQuantizers(density), by: try ScaledDensity(density, scale: 1.5))
      for rate in [0.02, 0.3, 1, 1.7, 3, 5, 8] {
        let point = try curve.point(atRate: rate)
        let bound = try curve.bound(atDistortion: point.distortion)
        #expect(bound.kind == .upper)
        #expect(bound.rate.lower <= rate + 1e-11 && rate - 1e-11 <= bound.rate.upper)
        // Next to a uniform code of the uniform source the slope is infinite.
        #expect(bound.rate.width < (density.name == "uniform" ? 1e-7 : 1e-10), "\(rate): \(bound.rate)")
      }
    }
    try check(density(source))
  }

  @Test("the slope is the derivative of the curve", arguments: sourceNames)
  func slopes(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = UniformThresholdQuantizers(density)
      for rate in [0.05, 0.4, 1.3, 2.7, 6.1] {
        let point = try curve.point(atRate: rate)
        let near = try curve.point(atRate: rate + 1e-5)
        let before = try curve.point(atRate: rate - 1e-5)
        let slope = try #require(point.slope)
        #expect(relativeError(slope, 2e-5 / (before.distortion - near.distortion)) < 1e-3, "\(rate)")
      }
    }
    try check(density(source))
  }
}
