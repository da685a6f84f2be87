import RateDistortion
import Testing

/// Codes given by thresholds and labels, and codes designed for a slope.
@Suite("Designed one-shot codes")
struct DesignedCodeTests {
  static let problem = Result { try GaussianSideInformation(sidePlusNoise: 0.1) }

  @Test("any thresholds and labels: 1e-11 from mpmath, within the stated error")
  func labelledQuantizers() throws {
    let cases = try SideInformationOracle.shared.get().labelled
    #expect(cases.count >= 10)
    for one in cases {
      let code = try LabelledQuantizer(thresholds: #require(one.thresholds), labels: #require(one.labels))
      let (performance, error) = try code.performance(for: one.problem)
      #expect(try one.values.deviation(from: performance) < 1e-11, "\(one)")
      #expect(error.conditionalRate < 1e-8 && error.distortion < 1e-8 * performance.distortion)
    }
  }

  @Test("no label need be told where none is used")
  func silence() throws {
    let code = try LabelledQuantizer(thresholds: [], labels: [0])
    let performance = code.performance(for: try Self.problem.get()).value
    #expect(performance.marginalRate == 0 && performance.conditionalRate == 0)
    #expect(abs(performance.distortion - 0.1) < 1e-12)
  }

  @Test("thresholds anywhere, and side information of any quality: rates and distortions stay in bounds")
  func extremes() throws {
    for problem in [
      try GaussianSideInformation(correlation: 0), try GaussianSideInformation(correlation: 1e-12),
      try GaussianSideInformation(sidePlusNoise: 1, sideVariance: 1e18),
    ] {
      for thresholds in [[0.0], [-1e300, -1, 0, 1e-300, 5, 1e300], [1e9, 1e9 + 1]] {
        let code = try LabelledQuantizer(thresholds: thresholds, labels: (0...thresholds.count).map { $0 % 3 })
        let performance = code.performance(for: problem).value
        #expect(performance.distortion > 0 && performance.distortion <= problem.conditionalVariance)
        #expect(performance.conditionalRate >= 0 && performance.conditionalRate <= performance.marginalRate + 1e-12)
      }
    }
  }

  @Test("a design beats every trained point's R + lambda D, or loses by no more than its error")
  func beatsTrainedPoints() throws {
    let problem = try Self.problem.get()
    for point in TrainedWynerZivPoint.all {
      let design = try DesignedCode(problem: problem, slope: point.slope, coding: point.coding)
      let performance = design.performance
      let cost = performance.rate(point.coding) + point.slope * performance.distortion
      #expect(cost <= point.cost + 3 * point.costError, "\(point)")
      #expect(design.error.conditionalRate < 1e-8 && design.error.marginalRate < 1e-8)
      #expect(design.error.distortion < 1e-8 * performance.distortion)
    }
  }

  @Test(
    "a design beats the nested quantizers it starts from, and never goes below R_WZ", arguments: IndexCoding.allCases)
  func beatsNested(coding: IndexCoding) throws {
    let problem = try Self.problem.get()
    for slope in [15.0, 28, 70, 150] {
      let design = try DesignedCode(problem: problem, slope: slope, coding: coding).performance
      for bins in 2...10 {
        let nested = try SteppedQuantizer.optimalNested(problem: problem, bins: bins).performance
        #expect(
          design.rate(coding) + slope * design.distortion <= nested.rate(coding) + slope * nested.distortion + 1e-7)
      }
      let bound = SteppedQuantizerTests.wynerZivRate(problem, design.distortion)
      #expect(design.conditionalRate >= bound - 1e-12)
      #expect(design.marginalRate >= design.conditionalRate - 1e-12)
    }
  }

  @Test("marginal designs bin: disjoint intervals share a label (Breaking Smoothness, Fig. 3)")
  func designsBin() throws {
    let design = try DesignedCode(problem: Self.problem.get(), slope: 28, coding: .marginal)
    #expect(Set(design.code.labels).count * 2 <= design.code.labels.count)
    #expect(zip(design.code.labels, design.code.labels.dropFirst()).allSatisfy { $0 != $1 })
  }

  @Test("at a small slope no code is worth its rate")
  func worthless() throws {
    for coding in IndexCoding.allCases {
      let design = try DesignedCode(problem: Self.problem.get(), slope: 5, coding: coding)
      #expect(design.code.labels == [0] && design.performance.rate(coding) == 0)
    }
  }

  @Test("without side information a design is the optimal scalar quantizer of a Gaussian: one bit is the sign")
  func withoutSideInformation() throws {
    // The sign of a Gaussian: 1 bit at 1 - 2/pi.
    let problem = try GaussianSideInformation(correlation: 0)
    let design = try DesignedCode(problem: problem, slope: 3, coding: .marginal).performance
    let sign = 1 + 3 * (1 - 2 / Double.pi)
    #expect(design.marginalRate + 3 * design.distortion <= sign + 1e-9)
    #expect(abs(design.marginalRate - design.conditionalRate) < 1e-9)
  }

  @Test("the curve of designs is below its codes and inverts", arguments: IndexCoding.allCases)
  func curve(coding: IndexCoding) throws {
    let problem = try Self.problem.get()
    let curve = DesignedCurve(problem, coding: coding)
    for rate in [0.3, 1.0, 1.8] {
      let point = try curve.point(atRate: rate)
      let bound = try curve.bound(atDistortion: point.distortion)
      // Designs are local optima, found from different slopes.
      #expect(abs(bound.value - rate) < 2e-4, "\(rate)")
      #expect(bound.rate.width < 1e-8)
      #expect(rate >= SteppedQuantizerTests.wynerZivRate(problem, point.distortion))
    }
    #expect(try curve.point(atDistortion: 0.2).rate == 0)
    #expect(try curve.point(atRate: 0).distortion == 0.1)
    #expect(try curve.point(atDistortion: 1e-7).rate == .infinity)
  }

  @Test("arguments that make no sense are errors")
  func badArguments() throws {
    #expect(throws: DomainError.self) { try LabelledQuantizer(thresholds: [1, 0], labels: [0, 1, 0]) }
    #expect(throws: DomainError.self) { try LabelledQuantizer(thresholds: [.nan], labels: [0, 1]) }
    #expect(throws: DomainError.self) { try LabelledQuantizer(thresholds: [0], labels: [0]) }
    #expect(throws: DomainError.self) { try LabelledQuantizer(thresholds: [0], labels: [0, 1_000_000_000]) }
    #expect(throws: DomainError.self) { try LabelledQuantizer(thresholds: [], labels: [-1]) }
    for slope in [0, -1, .nan, .infinity, 1e9] {
      #expect(throws: DomainError.self) {
        try DesignedCode(problem: Self.problem.get(), slope: slope, coding: .marginal)
      }
    }
    let sharp = try GaussianSideInformation(sidePlusNoise: 1e-9)
    #expect(throws: DomainError.self) { try DesignedCode(problem: sharp, slope: 1e10, coding: .marginal) }
  }
}
