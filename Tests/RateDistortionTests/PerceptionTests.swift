import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("distortion and perception in one shot")
struct PerceptionTests {
  private func curve(_ budget: Double, of source: String) throws -> Curve {
    let known = try KnownSource(Catalogue.source(named: source))
    return try known.curve(named: .perception(PerceptionBudget(budget)))
  }

  @Test("the trade-off is E(D) at the distortion that regula falsi finds for the budget")
  func oracle() throws {
    let rows = try RealismOracle.rows(\.perception)
    #expect(rows.count == 72)
    for row in rows {
      let budget = try #require(row.perception).value
      let curve = try curve(budget, of: row.source)
      let bound = try curve.bound(atDistortion: row.distortion.value)
      #expect(
        row.rate.isBetween(bound.rate.lower, and: bound.rate.upper) && bound.rate.width < 1e-11, "\(row) \(budget)")
      let point = try curve.point(atDistortion: row.distortion.value)
      #expect(abs(point.rate - row.rate.value) < 1e-11 * (1 + row.rate.value), "\(row) \(budget)")
      #expect(abs(try curve.point(atRate: row.rate.value).distortion / row.distortion.value - 1) < 1e-9)
      let proved = try curve.proved(by: bound.evidence, atDistortion: row.distortion.value)
      #expect(proved.lower >= bound.rate.lower - 1e-12 && proved.upper <= bound.rate.upper + 1e-12)
    }
  }

  @Test("no budget is perfect realism, a budget of D is E(D), and the rate falls with the budget in between")
  func ends() throws {
    for name in ["ramp", "circle", "triangle-wave", "gaussian"] {
      let source = try KnownSource(Catalogue.source(named: name))
      let (plain, real) = (source.judgement.achievable, try #require(source.curves.last { $0.name == .realismPrivate }))
      for share in [1.9, 1, 0.5, 0.1, 0.01] {
        let distortion = share * plain.largestDistortion
        let rates = try [0, 1e-4, 0.01, 0.2, 0.7, 1, 30].map { part in
          let sides = try source.curves(within: PerceptionBudget(part * distortion))
          return try sides[sides.count - 1].point(atDistortion: distortion).rate
        }
        #expect(abs(rates[0] - (try real.point(atDistortion: distortion).rate)) < 1e-12)
        #expect(
          rates.suffix(2).allSatisfy { abs($0 - ((try? plain.point(atDistortion: distortion).rate) ?? -1)) < 1e-12 })
        #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 - 1e-12 }, "\(name) \(rates)")
      }
    }
  }

  /// With C the mean of the cell, Z drawn from it and Y = a C + b Z, in the plane of the unit circle: E<X, C> = E<X, Z> = E<Z, C> =
  /// E|C|^2 = m, as X and Z are independent given the cell. Y is within E|Z - Y|^2 and E|X - Y|^2 of the law of X, whichever is less.
  @Test("no code of random arcs whose decoder mixes means and draws undercuts the trade-off, and the best meet it")
  func mixtures() throws {
    var generator = SeededGenerator(seed: 7)
    var nearest = Double.infinity
    for round in 0..<2_000 {
      let cells = Int.random(in: 1...8, using: &generator)
      var sizes = (0..<cells).map { _ in round % 2 == 0 ? 1 : 0.05 + generator.uniform(0...1) }
      let total = sizes.reduce(0, +)
      sizes = sizes.map { $0 / total }
      let entropy = -sizes.reduce(0) { $0 + $1 * log2($1) }
      let m = sizes.reduce(0) { sum, p in sum + p * pow(sin(Double.pi * p) / (Double.pi * p), 2) }
      let b = generator.uniform(0...1)
      let a = round % 4 < 2 ? 1 - b : generator.uniform(-0.2...1.2)
      let distortion = 1 + a * a * m + b * b + 2 * a * b * m - 2 * (a + b) * m
      let drawn = (1 - b) * (1 - b) + a * a * m - 2 * a * (1 - b) * m
      let limit = try curve(max(0, min(drawn, distortion)), of: "circle")
      let least = try limit.point(atDistortion: distortion).rate
      #expect(least <= entropy + 1e-9, "\(sizes), \(a), \(b)")
      if round % 4 == 0, cells > 1 { nearest = min(nearest, abs(least - entropy)) }
    }
    #expect(nearest < 1e-9, "equal arcs with a + b = 1 are optimal: \(nearest)")
  }

  @Test("evidence of another budget, another curve or another distortion proves nothing")
  func forged() throws {
    let limit = try curve(0.01, of: "circle")
    let bound = try limit.bound(atDistortion: 0.3)
    let form = bound.evidence.form
    #expect(try limit.proved(by: limit.evidence(from: form), atDistortion: 0.3).width < 1e-10)
    for budget in [0, 0.0099, 0.02, 1] {
      let other = try curve(budget, of: "circle")
      #expect(try other.proved(by: other.evidence(from: form), atDistortion: 0.3) == .hull(0, .infinity))
    }
    let real = try KnownSource(Circle()).curve(named: .realismPrivate)
    #expect(try real.proved(by: real.evidence(from: form), atDistortion: 0.3) == .hull(0, .infinity))
    #expect(try limit.proved(by: limit.evidence(from: form), atDistortion: 0.29).upper == .infinity)
    #expect(try limit.proved(by: limit.evidence(from: form), atDistortion: 0.31).lower < bound.rate.lower)
  }

  @Test(
    "budgets that are none, and sources without the theorem, are refused",
    arguments: [-1, -1e-300, .nan, .infinity, 1e301])
  func refusals(budget: Double) throws {
    #expect(throws: DomainError.self) { try PerceptionBudget(budget) }
    for name in ["banana", "wyner-ziv", "signed-laplace", "binning"] {
      let source = try KnownSource(Catalogue.source(named: name))
      #expect(throws: DomainError.self) { try source.curves(named: CurveName(rawValue: "perception-0.1")) }
    }
    for text in ["", "x", "-1", "nan"] {
      #expect(throws: DomainError.self) {
        try KnownSource(Circle()).curves(named: CurveName(rawValue: "perception-\(text)"))
      }
    }
  }
}
