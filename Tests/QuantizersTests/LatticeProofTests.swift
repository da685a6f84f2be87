import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Lattices of the plane: what is proved of them against closed forms, an oracle and brute force, and lattices that are none.
@Suite("proofs of lattices in the plane")
struct LatticeProofTests {
  private static func code(_ lattice: String, _ step: Double, _ offset: SIMD2<Double>) throws -> LatticeQuantizer {
    try #require(LatticeQuantizer(lattice: lattice, step: step, offset: offset))
  }

  /// H in nats and D of a uniform quantizer with centroids of N(0, 1), by sums.
  private static func uniform(step: Double, offset: Double) -> (entropy: Double, distortion: Double) {
    let density = { (x: Double) in exp(-x * x / 2) / (2 * Double.pi).squareRoot() }
    // Tails that are small are taken from their own side.
    let between = { (a: Double, b: Double) in
      let root = 2.0.squareRoot()
      return a > 0 ? (erfc(a / root) - erfc(b / root)) / 2 : (erfc(-b / root) - erfc(-a / root)) / 2
    }
    var (entropy, distortion) = (0.0, 1.0)
    let last = Int(10 / step) + 2
    for k in -last...last {
      let middle = step * (Double(k) + offset)
      let (a, b) = (middle - step / 2, middle + step / 2)
      let (p, m) = (between(a, b), density(a) - density(b))
      guard p > 0 else { continue }
      entropy -= p * log(p)
      distortion -= m * m / p
    }
    return (entropy, distortion)
  }

  @Test(
    "squares of the Gaussian pair are two uniform quantizers, in closed form",
    arguments: [0.35, 1, 2.5, 6], [SIMD2(0.0, 0.0), SIMD2(0.5, 0.5), SIMD2(0.2, -0.7), SIMD2(0.5, 0.25)])
  func squares(step: Double, offset: SIMD2<Double>) throws {
    // Of independent coordinates it does not matter whether they are coded apart.
    for name in ["square", "components"] {
      try expectUniform(LatticeProof(Self.code(name, step, offset), of: .twoScalars), step: step, offset: offset)
    }
  }

  private func expectUniform(_ proof: LatticeProof, step: Double, offset: SIMD2<Double>) throws {
    let (one, other) = (Self.uniform(step: step, offset: offset.x), Self.uniform(step: step, offset: offset.y))
    let (entropy, distortion) = (one.entropy + other.entropy, one.distortion + other.distortion)
    #expect(proof.entropy.width < 1e-9 && proof.distortion.width < 1e-9)
    #expect(proof.entropy.lower <= entropy + 1e-12 && proof.entropy.upper >= entropy - 1e-12)
    #expect(proof.distortion.lower <= distortion + 1e-12 && proof.distortion.upper >= distortion - 1e-12)
    #expect(proof.probability.upper >= 1 - 1e-15 && proof.probability.lower <= 1)
    #expect(proof.probability.width < 1e-10)
  }

  /// A row of lattice-cells.json.
  private struct Row: Decodable {
    let source: String
    let lattice: String
    let step: Double
    let offset: [Double]
    let bits: Digits
    let distortion: Digits
  }

  @Test("entropy and distortion are those of an oracle of 20 digits")
  func oracle() throws {
    let rows = try Oracle.json("lattice-cells.json", as: [Row].self)
    #expect(rows.count == 8)
    for row in rows {
      let source: BentGaussian = row.source == "banana" ? .banana : .twoScalars
      let code = try Self.code(row.lattice, row.step, SIMD2(row.offset[0], row.offset[1]))
      let proof = try LatticeProof(code, of: source)
      let bits = proof.entropy / .ln2
      #expect(row.bits.isBetween(bits.lower, and: bits.upper), "\(row): \(bits)")
      #expect(
        row.distortion.isBetween(proof.distortion.lower, and: proof.distortion.upper), "\(row): \(proof.distortion)")
      #expect(bits.width < 1e-9 && proof.distortion.width < 1e-9)
    }
  }

  /// The lattice point that is nearest, by trying those around: a number of its row and of its column.
  private static func nearest(_ x: Double, _ y: Double, height: Double, isShifted: Bool) -> SIMD2<Int> {
    var best = (square: Double.infinity, place: SIMD2(0, 0))
    let middle = Int((y / height).rounded())
    for row in middle - 2...middle + 2 {
      let shift = isShifted && !row.isMultiple(of: 2) ? 0.5 : 0
      let column = Int((x - shift).rounded())
      let (u, v) = (x - shift - Double(column), y - height * Double(row))
      if u * u + v * v < best.square { best = (u * u + v * v, SIMD2(row, column)) }
    }
    return best.place
  }

  /// What cells collect.
  private struct Sums {
    var (p, x, y) = (0.0, 0.0, 0.0)
  }

  @Test("entropy and distortion are those of brute force, every point to the nearest of the lattice", arguments: 0..<11)
  func bruteForce(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(900 + seed))
    let source: BentGaussian = seed % 2 == 0 ? .banana : .twoScalars
    let name = seed < 8 ? ["square", "square", "hexagonal", "hexagonal"][seed % 4] : "components"
    let height = name == "hexagonal" ? 0.75.squareRoot() : 1
    let step = exp(generator.uniform(-0.7...1.5))
    let offset = SIMD2(generator.uniform(-1...1), generator.uniform(-1...1))
    let proof = try LatticeProof(Self.code(name, step, offset), of: source)
    #expect(proof.entropy.width < 1e-9 && proof.distortion.width < 1e-8)
    let bend = source == .banana ? 0.1 : 0
    // A Fibonacci lattice of the latent plane, which no line of cells runs along.
    let (count, turn) = (317_811, 196_418)
    var cells: [SIMD2<Int>: Sums] = [:]
    var (total, square) = (0.0, 0.0)
    for k in 0..<count {
      let s = 14 * ((Double(k) + 0.5) / Double(count) - 0.5)
      let t = 14 * ((Double(k * turn % count) + 0.5) / Double(count) - 0.5)
      let weight = exp(-(s * s + t * t) / 2)
      let x = source.first * s
      let y = source.second * t - bend * x * x
      let cell = Self.nearest(
        x / step - offset.x, (y + bend * source.first * source.first) / step - offset.y, height: height,
        isShifted: name == "hexagonal")
      // Coded apart, a row says nothing of x, and a column nothing of y.
      let indices: [(SIMD2<Int>, Double, Double)] =
        name == "components"
        ? [(SIMD2(cell.x, .max), 0, 1), (SIMD2(.max, cell.y), 1, 0)] : [(cell, 1.0, 1.0)]
      for (index, first, second) in indices {
        cells[index, default: Sums()].p += weight
        cells[index, default: Sums()].x += first * weight * x
        cells[index, default: Sums()].y += second * weight * y
      }
      total += weight
      square += weight * (x * x + y * y)
    }
    var (entropy, distortion) = (0.0, square / total)
    for sums in cells.values {
      entropy -= sums.p / total * log(sums.p / total)
      distortion -= (sums.x * sums.x + sums.y * sums.y) / sums.p / total
    }
    #expect(abs(entropy - proof.entropy.midpoint) < 5e-3)
    #expect(abs(distortion - proof.distortion.midpoint) < 5e-3)
  }

  /// The message of a refusal; nil if it is a code.
  private static func refusal(step: Double = 1, offset: SIMD2<Double> = SIMD2(0, 0)) throws -> String? {
    let code = try code("hexagonal", step, offset)
    do throws(LawRefused) {
      _ = try LatticeProof(code, of: .banana)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("what is no lattice, or one too fine, is refused in a sentence")
  func forged() throws {
    #expect(try Self.refusal() == nil)
    for step in [0, -1, 1e-3, 1e3, .infinity, .nan] {
      #expect(try Self.refusal(step: step)?.contains("step") == true, "\(step)")
    }
    for value in [1.5, -2, .infinity, .nan] {
      #expect(try Self.refusal(offset: SIMD2(value, 0))?.contains("offset") == true)
      #expect(try Self.refusal(offset: SIMD2(0, value))?.contains("offset") == true)
    }
    #expect(LatticeQuantizer(lattice: "cubic", step: 1, offset: SIMD2(0, 0)) == nil)
  }
}
