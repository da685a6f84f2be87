import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The infimum that the dual bound is: inf over 0 < p <= 1 of -log2 p + multiplier (delta(p) - D), for any multiplier.
@Suite("the dual's infimum")
struct DualInfimumTests {
  /// What rounding may cost: the two terms are as large as the multiplier times the largest distortion.
  private func tolerance(_ row: ProofObjects.Dual, _ source: some BiuniformOptimal) -> Double {
    3e-12 + 4e-15 * row.multiplier * source.largestDistortion
  }

  @Test("from a good guess it holds 28 digits, to rounding", arguments: cellSourceNames)
  func good(name: String) throws {
    let source = try cellSource(name)
    let rows = try ProofObjects.read().duals.filter { $0.source == name }
    #expect(rows.count == 30)
    for row in rows {
      let infimum = dualInfimum(
        of: source, multiplier: row.multiplier, distortion: row.distortion, near: row.minimiser.value)
      #expect(row.infimum.isBetween(infimum.lower, and: infimum.upper), "\(row): \(infimum)")
      #expect(infimum.width <= tolerance(row, source), "\(row): \(infimum)")
    }
  }

  @Test("from any other guess, or none, it is the same number", arguments: cellSourceNames)
  func bad(name: String) throws {
    let source = try cellSource(name)
    for row in try ProofObjects.read().duals.filter({ $0.source == name }) {
      for guess in [row.minimiser.value * 1.2, row.minimiser.value * 0.1, 1, 0, -1, 2, .nan, .infinity] {
        let infimum = dualInfimum(of: source, multiplier: row.multiplier, distortion: row.distortion, near: guess)
        #expect(row.infimum.isBetween(infimum.lower, and: infimum.upper), "\(row) from \(guess): \(infimum)")
        #expect(infimum.width <= 4 * tolerance(row, source), "\(row) from \(guess): \(infimum)")
      }
    }
  }

  @Test("by search alone, which knows nothing of the slope, too", arguments: cellSourceNames)
  func search(name: String) throws {
    let source = try cellSource(name)
    for row in try ProofObjects.read().duals.filter({ $0.source == name }) {
      let infimum = dualInfimumBySearch(
        of: source, multiplier: row.multiplier, distortion: row.distortion, near: row.minimiser.value)
      #expect(row.infimum.isBetween(infimum.lower, and: infimum.upper), "\(row): \(infimum)")
      #expect(infimum.width <= 4 * tolerance(row, source), "\(row): \(infimum)")
      // Cells no smaller than a sixteenth: the least over those, which is not below the least over all.
      let coarse = dualInfimumBySearch(
        of: source, multiplier: row.multiplier, distortion: row.distortion, near: 0.5, from: 1.0 / 16)
      let values = (0...4_000).map { step -> Double in
        let p = Double.exp(-Double.log(16) * Double(step) / 4_000)
        return -Double.log(p) / natsPerBit + row.multiplier * (source.cellDistortion(p) - row.distortion)
      }
      let least = try #require(values.min())
      #expect(coarse.lower <= least && coarse.upper >= infimum.lower, "\(row)")
      // On 4,000 points a minimum is missed by the square of their distance.
      #expect(coarse.upper >= least - 1e-5 * (1 + row.multiplier) - tolerance(row, source), "\(row)")
    }
  }

  @Test(
    "a poor guess costs time, not truth: any guess gives a bound below the true infimum", arguments: cellSourceNames)
  func guesses(name: String) throws {
    let source = try cellSource(name)
    var generator = SeededGenerator(seed: 31)
    for _ in 0..<60 {
      let p = Double.random(in: 0.001...0.25, using: &generator)
      let distortion = source.cellDistortion(p)
      let multiplier = 1 / (source.logarithmicSlope(p) * natsPerBit)
      let value = { (p: Double) in
        -Double.log(p) / natsPerBit + multiplier * (source.cellDistortion(p) - distortion)
      }
      // The infimum is at p itself or at 1.
      let truth = min(value(p), value(1))
      for guess in [p, p * 1.3, p / 7, 1, 1e-9, 2, .nan, -1] {
        let enclosure = dualInfimum(of: source, multiplier: multiplier, distortion: distortion, near: guess)
        #expect(enclosure.lower <= truth + 1e-13 && enclosure.upper >= truth - 1e-13, "\(name) \(p) \(guess)")
        #expect(enclosure.width <= 1e-11)
      }
    }
  }

  @Test("what is no multiplier proves nothing")
  func nonsense() {
    for multiplier in [-1e-300, -1, .nan, .infinity] {
      #expect(dualInfimum(of: Ramp(), multiplier: multiplier, distortion: 0.01, near: 0.1) == .entire)
    }
    #expect(dualInfimum(of: Ramp(), multiplier: 1, distortion: .nan, near: 0.1) == .entire)
    // The multiplier 0 gives the rate of sending nothing.
    #expect(dualInfimum(of: Ramp(), multiplier: 0, distortion: 0.01, near: 0.1).contains(0))
  }
}
