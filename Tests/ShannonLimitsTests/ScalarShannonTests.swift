import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of scalar sources between its two bounds: against an independent computation, theory and itself.
@Suite("Two-sided R(D) of scalar sources")
struct ScalarShannonTests {
  static let names = ["laplace", "exponential", "logistic", "uniform"]

  /// R(D) of a source from below and from above, by its table or solved at the very distortion.
  static func sides(
    of name: String, scale: Double? = nil, isPrecise: Bool = false
  ) throws -> (lower: Curve, upper: Curve) {
    var parameters = SourceParameters()
    if let scale { parameters.set("scale", to: .number(scale)) }
    let sides = try KnownSource(Catalogue.source(named: name), parameters).curves(named: .shannon)
    #expect(sides.map(\.kind) == [.lower, .upper])
    return isPrecise ? (sides[0].precise, sides[1].precise) : (sides[0], sides[1])
  }

  struct LaplaceOracle: Decodable {
    struct Row: Decodable { let beta: Digits; let upper: Digits; let gap: Digits; let distortion: Digits }
    let laplace: [Row]
  }

  static func oracle() throws -> [(beta: Double, upper: Double, gap: Double, distortion: Double)] {
    try Oracle.json("blahut-arimoto.json", as: LaplaceOracle.self).laplace.map { row in
      (row.beta.value, row.upper.value, row.gap.value, row.distortion.value)
    }
  }

  @Test("lower <= oracle <= upper for the Laplace source, every fourth of 40 slopes, 2e-7 bits apart")
  func laplaceOracle() throws {
    let rows = try Self.oracle()
    #expect(rows.count >= 20)
    let (below, above) = try Self.sides(of: "laplace", isPrecise: true)
    for row in stride(from: 0, to: rows.count, by: 4).map({ rows[$0] }) {
      let lower = try below.bound(atDistortion: row.distortion)
      let upper = try above.bound(atDistortion: row.distortion).value
      // The oracle's own channel and dual at its own distortion, in bits.
      let achieved = (row.upper - row.beta * row.distortion) / natsPerBit
      let proved = achieved - row.gap / natsPerBit
      #expect(lower.value <= achieved + 1e-11 && upper >= proved - 1e-11, "\(row)")
      #expect(upper - lower.value <= 2e-7, "\(row)")
      let slope = try #require(lower.slope) * natsPerBit
      #expect(abs(slope / row.beta - 1) < 1e-3)
    }
  }

  @Test(
    "tables are 1e-5 bits wide from 0.05 to 8 bits, hold what is solved, 2e-7 bits wide, and are convex",
    arguments: names)
  func tables(name: String) throws {
    let (below, above) = try Self.sides(of: name)
    let precise = try Self.sides(of: name, isPrecise: true)
    let shannonLowerBound = try curve(.shannonLowerBound, of: name)
    var last: (distortion: Double, lower: Double, upper: Double)?
    for rate in stride(from: 0.05, through: 8, by: 0.0625) {
      let distortion = try below.point(atRate: rate).distortion
      let bound = try below.bound(atDistortion: distortion)
      let (lower, upper) = (bound.value, try above.bound(atDistortion: distortion).value)
      #expect(lower <= upper && upper - lower <= 1e-5, "\(name) at \(rate): \(upper - lower)")
      #expect(lower >= rate && lower < rate + 1e-9)
      #expect(try lower >= shannonLowerBound.bound(atDistortion: distortion).value)
      if let last {
        #expect(distortion < last.distortion && upper > last.lower)
        // Convexity: the chord lies above the tangent's lower bound.
        let slope = try #require(bound.slope)
        #expect(last.upper >= lower - slope * (last.distortion - distortion) - 1e-9)
      }
      last = (distortion, lower, upper)
      guard [0.05, 0.425, 1.05, 2.05, 4.05].contains(where: { abs($0 - rate) < 0.03 }) else { continue }
      let solved = (
        lower: try precise.lower.bound(atDistortion: distortion).value,
        upper: try precise.upper.bound(atDistortion: distortion).value
      )
      #expect(lower <= solved.lower && solved.lower <= solved.upper && solved.upper <= upper)
      #expect(solved.upper - solved.lower <= 2e-7, "\(name) at \(rate): \(solved.upper - solved.lower)")
    }
  }

  @Test("what a table says is proved by the slopes it names, solved anew", arguments: names)
  func tableEvidence(name: String) throws {
    let (below, above) = try Self.sides(of: name)
    for rate in [0.3, 1.7, 6] {
      let distortion = try below.point(atRate: rate).distortion
      for curve in [below, above] {
        let bound = try curve.bound(atDistortion: distortion)
        let proved = try curve.proved(by: bound.evidence, atDistortion: distortion)
        #expect(proved.lower >= bound.value || curve.kind == .upper, "\(name) at \(rate)")
        #expect(proved.upper <= bound.value || curve.kind == .lower, "\(name) at \(rate)")
      }
    }
  }

  @Test("a rate that is asked for is a valid claim at the distortion found, from either side", arguments: names)
  func rates(name: String) throws {
    let (below, above) = try Self.sides(of: name)
    for rate in [0.0, 0.5, 3] {
      let lower = try below.bound(atDistortion: below.point(atRate: rate).distortion)
      #expect(lower.value >= rate, "\(name) at \(rate): \(lower.value) at D = \(lower.distortion)")
      let upper = try above.bound(atDistortion: above.point(atRate: rate).distortion)
      #expect(upper.value <= rate, "\(name) at \(rate): \(upper.value) at D = \(upper.distortion)")
    }
  }

  @Test("a scaled source has the same rates at distortions in proportion")
  func scaling() throws {
    let standard = try Self.sides(of: "exponential")
    let scaled = try Self.sides(of: "exponential", scale: 3)
    for distortion in [0.7, 0.1] {
      let lower = try standard.lower.bound(atDistortion: distortion)
      #expect(try abs(scaled.lower.bound(atDistortion: 9 * distortion).value - lower.value) < 1e-8)
      let upper = try scaled.upper.bound(atDistortion: 9 * distortion)
      #expect(upper.value >= lower.value && upper.value < lower.value + 1e-5)
      let proved = try scaled.upper.proved(by: upper.evidence, atDistortion: 9 * distortion)
      #expect(proved.upper <= upper.value + 1e-12)
    }
  }

  @Test("certificates: any law and slope bound, those of another slope less well; what is no law proves nothing")
  func certificates() throws {
    let sides = try Self.sides(of: "laplace", isPrecise: true)
    let distortion = 0.3
    let truth = try sides.lower.bound(atDistortion: distortion)
    let law = try #require(truth.evidence as? NamedLaw)
    let (slope, points, weights) = (law.slope, law.points, law.weights)
    let rate = try proved(sides, by: truth.evidence, atDistortion: distortion)
    #expect(rate.lower == truth.value && rate.upper < truth.value + 1e-5)
    for factor in [0.7, 0.9, 1.2] {
      let other = try proved(
        sides, by: NamedLaw(slope: slope * factor, points: points, weights: weights), atDistortion: distortion)
      #expect(other.lower < truth.value && other.upper > truth.value)
    }
    // Weights of another law with the same support.
    let heavier = zip(points, weights).map { $1 * exp(-0.1 * abs($0)) }
    let other = try proved(
      sides, by: NamedLaw(slope: slope, points: points, weights: heavier), atDistortion: distortion)
    #expect(other.lower < truth.value && other.upper > truth.value)
    let none: [any Evidence] = [
      NamedLaw(slope: -1, points: points, weights: weights),
      NamedLaw(slope: .nan, points: points, weights: weights),
      NamedLaw(slope: 1e30, points: points, weights: weights),
      NamedLaw(slope: slope, points: [], weights: []),
      NamedLaw(slope: slope, points: points, weights: [1]),
      NamedLaw(slope: slope, points: [0, 1e9], weights: [0.5, 0.5]),
      NamedLaw(slope: slope, points: points, weights: weights.map { -$0 }),
      NamedLaw(slope: slope, points: points.map { $0 * .nan }, weights: weights),
      ClosedForm("trust me"),
    ]
    for certificate in none {
      do {
        let nothing = try proved(sides, by: certificate, atDistortion: distortion)
        #expect(nothing.upper >= truth.value && nothing.lower <= truth.value)
        #expect(certificate is NamedLaw || nothing == .hull(0, .infinity))
      } catch DomainError.evidenceRefused {
        #expect(certificate is NamedLaw)
      }
    }
  }

  @Test("a certificate proves its bounds in a few lines: Laplace at 1 bit, by the trapezoid rule")
  func certificate() throws {
    let (below, above) = try Self.sides(of: "laplace", isPrecise: true)
    let distortion = try below.point(atRate: 1).distortion
    let bounds = [try below.bound(atDistortion: distortion), try above.bound(atDistortion: distortion)]
    let law = try #require(bounds[0].evidence as? NamedLaw)
    let (beta, points, weights) = (law.slope, law.points, law.weights)
    #expect(abs(weights.reduce(0, +) - 1) < 1e-6)
    // x = +-exp(t - exp(-t)): doubly exponential at both ends of each half.
    func expectation(_ function: (Double) -> Double) -> Double {
      let h = 1.0 / 64
      var sum = 0.0
      for k in -240...230 {
        let t = Double(k) * h
        let x = exp(t - exp(-t))
        sum += h * x * (1 + exp(-t)) * exp(-x) / 2 * (function(x) + function(-x))
      }
      return sum
    }
    func z(_ x: Double) -> Double {
      zip(points, weights).reduce(0) { $0 + $1.1 * exp(-beta * (x - $1.0) * (x - $1.0)) }
    }
    let lagrangian = expectation { x in abs(x) > 27 ? 0 : -log(z(x)) }
    let own = expectation { x in
      if abs(x) > 27 { return 0 }
      let moment = zip(points, weights).reduce(0) {
        $0 + $1.1 * (x - $1.0) * (x - $1.0) * exp(-beta * (x - $1.0) * (x - $1.0))
      }
      return moment / z(x)
    }
    #expect(abs(own / distortion - 1) < 1e-4)
    #expect(abs((lagrangian - beta * distortion) / natsPerBit - bounds[1].value) < 3e-7)
    for y in stride(from: -6.0, through: 6, by: 0.21) {
      let g = expectation { x in abs(x) > 27 ? 0 : exp(-beta * (x - y) * (x - y)) / z(x) }
      #expect(g < 1 + 1e-6)
    }
  }

  @Test("a Gaussian mixture meets the Shannon lower bound up to its smaller variance, and lies above it beyond")
  func mixture() throws {
    let (below, above) = try Self.sides(of: "gaussian-mixture", isPrecise: true)
    let shannonLowerBound = try curve(.shannonLowerBound, of: "gaussian-mixture")
    for distortion in [1e-4, 0.01, 0.05, 0.1] {
      let lower = try below.bound(atDistortion: distortion)
      let upper = try above.bound(atDistortion: distortion)
      #expect(upper.value - lower.value <= 1e-11 && upper.value >= lower.value)
      #expect(
        try shannonLowerBound.bound(atDistortion: distortion).rate.intersection(with: lower.rate).isEmpty == false)
    }
    for distortion in [0.2, 0.3, 0.4, 0.5] {
      let lower = try below.bound(atDistortion: distortion).value
      let upper = try above.bound(atDistortion: distortion).value
      #expect(upper - lower <= 2e-7 && upper >= lower)
      #expect(lower > (try shannonLowerBound.bound(atDistortion: distortion).value) + 1e-4)
    }
    for side in [below, above] { #expect(try side.bound(atDistortion: 0.55).rate == 0) }
  }

  @Test("one Gaussian, written as a mixture of two equal ones, has the Gaussian R(D)")
  func gaussianAsMixture() throws {
    let sides = try KnownSource(GaussianMixture(weight: 0.3, means: (1, 1), variances: (2, 2))).curves(named: .shannon)
    for distortion in [0.01, 0.5, 1, 1.9] {
      let truth = 0.5 * log2(2 / distortion)
      let bounds = try sides.map { try $0.bound(atDistortion: distortion) }
      #expect(abs(bounds[0].value - truth) < 1e-11 && abs(bounds[1].value - truth) < 1e-11)
      #expect(bounds[0].value <= truth && bounds[1].value >= truth)
    }
  }

  @Test("gaps are measured from a table of R(D) that lies between the bounds, to 2e-5 bits")
  func gapReference() throws {
    for name in ["laplace", "uniform"] {
      let gaps = try #require(KnownSource(Catalogue.source(named: name)).gaps)
      #expect(gaps.reference.name == .shannon)
      let table = gaps.reference
      let (below, above) = try Self.sides(of: name)
      for rate in [0.25, 0.8, 1.6, 2.9, 5.1, 7.7] {
        let distortion = try table.point(atRate: rate).distortion
        #expect(try abs(table.point(atDistortion: distortion).rate - rate) < 1e-9)
        #expect(try below.bound(atDistortion: distortion).value <= rate + 2e-5, "\(name) \(rate)")
        #expect(try above.bound(atDistortion: distortion).value >= rate - 2e-5, "\(name) \(rate)")
      }
      // Beyond the table, between the Shannon lower bound and that and a little.
      let distortion = try table.point(atRate: 12).distortion
      let shannon = try curve(.shannonLowerBound, of: name).point(atDistortion: distortion).rate
      #expect(shannon <= 12 + 1e-9 && shannon > 12 - 0.01)
    }
  }

  @Test("bad arguments are errors")
  func badArguments() throws {
    for name in Self.names + ["gaussian-mixture"] {
      let (below, above) = try Self.sides(of: name)
      expectErrors(below)
      expectErrors(above)
    }
    #expect(throws: DomainError.self) { try GaussianMixture(weight: 1) }
    #expect(throws: DomainError.self) { try GaussianMixture(variances: (1e-9, 1)) }
    #expect(throws: DomainError.self) { try GaussianMixture(means: (0, 1e5)) }
  }
}
