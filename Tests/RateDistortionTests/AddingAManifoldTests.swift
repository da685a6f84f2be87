import Foundation
import IntervalArithmetic
import RateDistortion
import Testing

// The recipe of "Adding a manifold", done: a source is what stands in the first part of this file, and nothing else.

/// A curve in Hilbert space with ||X_u - X_v||^2 = |u - v|^(3/2), u uniform on [0, 1] (a helix of Schoenberg's).
///
/// The distance rises with |u - v|: intervals are optimal cells (rearrangement on the line), and half its mean over an interval
/// of length p is delta(p) = 4 p^(3/2)/35, Dmax = 4/35. Nothing is asserted but that: neither that w is unimodal nor that
/// biuniform codes are optimal, though w = 3/2 delta rises throughout.
struct Helix: OneShotSource {
  static let description = SourceDescription(
    name: "helix", definition: "a curve with squared distances |u - v|^(3/2), u uniform on [0, 1]",
    distortionMeasure: .sumOfSquaredErrors, reference: "a test of the recipe")

  init() {}
  init(parameters: SourceParameters) throws(DomainError) { self.init() }

  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { 4 * p * .sqrt(p) / 35 }
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { 6 * p * .sqrt(p) / 35 }
}

/// The helix with the theorem about its w, and no other.
struct HelixOfKnownSlope: OneShotSource, UnimodalSlope {
  static let description = Helix.description
  init(parameters: SourceParameters) throws(DomainError) {}
  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { Helix().cellDistortion(p) }
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { Helix().logarithmicSlope(p) }
  /// w = 3/2 delta.
  var slopePeak: Double { 1 }
}

/// A cell cost whose w has two humps, 2 - sinc(pi p)^2 - sinc(3 pi p)^2: the dual bound has a straight part in its middle.
struct TwoHumps: CellSource {
  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number { part(.pi * p) + part(3 * .pi * p) }
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number { slope(.pi * p) + slope(3 * .pi * p) }

  private func part<Number: RealNumber>(_ x: Number) -> Number {
    let u = Number.oneMinusSinc(x)
    return u * (2 - u)
  }

  private func slope<Number: RealNumber>(_ x: Number) -> Number { 2 * Number.sinc(x) * Number.sincMinusCos(x) }
}

@Suite("a manifold is one file")
struct AddingAManifoldTests {
  static let distortions = [0.1, 0.03, 2e-3, 1e-5, 1e-9]

  @Test("without the biuniform theorem there is no `exact`: lower and upper bounds alone, which also judge")
  func curvesByTheorem() throws {
    for source in [try KnownSource(Helix.self), try KnownSource(HelixOfKnownSlope.self)] {
      #expect(source.curves.map(\.name) == [.lower, .upper, .timeSharing, .realismPrivate, .realismPrivate])
      #expect(source.curves.map(\.kind) == [.lower, .upper, .upper, .lower, .upper])
      #expect(source.judgement.converse.name == .lower)
      #expect(source.judgement.achievable.name == .upper)
      #expect(source.corners(upToRate: 2).count == 4)
    }
    // The types keep it so: these are compiled for sources with the theorem only.
    #expect(!(Helix() is any BiuniformOptimal))
    for source in try Catalogue.sources.map({ try KnownSource($0) }) {
      let claimsOptimum = source.curves.contains { $0.name == .exact && $0.kind == .exact }
      let isManifold = source.source is any CellSource && source.curves.contains { $0.name == .upper }
      // Of a spectrum it is a value that has the theorem, and not its source.
      let isConcave = (source.source as? Harmonics).map { ConcaveHarmonics($0.spectrum) != nil } ?? false
      let hasTheorem = isManifold && source.source is any BiuniformOptimal || isConcave
      #expect(claimsOptimum == hasTheorem, "\(source.description.name)")
    }
  }

  @Test("the dual bound of the helix is -log2 p, with or without the theorem about its slope", arguments: distortions)
  func dualBound(distortion: Double) throws {
    let exact = -2.0 / 3 * log2(distortion * 35 / 4)
    for source in [try KnownSource(Helix.self), try KnownSource(HelixOfKnownSlope.self)] {
      let lower = try source.curve(named: .lower)
      let bound = try lower.bound(atDistortion: distortion)
      #expect(abs(try lower.point(atDistortion: distortion).rate - exact) < 1e-11 * max(1, exact))
      #expect(bound.rate.lower <= exact && exact <= bound.rate.upper + 1e-14)
      #expect(bound.rate.width < 2e-11 * max(1, exact), "\(bound.rate)")
      let rate = try lower.point(atRate: exact).distortion
      #expect(abs(rate / distortion - 1) < 1e-12)
    }
  }

  @Test("every curve's bounds hold up when evidence is written down and read back", arguments: distortions)
  func evidenceRoundTrip(distortion: Double) throws {
    let source = try KnownSource(Helix.self)
    var lower = 0.0
    for curve in source.curves {
      let bound = try curve.bound(atDistortion: distortion)
      let read = try curve.evidence(from: bound.evidence.form)
      let proved = try curve.proved(by: read, atDistortion: distortion)
      switch curve.kind {
      case .lower:
        lower = bound.value
        #expect(proved.lower >= bound.value - 1e-12 && proved.upper == .infinity)
      case .upper:
        #expect(proved.upper <= bound.value + 1e-12 && proved.lower == 0)
        #expect(bound.value >= lower)
      case .exact, .estimate: Issue.record("\(curve.name) claims what nobody has proved")
      }
    }
  }

  @Test("where w has two humps the bound is what the best of many multipliers gives")
  func dentedEnvelope() throws {
    let source = TwoHumps()
    let dual = DualBound(source: source)
    let sizes = (0...40_000).map { Double.exp(-Double($0) / 4_000) }
    let costs = sizes.map { (rate: -log2($0), distortion: source.cellDistortion($0)) }
    for distortion in [1.9, 1.6, 1.3, 1.15, 1.05, 0.9, 0.5, 0.1] {
      // The dual is concave in the multiplier: ternary search.
      let value = { (multiplier: Double) in
        costs.reduce(Double.infinity) { min($0, $1.rate + multiplier * ($1.distortion - distortion)) }
      }
      var (low, high) = (0.0, 40.0)
      for _ in 0..<100 {
        let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
        if value(a) < value(b) { low = a } else { high = b }
      }
      let best = value((low + high) / 2)
      let point = try dual.point(atDistortion: distortion)
      let bound = try dual.bound(atDistortion: distortion)
      #expect(abs(point.rate - best) < 1e-6, "D = \(distortion): \(point.rate) and \(best)")
      #expect(bound.rate.lower <= best + 1e-12 && best - bound.rate.lower < 1e-6)
      #expect(abs(try dual.point(atRate: point.rate).distortion - distortion) < 1e-9)
    }
  }
}
