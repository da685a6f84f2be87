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

  static func sides(isPrecise: Bool = false) throws -> (lower: Curve, upper: Curve) {
    let sides = try KnownSource(Banana()).curves(named: .shannon)
    #expect(sides.map(\.kind) == [.lower, .upper])
    return isPrecise ? (sides[0].precise, sides[1].precise) : (sides[0], sides[1])
  }

  @Test("lower <= oracle <= upper, 1e-4 bits apart, above log2(3/D)")
  func oracle() throws {
    let (below, above) = try Self.sides()
    let rows = try File.read()
    #expect(rows.count >= 5)
    for row in rows {
      let lower = try below.bound(atDistortion: row.distortion)
      let upper = try above.bound(atDistortion: row.distortion).value
      #expect(lower.value <= row.upper && upper >= row.lower, "\(row)")
      #expect(upper >= lower.value && upper - lower.value <= 1.1e-4, "\(row): \(upper - lower.value)")
      #expect(lower.value > log2(3 / row.distortion))
      let slope = try #require(lower.slope) * natsPerBit
      #expect(abs(slope / row.beta - 1) < 0.02)
    }
  }

  @Test("the table is 1e-4 bits wide at every quarter bit from 1/4 to 8, and bears the rates out")
  func allRates() throws {
    let (below, above) = try Self.sides()
    for rate in stride(from: 0.25, through: 8, by: 0.25) {
      let distortion = try above.point(atRate: rate).distortion
      let lower = try below.bound(atDistortion: distortion).value
      let upper = try above.bound(atDistortion: distortion).value
      #expect(upper >= lower && upper - lower <= 1.1e-4, "\(rate): \(upper - lower)")
      #expect(upper <= rate && upper > rate - 1e-9)
    }
  }

  @Test("a certificate proves its bounds to someone who has nothing else; what is no symmetric law proves nothing")
  func certificates() throws {
    let sides = try Self.sides()
    let distortion = 1.3
    let bound = try sides.lower.bound(atDistortion: distortion)
    let rate = try proved(sides, by: bound.evidence, atDistortion: distortion)
    #expect(rate.lower >= bound.value && rate.upper < bound.value + 2e-3)
    let named = try #require(bound.evidence as? NamedSlopes)
    let law = try PlaneEngine(source: BananaSource()).law(slope: named.slopes[0])
    #expect(try proved(sides, by: law, atDistortion: distortion) == rate)
    let (slope, points, weights) = (law.slope, law.points, law.weights)
    let steeper = try proved(
      sides, by: NamedLaw(slope: 1.1 * slope, points: points, weights: weights), atDistortion: distortion)
    #expect(steeper.lower < rate.upper && steeper.upper > rate.lower)
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
        #expect(nothing.upper >= bound.value && nothing.lower <= bound.value)
        #expect(wrong is NamedLaw || nothing == .hull(0, .infinity))
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

  @Test("ends: 0 from the trace of the covariance on, next to the Shannon lower bound at high rates; errors")
  func ends() throws {
    let (below, above) = try Self.sides()
    for side in [below, above] {
      #expect(try side.bound(atDistortion: 10.9).rate == 0)
      #expect(try side.point(atDistortion: 20).rate == 0)
      expectErrors(side)
    }
    let shannon = try KnownSource(Banana()).curve(named: .shannonLowerBound)
    #expect(try abs(shannon.point(atDistortion: 0.01).rate - log2(300)) < 1e-13)
    #expect(try abs(below.bound(atDistortion: 0.01).value - log2(300)) < 1e-4)
    #expect(try abs(above.bound(atDistortion: 0.01).value - log2(300)) < 1e-4)
  }
}
