import IntervalArithmetic
import RateDistortion
import Testing

@Suite("optimal entropy-constrained scalar quantizers")
struct ECSQCurveTests {
  static let names = ["gaussian", "laplace", "exponential", "logistic", "uniform"]

  static func curve(_ name: String, scale: Double? = nil) throws -> Curve {
    try #require(sides(name, scale: scale).last)
  }

  /// The converse and the quantizer; for the uniform source the exact curve alone.
  static func sides(_ name: String, scale: Double? = nil) throws -> [Curve] {
    let type = try Catalogue.source(named: name)
    var texts: [String: String] = [:]
    if let scale { texts[name == "gaussian" ? "variance" : "scale"] = String(scale) }
    return try KnownSource(type, SourceParameters(texts, of: type.description)).curves(named: .ecsq)
  }

  @Test("D at a rate agrees with 25-digit values to 1e-10, and so does the slope", arguments: names)
  func agreesWithOracle(name: String) throws {
    let rows = try ECSQOracle.optima().filter { $0.source == name }
    #expect(rows.count >= 20)
    let curve = try Self.curve(name)
    for row in rows {
      let point = try curve.point(atRate: row.rate)
      #expect(abs(point.distortion / row.distortion.value - 1) < 1e-10, "\(row)")
      let back = try curve.point(atDistortion: row.distortion.value)
      #expect(abs(back.rate - row.rate) < 1e-10, "\(row)")
      if name != "uniform" {
        let slope = try #require(point.slope)
        #expect(abs(slope * row.slope.value * natsPerBit - 1) < 1e-6, "\(row)")
      }
    }
  }

  @Test(
    "the converse and the quantizer enclose the 25-digit rate: by a table within 1e-4 bits, precisely within 1e-6 up to 4 bits",
    arguments: names)
  func boundsEncloseOracle(name: String) throws {
    let rows = try ECSQOracle.optima().filter { $0.source == name }
    for row in rows where [0.01, 0.5, 1, 1.75, 3].contains(row.rate) {
      let sides = try Self.sides(name)
      let tabulated = try #require(sides.first).bound(atDistortion: row.distortion.value)
      let lower = try #require(sides.first).precise.bound(atDistortion: row.distortion.value)
      let upper = try #require(sides.last).bound(atDistortion: row.distortion.value)
      // The oracle's distortion is rounded to a number, which moves the rate by a few 1e-16.
      for side in [lower, tabulated] { #expect(side.rate.lower <= row.rate + 1e-15, "\(row)") }
      #expect(tabulated.rate.lower > row.rate - 1e-4 && tabulated.rate.upper >= row.rate - 1e-15, "\(row)")
      #expect(upper.rate.upper >= row.rate - 1e-15, "\(row)")
      #expect(upper.rate.upper - lower.rate.lower < 1e-6, "\(row)")
      #expect(upper.rate.upper - row.rate < 1e-10, "\(row)")
    }
  }

  @Test(
    "the general method agrees with Sullivan's closed form to 1e-10", arguments: [0.05, 0.7, 1.0, 2.0, 3.3, 5.0, 8.0])
  func agreesWithSullivan(rate: Double) throws {
    let laplace = try EntropyConstrainedQuantizer(density: LaplaceDensity()).hull(rate: rate)
    let exponential = try EntropyConstrainedQuantizer(density: ExponentialDensity()).hull(rate: rate)
    #expect(abs(laplace.distortion / (try Self.curve("laplace").point(atRate: rate).distortion) - 1) < 1e-10)
    #expect(abs(exponential.distortion / (try Self.curve("exponential").point(atRate: rate).distortion) - 1) < 1e-10)
  }

  @Test("the general method finds the time-sharing hull of the uniform source (Gyorgy, Linder 2000)")
  func agreesWithUniform() throws {
    let general = EntropyConstrainedQuantizer(density: UniformDensity())
    for rate in [0.3, 1.0, 1.2, 1.9, 2.5, 3.1] {
      let exact = try Self.curve("uniform").point(atRate: rate)
      #expect(abs(try general.hull(rate: rate).distortion / exact.distortion - 1) < 1e-10, "\(rate)")
    }
  }

  @Test("one bit of a Gaussian costs D = 0.348261 with a middle cell, not the sign's 1 - 2/pi")
  func gaussianAtOneBit() throws {
    let point = try Self.curve("gaussian").point(atRate: 1)
    #expect(abs(point.distortion - 0.348261279703616) < 1e-12)
    #expect(point.distortion < 1 - 2 / Double.pi)
  }

  @Test(
    "at high rate the gap to R(D) is 1/2 log2(pi e/6) = 0.2546 bits (Gish, Pierce 1968)", arguments: [3.0, 6, 9, 12])
  func gishPierce(rate: Double) throws {
    let point = try Self.curve("gaussian").point(atRate: rate)
    let shannon = try KnownSource(Gaussian(variance: 1)).curve(named: .shannon).point(atDistortion: point.distortion)
    let gap = rate - shannon.rate
    #expect(gap > 0)
    #expect(abs(gap - SpaceFillingLoss.scalarBits) < (rate < 6 ? 1e-3 : 1e-6))
  }

  @Test("the certified quantizer is stationary, and has the rate and distortion it claims")
  func certificate() throws {
    let density = GaussianDensity()
    let bound = try EntropyConstrainedCurve(density).bound(atDistortion: 0.05)
    let quantizer = try #require(bound.evidence as? ThresholdQuantizer)
    let lambda = try #require(bound.slope)
    let mu = 1 / (lambda * natsPerBit)
    for (k, t) in quantizer.thresholds.enumerated() {
      let (c, d) = (quantizer.codepoints[k], quantizer.codepoints[k + 1])
      let (p, q) = (quantizer.probabilities[k], quantizer.probabilities[k + 1])
      let residual = (t - c) * (t - c) - (d - t) * (d - t) - mu * Double.log(p / q)
      #expect(abs(residual) * min(p, q) < 1e-12)
    }
    let (entropy, distortion) = quantizer.performance(on: density, as: Interval.self)
    #expect(distortion.upper <= 0.05)
    #expect((entropy / .ln2).upper <= bound.rate.upper)
  }

  @Test("no uniform-threshold quantizer with centroids is better than the hull", arguments: names)
  func beatsUniformThresholds(name: String) throws {
    let density = try #require(densities[name])
    let curve = try Self.curve(name)
    for step in [0.1, 0.31, 0.8, 1.7, 2.9] where name != "uniform" || step < 0.5 {
      for phase in [0.0, 0.25, 0.5] {
        let low = max(density.support.lowerBound, -12)
        let high = min(density.support.upperBound, 12)
        var thresholds: [Double] = []
        var t = ((low / step).rounded(.down) + phase) * step
        while t < high {
          if t > low { thresholds.append(t) }
          t += step
        }
        let (entropy, distortion) = try performance(of: thresholds, on: density)
        let best = try curve.point(atDistortion: distortion)
        #expect(entropy / natsPerBit >= best.rate - 1e-9, "\(step) \(phase)")
      }
    }
  }

  private func performance<D: ScalarDensity>(of thresholds: [Double], on density: D) throws -> (Double, Double) {
    let quantizer = try ThresholdQuantizer(thresholds: thresholds, of: density)
    let (entropy, distortion) = quantizer.performance(on: density, as: Double.self)
    return (entropy, distortion)
  }

  @Test("the hull is decreasing and convex, from the variance at rate 0", arguments: names)
  func convex(name: String) throws {
    let curve = try Self.curve(name)
    let points = try (0...60).map { try curve.point(atRate: Double($0) / 12) }
    #expect(abs(points[0].distortion - curve.largestDistortion) < 1e-15)
    for (a, (b, c)) in zip(points, zip(points.dropFirst(), points.dropFirst(2))) {
      #expect(a.distortion > b.distortion)
      #expect(a.distortion + c.distortion >= 2 * b.distortion - 1e-13)
    }
  }

  @Test("a source of scale s has s^2 times the distortion", arguments: names.dropLast())
  func scaling(name: String) throws {
    let scale = 3.7
    let factor = name == "gaussian" ? scale : scale * scale
    let standard = try Self.curve(name).point(atRate: 1.3)
    let scaled = try Self.curve(name, scale: scale).point(atRate: 1.3)
    #expect(abs(scaled.distortion / standard.distortion - factor) < 1e-12 * factor)
    let bounds = try Self.sides(name, scale: scale).map { try $0.bound(atDistortion: scaled.distortion) }
    #expect(bounds.map(\.kind) == [.lower, .upper])
    #expect(bounds[0].value <= 1.3 && 1.3 <= bounds[1].value + 1e-12)
  }

  /// Points of trained compressors of the standard Laplace source, with standard errors of rate and distortion over 2^20
  /// samples: VECVQ at lambda 0.5, 5, 20, 250 and NTC at 1.5, 20, 250.
  static let trained: [(rate: Double, rateError: Double, distortion: Double, distortionError: Double)] = [
    (0.19636669368729898, 9.76e-4, 1.4399036083528571, 2.267e-3),
    (1.9680594538328364, 1.454e-3, 0.15191992862227333, 1.554e-4),
    (3.0254437997290324, 1.425e-3, 0.0365613948746973, 3.371e-5),
    (4.772256516358311, 1.305e-3, 0.003338727358866569, 3.096e-6),
    (0.9799584724051726, 1.4e-3, 0.5394922644976696, 6.519e-4),
    (3.046994551508533, 1.397e-3, 0.0358808745774755, 3.285e-5),
    (4.863717192828744, 1.359e-3, 0.0029062238957753847, 2.568e-6),
  ]

  @Test("trained Laplace compressors lie on the curve or up to 0.01 bits above it, within three standard errors")
  func trainedPoints() throws {
    let curve = try Self.curve("laplace")
    for point in Self.trained {
      let best = try curve.point(atDistortion: point.distortion)
      let slope = try #require(best.slope)
      let error = Double.sqrt(.squared(point.rateError) + .squared(slope * point.distortionError))
      #expect(point.rate - best.rate > -3 * error)
      #expect(point.rate - best.rate < 0.01 + 3 * error)
    }
  }

  @Test("rates, distortions, slopes and scales that make no sense are refused")
  func badInput() throws {
    let curve = try Self.curve("gaussian")
    for rate in [-1.0, 200, .nan, .infinity, 16.1] {
      #expect(throws: DomainError.self) { try curve.point(atRate: rate) }
    }
    for distortion in [0.0, -1, .nan, .infinity, 1e-30] {
      #expect(throws: DomainError.self) { try curve.point(atDistortion: distortion) }
    }
    #expect(try curve.point(atRate: 0).distortion == 1)
    #expect(try curve.point(atDistortion: 5).rate == 0)
    let general = EntropyConstrainedQuantizer(density: GaussianDensity())
    for slope in [0.0, -2, .nan, .infinity, 1e40] {
      #expect(throws: DomainError.self) { try general.design(slope: slope) }
    }
    #expect(throws: DomainError.self) { try general.hull(rate: 0) }
    #expect(throws: DomainError.self) { try Laplace(scale: 0) }
    #expect(throws: DomainError.self) { try Logistic(scale: -1) }
    #expect(throws: DomainError.self) { try Exponential(scale: .nan) }
    #expect(throws: DomainError.self) { try ThresholdQuantizer(thresholds: [1, 0], of: GaussianDensity()) }
    #expect(throws: DomainError.self) { try ThresholdQuantizer(thresholds: [0.7], of: UniformDensity()) }
    #expect(throws: DomainError.self) { try SullivanQuantizer(.laplace, step: 0) }
  }
}
