import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Reverse water-filling against 60-digit sums, and the papers' comparison with one-shot codes.
@Suite("linear transform coding")
struct WaterFillingTests {
  @Test("R(D) to 1e-13, inside its enclosure, and D(R)")
  func oracle() throws {
    let oracle = try ShannonLimitsOracle.read().waterFilling
    for row in oracle.atDistortion {
      let curve = try curve(.waterFilling, of: row.process)
      let d = row.distortion.value
      let truth = row.rate.value
      #expect(abs(try curve.point(atDistortion: d).rate - truth) <= 1e-13 * truth, "\(row)")
      expect(try curve.bound(atDistortion: d), contains: row.rate, width: max(1e-13, truth > 1e8 ? 2e-8 : 0) * truth)
    }
    for row in oracle.atRate {
      let truth = row.distortion.value
      let d = try curve(.waterFilling, of: row.process).point(atRate: row.rate.value).distortion
      #expect(abs(d - truth) <= 1e-13 * truth, "\(row) \(d)")
    }
  }

  @Test(
    "one-shot E(D) beats linear transform coding below D = 0.0943421624432 (sawbridge) and 0.0512113837339 (ramp)",
    arguments: [("sawbridge", 0.0943421624432), ("ramp", 0.0512113837339)])
  func crossing(name: String, crossing: Double) throws {
    let linear = try curve(.waterFilling, of: name)
    let exact = try curve(.exact, of: name)
    #expect(linear.kind == .upper)
    let gap = { (d: Double) in try linear.point(atDistortion: d).rate - exact.point(atDistortion: d).rate }
    #expect(try gap(crossing - 1e-11) > 0 && gap(crossing + 1e-11) < 0)
    for i in 1..<200 {
      let d = linear.largestDistortion * Double(i) / 200
      #expect(try d < crossing ? gap(d) > 0 : gap(d) <= 0, "\(d)")
    }
    // The decay 1/R of the distortion against 2^-R.
    #expect(try linear.point(atRate: 10).distortion > 100 * exact.point(atRate: 10).distortion)
  }

  @Test("many terms of a process, summed one by one, come near its closed form", arguments: ["sawbridge", "ramp"])
  func truncation(name: String) throws {
    let closed = try curve(.waterFilling, of: name)
    let pairs = name == "ramp" ? 2 : 1
    let terms = 20_000
    let list = try WaterFilling(
      eigenvalues: (0..<terms).map { 1 / pow(Double(pairs) * .pi * Double($0 / pairs + 1), 2) }, kind: .upper)
    for rate in [0.1, 1, 3, 8, 20] {
      let a = try closed.point(atRate: rate).distortion
      let b = try list.point(atRate: rate).distortion
      let missing = closed.largestDistortion - list.largestDistortion
      #expect(abs(a - b - missing) < 1e-11)
    }
    try expectConvex(closed, from: 1e-4)
    for d in [0.07, 0.01, 1e-4] {
      let slope = try #require(try closed.point(atDistortion: d).slope)
      #expect(abs(slope / (try numericalSlope(closed, at: d)) - 1) < 1e-4)
    }
  }

  @Test("given eigenvalues: against the water level by bisection, random spectra")
  func lists() throws {
    var generator = SeededGenerator(seed: 31)
    for trial in 0..<200 {
      let count = Int.random(in: 1...40, using: &generator)
      let spread = [0.0, 1, 10, 200][trial % 4]
      var values = (0..<count).map { _ in exp(spread * Double.random(in: -1...1, using: &generator)) }
      if trial % 3 == 0 { values += [0, 0, values[0]] }
      let curve = try WaterFilling(eigenvalues: values)
      let level = exp(spread * Double.random(in: -1.1...0.9, using: &generator))
      let d = values.reduce(0) { $0 + min(level, $1) }
      let rate = values.reduce(0) { $0 + max(0, 0.5 * log2($1 / level)) }
      guard d < curve.largestDistortion, rate > 0 else { continue }
      // D as rounded differs from the sum by a few ulps, which the slope turns into rate.
      let tolerance = 1e-13 * (1 + rate) + d / (2 * level * M_LN2) * 1e-14
      let point = try curve.point(atDistortion: d)
      #expect(abs(point.rate - rate) <= tolerance, "\(values) \(d)")
      let bound = try curve.bound(atDistortion: d)
      #expect(
        bound.kind == .exact && bound.rate.contains(point.rate) || abs(bound.rate.midpoint - point.rate) < tolerance)
      #expect(bound.rate.width <= tolerance * 10)
      guard rate < 500 else { continue }
      #expect(abs(try curve.point(atRate: rate).distortion - d) <= 1e-12 * d)
    }
  }

  @Test("equal eigenvalues are n Gaussians; one eigenvalue is the Gaussian itself")
  func gaussians() throws {
    let white = try WaterFilling(eigenvalues: [Double](repeating: 2, count: 7))
    let one = try WaterFilling(eigenvalues: [2])
    let gaussian = try KnownSource(Gaussian(variance: 2)).curve(named: .shannon)
    for d in [1.9, 1, 0.1, 1e-9] {
      let rate = try gaussian.point(atDistortion: d).rate
      #expect(abs(try one.point(atDistortion: d).rate - rate) < 1e-14)
      #expect(abs(try white.point(atDistortion: 7 * d).rate - 7 * rate) < 1e-13 * (1 + rate))
    }
  }

  @Test("ends and errors")
  func domain() throws {
    for curve in [WaterFilling.sawbridge, .ramp, try WaterFilling(eigenvalues: [3, 1, 0])] {
      for d in [curve.largestDistortion.nextUp, 2 * curve.largestDistortion, 1e300] {
        #expect(try curve.point(atDistortion: d).rate == 0)
        #expect(try curve.bound(atDistortion: d).rate.upper <= 1e-15)
      }
      #expect(try curve.point(atRate: 0).distortion == curve.largestDistortion)
      for d in [1e-300, Double.leastNormalMagnitude] {
        #expect(try curve.bound(atDistortion: d).rate.lower > 400)
      }
      expectErrors(curve)
    }
    for values in [[], [0], [-1], [1, .nan], [.infinity], [1e308, 1e308], [1, .leastNonzeroMagnitude]] {
      #expect(throws: DomainError.self) { try WaterFilling(eigenvalues: values) }
    }
  }
}
