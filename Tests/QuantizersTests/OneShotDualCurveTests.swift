import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// The converse of one-shot codes in the plane.
@Suite("no one-shot code in the plane does better")
struct OneShotDualCurveTests {
  private static let sources = ["banana", "gaussian"]

  /// The banana, or two independent Gaussian scalars.
  private static func source(_ name: String, variance: Double = 1) throws -> KnownSource {
    name == "banana" ? try KnownSource(Banana()) : try KnownSource(Gaussian(variance: variance, dimension: 2))
  }

  private static func curve(_ name: CurveName, of source: String) throws -> Curve {
    try Self.source(source).curve(named: name)
  }

  @Test(
    "below the designed codebooks at every rate, and from 0.5 to 6 bits by some hundredths of a bit",
    arguments: [("banana", 0.055), ("gaussian", 0.03)])
  func belowCodes(source: String, gap: Double) throws {
    let (converse, codes) = (try Self.curve(.oneShotLower, of: source), try Self.curve(.ecvq, of: source))
    #expect(converse.kind == .lower && !converse.isCostly)
    for step in 1...60 {
      let point = try codes.point(atRate: 0.1 * Double(step))
      let least = try converse.point(atDistortion: point.distortion).rate
      #expect(least <= point.rate)
      if step >= 5 { #expect(least > point.rate - gap, "\(point.rate) bits: \(point.rate - least)") }
    }
  }

  @Test("random codes lie above the converse", arguments: sources)
  func randomCodes(name: String) throws {
    var generator = SeededGenerator(seed: 77)
    let converse = try Self.curve(.oneShotLower, of: name)
    let source: BentGaussian = name == "banana" ? .banana : .twoScalars
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
    let converse = try Self.source("gaussian", variance: variance).curve(named: .oneShotLower)
    let unit = try Self.curve(.oneShotLower, of: "gaussian")
    for distortion in [1.6, 0.7, 0.09] {
      let bound = try converse.bound(atDistortion: distortion * variance)
      #expect(abs(bound.rate.lower - (try unit.bound(atDistortion: distortion).rate.lower)) < 1e-9)
      let proved = try converse.proved(
        by: converse.evidence(from: bound.evidence.form), atDistortion: distortion * variance)
      #expect(proved.lower >= bound.rate.lower && proved.lower < bound.rate.lower + 1e-6)
    }
  }

  @Test("between 0.5 and 4 bits above R(D), which long blocks reach", arguments: sources)
  func aboveLongBlocks(name: String) throws {
    let source = try Self.source(name)
    let (converse, shannon) = (try source.curve(named: .oneShotLower), try source.curves(named: .shannon)[0])
    for rate in [0.6, 1, 1.5, 2, 3, 3.9] {
      let point = try shannon.point(atRate: rate)
      let least = try converse.point(atDistortion: point.distortion).rate
      #expect(least > rate, "\(rate)")
    }
  }

  @Test("its evidence, read back from its form, proves the bound; another multiplier's does not", arguments: sources)
  func evidence(source: String) throws {
    let converse = try Self.curve(.oneShotLower, of: source)
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

  @Test(
    "a multiplier with a hole, a value that is no number or a slope out of range is refused by the check",
    arguments: sources)
  func forged(source: String) throws {
    let converse = try Self.curve(.oneShotLower, of: source)
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
