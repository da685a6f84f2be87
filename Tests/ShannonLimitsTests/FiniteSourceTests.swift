import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Finite sources between two bounds, against closed forms, and bad input.
@Suite("Finite sources")
struct FiniteSourceTests {
  static func entropy(_ p: [Double]) -> Double { p.reduce(0) { $1 > 0 ? $0 - $1 * log2($1) : $0 } }

  @Test("binary source, Hamming distortion: R = h(p) - h(D)", arguments: [0.5, 0.4, 0.11, 0.03])
  func binary(p: Double) throws {
    let source = try FiniteSource(probabilities: [p, 1 - p])
    for d in [0.001, 0.01, 0.1, 0.3] where d < min(p, 1 - p) {
      let channel = try source.channel(slope: log2((1 - d) / d), tolerance: 1e-9)
      let truth =
        Self.entropy([p, 1 - p]) - Self.entropy([channel.distortion, 1 - channel.distortion])
      #expect(abs(channel.distortion - d) < 1e-4)
      #expect(channel.rate.lower <= truth + 1e-13 && truth <= channel.rate.upper + 1e-13)
      #expect(channel.rate.width <= 1e-9)
    }
  }

  @Test("uniform source of m letters, Hamming distortion: log2 m - h(D) - D log2(m - 1)", arguments: [3, 8, 50, 200])
  func uniformHamming(m: Int) throws {
    let source = try FiniteSource(probabilities: [Double](repeating: 1 / Double(m), count: m))
    for d in [0.01, 0.2, 0.5] {
      let slope = log2((1 - d) / d) + log2(Double(m - 1))
      let channel = try source.channel(slope: slope)
      let truth = log2(Double(m)) - Self.entropy([d, 1 - d]) - d * log2(Double(m - 1))
      #expect(abs(channel.distortion - d) < 1e-12)
      #expect(channel.rate.lower <= truth + 1e-12 && truth <= channel.rate.upper + 1e-12)
    }
  }

  @Test("binary source with erasures at distortion 1, errors forbidden: R = 1 - D")
  func erasure() throws {
    let source = try FiniteSource(
      probabilities: [0.5, 0.5], distortions: [[0, 1, .infinity], [.infinity, 1, 0]])
    let channel = try source.channel(slope: 1)
    #expect(channel.rate.contains(1 - channel.distortion) || abs(channel.rate.midpoint - 1 + channel.distortion) < 1e-6)
    #expect(channel.rate.width <= 1e-6)
  }

  @Test("random sources: bounds in order and close, convex along the curve, the same on every run")
  func random() throws {
    var generator = SeededGenerator(seed: 7)
    for size in [2, 5, 17, 60] {
      let raw = (0..<size).map { _ in generator.unit() + 1e-3 }
      let sum = raw.reduce(0, +)
      let matrix = (0..<size).map { _ in (0..<(size + 3)).map { _ in generator.unit() } }
      let source = try FiniteSource(probabilities: raw.map { $0 / sum }, distortions: matrix)
      var last: FiniteChannel?
      for slope in [0.5, 2, 5, 12.0, 30] {
        let channel = try source.channel(slope: slope)
        #expect(channel.rate.width <= 1e-6 && channel.rate.lower >= 0)
        #expect(try source.channel(slope: slope).rate == channel.rate)
        if let last {
          #expect(channel.distortion <= last.distortion + 1e-4)
          // The tangent at one point lies below the other.
          #expect(
            last.rate.upper >= channel.rate.lower - slope * (last.distortion - channel.distortion) - 1e-6)
        }
        last = channel
      }
    }
  }

  @Test("bad input is refused before any work, with the facts")
  func badInput() {
    func message(_ work: () throws -> Void) -> String {
      do { try work() } catch { return "\(error)" }
      return ""
    }
    let unnormalised = message { _ = try FiniteSource(probabilities: [0.5, 0.4]) }
    #expect(unnormalised.contains("0.9, 0.1 too") && unnormalised.contains("little"), "\(unnormalised)")
    #expect(throws: FiniteSourceError.probability(-0.1, index: 1)) { try FiniteSource(probabilities: [1.1, -0.1]) }
    #expect(throws: FiniteSourceError.self) { try FiniteSource(probabilities: [.nan, 1]) }
    #expect(throws: FiniteSourceError.self) { try FiniteSource(probabilities: []) }
    #expect(throws: FiniteSourceError.size(100_000, largest: 4096)) {
      try FiniteSource(probabilities: [Double](repeating: 1e-5, count: 100_000))
    }
    #expect(throws: FiniteSourceError.raggedRow(1, 1, expected: 2)) {
      try FiniteSource(probabilities: [0.5, 0.5], distortions: [[0, 1], [1]])
    }
    #expect(throws: FiniteSourceError.rowCount(1, letters: 2)) {
      try FiniteSource(probabilities: [0.5, 0.5], distortions: [[0, 1]])
    }
    #expect(throws: FiniteSourceError.self) {
      try FiniteSource(probabilities: [0.5, 0.5], distortions: [[0, .nan], [1, 0]])
    }
    #expect(throws: FiniteSourceError.noReproduction(row: 0)) {
      try FiniteSource(probabilities: [0.5, 0.5], distortions: [[.infinity], [0]])
    }
    #expect(throws: DomainError.self) { try FiniteSource(probabilities: [0.5, 0.5]).channel(slope: 0) }
  }
}
