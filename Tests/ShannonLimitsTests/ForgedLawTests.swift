import Foundation
import IntervalArithmetic
import Testing

import RateDistortion
import TestSupport

/// Laws made to prove what is false: none does.
@Suite("Forged laws")
struct ForgedLawTests {
  /// What a law proves of the rate at some D in bits; the whole line if it is refused.
  static func proved<Source: LineSource>(
    _ source: Source, slope: Double, _ law: LineLaw, at distortions: [Double]
  ) -> [Interval] {
    guard let proof = try? LineProof(source, slope: slope, law: law) else { return distortions.map { _ in .entire } }
    return distortions.map { LineEngine(source).rate(by: [proof.bounds], at: $0) / .ln2 }
  }

  /// R(D) in bits of the standard Laplace and exponential sources, from below and above, to 1e-4: `Tests/Oracles/blahut-arimoto.json`
  /// for Laplace, the Shannon lower bound for the exponential one.
  @Test("an exponential law for R <= 0.7 bits at D = 0.2, where R is at least 0.7752")
  func exponential() throws {
    let source = StandardSource(ExponentialDensity())
    for law in Self.laws(seed: 1, reach: 12) {
      for slope in [0.5, 2, 2.5, 8, 40] {
        let proved = Self.proved(source, slope: slope, law, at: [0.2])
        #expect(proved.allSatisfy { $0.upper >= 0.7752 && $0.lower <= 0.80 })
      }
    }
  }

  @Test("a Laplace law for R <= 0.247 bits at D = 1.2755, where R is at least 0.2500")
  func laplace() throws {
    let source = StandardSource(LaplaceDensity())
    for law in Self.laws(seed: 2, reach: 14) {
      for slope in [0.05, 0.3, 0.42, 1, 6] {
        let proved = Self.proved(source, slope: slope, law, at: [1.2755])
        #expect(proved.allSatisfy { $0.upper >= 0.2500 && $0.lower <= 0.2600 })
      }
    }
  }

  @Test("a uniform law below the Shannon lower bound or above the Gaussian's rate")
  func uniform() throws {
    let source = StandardSource(UniformDensity())
    for law in Self.laws(seed: 3, reach: 0.5) {
      for slope in [1.0, 20, 300, 6000] {
        let distortions = [0.06, 0.02, 0.0003]
        for (distortion, proved) in zip(distortions, Self.proved(source, slope: slope, law, at: distortions)) {
          #expect(proved.upper >= 0.5 * log2(1 / (2 * Double.pi * M_E * distortion)))
          #expect(proved.lower <= 0.5 * log2(1 / (12 * distortion)))
        }
      }
    }
  }

  /// Laws of few and many atoms, near and far, of even and wild weights.
  static func laws(seed: UInt64, reach: Double) -> [LineLaw] {
    var random = SeededGenerator(seed: seed)
    return (0..<Campaign.cases(10, long: 40)).map { index in
      let atoms = [1, 2, 3, 8, 30][index % 5]
      let points = (0..<atoms).map { _ in Double.random(in: 0...reach, using: &random) }.sorted()
      let spread = [0.0, 3, 50, 400][index % 4]
      return LineLaw(
        points: points, weights: points.map { _ in exp(-Double.random(in: 0...1, using: &random) * spread) })
    }
  }

  @Test(
    "weights that are tiny, huge, subnormal or no numbers, points out of order, rows that are none: refused in a sentence"
  )
  func refused() {
    let source = StandardSource(LaplaceDensity())
    let laws: [LineLaw] = [
      LineLaw(points: [0, 1], weights: [1, Double.leastNonzeroMagnitude * 3]),
      LineLaw(points: [0, 1], weights: [1, .nan]),
      LineLaw(points: [0, 1], weights: [1, .infinity]), LineLaw(points: [0, 1], weights: [1, -1]),
      LineLaw(points: [0, 1], weights: [1, 0]), LineLaw(points: [0, 1], weights: [1]), LineLaw(points: [], weights: []),
      LineLaw(points: [1, 0], weights: [1, 1]), LineLaw(points: [1, 1], weights: [1, 1]),
      LineLaw(points: [.nan], weights: [1]), LineLaw(points: [-1, 1], weights: [1, 1]),
      LineLaw(points: [0, .infinity], weights: [1, 1]), LineLaw(points: [0, 1e200], weights: [1, 1]),
      LineLaw(points: (0..<5000).map { Double($0) }, weights: [Double](repeating: 1, count: 5000)),
      LineLaw(points: [0], weights: [1], rows: [LineRow(side: .left, first: -3, spacing: 0.5, weight: 1)]),
      LineLaw(points: [0], weights: [1], rows: [LineRow(side: .right, first: 3, spacing: 0.1, weight: 1)]),
      LineLaw(points: [0], weights: [1], rows: [LineRow(side: .right, first: 3, spacing: 50, weight: 1)]),
      LineLaw(points: [0], weights: [1], rows: [LineRow(side: .right, first: 3, spacing: -0.5, weight: 1)]),
      LineLaw(points: [0], weights: [1], rows: [LineRow(side: .right, first: .nan, spacing: 0.5, weight: 1)]),
      LineLaw(points: [0], weights: [1], rows: [LineRow(side: .right, first: 3, spacing: 0.5, weight: .nan)]),
    ]
    for law in laws {
      #expect(throws: LawRefused.self) { try LineProof(source, slope: 1, law: law) }
    }
    for slope in [0, -1, .nan, .infinity, 1e-9, 1e30] {
      #expect(throws: LawRefused.self) { try LineProof(source, slope: slope, law: LineLaw(points: [0], weights: [1])) }
    }
    let row = LineRow(side: .right, first: 3, spacing: 0.5, weight: 1)
    #expect(throws: LawRefused.self) {
      try LineProof(StandardSource(UniformDensity()), slope: 1, law: LineLaw(points: [0], weights: [1], rows: [row]))
    }
  }

  @Test("a claim does not outlive its law: altered weights and points, and rows that weigh too much, prove less")
  func altered() throws {
    let source = StandardSource(ExponentialDensity())
    let slope = 16.0
    let law = try LineSearch(source, slope: slope, tolerance: 7e-8).law()
    let truth = try LineProof(source, slope: slope, law: law).bounds
    #expect(truth.gap < 2e-7)
    var random = SeededGenerator(seed: 9)
    for trial in 0..<60 {
      var other = law
      let size = [1e-6, 1e-4, 1e-2, 0.3][trial % 4]
      let place = Int.random(in: 0..<law.points.count / 3, using: &random)
      switch trial % 3 {
      case 0: other.weights[place] *= 1 + size
      case 1: other.points[place] += size * 0.1 * (trial % 2 == 0 ? 1 : -1)
      default: other.rows[0].weight *= trial % 2 == 0 ? 1 + size : 1 - size
      }
      guard let proof = try? LineProof(source, slope: slope, law: other) else { continue }
      // Whatever the law, its sides hold the truth between them.
      #expect(proof.bounds.least <= truth.expectation && proof.bounds.expectation >= truth.least)
      // What carries next to no weight changes next to nothing.
      if size > 0.1, trial % 3 < 2, law.weights[place] > 1e-4 {
        #expect(proof.bounds.gap > 3 * truth.gap, "\(trial)")
      }
    }
  }

  @Test("checking is bounded: laws made to be costly are refused or done within seconds")
  func costly() {
    let source = StandardSource(LaplaceDensity())
    let points = (0..<4096).map { Double($0) * 1e-7 }
    let law = LineLaw(points: points, weights: points.map { _ in 1 })
    for slope in [1e-3, 1, 1e3, 1e6, 4e7] {
      let start = Date()
      _ = try? LineProof(source, slope: slope, law: law)
      #expect(Date().timeIntervalSince(start) < 30)
    }
  }
}
