import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The curve of the designed vector quantizers of the banana.
@Suite("vector quantizers of the banana")
struct CodebookCurveTests {
  private static func curve() throws -> Curve { try KnownSource(Banana()).curve(named: .ecvq) }

  /// Codes found by another program (Lloyd with many starts, in numpy): beta in nats, D, and H in bits.
  private static let others: [(slope: Double, distortion: Double, bits: Double)] = [
    (0.1, 7.024, 0.4017), (0.3, 1.993, 1.5831), (1, 0.7029, 2.5257), (2, 0.4498, 3.0314), (4, 0.2899, 3.7024),
    (15, 0.0661, 5.9672),
  ]

  @Test("at the slopes of codes found elsewhere no worse than these by more than 1e-3 bits, and the table's own step")
  func asGood() throws {
    let curve = try Self.curve()
    for other in others() {
      // The hull's least H + beta D, over a fine grid of distortions.
      var least = Double.infinity
      for step in -200...200 {
        let distortion = other.distortion * (1 + Double(step) / 400)
        guard let point = try? curve.point(atDistortion: distortion) else { continue }
        least = min(least, point.rate + other.slope / natsPerBit * distortion)
      }
      let theirs = other.bits + other.slope / natsPerBit * other.distortion
      #expect(least <= theirs + 2e-3, "\(other): \(least - theirs)")
    }
  }

  private func others() -> [(slope: Double, distortion: Double, bits: Double)] { Self.others }

  @Test("from 0.2 to 6 bits it falls, is convex, and lies above R(D)")
  func shape() throws {
    let curve = try Self.curve()
    #expect(curve.kind == .upper && !curve.isCostly && curve.range.largestRate > 6)
    let shannon = try KnownSource(Banana()).curves(named: .shannon)[0]
    var previous: OperatingPoint?
    for step in 1...60 {
      let rate = 0.1 * Double(step)
      let point = try curve.point(atRate: rate)
      #expect(try shannon.point(atDistortion: point.distortion).rate < rate)
      if let previous {
        #expect(point.distortion < previous.distortion)
        #expect(try #require(point.slope) >= (try #require(previous.slope)) - 1e-9)
      }
      previous = point
    }
  }

  @Test("its evidence, read back from its form, proves every bound", arguments: [10.0, 6.1, 2, 0.9, 0.31])
  func evidence(distortion: Double) throws {
    let curve = try Self.curve()
    let bound = try curve.bound(atDistortion: distortion)
    let proved = try curve.proved(by: curve.evidence(from: bound.evidence.form), atDistortion: distortion)
    #expect(proved.upper <= bound.rate.upper && proved.upper >= bound.rate.lower)
    // At less distortion than the codes have, they prove nothing.
    #expect(try curve.proved(by: bound.evidence, atDistortion: distortion * 0.999).upper == .infinity)
  }

  @Test("a codebook with lengths that break Kraft's inequality is refused by the check")
  func forged() throws {
    let curve = try Self.curve()
    let book = Codebook(slope: 1, first: [-2, 2], second: [-0.5, -0.5], lengths: [0.1, 0.1])
    #expect(throws: DomainError.self) { try curve.proved(by: book, atDistortion: 8) }
  }

  @Test("beyond the finest codebook nothing is claimed")
  func end() throws {
    let curve = try Self.curve()
    #expect(throws: DomainError.self) { try curve.bound(atDistortion: 1e-4) }
    #expect(throws: DomainError.self) { try curve.point(atRate: 12) }
  }
}
