import RateDistortion
import Testing

/// Successive refinement: layered nested quantizers against mpmath, monolithic codes and the sum-rate bound.
@Suite("Layered quantizers")
struct LayeredQuantizerTests {
  @Test("every stage in both orders: 1e-11 from mpmath")
  func stages() throws {
    let cases = try SideInformationOracle.shared.get().layered
    #expect(cases.count >= 10)
    for one in cases {
      let code = try LayeredQuantizer(
        problem: one.problem, stages: #require(one.stages), order: #require(RefinementOrder(rawValue: one.order ?? "")),
        step: #require(one.step), offset: #require(one.offset))
      for (performance, truth) in zip(code.performances, try #require(one.after)) {
        #expect(truth.deviation(from: performance) < 1e-11, "\(one)")
      }
    }
  }

  @Test("most significant first, each stage is a nested quantizer of wider steps")
  func stagesAreMonolithic() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    let code = try LayeredQuantizer(problem: problem, stages: [2, 2, 2], order: .mostSignificantFirst, step: 0.3)
    for (stage, performance) in code.performances.enumerated() {
      let monolithic = try SteppedQuantizer(
        problem: problem, step: 0.3 * Double(4 >> stage), offset: 0, bins: 2 << stage)
      #expect(abs(monolithic.performance.conditionalRate - performance.conditionalRate) < 1e-11)
      #expect(abs(monolithic.performance.marginalRate - performance.marginalRate) < 1e-11)
      #expect(abs(monolithic.performance.distortion / performance.distortion - 1) < 1e-11)
    }
  }

  @Test(
    "layered conditional coding is as good as monolithic (Learned Layered Coding, section 4.2)",
    arguments: [[2, 2, 2], [4, 4]], [0.1, 0.01])
  func asGoodAsMonolithic(stages: [Int], noise: Double) throws {
    let problem = try GaussianSideInformation(sidePlusNoise: noise)
    let code = try LayeredQuantizer.optimal(
      problem: problem, stages: stages, order: .mostSignificantFirst, objective: .lastStage)
    let table = try RefinementTable(code)
    #expect(table.rows.map(\.bins) == (stages == [4, 4] ? [4, 16] : [2, 4, 8]))
    for row in table.rows {
      // At its own conditional rate no stage loses anything to a monolithic code: each lies on its curve.
      #expect(abs(row.conditionalGap) < 1e-5)
      #expect(row.layered.conditionalRate >= row.sumRateBound)
    }
    // The last stage is the best monolithic code; earlier ones are within 0.4 dB of theirs at all but equal marginal rate.
    #expect(abs(table.rows[stages.count - 1].marginalGap) < 1e-6)
    #expect(table.rows.allSatisfy { $0.marginalGap > -1e-6 && $0.marginalGap < 0.4 })
    let total = table.rows.reduce(0) { $0 + $1.stageRateBound }
    #expect(abs(total - table.rows[stages.count - 1].sumRateBound) < 1e-12)
  }

  @Test(
    "least significant first, the first stages alias: 222 at the last stage's best width starts at rate-0 distortion")
  func leastSignificantFirst() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    let code = try LayeredQuantizer.optimal(
      problem: problem, stages: [2, 2, 2], order: .leastSignificantFirst, objective: .lastStage)
    let performances = code.performances
    #expect(performances[0].distortion > 0.0999 && performances[0].conditionalRate > 0.9999)
    let nested = try SteppedQuantizer.optimalNested(problem: problem, bins: 8).performance
    #expect(abs(performances[2].distortion / nested.distortion - 1) < 1e-6)
  }

  @Test("an offset of whole periods changes nothing, and steps too fine to resolve tell nothing")
  func offsetsAndFineSteps() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    for order in RefinementOrder.allCases {
      let base = try LayeredQuantizer(problem: problem, stages: [2, 3], order: order, step: 0.3, offset: 1.25)
      let moved = try LayeredQuantizer(problem: problem, stages: [2, 3], order: order, step: 0.3, offset: 1.25 - 6e6)
      #expect(base.performances == moved.performances)
      let far = try LayeredQuantizer(problem: problem, stages: [2, 3], order: order, step: 0.3, offset: 1e300)
      #expect(far.performances[1].distortion < 0.1)
      let fine = try LayeredQuantizer(problem: problem, stages: [2, 2], order: order, step: 1e-200)
      #expect(fine.performances[1] == .init(marginalRate: 2, conditionalRate: 2, distortion: 0.1))
    }
  }

  @Test("the width for the sum over stages is no worse for the sum, and no better for the last")
  func objectives() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.01)
    for order in RefinementOrder.allCases {
      let last = try LayeredQuantizer.optimal(
        problem: problem, stages: [4, 4], order: order, objective: .lastStage
      ).performances
      let sum = try LayeredQuantizer.optimal(
        problem: problem, stages: [4, 4], order: order, objective: .sumOverStages
      ).performances
      let total = { (stages: [SideInformationPerformance]) in stages.reduce(0) { $0 + $1.distortion } }
      #expect(total(sum) <= total(last) * (1 + 1e-9))
      #expect(last[1].distortion <= sum[1].distortion * (1 + 1e-9))
    }
  }

  @Test(
    "lists of stages that are empty or absurd are errors, before any work",
    arguments: [
      [], [1], [2, 0], [-2, -2], [1_000_000_000], [1 << 32, 1 << 32], [4096, 2], Array(repeating: 2, count: 40),
    ])
  func badStages(stages: [Int]) throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    for order in RefinementOrder.allCases {
      #expect(throws: DomainError.self) {
        try LayeredQuantizer(problem: problem, stages: stages, order: order, step: 0.1)
      }
      #expect(throws: DomainError.self) {
        try LayeredQuantizer.optimal(problem: problem, stages: stages, order: order, objective: .lastStage)
      }
    }
  }
}
