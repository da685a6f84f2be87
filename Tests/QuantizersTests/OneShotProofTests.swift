import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The one-shot dual in the plane: no code lies below it, and what is no multiplier proves nothing.
@Suite("the one-shot dual in the plane")
struct OneShotProofTests {
  /// A multiplier with few knots.
  static func dual(slope: Double, _ value: (Double, Double) -> Double) -> OneShotDual {
    let first = [0, 0.7, 1.4, 2.1, 2.8, 3.6]
    let second = [-3.6, -2.4, -1.2, 0, 1.2, 2.4, 3.6]
    return OneShotDual(
      slope: slope, first: first, second: second, values: first.flatMap { s in second.map { value(s, $0) } })
  }

  @Test("the steepest multipliers that are read prove something at once, and nothing above the Gaussian's best codes")
  func steepest() throws {
    for (source, slope) in [(BentGaussian.twoScalars, 199.0), (BentGaussian.banana, 36.0)] {
      for height in [0.0, 12.0] {
        let dual = OneShotDual(
          slope: slope, first: [0, 6], second: [-6, 6], values: [Double](repeating: height, count: 4))
        let least = try OneShotProof(dual, of: source).least
        // Hexagonal lattices have 0.4537 bits more than h - log(pi e D) at high rate, where beta D = 1.
        let best = (source.differentialEntropy - .log(.pi / Interval(slope))).upper + 0.4537 * natsPerBit
        #expect(least < best && least >= (height == 0 ? -1e-6 : 4.9), "\(slope), \(height): \(least)")
      }
    }
  }

  @Test("random multipliers prove less than random codes have", arguments: 0..<8)
  func belowCodes(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(900 + seed))
    let source: BentGaussian = seed % 2 == 0 ? .banana : .twoScalars
    let slope = [0.3, 0.5, 1, 2][seed / 2]
    let (a, b, c) = (generator.uniform(0...0.6), generator.uniform(0...0.6), generator.uniform(-1...2))
    let dual = Self.dual(slope: slope) { s, t in c + a * s * s + b * t * t }
    let least = try OneShotProof(dual, of: source).least
    // Constant c with the same S would prove something, so that this is no empty test.
    #expect(least > -3)
    for _ in 0..<40 {
      let book = CodebookProofTests.codebook(
        of: source, count: Int(generator.uniform(1...12)), slope: slope, &generator)
      let code = try CodebookProof(book, of: source)
      #expect(least <= (code.entropy + Interval(slope) * code.distortion).lower)
    }
  }

  @Test("what a place earns, by brute force over the latent plane, is at most the supremum")
  func bruteForce() throws {
    var generator = SeededGenerator(seed: 31)
    for source in [BentGaussian.banana, .twoScalars] {
      let slope = source == .banana ? 0.8 : 1.5
      let dual = Self.dual(slope: slope) { s, t in 1.8 + 0.3 * s * s + 0.35 * t * t }
      let proof = try OneShotProof(dual, of: source)
      let bend = source == .banana ? 0.1 : 0
      var largest = 0.0
      for _ in 0..<12 {
        let (u, v) = (source.first * generator.uniform(0...2), source.second * generator.uniform(-2...2))
        let y = (u, v - bend * u * u)
        let w = exp(-generator.uniform(0...3))
        var (sum, total) = (0.0, 0.0)
        for i in 0..<240 {
          let s = 12 * ((Double(i) + 0.5) / 240 - 0.5)
          for j in 0..<240 {
            let t = 12 * ((Double(j) + 0.5) / 240 - 0.5)
            let weight = exp(-(s * s + t * t) / 2)
            let x = (source.first * s, source.second * t - bend * source.first * source.first * s * s)
            let square = (x.0 - y.0) * (x.0 - y.0) + (x.1 - y.1) * (x.1 - y.1)
            sum += weight * max(0, Self.value(dual, s, t) + 1 + log(w) - slope * square)
            total += weight
          }
        }
        largest = max(largest, sum / total / w)
      }
      // The proof may have taken a constant off c: its least holds that.
      var expectation = 0.0
      var total = 0.0
      for i in 0..<240 {
        for j in 0..<240 {
          let (s, t) = (12 * ((Double(i) + 0.5) / 240 - 0.5), 12 * ((Double(j) + 0.5) / 240 - 0.5))
          expectation += exp(-(s * s + t * t) / 2) * Self.value(dual, s, t)
          total += exp(-(s * s + t * t) / 2)
        }
      }
      #expect(proof.least <= expectation / total - log(max(1, largest)) + 1e-3)
      #expect(largest > 0.3)
    }
  }

  /// c by its definition.
  private static func value(_ dual: OneShotDual, _ s: Double, _ t: Double) -> Double {
    func place(_ knots: [Double], _ x: Double) -> (Int, Double) {
      let x = min(max(x, knots[0]), knots[knots.count - 1])
      let next = max(1, min(knots.count - 1, knots.firstIndex { $0 >= x } ?? 1))
      return (next - 1, (x - knots[next - 1]) / (knots[next] - knots[next - 1]))
    }
    let (i, u) = place(dual.first, abs(s))
    let (j, v) = place(dual.second, t)
    let n = dual.second.count
    func at(_ a: Int, _ b: Int) -> Double { dual.values[a * n + b] }
    return (1 - u) * ((1 - v) * at(i, j) + v * at(i, j + 1)) + u * ((1 - v) * at(i + 1, j) + v * at(i + 1, j + 1))
  }

  /// The message of a refusal; nil if it is a multiplier.
  private static func refusal(_ change: (inout OneShotDual) -> Void) -> String? {
    var dual = dual(slope: 1) { _, _ in 1 }
    change(&dual)
    do throws(LawRefused) {
      _ = try OneShotProof(dual, of: .banana)
      return nil
    } catch {
      return error.description
    }
  }

  @Test("holes, values that are no numbers or unbounded, knots out of order and slopes out of range are refused")
  func forged() {
    #expect(Self.refusal { _ in } == nil)
    #expect(Self.refusal { $0.values.removeLast() }?.contains("value") == true)
    #expect(Self.refusal { $0.values[3] = .nan }?.contains("value") == true)
    #expect(Self.refusal { $0.values[3] = 1e9 }?.contains("value") == true)
    #expect(Self.refusal { $0.values[3] = -.infinity }?.contains("value") == true)
    #expect(Self.refusal { $0.first[2] = $0.first[1] }?.contains("knots") == true)
    #expect(Self.refusal { $0.first[0] = 0.1 }?.contains("knots") == true)
    #expect(Self.refusal { $0.second[0] = -40 }?.contains("knot") == true)
    #expect(Self.refusal { $0.second = [0] }?.contains("knots") == true)
    #expect(Self.refusal { $0.slope = 0 }?.contains("slope") == true)
    #expect(Self.refusal { $0.slope = 1e-4 }?.contains("slope") == true)
    #expect(Self.refusal { $0.slope = 1e6 }?.contains("slope") == true)
    #expect(Self.refusal { $0.slope = .nan }?.contains("slope") == true)
  }

  /// A multiplier of the radius.
  static func radial(slope: Double, _ value: (Double) -> Double) -> OneShotDual {
    let radii = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.6]
    return OneShotDual(slope: slope, first: radii, second: [], values: radii.map(value))
  }

  @Test("of the radius alone: refused where the source is not round, and where numbers are none")
  func forgedRadial() {
    func refusal(_ source: BentGaussian = .twoScalars, _ change: (inout OneShotDual) -> Void) -> String? {
      var dual = Self.radial(slope: 1) { _ in 1 }
      change(&dual)
      do throws(LawRefused) {
        _ = try OneShotProof(dual, of: source)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(refusal { _ in } == nil)
    #expect(refusal(.banana) { _ in }?.contains("round") == true)
    #expect(refusal { $0.values.removeLast() }?.contains("value") == true)
    #expect(refusal { $0.values[2] = .nan }?.contains("value") == true)
    #expect(refusal { $0.values[2] = .infinity }?.contains("value") == true)
    #expect(refusal { $0.first[0] = 0.2 }?.contains("knots") == true)
    #expect(refusal { $0.first[3] = $0.first[2] }?.contains("knots") == true)
    #expect(
      refusal {
        $0.first = []; $0.values = []
      }?.contains("knots") == true)
    // At 1/(2 Dmax) and below silence is the best code.
    #expect(refusal { $0.slope = 0.25 }?.contains("slope") == true)
    #expect(refusal { $0.slope = .nan }?.contains("slope") == true)
  }

  @Test(
    "of the radius alone: what a reproduction earns by brute force is at most the supremum, and close", arguments: 0..<3
  )
  func bruteForceRadial(index: Int) throws {
    let slope = [0.8, 1.6, 5][index]
    let dual = Self.radial(slope: slope) { 0.2 + 0.35 * $0 * $0 + 0.5 * cos(2 * $0) }
    let supremum = try OneShotProof(dual, of: .twoScalars).supremum
    /// c, linear in the square of the radius between knots.
    func value(_ square: Double) -> Double {
      let squares = dual.first.map { $0 * $0 }
      guard let next = squares.firstIndex(where: { $0 > square }) else { return dual.values[squares.count - 1] }
      let share = (square - squares[next - 1]) / (squares[next] - squares[next - 1])
      return dual.values[next - 1] + share * (dual.values[next] - dual.values[next - 1])
    }
    let steps = 260
    var largest = 0.0
    for place in 0..<12 {
      let y = 0.3 * Double(place)
      // a at the points of a lattice, and what every w makes of it.
      var atoms: [(a: Double, p: Double)] = []
      for i in 0..<steps {
        let s = 12 * ((Double(i) + 0.5) / Double(steps) - 0.5)
        for j in 0..<steps {
          let t = 12 * ((Double(j) + 0.5) / Double(steps) - 0.5)
          let a = value(s * s + t * t) - slope * ((s - y) * (s - y) + t * t)
          if a > -1 { atoms.append((a, exp(-(s * s + t * t) / 2))) }
        }
      }
      let unit = 144 / Double(steps * steps) / (2 * Double.pi)
      for k in 0..<40 {
        let t = 1 - 0.1 * Double(k)
        let sum = atoms.reduce(0) { $0 + $1.p * max(0, $1.a + t) } * unit
        largest = max(largest, sum * exp(1 - t))
      }
    }
    #expect(largest <= supremum * (1 + 1e-4) && largest > 0.985 * supremum, "\(largest) \(supremum)")
  }

  @Test("of the radius alone: random multipliers prove less than random codes have", arguments: 0..<4)
  func belowCodesRadial(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(950 + seed))
    let slope = [0.6, 1, 2, 4][seed]
    let (a, b, c) = (generator.uniform(0...0.6), generator.uniform(0...0.5), generator.uniform(-1...1))
    let least = try OneShotProof(Self.radial(slope: slope) { c + a * $0 * $0 + b * sin(3 * $0) }, of: .twoScalars).least
    #expect(least > -3)
    for _ in 0..<40 {
      let book = CodebookProofTests.codebook(
        of: .twoScalars, count: Int(generator.uniform(1...12)), slope: slope, &generator)
      let code = try CodebookProof(book, of: .twoScalars)
      #expect(least <= (code.entropy + Interval(slope) * code.distortion).lower)
    }
  }

  @Test("a multiplier raised where it should not be proves no more than codes have")
  func greedy() throws {
    let source = BentGaussian.banana
    // c + 3 everywhere: the logarithm of S grows by as much, if S was near 1.
    let honest = Self.dual(slope: 0.5) { s, t in 1.2 + 0.3 * s * s + 0.3 * t * t }
    let least = try OneShotProof(honest, of: source).least
    let raised = OneShotDual(
      slope: honest.slope, first: honest.first, second: honest.second, values: honest.values.map { $0 + 3 })
    #expect(abs(try OneShotProof(raised, of: source).least - least) < 0.2)
    var bent = honest
    bent.values[3] += 3
    // A code known for this slope: 9 words by hand along the ridge.
    let places = stride(from: -6.0, through: 6, by: 1.5).map { $0 }
    let weights = places.map { exp(-$0 * $0 / 18) }
    let total = weights.reduce(0, +) * 1.000001
    let book = Codebook(
      slope: 0.5, first: places, second: places.map { -0.1 * $0 * $0 }, lengths: weights.map { -log($0 / total) })
    let code = try CodebookProof(book, of: source)
    #expect(try OneShotProof(bent, of: source).least <= (code.entropy + code.distortion / 2).lower)
  }
}
