import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Rates and distortions with interval remainders: they contain mpmath's values, are narrow, and prove what curves claim.
@Suite("Enclosures of codes with side information")
struct EnclosureTests {
  /// Whether mpmath's 20 digits lie in an interval.
  private func holds(_ interval: Interval, _ digits: Digits) -> Bool {
    digits.isBetween(interval.lower, and: interval.upper)
  }

  private func check(_ enclosure: SideInformationEnclosure, _ one: SideInformationOracle.Values, _ comment: Comment) {
    #expect(holds(enclosure.marginalRate, one.marginal), comment)
    #expect(holds(enclosure.conditionalRate, one.conditional), comment)
    #expect(holds(enclosure.distortion, one.distortion), comment)
    #expect(enclosure.marginalRate.width < 2e-12 && enclosure.conditionalRate.width < 1e-12, comment)
    #expect(enclosure.distortion.width < 5e-11 * enclosure.distortion.upper, comment)
  }

  @Test("plain, nested and labelled codes in three settings: mpmath's values lie inside, to 1e-12")
  func oracle() throws {
    let oracle = try SideInformationOracle.shared.get()
    #expect(min(oracle.plain.count, oracle.nested.count, oracle.labelled.count) >= 10)
    for one in oracle.plain + oracle.nested {
      let code = try SteppedQuantizer(
        problem: one.problem, step: #require(one.step), offset: #require(one.offset), bins: one.bins)
      check(try #require(code.enclosure), try one.values, "\(one)")
    }
    for one in oracle.labelled {
      let code = try LabelledQuantizer(thresholds: #require(one.thresholds), labels: #require(one.labels))
      check(try #require(code.enclosure(for: one.problem)), try one.values, "\(one)")
    }
  }

  @Test("every stage of layered codes in both orders: mpmath's values lie inside")
  func layered() throws {
    let cases = try SideInformationOracle.shared.get().layered
    #expect(cases.count >= 10)
    for one in cases {
      let code = try LayeredQuantizer(
        problem: one.problem, stages: #require(one.stages), order: #require(RefinementOrder(rawValue: one.order ?? "")),
        step: #require(one.step), offset: #require(one.offset))
      for (stage, values) in try #require(one.after).enumerated() {
        check(try #require(code.enclosure(afterStage: stage + 1)), values, "\(one) stage \(stage + 1)")
      }
      #expect(code.enclosure(afterStage: 0) == nil && code.enclosure(afterStage: 9) == nil)
    }
  }

  @Test(
    "floating point lies inside its own enclosure, widened by 1e-10, for any step and offset",
    arguments: [0.15, 0.3, 1.1, 4, 30])
  func floatingPoint(factor: Double) throws {
    for problem in [
      try GaussianSideInformation(sidePlusNoise: 0.1), try GaussianSideInformation(sidePlusNoise: 5),
      try GaussianSideInformation(correlation: 0), try GaussianSideInformation(correlation: 0.05),
      try GaussianSideInformation(sourcePlusNoise: 0.003),
    ] {
      for (bins, offset) in [(nil, 0.5), (nil, 0.3), (2, 0), (5, 0.5), (16, 0.7)] as [(Int?, Double)] {
        let code = try SteppedQuantizer(
          problem: problem, step: factor * problem.conditionalVariance.squareRoot(), offset: offset, bins: bins)
        let enclosure = try #require(code.enclosure)
        let performance = code.performance
        let near = { (interval: Interval, value: Double, scale: Double) in
          interval.lower - 1e-10 * scale <= value && value <= interval.upper + 1e-10 * scale
        }
        #expect(near(enclosure.conditionalRate, performance.conditionalRate, 1), "\(code)")
        #expect(near(enclosure.marginalRate, performance.marginalRate, 1), "\(code)")
        #expect(near(enclosure.distortion, performance.distortion, performance.distortion), "\(code)")
      }
    }
  }

  @Test("a curve's bound is proved anew by its certificate, and by no other's", arguments: ["0.1", "0.01"])
  func certificates(noise: String) throws {
    let parameters = try SourceParameters(["noise-variance": noise], of: WynerZiv.description)
    let source = try KnownSource(WynerZiv.self, parameters)
    let variance = try WynerZiv(parameters: parameters).conditionalVariance.midpoint
    let limit = try source.curve(named: .wynerZiv)
    for name in ["slepian-wolf-uniform", "nested-4", "nested-8-conditional", "designed-marginal"] {
      let curve = try source.curve(named: CurveName(rawValue: name))
      for factor in name == "slepian-wolf-uniform" ? [0.9, 0.4, 0.02, 1e-5] : [0.7, 0.45] {
        let distortion = factor * variance
        let bound = try curve.bound(atDistortion: distortion)
        #expect(bound.kind == .upper && bound.rate.width < 1e-11, "\(name) \(factor)")
        #expect(try curve.point(atDistortion: distortion).rate <= bound.rate.upper + 1e-11)
        #expect(bound.rate.lower >= (try limit.bound(atDistortion: distortion).rate.lower))
        let proved = try curve.proved(by: bound.evidence, atDistortion: distortion)
        // Tables of designed codes are moved outwards a little, so that other machines bear them out.
        #expect(proved.upper <= bound.rate.upper && proved.lower <= 0)
        #expect(proved.upper >= bound.rate.upper - (name.hasPrefix("designed") ? 1e-11 : 0))
        // The code has this distortion and no less.
        #expect(try curve.proved(by: bound.evidence, atDistortion: distortion * (1 - 1e-9)).upper == .infinity)
        #expect(try curve.proved(by: ClosedForm("trust me"), atDistortion: distortion) == .hull(0, .infinity))
        let other = SteppedCode(step: 1, offset: 0, bins: 77)
        #expect(try curve.proved(by: other, atDistortion: distortion) == .hull(0, .infinity))
      }
      #expect(try curve.bound(atDistortion: 1).rate.upper == 0)
    }
  }

  @Test("a designed code is proved to do what floating point says, to 1e-8")
  func designs() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    for coding in IndexCoding.allCases {
      for slope in [20.0, 60] {
        let design = try DesignedCode(problem: problem, slope: slope, coding: coding)
        let enclosure = try #require(design.code.enclosure(for: problem))
        let performance = design.performance
        #expect(abs(enclosure.marginalRate.midpoint - performance.marginalRate) < 1e-10)
        #expect(abs(enclosure.conditionalRate.midpoint - performance.conditionalRate) < 1e-10)
        #expect(abs(enclosure.distortion.midpoint / performance.distortion - 1) < 1e-10)
        #expect(enclosure.conditionalRate.width < 1e-11 && enclosure.marginalRate.width < 1e-11)
      }
    }
  }

  @Test("work that would not end is refused, and nothing is claimed")
  func refusals() throws {
    let problem = try GaussianSideInformation(sidePlusNoise: 0.1)
    for (step, bins) in [(1e-9, nil), (1e300, nil), (0.1, 4096)] as [(Double, Int?)] {
      #expect(try SteppedQuantizer(problem: problem, step: step, bins: bins).enclosure == nil)
    }
    let sharp = try GaussianSideInformation(sidePlusNoise: 1, sideVariance: 1e18)
    #expect(try LabelledQuantizer(thresholds: [0], labels: [0, 1]).enclosure(for: sharp) == nil)
    // The rates of fine steps need no quadrature.
    let curve = SteppedCurve.slepianWolfUniform(sharp)
    #expect(try curve.bound(atDistortion: 1e-6).rate.upper < 10.3)
  }
}
