import IntervalArithmetic
import RateDistortion
import Testing

@Suite("Dithered quantization")
struct DitheredTests {
  @Test("rate and conditional-mean error agree with mpmath to 1e-11", arguments: sourceNames)
  func valuesByStep(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let variance = density.variance(as: Double.self)
      let rows = try SchemeOracle.read().dithered.filter { $0.source == density.name }
      #expect(rows.count >= 18)
      for row in rows {
        let mean = try DitheredQuantizers(density, decoder: .conditionalMean).quantizer(step: row.step)
        #expect(abs(mean.rate - row.rate.value) < 1e-11, "step \(row.step)")
        #expect(relativeError(mean.distortion, row.conditional.value) < 1e-11, "step \(row.step)")
        let noise = row.step * row.step / 12
        let raw = try DitheredQuantizers(density, decoder: .raw).quantizer(step: row.step)
        #expect(raw.rate == mean.rate && relativeError(raw.distortion, noise) < 1e-15)
        let wiener = try DitheredQuantizers(density, decoder: .wiener).quantizer(step: row.step)
        #expect(relativeError(wiener.distortion, variance * noise / (variance + noise)) < 1e-14)
        #expect(mean.distortion <= wiener.distortion * (1 + 1e-12) && wiener.distortion < raw.distortion)
      }
    }
    try check(density(source))
  }

  @Test("rate and distortion invert each other to 1e-10, and the slope is the derivative", arguments: sourceNames)
  func inversion(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      for decoder in DitheredQuantizers<GaussianDensity>.Decoder.allCases {
        try check(density, decoder)
      }
    }
    func check<D: ScalarDensity>(_ density: D, _ decoder: DitheredQuantizers<GaussianDensity>.Decoder) throws {
      let own: DitheredQuantizers<D>.Decoder =
        decoder == .raw ? .raw : decoder == .wiener ? .wiener : .conditionalMean
      let curve = scaled(DitheredQuantizers(density, decoder: own), by: try ScaledDensity(density, scale: 3))
      for rate in [0.01, 0.1, 0.7, 1.3, 2, 4, 7, 12] {
        let point = try curve.point(atRate: rate)
        guard point.distortion < curve.largestDistortion else {
          #expect(own == .raw)
          continue
        }
        #expect(abs(try curve.point(atDistortion: point.distortion).rate - rate) < 1e-10, "\(own) \(rate)")
        let h = 1e-5
        let near = (try curve.point(atRate: rate - h), try curve.point(atRate: rate + h))
        let slope = try #require(point.slope)
        #expect(relativeError(slope, 2 * h / (near.0.distortion - near.1.distortion)) < 1e-4, "\(own) \(rate)")
      }
    }
    try check(density(source))
  }

  @Test("the uniform source: I = s/2 - log s")
  func uniformClosedForm() throws {
    let curve = DitheredQuantizers(UniformDensity(), decoder: .conditionalMean)
    #expect(relativeError(try curve.quantizer(step: 0.5).rate * natsPerBit, 0.25 - Double.log(0.5)) < 1e-14)
    #expect(relativeError(try curve.quantizer(step: 4).rate * natsPerBit, 0.125) < 1e-14)
  }

  @Test("Ziv: raw dithered quantization of a Gaussian costs at most 0.754 bits over R(D)")
  func zivBound() throws {
    let curve = DitheredQuantizers(GaussianDensity(), decoder: .raw)
    for decibel in stride(from: -60.0, to: -0.1, by: 2) {
      let d = distortion(decibels: decibel)
      let gap = try curve.point(atDistortion: d).rate + Double.log(d) / (2 * natsPerBit)
      #expect(gap < 0.754 && gap > 0.2546 - 1e-9)
    }
  }

  @Test("at high rate every decoder is 0.2546 bits above the Shannon lower bound", arguments: sourceNames)
  func highRate(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let curve = DitheredQuantizers(density, decoder: .conditionalMean)
      let point = try curve.point(atRate: 14)
      let limit = try HighRate.limit(of: density).point(atDistortion: point.distortion)
      #expect(abs(point.rate - limit.rate) < 1e-3)
    }
    try check(density(source))
  }

  @Test(
    "enclosures hold the mpmath values and are narrow, at steps from 10^-4 to 10^6 scales", arguments: sourceNames)
  func enclosures(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      for row in try SchemeOracle.read().dithered where row.source == density.name {
        let enclosed = density.enclosedOffsetAverages(step: row.step)
        let bits = enclosed.information / .ln2
        #expect(bits.lower <= row.rate.value * (1 + 1e-15) && bits.upper >= row.rate.value * (1 - 1e-15), "\(row.step)")
        #expect(bits.width <= (2e-12 + 5e-14 / row.step) * bits.upper, "\(row.step)")
        let conditional = enclosed.conditional
        #expect(
          conditional.lower <= row.conditional.value * (1 + 1e-15)
            && conditional.upper >= row.conditional.value * (1 - 1e-15), "\(row.step)")
        #expect(conditional.width <= (3e-11 + 1e-11 / row.step) * conditional.upper, "\(row.step)")
      }
      for step in [1e-4, 1e-2, 0.3, 1, 7, 60, 1e6] {
        let enclosed = density.enclosedOffsetAverages(step: step)
        let averages = density.offsetAverages(step: step)
        #expect(relativeError(enclosed.information.midpoint, averages.information) < 1e-10, "\(step)")
        #expect(relativeError(enclosed.conditional.midpoint, averages.conditional) < 1e-9, "\(step)")
        #expect(enclosed.information.width <= 1e-9 * enclosed.information.upper, "\(step)")
      }
    }
    try check(density(source))
  }

  @Test(
    "a step proves its own rate, and nothing at a distortion that its decoder does not reach", arguments: sourceNames)
  func proofs(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      func check<D: ScalarDensity>(_ curve: DitheredQuantizers<D>) throws {
        for rate in [1e-3, 0.4, 2, 6.5, 13] {
          let point = try curve.point(atRate: rate)
          guard point.distortion < curve.largestDistortion else { continue }
          let bound = try curve.bound(atDistortion: point.distortion)
          #expect(bound.rate.lower <= rate + 1e-10 && bound.rate.upper >= rate - 1e-10, "\(rate)")
          #expect(bound.rate.width < (rate > 8 ? 1e-7 : 1e-8), "\(rate)")
          let step = try #require(bound.evidence as? DitherStep).step
          let proved = { (step: Double) in try curve.proved(by: DitherStep(step: step), atDistortion: point.distortion)
          }
          #expect(try proved(step).upper == bound.rate.upper)
          #expect(try proved(step * (1 + 1e-6)).upper == .infinity, "\(rate)")
          let finer = try proved(step * 0.999)
          #expect(finer.upper > bound.rate.lower && finer.upper < bound.rate.upper + 2e-3 && finer.lower == 0)
        }
        for step in [0, -1, .nan, .infinity, 1e-12, 1e10] {
          #expect(throws: DomainError.self) { try curve.proved(by: DitherStep(step: step), atDistortion: 0.05) }
        }
      }
      for decoder in DitheredQuantizers<GaussianDensity>.Decoder.allCases {
        try check(
          DitheredQuantizers(density, decoder: decoder == .raw ? .raw : decoder == .wiener ? .wiener : .conditionalMean)
        )
      }
    }
    try check(density(source))
  }
}
