import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Codebooks of the plane: what is proved of them against brute force and closed forms, and codebooks that are none.
@Suite("proofs of vector quantizers in the plane")
struct CodebookProofTests {
  /// Codewords drawn about the source, with lengths that a code has.
  static func codebook(
    of source: BentGaussian, count: Int, slope: Double, _ generator: inout SeededGenerator
  ) -> Codebook {
    var weights = (0..<count).map { _ in generator.uniform(0.05...1) }
    let total = weights.reduce(0, +) * 1.000001
    weights = weights.map { $0 / total }
    let bend = source == .banana ? 0.1 : 0
    let first = (0..<count).map { _ in source.first * generator.uniform(-2...2) }
    let second = first.map { source.second * generator.uniform(-2...2) - bend * $0 * $0 }
    return Codebook(slope: slope, first: first, second: second, lengths: weights.map { -log($0) })
  }

  /// Probabilities, entropy and distortion by a sum over a lattice of the latent plane, every point to its best codeword.
  static func lattice(
    _ book: Codebook, of source: BentGaussian, steps: Int
  ) -> (probabilities: [Double], entropy: Double, distortion: Double) {
    let bend = source == .banana ? 0.1 : 0
    var p = [Double](repeating: 0, count: book.count)
    var (distortion, total) = (0.0, 0.0)
    for i in 0..<steps {
      let s = 14 * ((Double(i) + 0.5) / Double(steps) - 0.5)
      for j in 0..<steps {
        let t = 14 * ((Double(j) + 0.5) / Double(steps) - 0.5)
        let weight = exp(-(s * s + t * t) / 2)
        let x = source.first * s
        let y = source.second * t - bend * x * x
        var best = (cost: Double.infinity, index: 0, square: 0.0)
        for k in 0..<book.count {
          let (u, v) = (x - book.first[k], y - book.second[k])
          let cost = book.slope * (u * u + v * v) + book.lengths[k]
          if cost < best.cost { best = (cost, k, u * u + v * v) }
        }
        p[best.index] += weight
        distortion += weight * best.square
        total += weight
      }
    }
    p = p.map { $0 / total }
    return (p, p.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }, distortion / total)
  }

  @Test("probabilities, entropy and distortion are those of brute force on a lattice", arguments: 0..<6)
  func bruteForce(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(500 + seed))
    let source: BentGaussian = seed % 2 == 0 ? .banana : .twoScalars
    let book = Self.codebook(of: source, count: 3 + 2 * seed, slope: [0.3, 1, 4][seed / 2], &generator)
    let proof = try CodebookProof(book, of: source)
    #expect(proof.entropy.width < 1e-8 && proof.distortion.width < 1e-7)
    let found = Self.lattice(book, of: source, steps: 500)
    // A lattice of 500 by 500 points errs by its step, 0.028, times the length of the cells' borders, on average squared.
    for (p, enclosed) in zip(found.probabilities, proof.probabilities) { #expect(abs(p - enclosed.midpoint) < 1e-3) }
    #expect(abs(found.entropy - proof.entropy.midpoint) < 2e-3)
    #expect(abs(found.distortion - proof.distortion.midpoint) < 2e-3)
    let sum = proof.probabilities.reduce(Interval(0), +)
    #expect(sum.lower <= 1 && sum.upper >= 1)
  }

  @Test(
    "two codewords of one length halve two independent Gaussians whatever the direction: H = log 2, D = 2 + a^2 - 2 a sqrt(2/pi)",
    arguments: [0.0, 0.1, 0.7853981633974483, 1.2, 1.5707963267948966])
  func halves(angle: Double) throws {
    let a = 0.75
    let (u, v) = (a * cos(angle), a * sin(angle))
    let book = Codebook(slope: 1, first: [u, -u], second: [v, -v], lengths: [log(2), log(2).nextUp])
    let proof = try CodebookProof(book, of: .twoScalars)
    let distortion = 2 + a * a - 2 * a * (2 / Double.pi).squareRoot()
    #expect(abs(proof.entropy.midpoint - log(2)) < 1e-12 && proof.entropy.width < 1e-9)
    #expect(proof.distortion.lower <= distortion + 1e-14 && proof.distortion.upper >= distortion - 1e-14)
    #expect(proof.distortion.width < 1e-8)
  }

  @Test("columns of the Gaussian pair are a scalar quantizer's cells: thresholds -1 and 1, centroids")
  func columns() throws {
    // P(X > 1) and E[X; X > 1] in closed form; the lengths put the thresholds there.
    let tail = erfc(1 / 2.0.squareRoot()) / 2
    let far = exp(-0.5) / (2 * Double.pi).squareRoot() / tail
    // (1 - far)^2 + l = 1 + m with slope 1.
    let lengths = [0.4 + max(0, 1 - (far - 1) * (far - 1)), 0.4 + max(0, (far - 1) * (far - 1) - 1)]
    let extra = 1.5
    let book = Codebook(
      slope: 1, first: [-far, 0, far], second: [0, 0, 0],
      lengths: [lengths[0] + extra, lengths[1] + extra, lengths[0] + extra])
    let proof = try CodebookProof(book, of: .twoScalars)
    for (p, expected) in zip(proof.probabilities, [tail, 1 - 2 * tail, tail]) {
      #expect(p.lower <= expected + 2e-9 && p.upper >= expected - 2e-9)
    }
    let distortion = 2 - 2 * tail * far * far
    #expect(proof.distortion.lower <= distortion + 1e-8 && proof.distortion.upper >= distortion - 1e-8)
  }

  @Test("one codeword: the variance, and the square of its distance from the mean")
  func silence() throws {
    let silent = try CodebookProof(.silence(of: .banana), of: .banana)
    #expect(silent.entropy == 0)
    #expect(silent.distortion.lower <= 10.87 && silent.distortion.upper >= 10.87 && silent.distortion.width < 1e-12)
    let moved = try CodebookProof(Codebook(slope: 1, first: [1], second: [-0.9], lengths: [0]), of: .banana)
    #expect(moved.distortion.lower <= 11.87 && moved.distortion.upper >= 11.87)
  }

  /// The message of a refusal; nil if it is a code.
  private static func refusal(
    slope: Double = 1, first: [Double] = [0, 1], second: [Double] = [0, 0], lengths: [Double] = [1, 1]
  ) -> String? {
    let book = Codebook(slope: slope, first: first, second: second, lengths: lengths)
    do throws(LawRefused) {
      _ = try CodebookProof(book, of: .banana)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("what is no code is refused in a sentence")
  func forged() {
    #expect(Self.refusal() == nil)
    #expect(Self.refusal(slope: 0)?.contains("slope") == true)
    #expect(Self.refusal(slope: .nan)?.contains("slope") == true)
    #expect(Self.refusal(first: [0]) != nil)
    #expect(Self.refusal(first: [], second: [], lengths: [])?.contains("codewords") == true)
    #expect(Self.refusal(first: [0, 1e4])?.contains("beyond") == true)
    #expect(Self.refusal(first: [0, .nan])?.contains("beyond") == true)
    #expect(Self.refusal(first: [0, .infinity])?.contains("beyond") == true)
    #expect(Self.refusal(first: [1, 1])?.contains("twice") == true)
    #expect(Self.refusal(lengths: [0.5, 0.5])?.contains("Kraft") == true)
    #expect(Self.refusal(lengths: [-1, 5])?.contains("length") == true)
    #expect(Self.refusal(lengths: [1, .nan])?.contains("length") == true)
    let many = (0..<3000).map(Double.init)
    #expect(Self.refusal(first: many, second: many, lengths: many.map { _ in 9 })?.contains("2048") == true)
  }

  @Test("codewords next to each other, lines that hardly turn, words that nobody chooses: the partition stays one")
  func degenerate() throws {
    var generator = SeededGenerator(seed: 77)
    for _ in 0..<10 {
      let height = generator.uniform(-1...1)
      // Some in a row, some a rounding error apart, one of a length that is never worth it.
      let first = [-2, -1, -1 + 1e-12, 0, 1, 2, 2.5, generator.uniform(-3...3)]
      let second = [height, height, height, height + 1e-15, height, height, -3, 0.5]
      let lengths = [2.2, 2.2, 2.2, 2.2, 2.2, 2.2, 60, 3]
      let book = Codebook(slope: 2, first: first, second: second, lengths: lengths)
      let proof = try CodebookProof(book, of: .banana)
      let sum = proof.probabilities.reduce(Interval(0), +)
      #expect(sum.lower <= 1 && sum.upper >= 1 && sum.width < 1e-8)
      let found = Self.lattice(book, of: .banana, steps: 250)
      #expect(abs(found.distortion - proof.distortion.midpoint) < 0.01)
    }
  }
}
