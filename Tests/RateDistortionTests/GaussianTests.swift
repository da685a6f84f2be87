import Foundation
import RateDistortion
import TestSupport
import Testing

/// Gaussian R(D) and the Wyner-Ziv function against 30 digits, and the papers' numbers.
@Suite("Gaussian and Wyner-Ziv")
struct GaussianTests {
  struct GaussianOracle: Decodable {
    struct Rate: Decodable { let variance: Digits; let distortion: Digits; let rate: Digits }
    struct WynerZiv: Decodable {
      let kind: String
      let noiseVariance: String?
      let sourceVariance: String?
      let correlation: String?
      let distortion: Digits
      let conditionalVariance: Digits
      let rate: Digits
    }
    let atDistortion: [Rate]
    let atRate: [Rate]
    let wynerZiv: [WynerZiv]
  }

  let oracle: GaussianOracle

  init() throws { oracle = try Oracle.json("gaussian.json") }

  @Test("R(D) and D(R)")
  func rateDistortion() throws {
    for row in oracle.atDistortion {
      let d = row.distortion.value
      let truth = row.rate.value
      let variance = row.variance.value
      guard (1e-200...1e200).contains(variance) else {
        #expect(throws: DomainError.self) { try Gaussian(variance: variance) }
        continue
      }
      let curve = try KnownSource(Gaussian(variance: variance)).curve(named: .shannon)
      guard d.isNormal else {
        #expect(throws: DomainError.self) { try curve.bound(atDistortion: d) }
        continue
      }
      #expect(abs(try curve.point(atDistortion: d).rate - truth) <= 1e-12 * max(1, truth / 40))
      let bound = try curve.bound(atDistortion: d)
      #expect(row.rate.isBetween(bound.rate.lower, and: bound.rate.upper))
      #expect(bound.rate.width <= 1e-12 * max(1, truth / 40))
    }
    for row in oracle.atRate {
      let truth = row.distortion.value
      let variance = row.variance.value
      guard (1e-200...1e200).contains(variance) else { continue }
      let curve = try KnownSource(Gaussian(variance: variance)).curve(named: .shannon)
      let distortion = try curve.point(atRate: row.rate.value).distortion
      #expect(abs(distortion - truth) <= 1e-12 * truth)
    }
  }

  @Test("the Wyner-Ziv function in its three settings")
  func wynerZiv() throws {
    for row in oracle.wynerZiv {
      let texts: [String: String]
      switch row.kind {
      case "source_is_side_plus_noise":
        texts = ["setting": "side-plus-noise", "noise-variance": try #require(row.noiseVariance)]
      case "side_is_source_plus_noise":
        texts = [
          "setting": "source-plus-noise", "noise-variance": try #require(row.noiseVariance),
          "variance": try #require(row.sourceVariance),
        ]
      default:
        texts = [
          "variance": try #require(row.sourceVariance), "correlation": try #require(row.correlation),
        ]
      }
      let source = try WynerZiv(parameters: SourceParameters(texts, of: WynerZiv.description))
      let conditional = row.conditionalVariance.value
      #expect(abs(source.conditionalVariance.midpoint - conditional) <= 4e-16 * conditional)
      let d = row.distortion.value
      guard d.isNormal else { continue }
      let truth = row.rate.value
      let bound = try KnownSource(source).curve(named: .wynerZiv).bound(atDistortion: d)
      #expect(row.rate.isBetween(bound.rate.lower, and: bound.rate.upper), "\(row)")
      #expect(bound.rate.width <= 1e-12 * max(1, truth / 40), "\(row)")
    }
  }

  @Test("-13.96 dB at 2.07 bits beats no side information by 0.317 bits (Breaking Smoothness, Fig. 4)")
  func publishedNTCPoint() throws {
    let source = try KnownSource(WynerZiv.self)
    let d = distortion(decibels: -13.96)
    let without = try source.curve(named: .noSideInformation).point(atDistortion: d).rate
    #expect(abs(without - 2.07 - 0.317) < 5e-4)
    // And lies 1.41 bits above the Wyner-Ziv function.
    let with = try source.curve(named: .wynerZiv).point(atDistortion: d).rate
    #expect(abs(2.07 - with - 1.412) < 5e-4)
  }

  @Test("both bounds are moved by 1.53 dB, 0.2546 bits (Breaking Smoothness, Fig. 4; Gish, Pierce 1968)")
  func spaceFillingLoss() throws {
    #expect(abs(SpaceFillingLoss.scalarDecibels - 1.53) < 5e-3)
    #expect(abs(SpaceFillingLoss.scalarBits - 0.2546) < 5e-5)
    // 10 log10(2 pi e/12) and 1/2 log2(2 pi e/12) by another library's logarithms.
    #expect(abs(SpaceFillingLoss.scalarDecibels - 10 * log10(2 * Double.pi * M_E / 12)) < 1e-14)
    #expect(abs(SpaceFillingLoss.scalarBits - log2(2 * Double.pi * M_E / 12) / 2) < 1e-15)
    let source = try KnownSource(WynerZiv.self)
    for (moved, limit) in [
      (CurveName.wynerZivShifted, CurveName.wynerZiv), (.noSideInformationShifted, .noSideInformation),
    ] {
      let a = try source.curve(named: moved).point(atDistortion: 0.01).rate
      let b = try source.curve(named: limit).point(atDistortion: 0.01).rate
      #expect(abs(a - b - SpaceFillingLoss.scalarBits) < 1e-14)
    }
  }

  @Test(
    "parameters that make no sense are errors",
    arguments: [
      ["variance": "0"], ["variance": "-1"], ["variance": "nan"], ["variance": "inf"], ["noise-variance": "0"],
      ["noise-variance": "1x"], ["correlation": "1"], ["correlation": "-1"], ["correlation": "1.5"],
      ["setting": "correlation"], ["setting": "other"], ["correlation": "0.5", "noise-variance": "0.1"],
      ["correlation": "0.5", "setting": "side-plus-noise"], ["colour": "red"],
      ["variance": "1e-320", "noise-variance": "1e300", "setting": "source-plus-noise"],
    ])
  func badParameters(texts: [String: String]) {
    // The last is a valid pair whose conditional variance is subnormal, but positive: no error.
    if texts["variance"] == "1e-320" {
      #expect(throws: Never.self) { try WynerZiv(parameters: SourceParameters(texts, of: WynerZiv.description)) }
    } else {
      #expect(throws: DomainError.self) { try WynerZiv(parameters: SourceParameters(texts, of: WynerZiv.description)) }
    }
  }
}
