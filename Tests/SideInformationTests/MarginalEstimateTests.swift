import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("Estimated converse for codes without Slepian-Wolf coding")
struct MarginalEstimateTests {
  /// The curve of a noise variance, D in units of sigma^2_{X|Y}.
  private static func curve(_ problem: GaussianSideInformation) -> MarginalEstimate<LogarithmicLimit> {
    MarginalEstimate(
      problem,
      converse: MarginalConverse(
        problem,
        conditional: LogarithmicLimit(name: .wynerZiv, kind: .lower, summary: "", formula: "", variance: Interval(1))))
  }

  /// The same control problem by another recursion, on states of a half-width and the place within its arm, with jumps inside bins
  /// of log u, in double precision.
  private static let elsewhere: [(noise: Double, values: [(distortion: Double, rate: Double)])] = [
    (
      0.1,
      [
        (0.3, 1.596), (0.25, 1.778), (0.2, 1.995), (0.15, 2.263), (0.12, 2.465), (0.08, 2.820), (0.05, 3.217),
        (0.04, 3.400), (0.02, 3.958), (0.01, 4.497),
      ]
    ),
    (
      0.01,
      [
        (0.45, 1.170), (0.3, 1.608), (0.25, 1.791), (0.2, 2.009), (0.15, 2.280), (0.12, 2.486), (0.08, 2.851),
        (0.05, 3.261), (0.04, 3.450), (0.02, 4.037), (0.01, 4.610),
      ]
    ),
  ]

  @Test("the values of another recursion, within 0.006 bits and the error stated")
  func values() throws {
    for (noise, values) in Self.elsewhere {
      let curve = Self.curve(try GaussianSideInformation(sidePlusNoise: noise))
      for (distortion, rate) in values {
        let bound = try curve.bound(atDistortion: distortion)
        #expect(abs(bound.value - rate) < 0.006, "\(noise) \(distortion) \(bound.value)")
        #expect(bound.rate.lower - 0.003 <= rate && rate <= bound.rate.upper + 0.003)
        #expect(bound.rate.upper - bound.rate.lower < 0.06 && bound.kind == .estimate)
      }
    }
  }

  @Test("Theta grows little as the grid is refined, is t - 1 where all is taken, and below what Theorem 2 proves")
  func rewards() throws {
    let noise = 0.1
    let coarse = RewardControl(spacing: 0.2).rewards(spread: (1 / noise).squareRoot())
    let fine = RewardControl(spacing: 0.1).rewards(spread: (1 / noise).squareRoot())
    for (index, price) in RewardControl.prices.enumerated() where price > 0.02 {
      #expect(abs(fine[index] / coarse[index] - 1) < 0.015, "\(price)")
    }
    let last = try #require(fine.last)
    #expect(last > 1 && last < 1.003)
    for (reward, price) in zip(fine, RewardControl.prices) {
      guard let bound = RewardTable.bounds.first(where: { $0.price * (1 + noise) >= price }) else {
        #expect(price > 1 + noise)
        continue
      }
      let proved = (1 + noise) * (bound.density + 2 * bound.end * (noise / (2 * Double.pi)).squareRoot())
      #expect(reward < proved, "\(price)")
    }
  }

  @Test("no comb earns more than Theta at any price, and a good one earns 85 percent of it")
  func combs() throws {
    let spread = 10.0
    let rewards = RewardControl(spacing: 0.1).rewards(spread: spread)
    for (index, price) in RewardControl.prices.enumerated() where price > 0.02 && price < 1 {
      var best = 0.0
      for period in stride(from: 5.5, through: 10, by: 0.5) {
        // Teeth of a half-width next to sqrt(price), where the variance inside is near the price.
        for share in [0.8, 1, 1.2, 1.5] {
          let half = share * (price * (1 + price)).squareRoot()
          guard 2 * half < period else { continue }
          best = max(best, Self.reward(period: period, half: half, price: price, spread: spread))
        }
      }
      #expect(best < rewards[index] * 1.01, "\(price)")
      #expect(best > rewards[index] * 0.85, "\(price) \(best / rewards[index])")
    }
  }

  /// int g (t u - u V) dz of a comb about 0, by the trapezoidal rule.
  private static func reward(period: Double, half: Double, price: Double, spread: Double) -> Double {
    let density = { (x: Double) in Double.exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
    let step = 0.05
    let teeth = Int(5 * spread / period) + 1
    var sum = 0.0
    for index in Int(-5 * spread / step)...Int(5 * spread / step) {
      let z = Double(index) * step
      var (mass, first, second) = (0.0, 0.0, 0.0)
      for tooth in max(-teeth, Int((z - 9) / period))...min(teeth, Int((z + 9) / period)) {
        // Gauss's rule with three nodes on parts of at most 0.2.
        let parts = Int((half * 10).rounded(.up))
        let width = 2 * half / Double(parts)
        for part in 0..<parts {
          let middle = Double(tooth) * period - half + (Double(part) + 0.5) * width - z
          for (node, weight) in [(-0.7745966692414834, 5.0 / 18), (0, 8.0 / 18), (0.7745966692414834, 5.0 / 18)] {
            let x = middle + node * width / 2
            let share = weight * width * density(x)
            mass += share
            first += share * x
            second += share * x * x
          }
        }
      }
      guard mass > 0 else { continue }
      sum += density(z / spread) / spread * (price * mass - second + first * first / mass) * step
    }
    return sum
  }

  @Test("designed codes lie above the estimate, from 1 to 4 bits by at most 0.25 bits", arguments: [0.1, 0.01])
  func designs(noise: Double) throws {
    let problem = try GaussianSideInformation(sidePlusNoise: noise)
    let (curve, designed) = (Self.curve(problem), DesignedCurve(problem, coding: .marginal))
    for rate in stride(from: 0.5, through: 5, by: 0.25) {
      let distortion = try designed.point(atRate: rate).distortion / problem.conditionalVariance
      let bound = try curve.bound(atDistortion: distortion)
      #expect(bound.rate.lower < rate, "\(rate) \(bound.value)")
      if (1...4).contains(rate) { #expect(bound.value > rate - 0.25, "\(rate) \(bound.value)") }
    }
  }

  @Test("uniform combs of many periods lie above it at other noise variances", arguments: [0.003, 0.03, 0.4, 2])
  func codes(noise: Double) throws {
    let problem = try GaussianSideInformation(sourcePlusNoise: noise)
    let curve = Self.curve(problem)
    let sigma = problem.conditionalVariance.squareRoot()
    for period in [5.0, 7, 9] {
      for labels in [2, 4, 8] {
        let width = period * sigma / Double(labels)
        let count = Int(5 / width)
        let code = try LabelledQuantizer(
          thresholds: (-count...count).map { (Double($0) + 0.5) * width },
          labels: (-count...count + 1).map { ($0 + count * labels) % labels })
        let (value, error) = code.performance(for: problem)
        let distortion = (value.distortion + error.distortion) / problem.conditionalVariance
        let bound = try curve.bound(atDistortion: min(distortion, 1))
        #expect(value.marginalRate + error.marginalRate >= bound.rate.lower, "\(noise) \(period) \(labels)")
      }
    }
  }

  @Test("it lies above the proved converse, falls, and inverts; where nothing is solved it is the converse")
  func shape() throws {
    for noise in [0.1, 1e-4, 50] {
      let curve = Self.curve(try GaussianSideInformation(sidePlusNoise: noise))
      var last = 0.0
      for index in 1...40 {
        let distortion = Double.exp(-Double(index) / 6)
        let point = try curve.point(atDistortion: distortion)
        let proved = try curve.converse.point(atDistortion: distortion)
        #expect(point.rate > last && point.rate >= proved.rate)
        if noise != 0.1 { #expect(point.rate == proved.rate) }
        #expect(abs(try curve.point(atRate: point.rate).distortion / distortion - 1) < 1e-9)
        last = point.rate
      }
    }
  }

  @Test("it proves nothing, whatever its evidence says")
  func evidence() throws {
    let curve = Curve(Self.curve(try GaussianSideInformation(sidePlusNoise: 0.1)))
    let bound = try curve.bound(atDistortion: 0.1)
    #expect(bound.evidence.form.type == "control-grid" && bound.kind == .estimate)
    let read = try curve.evidence(from: bound.evidence.form)
    #expect(try curve.proved(by: read, atDistortion: 0.1).lower == 0)
    #expect(try curve.proved(by: read, atDistortion: 0.1).upper == .infinity)
    for form in [EvidenceForm("control-grid", []), EvidenceForm("control-grid", numbers: ["slope_nats": .nan])] {
      #expect(throws: MalformedEvidence.self) { try curve.evidence(from: form) }
    }
    for distortion in [0, -1, Double.nan, .infinity] {
      #expect(throws: DomainError.self) { try curve.bound(atDistortion: distortion) }
    }
  }
}
