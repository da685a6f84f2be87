import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The sawbridge's closed-form lower bound on R(D).
@Suite("lower bound on R(D) of the sawbridge")
struct SawbridgeTests {
  let curve = SawbridgeLowerBound()

  @Test("the bound to 1e-14 bits, inside its enclosure")
  func oracle() throws {
    for row in try ShannonLimitsOracle.read().sawbridgeLowerBound.atDistortion {
      let d = row.distortion.value
      let truth = row.rate.value
      #expect(abs(try curve.point(atDistortion: d).rate - truth) <= 1e-15 + 1e-14 * truth, "\(row)")
      expect(try curve.bound(atDistortion: d), contains: row.rate, width: 2e-14 * (1 + truth) + 1e-14)
    }
  }

  /// ln of the integral over v of exp(-beta |s_v - y|^2) for y given at the midpoints of a grid.
  func weight(of y: [Double], slope beta: Double) -> Double {
    let n = y.count
    var distance = y.reduce(0) { $0 + (1 - $1) * (1 - $1) } / Double(n)
    var sum = 0.0
    for value in y {
      sum += exp(-beta * (distance + (value - 0.5) / Double(n)))
      distance += (2 * value - 1) / Double(n)
    }
    return log(sum / Double(n))
  }

  @Test("no reproduction outweighs the logistic one: random functions of t", arguments: [2.0, 9, 40])
  func csiszar(k: Double) throws {
    let beta = 2 * k * tanh(k / 2)
    let n = 400
    let grid = (0..<n).map { (Double($0) + 0.5) / Double(n) }
    let best = weight(of: grid.map { 0.5 + tanh(k * ($0 - 0.5)) / (2 * tanh(k / 2)) }, slope: beta)
    let rate = log(2 * k / (1 - exp(-2 * k))) - 2 + 2 * k / (exp(k) - 1)
    let d = (sinh(k) - k) / (2 * k * (cosh(k) - 1))
    #expect(abs(-best - (rate + beta * d)) < 1e-2 * k / 40)
    var generator = SeededGenerator(seed: 41)
    for trial in 0..<2_000 {
      let center = Double.random(in: 0...1, using: &generator)
      let width = exp(Double.random(in: -5...1, using: &generator))
      let noise = [0, 0.01, 0.3][trial % 3]
      let y = grid.map {
        0.5 + 0.5 * tanh(($0 - center) / width) + noise * Double.random(in: -1...1, using: &generator)
      }
      #expect(weight(of: y, slope: beta) <= best + 1e-6 * k)  // the grid moves the maximum
    }
  }

  /// Rate and distortion of the test channel that alternating minimisation over `count` reproductions reaches: an upper bound
  /// on R(D) of the sawbridge on a grid of n jump times, whatever has converged.
  func alternatingMinimisation(slope beta: Double, count: Int, grid n: Int) -> (rate: Double, distortion: Double) {
    let h = 1 / Double(n)
    var y = (0..<count).map { (i: Int) -> [Double] in
      let center = (Double(i) + 0.5) / Double(count)
      return (0..<n).map { (k: Int) -> Double in
        let v = (Double(k) + 0.5) * h
        return min(max((v - center) * Double(count) / 2 + 0.5, 0), 1)
      }
    }
    var weights = [Double](repeating: 1 / Double(count), count: count)
    var posterior = y
    var result = (rate: 0.0, distortion: 0.0)
    for _ in 0..<600 {
      let distances = y.map { (y: [Double]) -> [Double] in
        var distance = y.reduce(0.0) { $0 + (1 - $1) * (1 - $1) } * h
        return y.map { (value: Double) -> Double in
          let here = distance + (value - 0.5) * h
          distance += (2 * value - 1) * h
          return here
        }
      }
      result = (0, 0)
      for k in 0..<n {
        let terms = (0..<count).map { weights[$0] * exp(-beta * distances[$0][k]) }
        let sum = terms.reduce(0, +)
        for i in 0..<count where terms[i] > 0 {
          posterior[i][k] = terms[i] / sum
          result.rate += h * terms[i] / sum * log2(terms[i] / sum / weights[i])
          result.distortion += h * terms[i] / sum * distances[i][k]
        }
      }
      weights = posterior.map { $0.reduce(0, +) * h }
      for i in 0..<count {
        var cumulated = 0.0
        for k in 0..<n {
          y[i][k] = (cumulated + posterior[i][k] / 2) * h / weights[i]
          cumulated += posterior[i][k]
        }
      }
    }
    return result
  }

  @Test(
    "a plain Blahut-Arimoto channel of the sawbridge lies above it, and near it at higher rates",
    arguments: [(8.0, 2, 0.2), (12, 4, 0.13), (30, 9, 0.06)])
  func blahutArimoto(slope: Double, count: Int, gap: Double) throws {
    let channel = alternatingMinimisation(slope: slope, count: count, grid: 300)
    let bound = try curve.point(atDistortion: channel.distortion).rate
    #expect(bound < channel.rate && channel.rate < bound + gap, "\(bound) \(channel)")
    #expect(
      channel.rate
        < (try ShannonLimitsTests.curve(.exact, of: "sawbridge").point(atDistortion: channel.distortion).rate))
  }

  @Test("one-shot codes lose log2(e^2/6) = 0.3004 bits at most, in the limit of high rate")
  func highRate() throws {
    let exact = try ShannonLimitsTests.curve(.exact, of: "sawbridge")
    for (cells, tolerance) in [(100.0, 2e-2), (1e4, 2e-4), (1e8, 1e-7)] {
      let d = Sawbridge().cellDistortion(1 / cells)
      let loss = try exact.point(atDistortion: d).rate - curve.point(atDistortion: d).rate
      #expect(abs(loss - RampRateDistortion.oneShotLoss) < tolerance, "\(loss)")
    }
    #expect(abs(try curve.point(atDistortion: 1e-9).rate - (-log2(1e-9) - 2 / M_LN2)) < 1e-8)
  }

  @Test("below linear transform coding; convex; the slope; both directions; certificates re-evaluate")
  func order() throws {
    for i in 1...300 {
      let d = exp(-Double(i) / 20) / 6
      let bound = try curve.bound(atDistortion: d)
      #expect(bound.kind == .lower && bound.rate.width <= 1e-13 * (1 + bound.rate.upper))
      #expect(bound.rate.upper < (try WaterFilling.sawbridge.bound(atDistortion: d).rate.lower))
      let point = try curve.point(atDistortion: d)
      #expect(abs(point.rate - bound.rate.midpoint) <= bound.rate.width)
      #expect(abs(try curve.point(atRate: point.rate).distortion - d) <= 1e-12 * d)
      let channel = try #require(bound.evidence as? TestChannel)
      let k = channel.dual
      let line =
        log(2 * k / (1 - exp(-2 * k))) - 2 + 2 * k / (exp(k) - 1)
        + 2 * k * tanh(k / 2) * ((sinh(min(k, 500)) - k) / (2 * k * (cosh(min(k, 500)) - 1)) - d)
      #expect(abs(line / M_LN2 - bound.rate.lower) < 1e-11)
    }
    try expectConvex(curve, from: 1e-4, points: 200)
    for d in [0.1, 0.03, 1e-3, 1e-6] {
      let slope = try #require(try curve.point(atDistortion: d).slope)
      #expect(abs(slope / (try numericalSlope(curve, at: d)) - 1) < 1e-4)
    }
  }

  @Test("ends and errors")
  func domain() throws {
    for d in [(1.0 / 6).nextUp, 0.2, 1e300] {
      #expect(try curve.point(atDistortion: d).rate == 0)
      #expect(try curve.bound(atDistortion: d).rate == 0)
    }
    // The number is a little less than a sixth.
    #expect(try curve.point(atDistortion: 1.0 / 6).rate == 0)
    let last = try curve.bound(atDistortion: 1.0 / 6).rate
    #expect(last.lower >= 0 && last.upper <= 1e-15, "\(last)")
    #expect(try curve.point(atRate: 0).distortion == 1.0 / 6)
    for r in [1e-300, 1e-17, 1e-10, 100, 400, 500] { #expect(try curve.point(atRate: r).distortion <= 1.0 / 6) }
    for d in [(1.0 / 6).nextDown, 1e-300, Double.leastNormalMagnitude] {
      let bound = try curve.bound(atDistortion: d)
      #expect(bound.rate.lower >= 0 && bound.rate.width <= 1e-9)
    }
    expectErrors(curve)
  }
}
