import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The converse of one-shot codes in the plane.
@Suite("no one-shot code in the plane does better")
struct OneShotDualCurveTests {
  /// A curve of two independent Gaussian scalars.
  private static func curve(_ name: CurveName, variance: Double = 1) throws -> Curve {
    try KnownSource(Gaussian(variance: variance, dimension: 2)).curve(named: name)
  }

  @Test("below the designed codebooks at every rate, and from 0.5 to 6 bits by at most 0.03 bits")
  func belowCodes() throws {
    let (converse, codes) = (try Self.curve(.oneShotLower), try Self.curve(.ecvq))
    #expect(converse.kind == .lower && !converse.isCostly)
    for step in 1...60 {
      let point = try codes.point(atRate: 0.1 * Double(step))
      let least = try converse.point(atDistortion: point.distortion).rate
      #expect(least <= point.rate)
      if step >= 5 { #expect(least > point.rate - 0.03, "\(point.rate) bits: \(point.rate - least)") }
    }
  }

  @Test("random codes lie above the converse")
  func randomCodes() throws {
    var generator = SeededGenerator(seed: 77)
    let converse = try Self.curve(.oneShotLower)
    let source = BentGaussian.twoScalars
    for _ in 0..<Campaign.cases(120, long: 10_000) {
      let slope = Double.exp(generator.uniform(-1...2)) / source.second
      let book = CodebookProofTests.codebook(
        of: source, count: Int(generator.uniform(2...9)), slope: slope, &generator)
      let code = try CodebookProof(book, of: source)
      let least = try converse.point(atDistortion: code.distortion.upper).rate
      #expect(least <= code.entropy.upper / natsPerBit, "\(book)")
    }
  }

  @Test("variances scale distortions, and certificates prove them", arguments: [0.01, 1, 250])
  func scaled(variance: Double) throws {
    let (converse, unit) = (try Self.curve(.oneShotLower, variance: variance), try Self.curve(.oneShotLower))
    for distortion in [1.6, 0.7, 0.09] {
      let bound = try converse.bound(atDistortion: distortion * variance)
      #expect(abs(bound.rate.lower - (try unit.bound(atDistortion: distortion).rate.lower)) < 1e-9)
      let proved = try converse.proved(
        by: converse.evidence(from: bound.evidence.form), atDistortion: distortion * variance)
      #expect(proved.lower >= bound.rate.lower && proved.lower < bound.rate.lower + 1e-6)
    }
  }

  @Test("between 0.5 and 4 bits above R(D), which long blocks reach")
  func aboveLongBlocks() throws {
    let (converse, shannon) = (try Self.curve(.oneShotLower), try Self.curve(.shannon))
    for distortion in [0.13, 0.2, 0.3, 0.5, 0.8, 1.2] {
      let least = try converse.point(atDistortion: distortion).rate
      #expect(least > (try shannon.point(atDistortion: distortion).rate), "\(distortion)")
    }
  }

  @Test("its evidence, read back from its form, proves the bound; another multiplier's does not")
  func evidence() throws {
    let converse = try Self.curve(.oneShotLower)
    let distortion = 0.7
    let bound = try converse.bound(atDistortion: distortion)
    let dual = try #require(bound.evidence as? OneShotDual)
    let proved = try converse.proved(by: converse.evidence(from: bound.evidence.form), atDistortion: distortion)
    #expect(proved.lower >= bound.rate.lower && proved.lower < bound.rate.lower + 1e-6)
    // Raised by a constant, S grows as much: nothing is won.
    let raised = OneShotDual(
      slope: dual.slope, first: dual.first, second: dual.second, values: dual.values.map { min($0 + 0.3, 12) })
    #expect(try converse.proved(by: raised, atDistortion: distortion).lower < bound.rate.lower + 0.02)
  }

  @Test("a multiplier with a hole, a value that is no number or a slope out of range is refused by the check")
  func forged() throws {
    let converse = try Self.curve(.oneShotLower)
    let dual = try #require(try converse.bound(atDistortion: 0.7).evidence as? OneShotDual)
    for change: (inout OneShotDual) -> Void in [
      { $0.values.removeLast() }, { $0.values[5] = .nan }, { $0.values[5] = 1e6 }, { $0.slope = 1e-9 },
      { $0.first.swapAt(1, 2) }, { $0.first[0] = -1 }, { $0.second = [1] },
    ] {
      var forged = dual
      change(&forged)
      #expect(throws: DomainError.self) { try converse.proved(by: forged, atDistortion: 0.7) }
    }
  }
}
