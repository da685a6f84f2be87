import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// A certificate proves its bound to someone who has nothing else, and no more than that.
@Suite("certificates")
struct CertificateTests {
  @Test("what a curve prints, its certificate proves again: random D of every source and curve")
  func certificatesProve() throws {
    for type in Catalogue.sources {
      let source = try KnownSource(type)
      var generator = SeededGenerator(seed: 40)
      // Estimates prove nothing; some curves take milliseconds a point, and end at 16 bits; slopes are solved anew.
      let isScalar = source.source is any ScalarSource
      for curve in source.curves where !curve.isCostly && curve.kind != .estimate {
        let isQuantizer = isScalar || ![CurveName.lower, .upper, .exact, .timeSharing].contains(curve.name)
        let isSolved = curve.evidence.contains {
          $0 == NamedSlopes.self || $0 == OneShotDual.self || isScalar && $0 == InheritedClaim.self
        }
        let count = isSolved ? Campaign.cases(1, long: 20) : isQuantizer ? 20 : 1_000
        for _ in 0..<count {
          // Codes that a table carries end earlier, and steep slopes take seconds.
          let most = isSolved && !Campaign.isLong ? 1.5 : isQuantizer ? 10 : 30
          let largest = min(most, curve.range.largestRate)
          let rate = Double.random(in: 0.01...largest, using: &generator)
          let d = try curve.point(atRate: rate).distortion
          let bound = try curve.bound(atDistortion: d)
          let proved = try curve.proved(by: bound.evidence, atDistortion: d)
          let what = "\(type.description.name) \(curve.name) at D = \(d): \(proved) for \(bound.rate)"
          if bound.kind != .upper { #expect(proved.lower >= bound.rate.lower - 1e-13, "\(what)") }
          if bound.kind != .lower { #expect(proved.upper <= bound.rate.upper + 1e-13, "\(what)") }
        }
      }
    }
  }

  @Test("a certificate for another distortion proves less", arguments: cellSourceNames)
  func wrongDistortion(name: String) throws {
    let source = try KnownSource(Catalogue.source(named: name))
    for curve in source.curves {
      let d = curve.largestDistortion * 0.07
      let bound = try curve.bound(atDistortion: d)
      let below = try curve.proved(by: bound.evidence, atDistortion: d * 0.99)
      // A code of too much distortion achieves nothing at the smaller D; a dual multiplier still bounds, less tightly.
      // A quantizer of whole levels and a closed form may hold at both; then they hold.
      let isCode = [CurveName.upper, .exact, .timeSharing].contains(curve.name)
      if isCode { #expect(below.upper == .infinity) }
      if bound.kind != .lower { #expect(below.upper >= (try curve.bound(atDistortion: d * 0.99).rate.lower)) }
      let above = try curve.proved(by: bound.evidence, atDistortion: d * 1.01)
      let truth = try curve.bound(atDistortion: d * 1.01).rate
      #expect(above.lower <= truth.upper)
    }
  }

  @Test("false certificates: a code off the optimal path, of the wrong form, or no code at all prove nothing")
  func falseCertificates() throws {
    let exact = EntropyDistortionFunction(source: Ramp())
    let nothing = Interval.hull(0, .infinity)
    let d = 0.02
    let good = try exact.bound(atDistortion: d)
    let bracket = try #require(good.evidence as? BiuniformBracket)
    // Four cells and an odd one of 0.6 has a high distortion, but is not on the path: it bounds nothing from below.
    let off = try #require(BiuniformCode(equalCells: 40, oddCell: 0.6))
    #expect(try exact.proved(by: BiuniformBracket(above: bracket.above, below: off), atDistortion: d).lower == 0)
    // Swapped ends prove neither.
    let swapped = try exact.proved(
      by: BiuniformBracket(above: bracket.below, below: bracket.above), atDistortion: d)
    #expect(swapped.lower == 0 && swapped.upper == .infinity)
    #expect(try exact.proved(by: ClosedForm("trust me"), atDistortion: d) == nothing)
    let dual = DualBound(source: Ramp())
    for multiplier in [-1, Double.nan, .infinity] {
      let proved = try dual.proved(by: DualMultiplier(multiplier: multiplier, minimiser: 0.1), atDistortion: d)
      #expect(proved.lower <= 0)
    }
    // Any other multiplier is valid, and weaker.
    let truth = try dual.bound(atDistortion: d).rate.lower
    for factor in [0.1, 0.5, 2, 10] {
      let own = try #require(try dual.bound(atDistortion: d).evidence as? DualMultiplier)
      let proved = try dual.proved(
        by: DualMultiplier(multiplier: own.multiplier * factor, minimiser: own.minimiser), atDistortion: d)
      #expect(proved.lower < truth && proved.lower >= 0)
    }
    for (cells, odd) in [(0, 0), (2.5, 0), (-1, 0), (3, -0.1), (3, 1), (.nan, 0), (3, .nan), (.infinity, 0)] {
      #expect(BiuniformCode(equalCells: cells, oddCell: odd) == nil)
    }
    let shared = TimeSharing(source: Ramp())
    #expect(try shared.proved(by: SharedUniformCodes(fewer: 5, more: 4, weight: 0.5), atDistortion: d) == nothing)
    #expect(try shared.proved(by: SharedUniformCodes(fewer: 4, more: 5, weight: 1.5), atDistortion: d) == nothing)
    // Not neighbours on the hull: achievable, but no lower end.
    let chord = try shared.proved(by: SharedUniformCodes(fewer: 4, more: 40, weight: 0.9), atDistortion: d)
    #expect(chord.lower == 0 && chord.upper.isFinite)
  }
}
