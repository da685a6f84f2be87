import IntervalArithmetic
import RateDistortion
import Testing

@Suite("High-rate theory and gaps")
struct HighRateTests {
  @Test("Gish and Pierce: 0.2546 bits, 1.53 dB")
  func gishPierce() throws {
    #expect(abs(SpaceFillingLoss.scalarBits - 0.254614) < 1e-6)
    #expect(abs(SpaceFillingLoss.scalarDecibels - 1.532923) < 1e-5)
    let density = GaussianDensity()
    let shannon = LogarithmicLimit.shannonLowerBound(entropy: density.differentialEntropy(as: Interval.self))
    let gap =
      try HighRate.limit(of: density).point(atDistortion: 1e-4).rate - shannon.point(atDistortion: 1e-4).rate
    #expect(abs(gap - SpaceFillingLoss.scalarBits) < 1e-13)
  }

  @Test("the Shannon lower bound of a Gaussian is its R(D)")
  func gaussianReference() throws {
    let bound = try ScaledDensity(GaussianDensity(), squaredScale: 3).shannonReference
    for d in [2.5, 0.3, 1e-5] {
      #expect(abs(try bound.point(atDistortion: d).rate - Double.log(3 / d) / (2 * natsPerBit)) < 1e-13)
    }
  }

  @Test("Bennett's integral is Panter and Dite's at the best point density", arguments: sourceNames)
  func bennettAtOptimum(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let value = try HighRate.bennettIntegral(density) { x in
        density.support.contains(x) && abs(x) < density.reach ? Double.exp(Double.log(density.density(x)) / 3) : 0
      }
      #expect(relativeError(value, density.panterDiteConstant) < 1e-9)
    }
    try check(density(source))
  }

  @Test("Bennett's integral of a Laplace source and Laplace point densities of scale k: k^2/(3 (1 - 2/k))")
  func bennettLaplace() throws {
    for k in [2.5, 3, 4, 7] {
      let value = try HighRate.bennettIntegral(LaplaceDensity()) { Double.exp(-abs($0) / k) }
      #expect(relativeError(value, k * k / (3 * (1 - 2 / k))) < 1e-9)
    }
  }

  @Test("the Gaussian's Panter-Dite gap: 1/2 log2(pi sqrt 3/2) = 0.722 bits, 4.35 dB")
  func panterDiteGap() throws {
    let gap = HighRate.panterDiteGap(GaussianDensity())
    #expect(abs(gap - 0.7220) < 1e-4)
    #expect(abs(20 * gap * 0.30103 - 4.347) < 1e-3)
    #expect(relativeError(LogisticDensity().panterDiteConstant, 12.405828547598777449) < 1e-13)
  }

  @Test("slopes at high rate: lambda = 1/(2 D ln 2) at D = s^2/12", arguments: sourceNames)
  func slopes(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let source = try ScaledDensity(density, scale: 0.3)
      let point = try scaled(UniformThresholdQuantizers(density), by: source).point(atRate: 10.1)
      let slope = try #require(point.slope)
      if density.support.upperBound.isInfinite {
        #expect(relativeError(slope, try HighRate.slope(of: source, atRate: 10.1)) < 3e-3)
        #expect(relativeError(slope, try HighRate.slope(atDistortion: point.distortion)) < 3e-3)
      }
    }
    try check(density(source))
  }

  @Test("every scheme's gap tends to its limit at high rate", arguments: sourceNames)
  func highRateLimits(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let source = try ScaledDensity(density, scale: 2)
      let gaps = try source.gaps.gaps(atRate: 12)
      for limit in source.gapLimits {
        let gap = try #require(gaps.first { $0.scheme == limit.scheme })
        #expect(abs(gap.bits - limit.highRateBits) < 2e-3, "\(gap)")
        #expect(abs(gap.decibels - limit.highRateDecibels) < 0.012, "\(gap)")
      }
    }
    try check(density(source))
  }

  @Test(
    "gaps of achievable schemes are positive, and the conditional mean beats the linear estimate",
    arguments: sourceNames)
  func signs(source: String) throws {
    func check(_ density: some ScalarDensity) throws {
      let source = try ScaledDensity(density, scale: 1)
      for rate in [0.05, 0.4, 1.2, 2.5, 5] {
        let gaps = try source.gaps.gaps(atRate: rate)
        for gap in gaps where gap.scheme != .highRate {
          #expect(gap.bits >= 0 && gap.decibels >= 0, "\(gap)")
        }
        let byName = Dictionary(uniqueKeysWithValues: gaps.map { ($0.scheme, $0.decibels) })
        let mean = try #require(byName[.ditheredMean])
        #expect(mean <= (byName[.ditheredWiener] ?? 0) + 1e-9)
      }
    }
    try check(density(source))
  }

  @Test("what the first fraction of a bit saves: 2 ln 2 variances a bit at most for a Gaussian")
  func initialSavings() throws {
    let source = try ScaledDensity(GaussianDensity(), scale: 1)
    let limits = Dictionary(uniqueKeysWithValues: source.gapLimits.map { ($0.scheme, $0.initialSaving) })
    let mean = try #require(limits[.ditheredMean] ?? nil)
    // The integrals over tau of f^2/(F (1 - F)) and of the entropy of F are equal (25 digits in mpmath).
    #expect(relativeError(mean, natsPerBit) < 1e-9)
    let point = try DitheredQuantizers(GaussianDensity(), decoder: .conditionalMean).point(atRate: 1e-3)
    #expect(relativeError((1 - point.distortion) / 1e-3, mean) < 1e-6)
    #expect(mean < 2 * natsPerBit)
    let uniform = try ScaledDensity(UniformDensity(), scale: 1).gapLimits.first { $0.scheme == .ditheredMean }
    #expect(relativeError(try #require(uniform?.initialSaving), natsPerBit) < 1e-9)
  }

  @Test("rates and parameters that make no sense are refused, by every scheme")
  func badInput() throws {
    for bad in [0, -1, .infinity, .nan, 1e200, 1e-200] {
      #expect(throws: DomainError.self) { try ScaledDensity(LaplaceDensity(), scale: bad) }
    }
    #expect(throws: DomainError.self) { try ScaledDensity(LaplaceDensity(), squaredScale: -1) }
    let source = try ScaledDensity(LogisticDensity(), scale: 1)
    for scheme in source.practicalSchemes where scheme.name != .highRate {
      for rate in [-1, 200, .infinity, .nan] as [Double] {
        #expect(throws: DomainError.self) { try scheme.point(atRate: rate) }
      }
      for distortion in [0, -1, .infinity, .nan, 1e-40] as [Double] {
        #expect(throws: DomainError.self) { try scheme.point(atDistortion: distortion) }
        #expect(throws: DomainError.self) { try scheme.bound(atDistortion: distortion) }
      }
      let silence = try scheme.point(atRate: 0)
      #expect(silence.distortion == scheme.largestDistortion && silence.rate == 0)
      #expect(try scheme.point(atDistortion: 100).rate == 0)
      #expect(try scheme.bound(atDistortion: 100).rate.upper == 0)
      for rate in [1e-300, 1e-9, 1e-4, 16] {
        let point = try scheme.point(atRate: rate)
        #expect(point.distortion > 0 && point.distortion <= scheme.largestDistortion)
      }
      for share in [1 - 1e-15, 1 - 1e-9, 1 - 1e-4] {
        let bound = try scheme.bound(atDistortion: scheme.largestDistortion * share)
        #expect(bound.rate.lower >= 0 && bound.rate.upper <= 1.01, "\(scheme.name) \(share) \(bound.rate)")
      }
    }
    #expect(throws: DomainError.self) { try source.gaps.gaps(atRate: 0) }
    let uniform = UniformThresholdQuantizers(LogisticDensity())
    let deadZone = DeadZoneQuantizers(LogisticDensity())
    let dithered = DitheredQuantizers(LogisticDensity(), decoder: .raw)
    for step in [0, -1, 1e-9, .nan, .infinity] as [Double] {
      #expect(throws: DomainError.self) { try uniform.quantizer(step: step, parity: .midTread) }
      #expect(throws: DomainError.self) { try deadZone.quantizer(step: step, rounding: 0.5) }
      #expect(throws: DomainError.self) { try dithered.quantizer(step: step) }
    }
    for rounding in [-0.1, 0.6, .nan] {
      #expect(throws: DomainError.self) { try deadZone.quantizer(step: 1, rounding: rounding) }
    }
  }
}
