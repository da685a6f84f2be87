import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Codes of one large cell, equal ones and a smaller one.
@Suite("codes of three sizes")
struct ThreeSizeTests {
  /// Twice what cells cost on a line where realisations are at the distance r = 2 min(t, w): the mean of r(u p) (1 - u) over u.
  struct Pulse: CellSource {
    let width: Double

    func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
      let w = Number(width)
      return .piecewise(p, at: width, below: { 2 * $0 / 3 }) { p in
        // The integral of (p - t) min(t, w) over [0, p] is w p^2/2 - w^2 p/2 + w^3/6.
        4 * (w / 2 - w * w / (2 * p) + w * w * w / (6 * p * p))
      }
    }

    func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
      let w = Number(width)
      return .piecewise(p, at: width, below: { 2 * $0 / 3 }) { p in 4 * (w * w / (2 * p) - w * w * w / (3 * p * p)) }
    }
  }

  @Test(
    "a narrow template gains what its phases that look alike are worth",
    arguments: [(0.15, 0.2), (0.1, 0.4), (0.05, 0.8)])
  func pulses(width: Double, gain: Double) throws {
    let source = Pulse(width: width)
    let (three, two) = (ThreeSizeUpperBound(source: source), BiuniformUpperBound(source: source))
    var widest = 0.0
    for step in 1..<60 {
      let distortion = source.largestDistortion * Double(step) / 60
      let (a, b) = (try three.bound(atDistortion: distortion), try two.bound(atDistortion: distortion))
      #expect(a.value <= b.value + 1e-12)
      widest = max(widest, b.value - a.value)
      #expect(try three.proof(by: a.evidence, at: distortion).upper <= a.rate.upper)
    }
    #expect(widest > gain, "\(widest)")
  }

  @Test("no random code of such cells lies below, at a distortion or at a rate")
  func randomCodes() throws {
    var random = SeededGenerator(seed: 15)
    for source in [Pulse(width: 0.1), Pulse(width: 0.3)] {
      let curve = ThreeSizeUpperBound(source: source)
      for _ in 0..<400 {
        let large = random.unit()
        let count = Int.random(in: 1...12, using: &random)
        var cells = [large] + [Double](repeating: (1 - large) * 0.9 / Double(count), count: count)
        cells.append(1 - cells.reduce(0, +))
        let distortion = cells.reduce(0) { $0 + $1 * source.cellDistortion($1) }
        let entropy = cells.reduce(0) { $0 - $1 * log2($1) }
        guard distortion < source.largestDistortion else { continue }
        #expect(try curve.point(at: distortion).rate <= entropy + 1e-6, "\(large) \(count)")
        #expect(try curve.point(ofRate: entropy).distortion <= distortion * (1 + 1e-6), "\(large) \(count)")
      }
    }
  }

  @Test("where biuniform codes are optimal there is nothing to gain")
  func optimal() throws {
    for distortion in [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99] {
      let exact = try EntropyDistortionFunction(source: Circle()).bound(atDistortion: distortion)
      let found = try ThreeSizeUpperBound(source: Circle()).bound(atDistortion: distortion)
      #expect(found.value >= exact.rate.lower - 1e-12 && found.value < exact.value + 1e-9, "\(distortion)")
    }
  }

  @Test("codes that are none are refused, and true ones prove no more than they are")
  func forged() throws {
    let curve = ThreeSizeUpperBound(source: Pulse(width: 0.1))
    let rest = try #require(BiuniformCode(equalCells: 3, oddCell: 0))
    for large in [-0.1, 1, 2, Double.nan, .infinity] { #expect(ThreeSizeCode(largeCell: large, rest: rest) == nil) }
    let code = try #require(ThreeSizeCode(largeCell: 0.5, rest: rest))
    let entropy = 1 + 0.5 * log2(3)
    let distortion = 0.5 * (Pulse(width: 0.1).cellDistortion(0.5) + Pulse(width: 0.1).cellDistortion(0.5 / 3))
    #expect(abs(try curve.proof(by: code, at: distortion * (1 + 1e-12)).upper - entropy) < 1e-12)
    #expect(try curve.proof(by: code, at: distortion * (1 - 1e-9)).upper == .infinity)
    #expect(throws: MalformedEvidence.self) {
      try ThreeSizeCode(
        EvidenceForm("three-size", [.init("large_cell", .number(1.5)), .init("rest", .form(rest.form))]))
    }
  }
}
