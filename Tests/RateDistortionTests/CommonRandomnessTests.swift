import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("limited common randomness at perfect realism")
struct CommonRandomnessTests {
  private struct Rows: Decodable {
    struct Row: Decodable {
      let source: String
      let bits: Digits
      let distortion: Digits
      let rate: Digits
    }
    let sharing: [Row]
  }

  private func curve(_ bits: Double, of source: String) throws -> Curve {
    let known = try KnownSource(Catalogue.source(named: source))
    return try known.curve(named: .commonRandomness(CommonRandomness(bits)))
  }

  @Test("two channels about one variable have the rates and the distortion that quadrature finds")
  func oracle() throws {
    let rows = try Oracle.json("realism.json", as: Rows.self).sharing
    #expect(rows.count == 27)
    for row in rows {
      let curve = try curve(row.bits.value, of: row.source)
      let (distortion, rate) = (row.distortion.value, row.rate.value)
      #expect(abs(try curve.point(atRate: rate).distortion / distortion - 1) < 1e-12, "\(row)")
      let bound = try curve.bound(atDistortion: distortion)
      #expect(
        curve.kind == .exact && bound.rate.width < 1e-12 && abs(bound.value - rate) < 1e-11, "\(row) \(bound.rate)")
      let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
      #expect(proved.lower >= bound.rate.lower - 1e-12 && proved.upper <= bound.rate.upper + 1e-12)
      // The slope is a derivative.
      let point = try curve.point(atDistortion: distortion)
      let step = 1e-5 * distortion
      let (finer, coarser) = (
        try curve.point(atDistortion: distortion - step).rate, try curve.point(atDistortion: distortion + step).rate
      )
      #expect(abs((finer - coarser) / (2 * step) / (point.slope ?? 0) - 1) < 1e-5, "\(row)")
    }
  }

  @Test("none of it is R(D/2), much of it the limit without end, and the rate falls in between")
  func ends() throws {
    for name in ["gaussian", "circle", "sphere", "ramp", "laplace", "square-wave"] {
      let source = try KnownSource(Catalogue.source(named: name))
      let shannon = try source.curve(named: .shannon)
      let most = 2 * shannon.largestDistortion
      for share in [0.95, 0.5, 0.1, 0.01] {
        let distortion = share * most
        let rates = try [0, 1e-3, 0.1, 1, 4, 40].map {
          try curve($0, of: name).point(atDistortion: distortion).rate
        }
        #expect(abs(rates[0] - (try shannon.point(atDistortion: distortion / 2).rate)) < 1e-9, "\(name)")
        let free = try shannon.point(atDistortion: distortion - distortion * distortion / (2 * most)).rate
        #expect(abs(rates[5] - free) < 1e-9 * (1 + free), "\(name) \(rates) \(free)")
        #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 >= $1 - 1e-9 }, "\(name) \(rates)")
      }
      #expect(try curve(1, of: name).bound(atDistortion: most * 1.01).rate == .hull(0, 0))
    }
  }

  /// U is the ramp's phase with noise of a density q on 256 phases, and Y's phase is U's with noise of a density q' on them.
  @Test("no pair of noises about a phase between them undercuts the ramp's converse")
  func noises() throws {
    let n = 256
    let kernel = (0..<n).map { k -> Double in
      let t = Double(k) / Double(n)
      // (1/12) - t (1 - t)/2, averaged over the differences of two points of cells of size 1/n; at 0 the corner takes off more.
      let corner = k == 0 ? 1 / (6 * Double(n)) : 0
      return 1.0 / 12 - t * (1 - t) / 2 - corner + 1 / (12 * Double(n) * Double(n))
    }
    var generator = SeededGenerator(seed: 3)
    var nearest = Double.infinity
    for round in 0..<60 {
      let noise = { (sharpness: Double) -> [Double] in
        let weights = (0..<n).map { k -> Double in
          let t = Double(min(k, n - k)) / Double(n)
          return round % 3 == 0 ? (t * sharpness < 1 ? 1 : 0) : exp(-sharpness * t * (1 - t))
        }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
      }
      let first = noise(generator.uniform(2...20))
      let second = round % 2 == 0 ? first : noise(generator.uniform(20...80))
      let rate = { (q: [Double]) in q.reduce(0) { $0 + ($1 > 0 ? $1 * log2($1 * Double(n)) : 0) } }
      // E<x, y> = <q, K * q'>, all densities even.
      var product = 0.0
      for i in 0..<n where first[i] > 0 { for j in 0..<n { product += first[i] * second[j] * kernel[(i - j + n) % n] } }
      let (own, shared) = (rate(first), rate(second))
      let least = try curve(max(0, shared - own), of: "ramp").bound(atDistortion: 2 * (1.0 / 12 - product))
      #expect(least.rate.lower <= own + 1e-6, "\(round): \(least.rate) and \(own)")
      nearest = min(nearest, own - least.rate.lower)
    }
    #expect(nearest < 0.2, "the converse is not far: \(nearest)")
  }

  @Test("evidence for other bits, other distortions, other curves or without its parts proves nothing")
  func forged() throws {
    let limit = try curve(1, of: "circle")
    let bound = try limit.bound(atDistortion: 0.5)
    let form = bound.evidence.form
    #expect(try limit.proved(by: limit.evidence(from: form), atDistortion: 0.5).width < 1e-10)
    for bits in [0, 0.999, 1.001, 50] {
      let other = try curve(bits, of: "circle")
      let truth = try other.bound(atDistortion: 0.5)
      let proved = try other.proved(by: other.evidence(from: form), atDistortion: 0.5)
      #expect(proved.lower <= truth.rate.upper && proved.upper >= truth.rate.lower, "\(bits): \(proved)")
    }
    for second in [0, 1e-300, 1e-9, 0.05, 0.3, 0.499, 0.9, 1, 2, -1, .nan, .infinity] {
      var moved = form
      for k in moved.members.indices where moved.members[k].name == "distortion_with_randomness" {
        moved.members[k].value = .number(second)
      }
      guard let evidence = try? limit.evidence(from: moved) else {
        #expect(!second.isFinite)
        continue
      }
      let proved = (try? limit.proved(by: evidence, atDistortion: 0.5)) ?? .entire
      #expect(proved.lower <= bound.rate.upper && proved.upper >= bound.rate.lower, "\(second): \(proved)")
    }
    for name in ["claim", "claim_with_randomness", "curve", "distortion_with_randomness"] {
      var less = form
      less.members.removeAll { $0.name == name }
      #expect(throws: MalformedEvidence.self) { try limit.evidence(from: less) }
    }
    let ramp = try curve(1, of: "ramp")
    #expect(ramp.kind == .lower)
    #expect(try ramp.bound(atDistortion: 0.05).kind == .lower)
    let found = try ramp.bound(atDistortion: 0.05)
    #expect(try ramp.proved(by: ramp.evidence(from: found.evidence.form), atDistortion: 0.05).upper == .infinity)
  }

  @Test("numbers of bits that are none, and sources without the theorem, are refused")
  func refusals() throws {
    for bits in [-1, -1e-300, .nan, .infinity, 100.1] {
      #expect(throws: DomainError.self) { try CommonRandomness(bits) }
    }
    #expect(try CommonRandomness(-0.0).bits.sign == .plus)
    for name in ["banana", "wyner-ziv", "signed-laplace", "binning", "triangle-wave"] {
      let source = try KnownSource(Catalogue.source(named: name))
      #expect(throws: DomainError.self) { try source.curves(named: CurveName(rawValue: "common-randomness-1")) }
    }
    for text in ["", "x", "-1", "nan", "101"] {
      #expect(throws: DomainError.self) {
        try KnownSource(Circle()).curves(named: CurveName(rawValue: "common-randomness-\(text)"))
      }
    }
  }
}
