import Foundation
import IntervalArithmetic
import RateDistortion
import Testing

/// The converse, from any lower bound on the standard Gaussian's quantizers.
@Suite("One-shot converse with side information")
struct OneShotConverseTests {
  /// R(D) of the standard Gaussian: a lower bound on its quantizers, and convex.
  static var shannon: LogarithmicLimit {
    LogarithmicLimit(name: .shannon, kind: .lower, summary: "", formula: "", variance: Interval(1))
  }

  @Test("from the Shannon bound on quantizers it is R_WZ", arguments: [0.1, 0.01, 3])
  func fromShannon(noise: Double) throws {
    let parameters = try SourceParameters(["noise-variance": String(noise)], of: WynerZiv.description)
    let variance = try WynerZiv(parameters: parameters).conditionalVariance
    let converse = Curve(OneShotConverse(hull: Self.shannon), squaredScale: variance)
    let limit = try KnownSource(WynerZiv.self, parameters).curve(named: .wynerZiv)
    #expect(converse.kind == .lower && converse.name == .oneShotLower)
    for factor in [1e-9, 0.01, 0.3, 0.999, 2] {
      let distortion = factor * noise
      let bound = try converse.bound(atDistortion: distortion)
      let truth = try limit.bound(atDistortion: distortion)
      #expect(bound.distortion == distortion)
      #expect(bound.value <= truth.rate.upper && abs(bound.value - truth.value) < 1e-13)
      #expect(abs(try converse.point(atDistortion: distortion).rate - truth.value) < 1e-13)
      let rate = try converse.proved(by: bound.evidence, atDistortion: distortion)
      #expect(rate.contains(bound.rate.lower))
    }
    let point = try converse.point(atRate: 2)
    #expect(abs(point.distortion / noise - 1.0 / 16) < 1e-15)
  }

  @Test(
    "the catalogue's source has the one-shot codes; all lie above the converse, and that above R_WZ",
    arguments: ["0.1", "0.01"])
  func listed(noise: String) throws {
    let source = try KnownSource(WynerZiv.self, SourceParameters(["noise-variance": noise], of: WynerZiv.description))
    let names = source.curves.map(\.name.rawValue)
    #expect(names.contains("nested-4") && names.contains("nested-16-conditional"))
    #expect(names.contains("designed-marginal") && names.contains("designed-conditional"))
    let limit = try source.curve(named: .wynerZiv)
    let converse = try source.curve(named: .oneShotLower)
    #expect(converse.kind == .lower && !converse.isCostly)
    for curve in try #require(source.gaps).schemes
    where ![CurveName.oneShotLower, .oneShotMarginalLower].contains(curve.name) {
      #expect(curve.kind == .upper && curve.isCostly)
      for rate in [0.2, 0.7, 1, 2.5] {
        let distortion = try curve.point(atRate: rate).distortion
        let lower = try converse.point(atDistortion: distortion).rate
        #expect(lower <= rate + 1e-9, "\(curve.name)")
        #expect(try limit.point(atDistortion: distortion).rate <= lower + 1e-9)
      }
    }
  }

  @Test(
    "steps with Slepian-Wolf coding come within 0.01 bits of the converse from 1 bit on, both proved",
    arguments: [1.0, 2, 3])
  func nearlyMet(rate: Double) throws {
    let source = try KnownSource(WynerZiv.self)
    let code = try source.curve(named: .slepianWolfUniform)
    let distortion = try code.point(atRate: rate).distortion
    let upper = try code.bound(atDistortion: distortion)
    let lower = try source.curve(named: .oneShotLower).bound(atDistortion: distortion)
    #expect(upper.kind == .upper && lower.kind == .lower)
    #expect(lower.rate.lower <= upper.rate.upper && upper.rate.upper < lower.rate.lower + 0.01)
  }

  @Test(
    "by the table the converse is the designed quantizers' hull from below, to 1e-4 bits up to 6.4 bits and 1e-3 up to 8"
  )
  func tabulated() throws {
    let source = try KnownSource(WynerZiv.self)
    let converse = try source.curve(named: .oneShotLower)
    let judge = source.judgement.converse
    #expect(judge.name == .oneShotLower && judge.kind == .lower && judge.largestDistortion == 0.1)
    for step in 1...160 {
      let distortion = 0.1 * Double.exp(-0.0665 * Double(step))
      let hull = try converse.precise.point(atDistortion: distortion).rate
      let bound = try converse.bound(atDistortion: distortion)
      let within = hull < 6.4 ? 1e-4 : 1e-3
      #expect(bound.value <= hull && bound.rate.upper >= hull - 1e-12 && bound.evidence is NamedSlopes)
      #expect(bound.rate.width < within, "\(hull) bits: \(bound.rate)")
      #expect(abs(try converse.point(atDistortion: distortion).rate - bound.value) < 1e-12)
      #expect(try judge.point(atDistortion: distortion).rate == converse.point(atDistortion: distortion).rate)
      #expect(abs(try converse.point(atRate: bound.value).distortion / distortion - 1) < 1e-9)
    }
    #expect(try judge.point(atDistortion: 0.2).rate == 0 && judge.point(atRate: 0).distortion == 0.1)
    // Well above 8 bits only R_WZ is proved.
    #expect(abs(try judge.bound(atDistortion: 1e-8).value - 0.5 * log2(1e7)) < 1e-9)
  }

  @Test("a table's end is no gap: beyond it the last slope proves, and says how far it is from what is achieved")
  func beyondTheTable() throws {
    let converse = try KnownSource(WynerZiv.self).curve(named: .oneShotLower)
    let last = try converse.bound(atDistortion: 2.2e-6)
    let beyond = try converse.bound(atDistortion: 1.8e-6)
    let hull = try converse.precise.point(atDistortion: 1.8e-6).rate
    #expect(
      last.evidence is NamedSlopes && last.value < 8 && beyond.evidence is NamedSlopes && beyond.value > last.value)
    #expect(beyond.value < hull && beyond.rate.upper >= hull - 1e-12 && beyond.rate.upper < hull + 1e-9)
  }

  @Test("slopes that a claim names have their grids searched anew; what is no slope is refused")
  func slopes() throws {
    let converse = try KnownSource(WynerZiv.self).curve(named: .oneShotLower)
    let bound = try converse.bound(atDistortion: 0.03)
    #expect(try converse.proved(by: bound.evidence, atDistortion: 0.03).lower >= bound.rate.lower)
    let precise = try converse.precise.bound(atDistortion: 0.03)
    #expect(precise.evidence is LagrangianBound && precise.rate.upper >= bound.rate.lower && precise.rate.width < 1e-6)
    for slope in [0.0, -1, 1e-300, 1e300, .infinity, .nan] {
      #expect(throws: DomainError.self) { try converse.proved(by: NamedSlopes([slope]), atDistortion: 0.03) }
    }
  }

  @Test("gaps to R_WZ tend to 0.2546 bits, 1.53 dB")
  func highRate() throws {
    let source = try KnownSource(WynerZiv.self)
    let gaps = try #require(source.gaps)
    #expect(gaps.limits.contains { $0.scheme == .slepianWolfUniform && abs($0.highRateBits - 0.2546) < 1e-4 })
    for gap in try gaps.gaps(atRate: 6) where [.slepianWolfUniform, .oneShotLower].contains(gap.scheme) {
      #expect(abs(gap.bits - SpaceFillingLoss.scalarBits) < 1e-6 && abs(gap.decibels - 1.5329) < 1e-4)
    }
  }

  @Test("above 16 bits, where no quantizer is designed, points are judged by R_WZ")
  func highestRates() throws {
    let source = try KnownSource(WynerZiv.self)
    let point = try source.curve(named: .oneShotLower).point(atDistortion: 1e-14)
    #expect(abs(point.rate - (try source.curve(named: .wynerZiv).point(atDistortion: 1e-14).rate)) < 1e-9)
  }

  @Test("a Laplace source whose sign the decoder knows costs what the exponential source does")
  func signedLaplace() throws {
    let parameters = try SourceParameters(["scale": "2"], of: SignedLaplace.description)
    let signed = try KnownSource(SignedLaplace.self, parameters)
    let exponential = try KnownSource(Exponential.self, parameters)
    #expect(signed.curves.map(\.name) == exponential.curves.map(\.name).filter { $0 != .realismPrivate })
    let laplace = try KnownSource(Laplace(scale: 2))
    for distortion in [0.01, 0.3, 2] {
      let rate = try signed.curve(named: .ecsq).point(atDistortion: distortion).rate
      #expect(rate == (try exponential.curve(named: .ecsq).point(atDistortion: distortion).rate))
      // The sign is worth at most a bit.
      let unaided = try laplace.curve(named: .ecsq).point(atDistortion: distortion).rate
      #expect(rate <= unaided && unaided <= rate + 1 + 1e-9)
    }
    #expect(throws: DomainError.self) { try SourceParameters(["scale": "0"], of: SignedLaplace.description) }
  }

  @Test("trained points: none is below R_WZ; conditional ones are within 0.35 bits of it from 0.5 bits on")
  func trainedPoints() throws {
    let source = try KnownSource(WynerZiv.self)
    let limit = try source.curve(named: .wynerZiv)
    for point in TrainedWynerZivPoint.all {
      let reference = try limit.point(atDistortion: point.distortion)
      let gap = point.rate - reference.rate
      let oneShot = try source.curve(named: .oneShotLower).point(atDistortion: point.distortion)
      #expect(
        point.rate >= oneShot.rate - 3 * (point.rateError + (oneShot.slope ?? 0) * point.distortionError), "\(point)")
      #expect(gap >= -3 * (point.rateError + (reference.slope ?? 0) * point.distortionError), "\(point)")
      if point.coding == .conditional, point.rate > 0.5, !point.model.hasPrefix("sr") {
        #expect(gap < 0.35, "\(point)")
      }
    }
  }
}
