import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of the ramp against 50-digit quadratures, a plain fixed point of the test channel, and its limits.
@Suite("R(D) of the ramp")
struct RampTests {
  let curve = RampRateDistortion()

  @Test("R(D) to 1e-12, inside its enclosure, and D(R)")
  func oracle() throws {
    let oracle = try ShannonLimitsOracle.read().ramp
    for row in oracle.atDistortion {
      let d = row.distortion.value
      let truth = row.rate.value
      #expect(abs(try curve.point(atDistortion: d).rate - truth) <= 1e-12 * max(truth, 1e-3), "\(row)")
      expect(try curve.bound(atDistortion: d), contains: row.rate, width: 2e-11)
    }
    for row in oracle.atRate {
      let truth = row.distortion.value
      let d = try curve.point(atRate: row.rate.value).distortion
      #expect(abs(d - truth) <= 1e-12 * truth, "\(row) \(d)")
    }
  }

  /// R and D of the test channel at a slope, by the alternating minimisation q -> exp(2 beta K * q): K in Fourier
  /// coefficients 1/(2 pi m)^2, plain sums.
  func fixedPoint(slope beta: Double, points n: Int) -> (rate: Double, distortion: Double) {
    let kernel = (0..<n).map { j in
      (1..<(n / 2)).reduce(0.0) {
        $0 + 2 * cos(2 * .pi * Double(j * $1 % n) / Double(n)) / pow(2 * .pi * Double($1), 2)
      }
    }
    var q = (0..<n).map { 1 + 0.5 * cos(2 * .pi * Double($0) / Double(n)) }
    var smoothed = q
    for _ in 0..<3_000 {
      for i in 0..<n {
        smoothed[i] = (0..<n).reduce(0.0) { $0 + kernel[(i - $1 + n) % n] * q[$1] } / Double(n)
      }
      let next = smoothed.map { exp(2 * beta * $0) }
      let mean = next.reduce(0, +) / Double(n)
      let change = zip(next, q).reduce(0.0) { max($0, abs($1.0 / mean - $1.1)) }
      q = next.map { $0 / mean }
      if change < 1e-14 { break }
    }
    let rate = q.reduce(0.0) { $0 + ($1 > 0 ? $1 * log2($1) : 0) } / Double(n)
    let energy = zip(q, smoothed).reduce(0.0) { $0 + $1.0 * $1.1 } / Double(n)
    return (rate, 1.0 / 12 - energy)
  }

  @Test(
    "a fixed point of the test channel, found without the oscillator, lies on the curve", arguments: [24.0, 40, 100])
  func alternatingMinimisation(beta: Double) throws {
    let (rate, d) = fixedPoint(slope: beta, points: 2 * Int(2 * beta))
    let point = try curve.point(atDistortion: d)
    #expect(abs(point.rate - rate) < 1e-11)
    #expect(abs(try #require(point.slope) * M_LN2 / beta - 1) < 1e-9)
  }

  @Test("R leaves 0 at D = 1/12 with the slope 2 pi^2")
  func criticalSlope() throws {
    let point = try curve.point(atDistortion: 1.0 / 12 - 1e-9)
    #expect(abs(try #require(point.slope) * M_LN2 - 2 * .pi * .pi) < 1e-6)
    #expect(abs(point.rate * M_LN2 / 1e-9 - 2 * .pi * .pi) < 1e-5)
  }

  @Test("high rate: R -> -log2 D - 2 log2 e, and one-shot codes lose log2(e^2/6) = 0.3004 bits, 0.904 dB, not 0.2546")
  func highRate() throws {
    #expect(abs(RampRateDistortion.oneShotLoss - 0.3004) < 5e-5)
    #expect(abs(RampRateDistortion.oneShotLoss * 10 * log10(2) - 0.904) < 5e-4)
    for d in [1e-4, 1e-6, 1e-9, 1e-13] {
      let rate = try curve.point(atDistortion: d).rate
      #expect(abs(rate - (-log2(d) - 2 / M_LN2)) < 6 * d + 1e-13)
    }
    let exact = try ShannonLimitsTests.curve(.exact, of: "ramp")
    for (cells, tolerance) in [(100.0, 5e-2), (1e4, 5e-4), (1e8, 5e-8)] {
      let d = Ramp().cellDistortion(1 / cells)
      let loss = try exact.point(atDistortion: d).rate - curve.point(atDistortion: d).rate
      #expect(abs(loss - RampRateDistortion.oneShotLoss) < tolerance, "\(loss)")
    }
  }

  @Test("below E(D) and linear transform coding everywhere; convex; both regimes meet; certificates")
  func order() throws {
    let exact = try ShannonLimitsTests.curve(.exact, of: "ramp")
    for i in 1...300 {
      let d = 1.0 / 12 * exp(-Double(i) / 30)
      let bound = try curve.bound(atDistortion: d)
      #expect(bound.kind == .exact && bound.rate.width <= 2e-11)
      #expect(bound.rate.upper < (try exact.point(atDistortion: d).rate))
      #expect(bound.rate.upper < (try WaterFilling.ramp.bound(atDistortion: d).rate.lower))
      let point = try curve.point(atDistortion: d)
      #expect(abs(point.rate - bound.rate.midpoint) <= bound.rate.width)
      #expect(abs(try curve.point(atRate: point.rate).distortion - d) <= 1e-12 * d)
    }
    try expectConvex(curve, from: 1e-4, points: 200)
    for d in [0.08, 0.03, 1e-3, 1e-6] {
      let slope = try #require(try curve.point(atDistortion: d).slope)
      #expect(abs(slope / (try numericalSlope(curve, at: d)) - 1) < 1e-4)
    }
  }

  /// The period of u'' = 1 - exp u at the energy h = E + 1, by plain midpoint sums in x = X sin^2(theta/2).
  @Test("the period increases with the amplitude: what optimality rests on")
  func periodIncreases() {
    var previous = 2 * Double.pi
    for i in 1...400 {
      let x = Double(i) / 10
      let l = x / -expm1(-x)
      let n = 4000
      let sum = (0..<n).reduce(0.0) { sum, k in
        let theta = Double.pi * (Double(k) + 0.5) / Double(n)
        let v = x * pow(sin(theta / 2), 2)
        return sum + x / 2 * sin(theta) / (-l * expm1(-v) - v).squareRoot()
      }
      let period = 2.squareRoot() * sum * .pi / Double(n)
      #expect(period > previous)
      previous = period
    }
  }

  @Test("ends and errors")
  func domain() throws {
    #expect(try ShannonLimitsTests.curve(.shannon, of: "ramp").kind == .exact)
    for d in [1.0 / 12, 0.1, 1e300] {
      #expect(try curve.point(atDistortion: d).rate == 0)
      #expect(try curve.bound(atDistortion: d).rate.upper < 1e-15)
    }
    #expect(try curve.point(atRate: 0).distortion == 1.0 / 12)
    for r in [1e-300, 1e-17, 1e-10, 100, 400, 500] {
      #expect(try curve.point(atRate: r).distortion <= 1.0 / 12)
    }
    for d in [(1.0 / 12).nextDown, 1e-300, Double.leastNormalMagnitude] {
      let bound = try curve.bound(atDistortion: d)
      #expect(bound.rate.lower >= 0 && bound.rate.width <= 1e-9)
    }
    expectErrors(curve)
  }
}
