import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// One-shot codes of finite sources: the converse and the codes, against all codes of a few letters.
@Suite("one-shot codes of finite sources")
struct LetterCodeTests {
  /// A source and its numbers.
  struct Example {
    let p: [Double]
    let d: [[Double]]
    let curves: [Curve]

    init(_ p: [Double], _ d: [[Double]]) throws {
      (self.p, self.d) = (p, d)
      let source = KnownSource(FiniteAlphabet(try FiniteSource(probabilities: p, distortions: d)))
      curves = source.curves.filter { [.oneShotLower, .ecvq].contains($0.name) }
    }

    /// H in bits and D of a map from letters to reproductions.
    func performance(_ map: [Int]) -> (rate: Double, distortion: Double) {
      var masses: [Int: Double] = [:]
      for (letter, y) in map.enumerated() { masses[y, default: 0] += p[letter] }
      return (
        masses.values.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 },
        map.indices.reduce(0) { p[$1] > 0 ? $0 + p[$1] * d[$1][map[$1]] : $0 }
      )
    }

    /// The largest D.
    var silence: Double {
      d[0].indices.map { y in p.indices.reduce(0) { $0 + p[$1] * d[$1][y] } }.min() ?? 0
    }

    /// H and D of all maps.
    var all: [(rate: Double, distortion: Double)] {
      var found: [(rate: Double, distortion: Double)] = []
      var map = [Int](repeating: 0, count: p.count)
      repeat {
        found.append(performance(map))
        var place = 0
        while place < map.count, map[place] == d[0].count - 1 {
          map[place] = 0
          place += 1
        }
        if place == map.count { return found }
        map[place] += 1
      } while true
    }
  }

  static func law(_ n: Int, _ random: inout SeededGenerator) -> [Double] {
    let raw = (0..<n).map { _ in random.unit() + 0.02 }
    return raw.map { $0 / raw.reduce(0, +) }
  }

  @Test(
    "no map of letters is below the converse; the codes are maps, and their hull is that of all maps but for a fraction"
  )
  func bruteForce() throws {
    var random = SeededGenerator(seed: 1961)
    var (widest, misses) = (0.0, 0)
    for trial in 0..<60 {
      let (n, m) = trial % 2 == 0 ? (5, 5) : (7, 3)
      let d = (0..<n).map { _ in (0..<m).map { _ in random.unit() < 0.1 ? 0 : random.unit() } }
      let example = try Example(Self.law(n, &random), d)
      let all = example.all
      let (least, most) = (all.map(\.distortion).min() ?? 0, example.silence)
      for share in [0.05, 0.3, 0.6, 0.9] where most > least * (1 + 1e-9) {
        let distortion = least + share * (most - least)
        let bounds = try example.curves.map { try $0.bound(atDistortion: distortion) }
        try #require(bounds.map(\.kind) == [.lower, .upper])
        // The lower hull of all maps at D, by the chords over D.
        var truth = Double.infinity
        for fine in all where fine.distortion <= distortion {
          truth = min(truth, fine.rate)
          for coarse in all where coarse.distortion > distortion {
            let weight = (coarse.distortion - distortion) / (coarse.distortion - fine.distortion)
            truth = min(truth, weight * fine.rate + (1 - weight) * coarse.rate)
          }
        }
        #expect(bounds[0].value <= truth + 1e-12, "\(trial) \(share)")
        #expect(bounds[1].value >= truth - 1e-12, "\(trial) \(share)")
        widest = max(widest, truth - bounds[0].value)
        if bounds[1].value > truth + 1e-6 { misses += 1 }
        for (curve, bound) in zip(example.curves, bounds) {
          let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
          #expect(
            curve.kind == .lower ? proved.lower >= bound.rate.lower : proved.upper <= bound.rate.upper, "\(proved)")
        }
      }
    }
    // What fractions of cells gain, and where the search does not find the best map.
    #expect(widest < 0.26 && misses <= 12, "\(widest) \(misses)")
  }

  @Test("squared error on a line: converse and codes meet")
  func line() throws {
    var random = SeededGenerator(seed: 7)
    for n in [2, 3, 9, 16] {
      let x = (0..<n).map { _ in 4 * random.unit() }
      let example = try Example(Self.law(n, &random), x.map { a in x.map { (a - $0) * (a - $0) } })
      for share in [0.0, 0.01, 0.2, 0.5, 0.8, 0.99] {
        let distortion = share * example.silence
        let bounds = try example.curves.map { try $0.bound(atDistortion: distortion) }
        #expect(
          bounds[0].value <= bounds[1].value && bounds[1].value - bounds[0].value < 1e-8, "\(n) \(share): \(bounds)")
        let rate = bounds[1].value
        guard rate > 1e-3 else { continue }
        for curve in example.curves {
          #expect(abs(try curve.point(atRate: rate).distortion - distortion) < 1e-7 * example.silence)
        }
      }
    }
  }

  @Test("uniform, Hamming: cells of one letter and of the rest, by the formula")
  func uniform() throws {
    // A code with one cell of k letters has H = log2 m - (k/m) log2 k at D = (k - 1)/m.
    let m = 6
    let example = try Example(
      [Double](repeating: 1 / Double(m), count: m), (0..<m).map { i in (0..<m).map { i == $0 ? 0 : 1 } })
    for k in 1...m {
      let distortion = Double(k - 1) / Double(m)
      let bound = try example.curves[1].bound(atDistortion: distortion)
      let single = log2(Double(m)) - Double(k) / Double(m) * log2(Double(k))
      #expect(bound.value <= single + 1e-12)
      #expect(try example.curves[0].bound(atDistortion: distortion).value <= bound.value)
    }
    #expect(abs(try example.curves[0].bound(atDistortion: 0).value - log2(6)) < 1e-9)
  }

  @Test("forged multipliers and codes prove what is true, and no more")
  func forgeries() throws {
    let x = [0.0, 1, 2.5, 2.6]
    let example = try Example([0.4, 0.3, 0.2, 0.1], x.map { a in x.map { (a - $0) * (a - $0) } })
    let (lower, upper) = (example.curves[0], example.curves[1])
    let distortion = 0.2
    let truth = try upper.bound(atDistortion: distortion).value
    var random = SeededGenerator(seed: 3)
    for trial in 0..<2_000 {
      let scale = pow(10, 6 * random.unit() - 3)
      let dual = LetterDual(slope: scale, values: (0..<4).map { _ in scale * (2 * random.unit() - 1) * 4 })
      #expect(try lower.proved(by: dual, atDistortion: distortion).lower <= truth + 1e-12, "\(trial)")
    }
    for values in [[Double.nan, 0, 0, 0], [.infinity, 0, 0, 0], [1e7, 0, 0, 0], [0, 0, 0], []] {
      #expect(throws: DomainError.self) {
        try lower.proved(by: LetterDual(slope: 1, values: values), atDistortion: distortion)
      }
    }
    for slope in [0, -1, Double.nan, .infinity] {
      #expect(throws: DomainError.self) {
        try lower.proved(by: LetterDual(slope: slope, values: [1, 1, 1, 1]), atDistortion: distortion)
      }
    }
    // A map proves its own entropy, and nothing below its own distortion.
    #expect(try upper.proved(by: LetterCode(reproductions: [0, 0, 0, 0]), atDistortion: distortion).upper == .infinity)
    #expect(try upper.proved(by: LetterCode(reproductions: [0, 0, 2, 2]), atDistortion: distortion).upper == .infinity)
    let nearest = LetterCode(reproductions: [0, 1, 2, 3])
    let entropy = example.performance([0, 1, 2, 3]).rate
    #expect(abs(try upper.proved(by: nearest, atDistortion: distortion).upper - entropy) < 1e-12)
    for map in [[0, 0, 2], [0, 0, 2, 4], [0, 0, 2, -1]] {
      #expect(throws: DomainError.self) {
        try upper.proved(by: LetterCode(reproductions: map), atDistortion: distortion)
      }
    }
    for weight in [-0.5, 1.5, Double.nan] {
      let shared = SharedCodes(coarser: nearest, finer: nearest, weight: weight)
      #expect(try upper.proved(by: shared, atDistortion: distortion).upper == .infinity)
    }
  }

  @Test("the converse is never below R(D), and has no curve where no single reproduction will do")
  func beside() throws {
    var random = SeededGenerator(seed: 11)
    for n in Campaign.isLong ? [3, 20, 120] : [3, 20] {
      let x = (0..<n).map { _ in random.unit() }
      let source = KnownSource(
        FiniteAlphabet(
          try FiniteSource(probabilities: Self.law(n, &random), distortions: x.map { a in x.map { abs(a - $0) } })))
      let (shannon, converse) = (try source.curve(named: .shannon), try source.curve(named: .oneShotLower))
      for share in [0.02, 0.1, 0.3, 0.6] {
        let distortion = share * shannon.largestDistortion
        #expect(
          try converse.bound(atDistortion: distortion).value >= shannon.bound(atDistortion: distortion).value - 1e-3,
          "\(n) \(share)")
      }
    }
    let erasures = try FiniteSource(probabilities: [0.5, 0.5], distortions: [[0, .infinity], [.infinity, 0]])
    #expect(!KnownSource(FiniteAlphabet(erasures)).curves.contains { $0.name == .oneShotLower })
  }
}
