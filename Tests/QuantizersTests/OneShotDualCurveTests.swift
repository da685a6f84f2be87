import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The converse of the banana's one-shot codes.
@Suite("no one-shot code of the banana does better")
struct OneShotDualCurveTests {
  private static func curve(_ name: CurveName) throws -> Curve { try KnownSource(Banana()).curve(named: name) }

  @Test("below the designed codebooks at every rate, by less than 0.1 bits from 0.5 to 4 bits")
  func belowCodes() throws {
    let (converse, codes) = (try Self.curve(.oneShotLower), try Self.curve(.ecvq))
    #expect(converse.kind == .lower && !converse.isCostly)
    for step in 1...50 {
      let point = try codes.point(atRate: 0.1 * Double(step))
      let least = try converse.point(atDistortion: point.distortion).rate
      #expect(least <= point.rate)
      if (5...40).contains(step) { #expect(least > point.rate - 0.1, "\(point)") }
    }
  }

  @Test("above the Shannon lower bound, and between 0.5 and 4 bits above R(D), which long blocks reach")
  func aboveLongBlocks() throws {
    let converse = try Self.curve(.oneShotLower)
    let (bound, shannon) = (
      try Self.curve(.shannonLowerBound), try KnownSource(Banana()).curves(named: .shannon)[0]
    )
    for distortion in [0.2, 0.3, 0.5, 1, 2, 4, 6, 8, 10] {
      let least = try converse.point(atDistortion: distortion).rate
      #expect(try least >= bound.point(atDistortion: distortion).rate)
      let long = try shannon.point(atDistortion: distortion).rate
      if long > 0.5, long < 4 { #expect(least > long) }
    }
  }

  @Test("its evidence, read back from its form, proves the bound; another multiplier's does not")
  func evidence() throws {
    let converse = try Self.curve(.oneShotLower)
    let distortion = 3.0
    let bound = try converse.bound(atDistortion: distortion)
    let dual = try #require(bound.evidence as? OneShotDual)
    let proved = try converse.proved(by: converse.evidence(from: bound.evidence.form), atDistortion: distortion)
    #expect(proved.lower >= bound.rate.lower && proved.lower < bound.rate.lower + 1e-6)
    // Raised by a constant, S grows as much: nothing is won.
    let raised = OneShotDual(
      slope: dual.slope, first: dual.first, second: dual.second, values: dual.values.map { min($0 + 0.3, 12) })
    #expect(try converse.proved(by: raised, atDistortion: distortion).lower < bound.rate.lower + 0.02)
  }

  @Test("a multiplier with a hole, a value that is no number or a slope out of range is refused by the check")
  func forged() throws {
    let converse = try Self.curve(.oneShotLower)
    let dual = try #require(try converse.bound(atDistortion: 3).evidence as? OneShotDual)
    for change: (inout OneShotDual) -> Void in [
      { $0.values.removeLast() }, { $0.values[5] = .nan }, { $0.values[5] = 1e6 }, { $0.slope = 1e-9 },
      { $0.second.swapAt(1, 2) }, { $0.first[0] = -1 },
    ] {
      var forged = dual
      change(&forged)
      #expect(throws: DomainError.self) { try converse.proved(by: forged, atDistortion: 3) }
    }
  }
}
