import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("R(D) of the square wave")
struct SquareWaveTests {
  private let curve = Result { try KnownSource(SquareWave()).curve(named: .shannon) }

  private struct Rows: Decodable {
    struct Row: Decodable {
      let distortion: Digits
      let rate: Digits
    }
    let oscillating: [Row]
  }

  @Test("the rate is that of quadrature over the oscillator's energy, in both directions")
  func oracle() throws {
    let curve = try curve.get()
    let rows = try Oracle.json("realism.json", as: Rows.self).oscillating
    #expect(rows.count == 13)
    for row in rows {
      let distortion = row.distortion.value
      let bound = try curve.bound(atDistortion: distortion)
      #expect(row.rate.isBetween(bound.rate.lower, and: bound.rate.upper), "\(distortion) \(bound.rate)")
      #expect(bound.rate.width < 2e-11, "\(distortion) \(bound.rate.width)")
      let point = try curve.point(atDistortion: distortion)
      #expect(abs(point.rate - row.rate.value) < 1e-12)
      #expect(abs(try curve.point(atRate: row.rate.value).distortion - distortion) < 1e-12)
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
      #expect(proved.lower >= bound.rate.lower && proved.upper <= bound.rate.upper)
      // The slope is a derivative.
      let step = 1e-4 * min(distortion, 1 - distortion)
      let (finer, coarser) = (
        try curve.point(atDistortion: distortion - step).rate, try curve.point(atDistortion: distortion + step).rate
      )
      #expect(abs((finer - coarser) / (2 * step) / (point.slope ?? 0) - 1) < 1e-5, "\(distortion)")
    }
  }

  @Test("at high rate ln 8 - 2 - ln D nats, 0.3004 bits below one-shot codes; at low rate a slope of pi^2/8")
  func limits() throws {
    let curve = try curve.get()
    for distortion in [0.01, 1e-4, 1e-9, 1e-100, 1e-140] {
      let truth = (log(8) - 2 - log(distortion)) / log(2)
      let bound = try curve.bound(atDistortion: distortion)
      #expect(abs(bound.value - truth) < 1e-10 && bound.rate.width < 1e-10 && bound.rate.lower <= truth + 1e-12)
      #expect(abs(try curve.point(atRate: truth).distortion / distortion - 1) < 1e-10)
    }
    let exact = try KnownSource(SquareWave()).curve(named: .exact)
    // At a uniform code of 1000 cells: E(D) = log2 1000.
    let distortion = 4.0 / 3000
    let gap = try exact.point(atDistortion: distortion).rate - curve.point(atDistortion: distortion).rate
    #expect(abs(gap - (2 - log(6)) / log(2)) < 1e-9)
    let near = try curve.point(atDistortion: 1 - 1e-6)
    #expect(abs(near.rate / 1e-6 * log(2) / (Double.pi * Double.pi / 8) - 1) < 1e-5)
    #expect(try curve.bound(atDistortion: 1).rate == .hull(0, 0) && curve.point(atDistortion: 2).rate == 0)
  }

  /// Densities constant on 240 cells of the phase: int q ln q is exact, and K = 1 - 4|t| is averaged over pairs of cells exactly, by
  /// its values between them and a correction where its corners lie within a pair.
  @Test("no density of phase noise lies below the curve, and fixed-point iteration comes near it")
  func densities() throws {
    let curve = try curve.get()
    let n = 240
    let kernel = (0..<n).map { k -> Double in
      let t = Double(min(k, n - k)) / Double(n)
      // The mean of |u - v| over two points of one cell is 1/(3n), not 0; at half a period the corner points the other way.
      let corner = k == 0 ? 4 / (3 * Double(n)) : 2 * k == n ? -4 / (3 * Double(n)) : 0
      return 1 - 4 * t - corner
    }
    func performance(_ weights: [Double]) -> (distortion: Double, rate: Double) {
      let total = weights.reduce(0, +)
      let q = weights.map { $0 / total }
      var product = 0.0
      for i in 0..<n where q[i] > 0 { for j in 0..<n { product += q[i] * q[j] * kernel[(i - j + n) % n] } }
      return (1 - product, q.reduce(0) { $0 + ($1 > 0 ? $1 * log2($1 * Double(n)) : 0) })
    }
    var generator = SeededGenerator(seed: 11)
    for round in 0..<60 {
      let (sharpness, loops) = (generator.uniform(0...8), [1.0, 1, 2, 3][round % 4])
      let noisy = generator.uniform(0...1) * (round % 2 == 0 ? 1 : 0)
      let weights = (0..<n).map { i in
        exp(sharpness * cos(2 * Double.pi * loops * Double(i) / Double(n)) + noisy * generator.uniform(-1...1))
      }
      let found = performance(weights)
      guard found.distortion < 1 else { continue }
      #expect(try curve.point(atDistortion: found.distortion).rate <= found.rate + 1e-9, "\(round)")
    }
    for beta in [1.5, 2.5, 5, 9] {
      var weights = (0..<n).map { exp(2 * cos(2 * Double.pi * Double($0) / Double(n))) }
      for _ in 0..<200 {
        let total = weights.reduce(0, +)
        let field = (0..<n).map { i in (0..<n).reduce(0) { $0 + kernel[(i - $1 + n) % n] * weights[$1] } / total }
        weights = field.map { exp(2 * beta * $0) }
      }
      let found = performance(weights)
      let least = try curve.point(atDistortion: found.distortion)
      #expect(found.rate - least.rate >= -1e-9 && found.rate - least.rate < 1e-2, "\(beta) \(found)")
      #expect(abs((least.slope ?? 0) * log(2) / beta - 1) < 1e-2)
    }
  }

  @Test("any amplitude proves no more than is true, and other families nothing")
  func forged() throws {
    let curve = try curve.get()
    for distortion in [0.001, 0.04, 0.3, 0.9] {
      let bound = try curve.bound(atDistortion: distortion)
      let own = try #require(bound.evidence as? TestChannel)
      for x in [0, 1e-300, 1e-9, 0.1, 3, 22.9999, 23, 24, 1e5, 1e300, .infinity, -1, .nan, .greatestFiniteMagnitude] {
        let proved = try curve.proved(
          by: TestChannel(family: own.family, achieving: x, dual: x), atDistortion: distortion)
        #expect(proved.lower <= bound.rate.upper && proved.upper >= bound.rate.lower, "\(distortion) \(x) \(proved)")
      }
      // A little less amplitude has more distortion than D.
      let short = TestChannel(family: own.family, achieving: own.achieving * (1 - 1e-9), dual: own.dual)
      #expect(try curve.proved(by: short, atDistortion: distortion).upper == .infinity)
      let other = TestChannel(family: "von Mises", achieving: own.achieving, dual: own.dual)
      #expect(try curve.proved(by: other, atDistortion: distortion) == .hull(0, .infinity))
    }
  }

  @Test("behind a filter it is another source's")
  func blurred() throws {
    let source = try KnownSource(SquareWave.self, SourceParameters(["blur": "box:0.1"], of: SquareWave.description))
    #expect(!source.curves.contains { $0.name == .shannon } && source.gaps == nil)
  }
}
