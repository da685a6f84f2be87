import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of finite sources at a given distortion or rate, from both sides.
@Suite("finite alphabets at a given distortion")
struct FiniteAlphabetTests {
  static func alphabet(_ p: [Double], _ d: [[Double]]? = nil) throws -> KnownSource {
    let finite = try d.map { try FiniteSource(probabilities: p, distortions: $0) } ?? FiniteSource(probabilities: p)
    return KnownSource(FiniteAlphabet(finite))
  }

  static func bounds(_ source: KnownSource, _ distortion: Double) throws -> (lower: Double, upper: Double) {
    let bounds = try source.curves(named: .shannon).map { try $0.bound(atDistortion: distortion) }
    #expect(bounds.map(\.kind) == [.lower, .upper])
    return (bounds[0].value, bounds[1].value)
  }

  static func entropy(_ p: [Double]) -> Double { p.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 } }

  @Test("binary, Hamming: h(p) - h(D)", arguments: [0.5, 0.3, 0.01])
  func binary(p: Double) throws {
    let source = try Self.alphabet([p, 1 - p])
    for share in [1e-6, 0.01, 0.3, 0.9, 0.9999] {
      let d = share * p
      let truth = Self.entropy([p, 1 - p]) - Self.entropy([d, 1 - d])
      let (lower, upper) = try Self.bounds(source, d)
      #expect(lower <= truth + 1e-13 && truth <= upper + 1e-13 && upper - lower < 1e-9)
      let back = try source.curves(named: .shannon).map { try $0.point(atRate: truth).distortion }
      // 1e-9 bits are so much distortion.
      let slope = log2((1 - d) / d)
      // Next to rate 0 the lower side may be looser, and is a lower side.
      // The truth itself is rounded, by some units of the last place of 1 bit.
      let rounding = 1e-15 / slope + d * 1e-12
      #expect(back[0] <= d + rounding && d <= back[1] + rounding)
      #expect(back.allSatisfy { abs($0 - d) * slope < (share < 0.999 ? 2e-9 : 1e-6) })
    }
  }

  @Test("uniform, Hamming: log2 m - h(D) - D log2(m - 1)", arguments: [3, 40, 300])
  func uniform(m: Int) throws {
    let source = try Self.alphabet([Double](repeating: 1 / Double(m), count: m))
    for d in [0.001, 0.2, 0.6] {
      let truth = log2(Double(m)) - Self.entropy([d, 1 - d]) - d * log2(Double(m - 1))
      let (lower, upper) = try Self.bounds(source, d)
      #expect(lower <= truth + 1e-12 && truth <= upper + 1e-12 && upper - lower < 1.1e-6)
    }
  }

  @Test("erasures: a straight line, 1 - D, where the channel jumps at one slope", arguments: [0.1, 0.5, 0.99])
  func erasure(d: Double) throws {
    let source = try Self.alphabet([0.5, 0.5], [[0, 1, .infinity], [.infinity, 1, 0]])
    let (lower, upper) = try Self.bounds(source, d)
    #expect(lower <= 1 - d + 1e-13 && 1 - d <= upper + 1e-13 && upper - lower < 1e-9)
  }

  @Test("a straight line between two channels of different letters")
  func polygon() throws {
    // Erasures at 0.3 beat errors at 1 in the middle of the curve only.
    let source = try Self.alphabet([0.5, 0.5], [[0, 1, 0.3], [1, 0, 0.3]])
    for d in stride(from: 0.02, to: 0.3, by: 0.02) {
      let (lower, upper) = try Self.bounds(source, d)
      #expect(lower <= upper && upper - lower < 1e-9, "\(d): \(lower) \(upper)")
      #expect(upper <= 1 - Self.entropy([d, 1 - d]) + 1e-12)
    }
    #expect(try Self.bounds(source, 0.3) == (0, 0))
  }

  @Test("random sources: in order, close, convex, and certificates prove the values")
  func random() throws {
    var generator = SeededGenerator(seed: 7)
    for (n, m) in [(2, 3), (5, 4), (30, 30), (60, 70)] {
      let raw = (0..<n).map { _ in Double.random(in: 0...1, using: &generator) }
      let sum = raw.reduce(0, +)
      let matrix = (0..<n).map { _ in (0..<m).map { _ in Double.random(in: 0...1, using: &generator) } }
      let finite = try FiniteSource(probabilities: raw.map { $0 / sum }, distortions: matrix)
      let source = KnownSource(FiniteAlphabet(finite))
      let range = (finite.leastDistortion, finite.largestDistortion)
      var rates: [(lower: Double, upper: Double)] = []
      for share in [0.05, 0.25, 0.45, 0.65, 0.85] {
        let d = range.0 + share * (range.1 - range.0)
        let (lower, upper) = try Self.bounds(source, d)
        #expect(0 <= lower && lower <= upper && upper - lower < 1e-9, "\(n) \(share): \(lower) \(upper)")
        for curve in try source.curves(named: .shannon) {
          let bound = try curve.bound(atDistortion: d)
          let proved = try curve.proved(by: bound.evidence, atDistortion: d)
          #expect(curve.kind == .lower ? proved.lower == bound.value : proved.upper == bound.value)
          #expect(try curve.proved(by: ClosedForm(""), atDistortion: d) == .hull(0, .infinity))
        }
        rates.append((lower, upper))
      }
      for (a, (b, c)) in zip(rates, zip(rates.dropFirst(), rates.dropFirst(2))) {
        #expect(2 * b.lower <= a.upper + c.upper && c.lower <= b.upper)
      }
    }
  }

  @Test("letters of probability 0 change nothing; certificates of other letters prove nothing")
  func nothing() throws {
    let two = try Self.alphabet([0.3, 0.7])
    let three = try Self.alphabet([0.3, 0, 0.7])
    let (a, b) = (try Self.bounds(two, 0.1), try Self.bounds(three, 0.1))
    #expect(abs(a.lower - b.lower) < 1e-9 && abs(a.upper - b.upper) < 1e-9)
    for points in [[-1.0, 0], [0, 2], [0.5, 1], [0, 0], []] {
      let weights = points.map { _ in 0.5 }
      let certificate = NamedLaw(slope: 1, points: points, weights: weights)
      #expect(try two.curves[0].proved(by: certificate, atDistortion: 0.1) == .hull(0, .infinity))
    }
    let heavy = NamedLaw(slope: 1e300, points: [0, 1], weights: [1e300, 1e-300])
    #expect(try two.curves[0].proved(by: heavy, atDistortion: 0.1).lower == 0)
  }

  @Test("below the least distortion: errors that say so; above the largest rate: the least distortion, at H(X)")
  func domain() throws {
    let source = try Self.alphabet([0.5, 0.5], [[1, 3], [3, 1]])
    for curve in try source.curves(named: .shannon) {
      #expect(throws: DomainError.distortionTooSmall(0.5, least: 1)) { try curve.bound(atDistortion: 0.5) }
      let point = try curve.point(atRate: 1.01)
      #expect(point.distortion == 1 && abs(point.rate - 1) < 1e-12)
      #expect(throws: DomainError.self) { try curve.point(atRate: -1) }
      #expect(throws: DomainError.self) { try curve.bound(atDistortion: .nan) }
      #expect(try curve.point(atRate: 0).distortion == 2)
    }
    #expect(throws: DomainError.self) { try FiniteAlphabet(parameters: SourceParameters()) }
    let single = try Self.alphabet([1])
    #expect(try Self.bounds(single, 0.1) == (0, 0))
  }
}
