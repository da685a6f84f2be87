import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Entropy, Huffman's code and the cost of a model, against all prefix codes and sums by hand.
@Suite("Lossless limits of finite sources")
struct LosslessLimitsTests {
  /// The least expected length over all words' lengths that Kraft allows, longest first for the least mass.
  static func shortest(_ p: [Double]) -> Double {
    let p = p.sorted(by: >)
    func best(_ index: Int, _ room: Int, _ least: Int, _ deepest: Int) -> Double {
      guard index < p.count else { return 0 }
      var value = Double.infinity
      for length in least...deepest {
        let taken = 1 << (deepest - length)
        // Every letter behind needs room for a word.
        guard room - taken >= p.count - index - 1 else { continue }
        value = min(value, p[index] * Double(length) + best(index + 1, room - taken, length, deepest))
      }
      return value
    }
    let deepest = max(1, p.count - 1)
    return p.count == 1 ? 0 : best(0, 1 << deepest, 1, deepest)
  }

  @Test("Huffman's code is the shortest of all prefix codes")
  func huffman() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let raw = (0..<Int.random(in: 1...6, using: &random)).map { _ in pow(random.unit(), 3) + 1e-6 }
      let p = raw.map { $0 / raw.reduce(0, +) }
      let limits = try LosslessLimits(probabilities: p)
      #expect(abs(limits.huffman.midpoint - Self.shortest(p)) < 1e-12 && limits.huffman.width < 1e-14, "\(p)")
      let entropy = p.reduce(0) { $0 - $1 * log2($1) }
      #expect(abs(limits.entropy.midpoint - entropy) < 1e-13 && limits.entropy.width < 1e-14)
      #expect(limits.huffman.upper >= limits.entropy.lower && limits.huffman.lower < limits.entropy.upper + 1)
    }
  }

  @Test("4,096 letters; letters that never occur; a letter that is sure")
  func sizes() throws {
    let many = try LosslessLimits(probabilities: [Double](repeating: 1 / 4096, count: 4096))
    #expect(many.entropy.contains(12) && many.huffman.contains(12) && many.longestWord == 12)
    let few = try LosslessLimits(probabilities: [0, 0.5, 0, 0.5])
    #expect(few.entropy.contains(1) && few.huffman.contains(1))
    let sure = try LosslessLimits(probabilities: [0, 1])
    #expect(sure.entropy == 0 && sure.huffman == 0 && sure.longestWord == 0)
    // Masses in a geometric progression have words of every length.
    let steep = try LosslessLimits(probabilities: (1...60).map { exp2(-Double($0)) } + [exp2(-60)])
    #expect(steep.longestWord == 60 && abs(steep.huffman.midpoint - 2) < 1e-12)
  }

  @Test("a model costs the divergence, and is checked")
  func model() throws {
    var random = SeededGenerator(seed: 6)
    for _ in 0..<100 {
      let law = { (n: Int) -> [Double] in
        let raw = (0..<n).map { _ in random.unit() + 1e-3 }
        return raw.map { $0 / raw.reduce(0, +) }
      }
      let (p, q) = (law(7), law(7))
      let limits = try LosslessLimits(probabilities: p, model: q)
      let model = try #require(limits.model)
      let cross = zip(p, q).reduce(0) { $0 - $1.0 * log2($1.1) }
      #expect(abs(model.crossEntropy.midpoint - cross) < 1e-12)
      #expect((model.crossEntropy - limits.entropy - model.divergence).contains(0) && model.divergence.lower >= 0)
      #expect(model.huffman.upper >= limits.huffman.lower)
    }
    #expect(try LosslessLimits(probabilities: [0.5, 0.5], model: [1, 0]).model?.divergence.upper == .infinity)
    #expect(throws: FiniteSourceError.modelSize(1, letters: 2)) {
      try LosslessLimits(probabilities: [0.5, 0.5], model: [1])
    }
    #expect(throws: FiniteSourceError.self) { try LosslessLimits(probabilities: [0.5, 0.5], model: [0.5, 0.4]) }
  }

  @Test("codes of single letters are above R(D), meet it where letters are sent, and check proves them")
  func letterCodes() throws {
    let source = KnownSource(
      FiniteAlphabet(
        try FiniteSource(probabilities: [0.1, 0.2, 0.3, 0.4], values: [-1, 0, 1, 3], measure: .squared)))
    let limit = try source.curves(named: .shannon)[1]
    for name in [CurveName.letterEntropy, .letterHuffman] {
      let curve = try source.curve(named: name)
      #expect(curve.largestDistortion == limit.largestDistortion)
      for share in [0, 0.1, 0.5, 0.9, 0.999] {
        let bound = try curve.bound(atDistortion: share * curve.largestDistortion)
        #expect(bound.rate.lower >= (try limit.bound(atDistortion: share * curve.largestDistortion).rate.lower) - 1e-9)
        #expect(try curve.proved(by: bound.evidence, atDistortion: bound.distortion).upper == bound.rate.upper)
        // A line from all letters to nothing.
        let letters = try curve.bound(atDistortion: 0).rate.midpoint
        #expect(abs(bound.rate.midpoint - (1 - share) * letters) < 1e-12)
        let back = try curve.point(atRate: max(1e-3, bound.rate.midpoint))
        #expect(share == 0.999 || abs(back.distortion - bound.distortion) < 1e-12)
      }
      #expect(try curve.bound(atDistortion: curve.largestDistortion).value == 0)
    }
    let entropy = try source.curve(named: .letterEntropy).bound(atDistortion: 0).rate.midpoint
    #expect(abs(entropy - [0.1, 0.2, 0.3, 0.4].reduce(0) { $0 - $1 * log2($1) }) < 1e-13)
    // Words of 3, 3, 2 and 1 bits.
    #expect(abs(try source.curve(named: .letterHuffman).bound(atDistortion: 0).rate.midpoint - 1.9) < 1e-13)
  }
}
