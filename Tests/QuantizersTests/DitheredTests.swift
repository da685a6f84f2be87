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
}
