import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// What holds for every source and every D, at random arguments.
@Suite("one-shot curves, properties")
struct OneShotPropertyTests {
  @Test(
    "lower <= exact = upper, hull between them, monotone, certificates re-evaluate: 2,000 random D a source",
    arguments: cellSourceNames)
  func order(name: String) throws {
    try check(cellSource(name))
  }

  func check(_ source: some BiuniformOptimal) throws {
    let lower = DualBound(source: source)
    let exact = EntropyDistortionFunction(source: source)
    let upper = BiuniformUpperBound(source: source)
    let hull = TimeSharing(source: source)
    var generator = SeededGenerator(seed: 20)
    var distortions: [Double] = []
    for i in 0..<Campaign.cases(2_000, long: 100_000) {
      let rate = Double.random(in: 0...(i % 2 == 0 ? 4 : 40), using: &generator)
      let place = try lower.point(atRate: rate).distortion
      // One in eight right at a uniform code, or a rounding from it.
      let cells = Double(Int.random(in: 1...500, using: &generator))
      let corner = source.cellDistortion(1 / cells)
      distortions.append([place, place, place, place, place, place, corner, corner.nextDown][i % 8])
    }
    distortions.sort(by: >)
    var previous: [CurveName: Double] = [:]
    for d in distortions where d > 0 && d < source.largestDistortion {
      let low = try lower.bound(atDistortion: d)
      let high = try upper.bound(atDistortion: d)
      let value = try exact.bound(atDistortion: d)
      let shared = try hull.bound(atDistortion: d)
      #expect(low.rate.lower <= value.rate.upper && value.rate.lower <= high.rate.upper)
      #expect(low.rate.lower <= shared.rate.upper && shared.rate.lower <= value.rate.upper)
      for bound in [low, high, value, shared] { #expect(bound.rate.width <= 1e-12, "\(bound.kind) at \(d)") }
      // Floating point stays with the proof.
      #expect(abs(try lower.point(atDistortion: d).rate - low.rate.midpoint) <= 1e-12)
      #expect(abs(try exact.point(atDistortion: d).rate - value.rate.midpoint) <= 1e-12)
      #expect(abs(try hull.point(atDistortion: d).rate - shared.rate.midpoint) <= 1e-12)
      for (name, bound) in [(lower.name, low), (exact.name, value), (hull.name, shared)] {
        if let before = previous[name] { #expect(bound.rate.upper >= before, "\(name) falls at \(d)") }
        previous[name] = bound.rate.lower
      }
      try reevaluate(low, high, value, source: source)
    }
  }

  /// A certificate, evaluated again by plain formulas, gives the bound.
  func reevaluate(_ low: Bound, _ high: Bound, _ value: Bound, source: some BiuniformOptimal) throws {
    let d = low.distortion
    let dual = try #require(low.evidence as? DualMultiplier)
    let code = try #require(high.evidence as? BiuniformCode)
    let bracket = try #require(value.evidence as? BiuniformBracket)
    let (above, below) = (bracket.above, bracket.below)
    let atMinimiser = -log2(dual.minimiser) + dual.multiplier * (source.cellDistortion(dual.minimiser) - d)
    #expect(abs(atMinimiser - low.rate.lower) <= 1e-12)
    for (code, bound) in [(code, high.rate.upper), (above, value.rate.upper), (below, value.rate.lower)] {
      let q = (1 - code.oddCell) / code.equalCells
      let eps = code.oddCell
      let entropy = -(1 - eps) * log2(q) - (eps > 0 ? eps * log2(eps) : 0)
      #expect(abs(entropy - bound) <= 1e-12)
    }
    #expect(code.distortion(on: source, as: Interval.self).upper <= d)
    #expect(below.distortion(on: source, as: Interval.self).lower >= d || below.oddCell == 0 && below.equalCells == 1)
  }

  @Test("each direction undoes the other", arguments: cellSourceNames)
  func roundTrip(name: String) throws {
    var generator = SeededGenerator(seed: 21)
    for curve in try oneShotCurves(of: name) {
      for _ in 0..<500 {
        let rate = Double.random(in: 0...40, using: &generator)
        let point = try curve.point(atRate: rate)
        let back = try curve.point(atDistortion: point.distortion)
        // D carries one rounding, which the slope turns into R; E(D) is steep beside uniform codes.
        #expect(abs(back.rate - rate) <= 1e-12 + 1e-14 * rate, "\(name) \(curve.name) at R = \(rate)")
      }
    }
  }

  @Test("the dual bound meets E(D) exactly at uniform codes on the hull", arguments: cellSourceNames)
  func dualMeetsUniformCodes(name: String) throws {
    try meets(cellSource(name))
  }

  func meets(_ source: some BiuniformOptimal) throws {
    let lower = DualBound(source: source)
    let exact = EntropyDistortionFunction(source: source)
    let hull = TimeSharing(source: source)
    for cells in Int(hull.firstVertex)...64 {
      let d = source.cellDistortion(1 / Double(cells))
      #expect(abs(try lower.point(atDistortion: d).rate - log2(Double(cells))) <= 1e-14)
      #expect(abs(try exact.point(atDistortion: d).rate - log2(Double(cells))) <= 1e-13)
      #expect(abs(try hull.point(atDistortion: d).rate - log2(Double(cells))) <= 1e-13)
    }
    // And nowhere between.
    for cells in Int(hull.firstVertex)...20 {
      let d = (source.cellDistortion(1 / Double(cells)) + source.cellDistortion(1 / Double(cells + 1))) / 2
      #expect(try lower.point(atDistortion: d).rate < hull.point(atDistortion: d).rate - 1e-7)
      #expect(try hull.point(atDistortion: d).rate < exact.point(atDistortion: d).rate - 1e-6)
    }
  }

  @Test("the ends are exact: rate 0 at Dmax and above, Dmax at rate 0", arguments: cellSourceNames)
  func ends(name: String) throws {
    for curve in try oneShotCurves(of: name) {
      let largest = curve.largestDistortion
      for d in [largest, largest.nextUp, 2 * largest, 1e300] {
        #expect(try curve.point(atDistortion: d).rate == 0)
        let bound = try curve.bound(atDistortion: d)
        // Dmax itself is a rounded number, and the true one may be above it.
        #expect(bound.rate.lower <= 1e-15 && bound.rate.upper <= 1e-13)
      }
      #expect(try curve.point(atRate: 0).distortion == largest)
    }
  }

  @Test("far ends: 500 bits, and the smallest numbers there are", arguments: cellSourceNames)
  func farEnds(name: String) throws {
    for curve in try oneShotCurves(of: name) where curve.name != .waterFilling {  // whose D falls like 1/R
      for rate in [45.0, 52, 60, 100, 300, 500] {
        let d = try curve.point(atRate: rate).distortion
        let bound = try curve.bound(atDistortion: d)
        #expect(bound.rate.lower <= rate + 1e-9 && rate - 1e-9 <= bound.rate.upper, "\(curve.name) at \(rate) bits")
        #expect(bound.rate.width <= 1e-9)
      }
      for d in [1e-300, Double.leastNormalMagnitude] {
        let bound = try curve.bound(atDistortion: d)
        #expect(bound.rate.lower > 490 && bound.rate.upper < 1025 && bound.rate.width <= 1e-9)
      }
    }
  }

  @Test("what is no distortion or rate is an error, not a number", arguments: cellSourceNames)
  func badArguments(name: String) throws {
    for curve in try oneShotCurves(of: name) {
      for d in [0, -0.0, -1, Double.nan, .infinity, -.infinity, .leastNonzeroMagnitude] {
        #expect(throws: DomainError.self) { try curve.point(atDistortion: d) }
        #expect(throws: DomainError.self) { try curve.bound(atDistortion: d) }
      }
      for r in [-1e-300, -1, Double.nan, .infinity, 513] {
        #expect(throws: DomainError.self) { try curve.point(atRate: r) }
      }
    }
  }
}
