import IntervalArithmetic
import RateDistortion
import Testing

/// The converse, from any lower bound on the standard Gaussian's quantizers.
@Suite("One-shot converse with side information")
struct OneShotConverseTests {
  /// R(D) of the standard Gaussian: a lower bound on its quantizers, and convex.
  static var shannon: LogarithmicCurve {
    LogarithmicCurve(name: .shannon, kind: .lower, summary: "", formula: "", variance: Interval(1))
  }

  @Test("from the Shannon bound on quantizers it is R_WZ", arguments: [0.1, 0.01, 3])
  func fromShannon(noise: Double) throws {
    let source = try WynerZiv(parameters: SourceParameters(["noise-variance": String(noise)], of: WynerZiv.description))
    let converse = OneShotConverse(hull: Self.shannon, conditionalVariance: source.conditionalVariance)
    let limit = try source.curve(named: .wynerZiv)
    #expect(converse.kind == .lower && converse.name == .oneShotLower)
    for factor in [1e-9, 0.01, 0.3, 0.999, 2] {
      let distortion = factor * noise
      let bound = try converse.bound(atDistortion: distortion)
      let truth = try limit.bound(atDistortion: distortion)
      #expect(bound.distortion == distortion)
      #expect(bound.value <= truth.rate.upper && abs(bound.value - truth.value) < 1e-13)
      #expect(abs(try converse.point(atDistortion: distortion).rate - truth.value) < 1e-13)
      let rate = try converse.proved(by: bound.certificate, atDistortion: distortion)
      #expect(rate.contains(bound.rate.lower))
    }
    let point = try converse.point(atRate: 2)
    #expect(abs(point.distortion / noise - 1.0 / 16) < 1e-15)
  }

  @Test("the catalogue's source has the one-shot codes; all lie above R_WZ", arguments: ["0.1", "0.01"])
  func listed(noise: String) throws {
    let source = try WynerZiv(parameters: SourceParameters(["noise-variance": noise], of: WynerZiv.description))
    let plain = try source.curve(named: .slepianWolfUniform)
    #expect(source.nestedCurves.map(\.name.rawValue) == ["nested-2", "nested-4", "nested-8", "nested-16"])
    #expect(source.designedCurves.map(\.name) == [.designedMarginal, .designedConditional])
    let limit = try source.curve(named: .wynerZiv)
    for curve in [plain] + source.nestedCurves {
      for rate in [0.2, 0.7, 1, 2.5] {
        let distortion = try curve.point(atRate: rate).distortion
        #expect(try limit.point(atDistortion: distortion).rate <= rate)
      }
    }
  }

  @Test("trained points: none is below R_WZ; conditional ones are within 0.35 bits of it from 0.5 bits on")
  func trainedPoints() throws {
    let source = try WynerZiv(parameters: SourceParameters())
    let limit = try source.curve(named: .wynerZiv)
    for point in TrainedWynerZivPoint.all {
      let reference = try limit.point(atDistortion: point.distortion)
      let gap = point.rate - reference.rate
      #expect(gap >= -3 * (point.rateError + (reference.slope ?? 0) * point.distortionError), "\(point)")
      if point.coding == .conditional, point.rate > 0.5, !point.model.hasPrefix("sr") {
        #expect(gap < 0.35, "\(point)")
      }
    }
  }
}
