import RateDistortion
import Testing

/// Equal steps, plain and nested: against mpmath, at their limits, and against R_WZ.
@Suite("Codes of equal steps with side information")
struct SteppedQuantizerTests {
  static let problems: [GaussianSideInformation] = [0.1, 0.01, 1, 5].compactMap {
    try? GaussianSideInformation(sidePlusNoise: $0)
  }

  static func wynerZivRate(_ problem: GaussianSideInformation, _ distortion: Double) -> Double {
    max(0, Double.log(problem.conditionalVariance / distortion) / (2 * natsPerBit))
  }

  @Test("plain steps with Slepian-Wolf coding: 1e-11 from mpmath in three settings")
  func plainSteps() throws {
    let cases = try SideInformationOracle.shared.get().plain
    #expect(cases.count >= 10)
    for one in cases {
      let code = try SteppedQuantizer(
        problem: one.problem, step: #require(one.step), offset: #require(one.offset))
      #expect(try one.values.deviation(from: code.performance) < 1e-11, "\(one)")
    }
  }

  @Test("nested steps: 1e-11 from mpmath in three settings")
  func nestedSteps() throws {
    let cases = try SideInformationOracle.shared.get().nested
    #expect(cases.count >= 10)
    for one in cases {
      let code = try SteppedQuantizer(
        problem: one.problem, step: #require(one.step), offset: #require(one.offset), bins: one.bins)
      #expect(try one.values.deviation(from: code.performance) < 1e-11, "\(one)")
    }
  }

  @Test("the limit of fine steps takes over without a jump at a step of 1/32")
  func fineSteps() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 1)
    let below = try SteppedQuantizer(problem: problem, step: (1.0 / 32).nextDown).performance
    let above = try SteppedQuantizer(problem: problem, step: 1.0 / 32).performance
    #expect(abs(below.conditionalRate - above.conditionalRate) < 1e-13)
    #expect(abs(below.distortion / above.distortion - 1) < 1e-12)
  }

  @Test("the gap to R_WZ tends to 0.2546 bits, 1.53 dB, at high rate (Breaking Smoothness, Fig. 4)")
  func highRate() throws {
    let curve = SteppedCurve.slepianWolfUniform(try GaussianSideInformation(sidePlusNoise: 0.1))
    for (rate, tolerance) in [(2.0, 2e-4), (3, 4e-6), (5, 1e-8), (12, 1e-9), (60, 1e-9)] {
      let distortion = try curve.point(atRate: rate).distortion
      let gap = rate - Self.wynerZivRate(curve.problem, distortion)
      #expect(abs(gap - SpaceFillingLoss.scalarBits) < tolerance, "\(rate)")
    }
  }

  @Test("no conditional code lies below R_WZ, and no marginal rate below the conditional one", arguments: problems)
  func aboveWynerZiv(problem: GaussianSideInformation) throws {
    for bins in [nil, 2, 3, 4, 7, 16] {
      for offset in [0, 0.2, 0.5] {
        for factor in [0.05, 0.3, 0.8, 1.7, 3, 6, 15, 60] {
          let code = try SteppedQuantizer(
            problem: problem, step: factor * problem.conditionalVariance.squareRoot(), offset: offset, bins: bins)
          let performance = code.performance
          #expect(performance.conditionalRate >= Self.wynerZivRate(problem, performance.distortion) - 1e-12)
          #expect(performance.marginalRate >= performance.conditionalRate - 1e-12)
          if let bins { #expect(performance.marginalRate <= Double.log(Double(bins)) / natsPerBit + 1e-12) }
        }
      }
    }
  }

  @Test("best nested quantizers: no width or offset of a finer grid has less distortion", arguments: [2, 3, 4, 8, 16])
  func optimalNested(bins: Int) throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    let best = try SteppedQuantizer.optimalNested(problem: problem, bins: bins)
    let least = best.performance.distortion
    for exponent in stride(from: -2.0, through: 2, by: 0.08) {
      for offset in [0, 0.125, 0.25, 0.375, 0.5] {
        let other = try SteppedQuantizer(
          problem: problem, step: best.step * Double.exp(exponent), offset: offset, bins: bins)
        #expect(other.performance.distortion >= least * (1 - 3e-6))
      }
    }
  }

  @Test("curves: rate and distortion invert each other, and the enclosure holds the point")
  func curvesInvert() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    let curves = [
      SteppedCurve.slepianWolfUniform(problem), try .nested(problem, bins: 4),
      try .nested(problem, bins: 8, coding: .conditional),
    ]
    for curve in curves {
      for rate in [0.05, 0.4, 0.9, 1.3] {
        let point = try curve.point(atRate: rate)
        let back = try curve.point(atDistortion: point.distortion)
        #expect(abs(back.rate - rate) < 1e-9, "\(curve.name) \(rate)")
        let bound = try curve.bound(atDistortion: point.distortion)
        // The code that is proved has a distortion 4e-12 smaller.
        #expect(bound.kind == .upper && bound.rate.width < 1e-11)
        #expect(bound.rate.upper >= back.rate - 1e-12 && bound.rate.upper < back.rate + 1e-9)
      }
      #expect(try curve.point(atDistortion: 0.1).rate == 0)
      #expect(try curve.point(atRate: 0).distortion == 0.1)
    }
  }

  @Test("a nested quantizer has no rate that brings it below its least distortion")
  func nestedFloor() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    let curve = try SteppedCurve.nested(problem, bins: 4)
    let least = try SteppedQuantizer.optimalNested(problem: problem, bins: 4).performance.distortion
    #expect(try curve.point(atDistortion: least * 0.999).rate == .infinity)
    #expect(try curve.point(atDistortion: least * 1.001).rate < 2)
    #expect(try curve.bound(atDistortion: 1e-9).rate.upper == .infinity)
    #expect(abs(try curve.point(atRate: 30).distortion / least - 1) < 1e-9)
  }

  @Test("arguments that make no sense are errors, before any work")
  func badArguments() throws {
    for noise in [0, -1, .nan, .infinity] {
      #expect(throws: DomainError.self) { try GaussianSideInformation(sidePlusNoise: noise) }
      #expect(throws: DomainError.self) { try GaussianSideInformation(sourcePlusNoise: noise) }
    }
    #expect(throws: DomainError.self) { try GaussianSideInformation(sidePlusNoise: 1e-12, sideVariance: 1e9) }
    for correlation in [1, -1, 1.5, .nan] {
      #expect(throws: DomainError.self) { try GaussianSideInformation(correlation: correlation) }
    }
    let problem = try GaussianSideInformation(correlation: 0.5)
    for bins in [-1, 0, 1, 1_000_000_000, Int.max] {
      #expect(throws: DomainError.self) { try SteppedQuantizer(problem: problem, step: 1, bins: bins) }
      #expect(throws: DomainError.self) { try SteppedQuantizer.optimalNested(problem: problem, bins: bins) }
      #expect(throws: DomainError.self) { try SteppedCurve.nested(problem, bins: bins) }
    }
    for step in [0, -1, .nan, .infinity] {
      #expect(throws: DomainError.self) { try SteppedQuantizer(problem: problem, step: step) }
    }
    #expect(throws: DomainError.self) { try SteppedCurve.slepianWolfUniform(problem).point(atDistortion: 0) }
    #expect(throws: DomainError.self) { try SteppedCurve.slepianWolfUniform(problem).point(atRate: -1) }
  }

  @Test("extreme side information: none at all, and nearly all")
  func extremes() throws {
    for problem in [
      try GaussianSideInformation(correlation: 0), try GaussianSideInformation(correlation: 1e-9),
      try GaussianSideInformation(sidePlusNoise: 1e-12),
      try GaussianSideInformation(sidePlusNoise: 1, sideVariance: 1e18),
    ] {
      let sigma = problem.conditionalVariance.squareRoot()
      for factor in [1e-100, 1e-9, 0.1, 1, 10, 1e6, 1e200] {
        for bins in [nil, 5] {
          let code = try SteppedQuantizer(problem: problem, step: factor * sigma, bins: bins)
          let performance = code.performance
          #expect(performance.conditionalRate >= Self.wynerZivRate(problem, performance.distortion) - 1e-12)
          #expect(performance.distortion <= problem.conditionalVariance)
        }
      }
    }
  }
}
