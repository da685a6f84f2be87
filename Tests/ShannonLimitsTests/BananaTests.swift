import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of the banana between its two bounds, against an independent computation and theory.
@Suite("Two-sided R(D) of the banana")
struct BananaTests {
  struct File: Decodable {
    struct Row: Decodable { let beta: Double; let distortion: Double; let upper: Double; let lower: Double }
    let banana: [Row]

    static func read() throws -> [Row] {
      try Oracle.json("banana.json", as: File.self).banana
    }
  }

  static func sides() throws -> (lower: Curve, upper: Curve) {
    let sides = try KnownSource(Banana()).curves(named: .shannon)
    #expect(sides.map(\.kind) == [.lower, .upper])
    return (sides[0], sides[1])
  }

  @Test("lower <= oracle <= upper, 1e-4 bits apart from 1 to 2.5 bits (long: 3.4), above log2(3/D)")
  func oracle() throws {
    let (below, above) = try Self.sides()
    let rows = try File.read()
    #expect(rows.count >= 5)
    for row in rows where row.beta < 2 || Campaign.isLong {
      let lower = try below.bound(atDistortion: row.distortion)
      let upper = try above.proved(by: lower.evidence, atDistortion: row.distortion).upper
      #expect(lower.value <= row.upper && upper >= row.lower, "\(row)")
      #expect(upper >= lower.value && upper - lower.value <= 1e-4, "\(row): \(upper - lower.value)")
      #expect(lower.value > log2(3 / row.distortion))
      let slope = try #require(lower.slope) * natsPerBit
      #expect(abs(slope / row.beta - 1) < 0.02)
    }
  }

  @Test(
    "the sides are 1e-4 bits apart at every half bit from 1/2 to 5 1/2",
    .enabled(if: Campaign.isLong, "long: searches for a law take seconds each"))
  func allRates() throws {
    let (below, above) = try Self.sides()
    for rate in stride(from: 0.5, through: 5.5, by: 0.5) {
      let distortion = try above.point(atRate: rate).distortion
      let bound = try below.bound(atDistortion: distortion)
      let upper = try above.proved(by: bound.evidence, atDistortion: distortion).upper
      #expect(upper >= bound.value && upper - bound.value <= 1e-4, "\(rate): \(upper - bound.value)")
      #expect(upper <= rate + 1e-4)
    }
  }

  @Test("a certificate proves its bounds to someone who has nothing else; what is no symmetric law proves nothing")
  func certificates() throws {
    let sides = try Self.sides()
    let distortion = 1.3
    let bound = try sides.lower.bound(atDistortion: distortion)
    let rate = try proved(sides, by: bound.evidence, atDistortion: distortion)
    #expect(abs(rate.lower - bound.value) < 1e-9 && rate.upper < bound.value + 1e-4)
    let law = try #require(bound.evidence as? NamedLaw)
    let (slope, points, weights) = (law.slope, law.points, law.weights)
    let steeper = try proved(
      sides, by: NamedLaw(slope: 1.1 * slope, points: points, weights: weights), atDistortion: distortion)
    #expect(steeper.lower < rate.upper && steeper.upper > rate.lower)
    let shannon = log2(3 / distortion)
    let evidence: [any Evidence] = [
      NamedLaw(slope: slope, points: points.map { -$0 }, weights: weights),
      NamedLaw(slope: .nan, points: points, weights: weights),
      NamedLaw(slope: 1e9, points: points, weights: weights),
      NamedLaw(slope: slope, points: [], weights: []),
      NamedLaw(slope: slope, points: Array(points.dropLast()), weights: weights),
      NamedLaw(slope: slope, points: points, weights: weights.map { $0 * .nan }),
      ClosedForm("trust me"),
    ]
    for wrong in evidence {
      do {
        let nothing = try proved(sides, by: wrong, atDistortion: distortion)
        #expect(wrong is ClosedForm && nothing.upper == .infinity && abs(nothing.lower - shannon) < 1e-12)
      } catch DomainError.evidenceRefused {
        #expect(wrong is NamedLaw)
      }
    }
  }

  @Test("a rate that is asked for is a valid claim at the distortion found")
  func rates() throws {
    let (below, above) = try Self.sides()
    #expect(try below.bound(atDistortion: below.point(atRate: 1.2).distortion).value >= 1.2)
    #expect(try above.bound(atDistortion: above.point(atRate: 1.2).distortion).value <= 1.2)
  }

  @Test("ends: 0 from the trace of the covariance on, nothing but the Shannon lower bound beyond 5.5 bits; errors")
  func ends() throws {
    let (below, above) = try Self.sides()
    for side in [below, above] {
      #expect(try side.bound(atDistortion: 10.9).rate == 0)
      #expect(try side.point(atDistortion: 20).rate == 0)
      expectErrors(side)
    }
    let shannon = try KnownSource(Banana()).curve(named: .shannonLowerBound)
    #expect(try abs(shannon.point(atDistortion: 0.01).rate - log2(300)) < 1e-13)
    #expect(try abs(below.bound(atDistortion: 0.01).value - log2(300)) < 1e-12)
    #expect(try above.bound(atDistortion: 0.01).value == .infinity)
  }
}
