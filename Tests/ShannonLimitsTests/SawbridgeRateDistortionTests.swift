import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of the sawbridge from both sides.
@Suite("R(D) of the sawbridge, two-sided")
struct SawbridgeRateDistortionTests {
  let sides: [Curve]

  init() throws {
    sides = try KnownSource(Sawbridge()).curves(named: .shannon).map(\.precise)
  }

  func bounds(_ distortion: Double) throws -> (lower: Bound, upper: Bound) {
    (try sides[0].bound(atDistortion: distortion), try sides[1].bound(atDistortion: distortion))
  }

  struct OracleRow: Decodable {
    let distortion: Double
    let lowerBits: Double
    let upperBits: Double
  }

  @Test("two sides, of kinds lower and upper, which a table makes cheap")
  func kinds() throws {
    #expect(sides.map(\.kind) == [.lower, .upper] && sides.allSatisfy { $0.name == .shannon })
    let tabulated = try KnownSource(Sawbridge()).curves(named: .shannon)
    #expect(tabulated.allSatisfy { !$0.isCostly } && sides.allSatisfy(\.isCostly))
  }

  @Test("by the table: 1e-4 bits apart from 0.05 to 2.4 bits, around what is solved at the very distortion")
  func tabulated() throws {
    let tabulated = try KnownSource(Sawbridge()).curves(named: .shannon)
    for step in 0...200 {
      let rate = 0.05 + 2.35 * Double(step) / 200
      let distortion = try tabulated[0].point(atRate: rate).distortion
      let (lower, upper) = (
        try tabulated[0].bound(atDistortion: distortion), try tabulated[1].bound(atDistortion: distortion)
      )
      #expect(lower.value >= rate && upper.value >= lower.value && upper.value <= lower.value + 1e-4, "\(rate)")
      #expect(lower.evidence is NamedSlopes && upper.evidence is NamedSlopes)
      let point = try tabulated[1].point(atDistortion: distortion)
      #expect(abs(point.rate - upper.value) < 1e-9)
    }
    for distortion in [0.15, 0.1] {
      let (lower, upper) = try bounds(distortion)
      #expect(try tabulated[0].bound(atDistortion: distortion).value <= upper.value)
      #expect(try tabulated[1].bound(atDistortion: distortion).value >= lower.value)
    }
  }

  @Test("slopes that a claim names are solved anew; those that are not solved for are refused")
  func slopes() throws {
    let d = 0.14
    let tabulated = try KnownSource(Sawbridge()).curves(named: .shannon)
    for side in tabulated {
      let bound = try side.bound(atDistortion: d)
      let proved = try side.proved(by: bound.evidence, atDistortion: d)
      #expect(side.kind == .lower ? proved.lower >= bound.value : proved.upper <= bound.value)
      for slope in [0.0, -6, 4.9, 43, 1e300, .infinity, .nan] {
        #expect(throws: DomainError.self) { try side.proved(by: NamedSlopes([slope]), atDistortion: d) }
      }
    }
  }

  @Test(
    "plain alternating minimisation's two-sided values lie between the sides, which are 1e-6 bits apart",
    arguments: 0..<6)
  func oracle(index: Int) throws {
    struct File: Decodable { let rows: [OracleRow] }
    let row = try Oracle.json("sawbridge-rate-distortion.json", as: File.self).rows[index]
    let (lower, upper) = try bounds(row.distortion)
    #expect(lower.value <= row.upperBits + 1e-10 && row.lowerBits - 1e-10 <= upper.value)
    #expect(upper.value - lower.value < 1e-6, "\(lower.value) \(upper.value)")
    let slope = try #require(lower.slope)
    #expect(abs(slope / [5.5, 6, 8, 10, 12, 16][index] * M_LN2 - 1) < 0.01)
  }

  @Test("certificates prove both sides anew; others prove less or nothing")
  func certificates() throws {
    let d = 0.11
    let (lower, upper) = try bounds(d)
    #expect(try sides[0].proved(by: lower.evidence, atDistortion: d).lower >= lower.value)
    #expect(try sides[1].proved(by: upper.evidence, atDistortion: d).upper <= upper.value)
    // A tangent holds everywhere, a channel only at its own distortion and above.
    let tangent = try sides[0].proved(by: lower.evidence, atDistortion: 0.12).lower
    let above = try bounds(0.12).upper.value
    #expect(tangent > 0 && tangent < above)
    #expect(try sides[1].proved(by: upper.evidence, atDistortion: 0.1).upper == .infinity)
    let channel = try #require(upper.evidence as? TestChannel)
    for dual in [0.0, -1, 4, 43, .infinity, .nan] {
      let wrong = TestChannel(family: channel.family, achieving: channel.achieving, dual: dual)
      for side in sides { #expect(try side.proved(by: wrong, atDistortion: d) == .hull(0, .infinity)) }
    }
    for side in sides {
      #expect(try side.proved(by: ClosedForm("R = 0"), atDistortion: d) == .hull(0, .infinity))
      #expect(throws: DomainError.self) { try side.proved(by: upper.evidence, atDistortion: -1) }
    }
  }

  @Test(
    "sides in order, between the closed-form bound and E(D), and by how much they differ",
    arguments: [
      (0.1666, 1e-5), (0.15, 1e-6), (0.09, 1e-6), (0.02, 0.06), (1e-2, 0.03), (1e-3, 0.003), (1e-6, 3e-6),
      (1e-12, 1e-11),
      (1e-140, 1e-9),
    ])
  func order(distortion: Double, width: Double) throws {
    let (lower, upper) = try bounds(distortion)
    #expect(lower.value <= upper.value && upper.value - lower.value <= width, "\(lower.value) \(upper.value)")
    #expect(lower.rate == upper.rate)
    let closedForm = try SawbridgeLowerBound().bound(atDistortion: distortion).value
    #expect(lower.value >= closedForm)
    let oneShot = try ShannonLimitsTests.curve(.exact, of: "sawbridge").point(atDistortion: distortion).rate
    #expect(upper.value < oneShot + 1e-9)
    for (side, bound) in zip(sides, [lower, upper]) {
      let point = try side.point(atDistortion: distortion)
      #expect(abs(point.rate - bound.value) <= 1e-6 + 1e-13 * bound.value)
      let back = try side.point(atRate: point.rate).distortion
      #expect(abs(back / distortion - 1) < 1e-4, "\(back)")
    }
  }

  @Test("R leaves 0 at D = 1/6 with the slope pi^2/2 nats, and is 0 from there on")
  func criticalSlope() throws {
    let slope = Double.pi * .pi / 2 / M_LN2
    for step in [1e-3, 1e-4] {
      let (lower, upper) = try bounds(1.0 / 6 - step)
      #expect(upper.value >= slope * step && lower.value <= slope * step * (1 + 40 * step), "\(lower.value / step)")
    }
    for distortion in [(1.0 / 6).nextUp, 0.2, 1e300] {
      let (lower, upper) = try bounds(distortion)
      #expect(lower.rate == 0 && upper.rate == 0)
      #expect(try sides[1].proved(by: upper.evidence, atDistortion: distortion).upper == 0)
    }
    for side in sides { #expect(abs(try side.point(atRate: 0).distortion - 1.0 / 6) < 1e-12) }
  }

  @Test("at high rate R = -log2 D - 2 log2 e to 3 D bits, so one-shot codes lose log2(e^2/6) = 0.3004 bits")
  func highRate() throws {
    for distortion in [1e-2, 1e-4, 1e-8] {
      let limit = -log2(distortion) - 2 / M_LN2
      let (lower, upper) = try bounds(distortion)
      #expect(limit - 1e-9 <= lower.value && upper.value <= limit + 3 * distortion)
    }
    let gaps = try #require(KnownSource(Sawbridge()).gaps)
    #expect(gaps.limits.allSatisfy { abs($0.highRateBits - log2(exp(2.0) / 6)) < 1e-14 })
    #expect(abs(gaps.limits[0].highRateDecibels - 0.904377134229) < 1e-11)
    let cells = 1 / 4_096.0
    let gap = try gaps.gaps(atDistortion: Sawbridge().cellDistortion(cells))[0]
    #expect(abs(gap.bits - 0.300427581) < 1e-6)
  }

  /// Trapezoidal sums over the noise channel, whose integrands vanish at both ends.
  @Test(
    "logistic noise: the certificate's channel has the rate and the distortion that quadratures give",
    arguments: [0.02, 5e-3])
  func noise(distortion: Double) throws {
    let upper = try sides[1].bound(atDistortion: distortion)
    let channel = try #require(upper.evidence as? TestChannel)
    #expect(channel.family.contains("noise"))
    let beta = channel.achieving
    let logistic = { (x: Double) in x > 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x)) }
    let softplus = { (x: Double) in max(x, 0) + log1p(exp(-abs(x))) }
    var entropy = 0.0
    var outside = 0.0
    let h = 0.01 / beta
    for i in Int(-60 / beta / h)...Int((1 + 60 / beta) / h) {
      let w = Double(i) * h
      let g = logistic(beta * w) - logistic(beta * (w - 1))
      guard g > 0 else { continue }
      entropy -= g * log(g) * h
      // The reproduction's distortion left of 0, twice: its mirror image is right of 1.
      outside += 2 * g * (softplus(-beta * w) - logistic(-beta * w)) / beta * h
    }
    #expect(abs((entropy + log(beta) - 2) / M_LN2 - upper.value) < 1e-6)
    #expect(abs(1 / beta - outside - distortion) < 1e-8)
  }

  @Test("bad arguments are errors")
  func errors() {
    for side in sides { expectErrors(side) }
  }
}
