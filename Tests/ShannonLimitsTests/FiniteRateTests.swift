import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("a finite source at given rates")
struct FiniteRateTests {
  private func sides(_ source: FiniteSource) throws -> (lower: Curve, upper: Curve) {
    let curves = KnownSource(FiniteAlphabet(source)).curves
    return (curves[0], curves[1])
  }

  /// N(0, 1) on n points of [-5, 5].
  private func normal(_ n: Int) throws -> FiniteSource {
    let places = (0..<n).map { -5 + 10 * Double($0) / Double(n - 1) }
    let masses = places.map { exp(-$0 * $0 / 2) }
    let sum = masses.reduce(0, +)
    return try FiniteSource(
      probabilities: masses.map { $0 / sum }, distortions: places.map { x in places.map { (x - $0) * (x - $0) } })
  }

  @Test("a normal law on a grid of points, next to 2^(-2R)", arguments: [0.05, 0.5, 0.75, 1])
  func normalOnAGrid(rate: Double) throws {
    let (lower, upper) = try sides(normal(101))
    let low = try lower.point(atRate: rate).distortion
    let high = try upper.point(atRate: rate).distortion
    #expect(low <= high && high - low < 1e-8)
    #expect(abs(high / pow(2, -2 * rate) - 1) < 1e-4)
    #expect(abs(try upper.bound(atDistortion: high * (1 + 1e-9)).rate.upper - rate) < 1e-6)
  }

  @Test("random laws, from 0.05 bits to their entropy: both sides are found and agree", arguments: [2, 3, 7, 20])
  func randomLaws(letters: Int) throws {
    var generator = SeededGenerator(seed: UInt64(letters))
    for _ in 0..<3 {
      let masses = (0..<letters).map { _ in -log(Double.random(in: 1e-9..<1, using: &generator)) }
      let sum = masses.reduce(0, +)
      let probabilities = masses.map { $0 / sum }
      let entropy = probabilities.reduce(0) { $0 - $1 * log2($1) }
      let (lower, upper) = try sides(FiniteSource(probabilities: probabilities))
      for share in [0.02, 0.1, 0.5, 0.9, 0.99] where share * entropy > 0.05 {
        let rate = share * entropy
        let (low, high) = (try lower.point(atRate: rate).distortion, try upper.point(atRate: rate).distortion)
        #expect(
          low > 0 && low <= high * (1 + 1e-12) && high - low < 1e-7, "\(letters) letters at \(rate) of \(entropy) bits"
        )
      }
    }
  }

  @Test(
    "at D = 0 the rate is H(X), proved from both sides; with several nearest reproductions only what is true is claimed"
  )
  func entropy() throws {
    let (lower, upper) = try sides(FiniteSource(probabilities: [0.5, 0.25, 0.125, 0.125]))
    for curve in [lower, upper] {
      let bound = try curve.bound(atDistortion: 0)
      #expect(bound.rate.contains(1.75) && bound.rate.upper - bound.rate.lower < 1e-9)
      let proved = try curve.proved(by: bound.evidence, atDistortion: 0)
      #expect(proved.contains(1.75))
      #expect(try curve.point(atRate: 2).distortion == 0)
    }
    #expect(try upper.proved(by: NearestReproductions(), atDistortion: 0).upper < 1.75 + 1e-12)
    // Two letters share a reproduction: one bit less is needed of them.
    let shared = try sides(FiniteSource(probabilities: [0.5, 0.25, 0.25], distortions: [[0, 1], [1, 0], [1, 0]]))
    #expect(abs(try shared.upper.bound(atDistortion: 0).rate.upper - 1) < 1e-12)
    #expect(try shared.lower.bound(atDistortion: 0).rate.lower <= 1)
    // A source that is never reproduced exactly has no such point.
    let far = try sides(FiniteSource(probabilities: [0.5, 0.5], distortions: [[1, 2], [2, 1]]))
    #expect(throws: DomainError.self) { try far.upper.bound(atDistortion: 0) }
    #expect(throws: DomainError.self) { try sides(normal(3)).upper.bound(atDistortion: -1) }
  }
}
