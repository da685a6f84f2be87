import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Long blocks of a Gaussian whose reproductions have a law near the source's.
@Suite("a Gaussian's rate, distortion and perception in long blocks")
struct GaussianPerceptionTests {
  private static func curve(_ budget: DeviationBudget, variance: Double = 1) throws -> Curve {
    try #require(try KnownSource(Gaussian(variance: variance)).curves(within: budget).first)
  }

  /// W2^2 and KL in nats of N(0, s^2) from N(0, 1).
  private static func distances(_ s: Double) -> (wasserstein: Double, divergence: Double) {
    ((1 - s) * (1 - s), (s * s - 1) / 2 - log(s))
  }

  /// The least rate in bits over deviations s of the reproduction within a condition, by a fine search.
  private static func searched(_ distortion: Double, _ isAllowed: (Double) -> Bool) -> Double {
    func rate(_ s: Double) -> Double {
      let correlation = (1 + s * s - distortion) / (2 * s)
      return correlation <= 0 ? 0 : correlation >= 1 ? .infinity : -0.5 * log2(1 - correlation * correlation)
    }
    var best = (rate: Double.infinity, s: 1.0)
    var span = (low: 1e-6, high: 1.5)
    for _ in 0..<7 {
      for step in 0...400 {
        let s = span.low + (span.high - span.low) * Double(step) / 400
        if isAllowed(s), rate(s) < best.rate { best = (rate(s), s) }
      }
      let width = (span.high - span.low) / 100
      span = (max(1e-9, best.s - width), best.s + width)
    }
    return best.rate
  }

  @Test("both budgets, against a search over the deviation of the reproduction")
  func searched() throws {
    for distortion in [0.02, 0.2, 0.5, 0.9, 1, 1.3, 1.7, 1.95] {
      for budget in [1e-6, 0.01, 0.1, 0.4, 0.9] {
        let near = try Self.curve(.wasserstein(PerceptionBudget(budget))).bound(atDistortion: distortion)
        let truth = Self.searched(distortion) { Self.distances($0).wasserstein <= budget || $0 >= 1 }
        #expect(near.rate.width < 1e-12 && abs(near.rate.midpoint - truth) < 1e-6, "\(distortion) \(budget)")
        let divergent = try Self.curve(.divergence(DivergenceBudget(budget))).bound(atDistortion: distortion)
        let other = Self.searched(distortion) { Self.distances($0).divergence <= budget || $0 >= 1 }
        #expect(divergent.rate.width < 1e-10 && abs(divergent.rate.midpoint - other) < 1e-6, "\(distortion) \(budget)")
      }
    }
  }

  @Test("no channel of a multiple and noise undercuts it, and the best ones meet it")
  func channels() throws {
    var random = SeededGenerator(seed: 21)
    var nearest = (wasserstein: Double.infinity, divergence: Double.infinity)
    for _ in 0..<2_000 {
      let (a, b) = (random.uniform(0...1.2), random.uniform(0.01...1))
      let s = (a * a + b * b).squareRoot()
      let distances = Self.distances(s)
      let (rate, distortion) = (-0.5 * log2(1 - a * a / (s * s)), (1 - a) * (1 - a) + b * b)
      let near = try Self.curve(.wasserstein(PerceptionBudget(distances.wasserstein))).point(atDistortion: distortion)
        .rate
      let divergent = try Self.curve(.divergence(DivergenceBudget(distances.divergence)))
        .point(atDistortion: distortion).rate
      #expect(near <= rate + 1e-9 && divergent <= rate + 1e-9, "\(a) \(b)")
      if s < 1 { nearest = (min(nearest.wasserstein, rate - near), min(nearest.divergence, rate - divergent)) }
    }
    #expect(nearest.wasserstein < 1e-9 && nearest.divergence < 1e-9, "\(nearest)")
  }

  @Test("no budget is perfect realism, a large one R(D); tiny and huge budgets, and another variance")
  func ends() throws {
    let source = try KnownSource(Gaussian(variance: 1))
    let (shannon, real) = (try source.curve(named: .shannon), try source.curve(named: .realismShannon))
    for distortion in [1e-9, 0.1, 0.7, 0.999] {
      for budget: DeviationBudget in [
        .wasserstein(try PerceptionBudget(0)), .divergence(try DivergenceBudget(0)),
        .wasserstein(try PerceptionBudget(1e-300)), .divergence(try DivergenceBudget(1e-300)),
      ] {
        let bound = try Self.curve(budget).bound(atDistortion: distortion)
        #expect(abs(bound.rate.midpoint - (try real.point(atDistortion: distortion).rate)) < 1e-9, "\(budget)")
      }
      for budget: DeviationBudget in [
        .wasserstein(try PerceptionBudget(1)), .wasserstein(try PerceptionBudget(1e300)),
        .divergence(try DivergenceBudget(300)),
      ] {
        let bound = try Self.curve(budget).bound(atDistortion: distortion)
        #expect(abs(bound.rate.midpoint - (try shannon.point(atDistortion: distortion).rate)) < 1e-12, "\(budget)")
      }
      // A Wasserstein distance is in the distortion's measure, a divergence has none.
      let wide = try Self.curve(.wasserstein(PerceptionBudget(0.1 * 250)), variance: 250)
      let one = try Self.curve(.wasserstein(PerceptionBudget(0.1)))
      #expect(
        abs(try wide.point(atDistortion: 250 * distortion).rate - one.point(atDistortion: distortion).rate) < 1e-11)
    }
    #expect(throws: DomainError.self) { try DivergenceBudget(-1) }
    #expect(throws: DomainError.self) { try DivergenceBudget(.nan) }
    #expect(throws: DomainError.self) {
      try KnownSource(Laplace(scale: 1)).curves(within: DeviationBudget.perfectRealism)
    }
  }

  @Test("curves are found by name, points by rate, and evidence of another budget proves nothing")
  func claims() throws {
    let source = try KnownSource(Gaussian(variance: 1))
    for name in ["shannon-perception-0.05", "shannon-divergence-0.05"] {
      let curve = try source.curve(named: CurveName(rawValue: name))
      #expect(curve.name.rawValue == name && curve.name.isAtRealism && curve.kind == .exact)
      let bound = try curve.bound(atDistortion: 0.8)
      let back = try curve.point(atRate: bound.rate.midpoint)
      #expect(abs(back.distortion - 0.8) < 1e-12)
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: 0.8)
      #expect(proved.lower >= bound.rate.lower - 1e-14 && proved.upper <= bound.rate.upper + 1e-14)
      let other = try source.curve(named: CurveName(rawValue: name.replacingOccurrences(of: "0.05", with: "0.06")))
      let forged = try curve.proved(by: other.bound(atDistortion: 0.8).evidence, atDistortion: 0.8)
      #expect(forged.lower <= 0 && forged.upper == .infinity)
    }
    for name in ["shannon-perception-", "shannon-perception--1", "shannon-divergence-x", "shannon-divergence-nan"] {
      #expect(throws: DomainError.self) { try source.curve(named: CurveName(rawValue: name)) }
    }
  }
}
