import Foundation
import RateDistortion
import TestSupport
import Testing
import TrainedPoints

/// Deltas by the package `bjontegaard` and against curves by high-precision integrals.
private struct DeltaOracle: Decodable, Sendable {
  struct Result: Decodable, Sendable {
    let bdRatePercent: Double
    let bdDistortionDb: Double
  }
  struct Pair: Decodable, Sendable {
    let test: [[Double]]
    let anchor: [[Double]]
    let results: [String: Result]
  }
  struct Single: Decodable, Sendable {
    let curve: String
    let points: [[Double]]
    let results: [String: Result]
  }
  let series: [Pair]
  let curves: [Single]

  static func read() throws -> DeltaOracle {
    try Oracle.json("bjontegaard-deltas.json", as: DeltaOracle.self)
  }

  static func points(_ pairs: [[Double]]) -> [TrainedPoint] {
    pairs.enumerated().map { TrainedPoint(row: $0 + 2, rate: $1[0], distortion: $1[1]) }
  }
}

@Suite("Bjontegaard deltas")
struct DeltaTests {
  /// Points in the order of rates.
  private func points(_ pairs: (Double, Double)...) -> [TrainedPoint] {
    pairs.map { TrainedPoint(row: 2, rate: $0.0, distortion: $0.1) }
  }

  @Test("two series agree with the package bjontegaard to 1e-9, by its three methods")
  func series() throws {
    var compared = 0
    for pair in try DeltaOracle.read().series {
      for (method, expected) in pair.results {
        let delta = try BjontegaardDelta(
          of: DeltaOracle.points(pair.test), title: "test", from: DeltaOracle.points(pair.anchor),
          referenceTitle: "anchor", interpolation: #require(Interpolation(rawValue: method)))
        #expect(
          (delta.ratePercent - expected.bdRatePercent).magnitude <= 1e-9 * max(1, expected.bdRatePercent.magnitude),
          "\(method)")
        #expect(
          (delta.distortionDecibels - expected.bdDistortionDb).magnitude
            <= 1e-9 * max(1, expected.bdDistortionDb.magnitude), "\(method)")
        compared += 1
      }
    }
    #expect(compared > 100)
  }

  @Test("against R(D) of the Gaussian and E(D) of the ramp, with all its corners: integrals of 30 digits")
  func curves() throws {
    for single in try DeltaOracle.read().curves {
      let isRamp = single.curve == "ramp"
      let source = KnownSource(isRamp ? Ramp() : try Gaussian(variance: 1))
      let curve = try source.curve(named: isRamp ? .exact : .shannon)
      for (method, expected) in single.results {
        let delta = try BjontegaardDelta(
          of: DeltaOracle.points(single.points).shuffled(), title: "points", from: curve,
          corners: source.corners(upToRate: 10), interpolation: #require(Interpolation(rawValue: method)))
        #expect(
          (delta.ratePercent - expected.bdRatePercent).magnitude
            <= 1e-7 * max(1, expected.bdRatePercent.magnitude), "\(single.curve) \(method)")
        #expect(
          (delta.distortionDecibels - expected.bdDistortionDb).magnitude <= 1e-8, "\(single.curve) \(method)")
      }
    }
  }

  @Test("1.53 dB above R(D) at every rate is a BD-distortion of 1.53 dB; twice the rate is a BD-rate of 100 %")
  func constants() throws {
    let curve = try KnownSource(Gaussian(variance: 1)).curve(named: .shannon)
    let rates = stride(from: 1.0, through: 6, by: 0.05)
    let shifted = try rates.map { rate in
      TrainedPoint(
        row: 2, rate: rate, distortion: try curve.point(atRate: rate).distortion * distortion(decibels: 1.5329))
    }
    let delta = try BjontegaardDelta(of: shifted, title: "x", from: curve)
    #expect((delta.distortionDecibels - 1.5329).magnitude < 1e-5)
    let doubled = try rates.map {
      TrainedPoint(row: 2, rate: 2 * $0, distortion: try curve.point(atRate: $0).distortion)
    }
    #expect((try BjontegaardDelta(of: doubled, title: "x", from: curve).ratePercent - 100).magnitude < 1e-3)
    #expect(delta.overlap == 1 && delta.silentPoints == 0)
  }

  @Test("from a table's curve, which has corners everywhere: 1.53 dB at every rate is a BD-distortion of 1.53 dB")
  func tables() throws {
    for curve in [
      try KnownSource(Laplace.self).curves(named: .shannon)[0], try KnownSource(Banana.self).curves(named: .shannon)[1],
      try KnownSource(WynerZiv.self).curve(named: .oneShotLower),
    ] {
      let shifted = try stride(from: 0.5, through: 5, by: 0.05).map { rate in
        TrainedPoint(
          row: 2, rate: rate, distortion: try curve.point(atRate: rate).distortion * distortion(decibels: 1.5329))
      }
      let delta = try BjontegaardDelta(of: shifted, title: "x", from: curve)
      #expect((delta.distortionDecibels - 1.5329).magnitude < 1e-3, "\(curve.name): \(delta.distortionDecibels)")
    }
  }

  @Test("from the hull of designed quantizers, with a corner at every chord's end: 1.53 dB at every rate is 1.53 dB")
  func corners() throws {
    let triangles: [Double] = [-3, 0, -2, 1, -1, 0, 1, 0, 2, 1, 3, 0]
    let source = try KnownSource(OwnDensity.self, ["density": .numbers(triangles, columns: 2)])
    let curve = try source.curve(named: .ecsq)
    let shifted = try stride(from: 0.5, through: 1.5, by: 0.05).map { rate in
      TrainedPoint(
        row: 2, rate: rate, distortion: try curve.point(atRate: rate).distortion * distortion(decibels: 1.5329))
    }
    let delta = try BjontegaardDelta(of: shifted, title: "x", from: curve)
    // The points' own curve bends smoothly where the hull has its corner, at 1 bit.
    #expect((delta.distortionDecibels - 1.5329).magnitude < 0.03, "\(delta.distortionDecibels)")
  }

  @Test("a series against itself is 0, and exchanging two series inverts the delta")
  func symmetry() throws {
    let a = points((1, 0.3), (2, 0.08), (3, 0.02), (4, 0.006))
    let b = points((1.1, 0.4), (2.3, 0.1), (2.9, 0.03), (4.4, 0.004))
    for method in Interpolation.allCases {
      let own = try BjontegaardDelta(of: a, title: "a", from: a, referenceTitle: "a", interpolation: method)
      #expect(own.ratePercent.magnitude < 1e-12 && own.distortionDecibels.magnitude < 1e-12)
      let there = try BjontegaardDelta(of: a, title: "a", from: b, referenceTitle: "b", interpolation: method)
      let back = try BjontegaardDelta(of: b, title: "b", from: a, referenceTitle: "a", interpolation: method)
      #expect((there.distortionDecibels + back.distortionDecibels).magnitude < 1e-12)
      #expect(((1 + there.ratePercent / 100) * (1 + back.ratePercent / 100) - 1).magnitude < 1e-12)
    }
  }

  @Test("what sends nothing is left out: collapsed runs have no logarithm")
  func silence() throws {
    let source = KnownSource(Circle())
    let delta = try BjontegaardDelta(
      of: points((1e-9, 0.9999), (0.5, 1.5), (1, 0.7), (2, 0.3), (3, 0.1)), title: "x",
      from: source.judgement.achievable,
      corners: source.corners(upToRate: 10))
    #expect(delta.points == 3 && delta.silentPoints == 2)
    #expect(delta.rates.lowerBound == power(1) && delta.ratePercent.isFinite)
  }

  private func power(_ rate: Double) -> Double { distortion(decibels: decibels(rate)) }

  @Test("too few points, equal points and ranges apart are errors that say which")
  func errors() {
    let message = { (test: [TrainedPoint], anchor: [TrainedPoint], method: Interpolation) -> String in
      do {
        _ = try BjontegaardDelta(of: test, title: "mine", from: anchor, referenceTitle: "theirs", interpolation: method)
        return "none"
      } catch {
        return "\(error)"
      }
    }
    let three = points((1, 0.3), (2, 0.08), (3, 0.02))
    #expect(message(points((1, 0.3), (2, 0.1)), three, .akima).hasPrefix("mine: 2 points with a rate, and akima"))
    #expect(message(three, points((1, 0.3), (0, 0.9)), .pchip).hasPrefix("theirs: 1 point with a rate, and pchip"))
    #expect(message(three, three, .cubic).contains("cubic interpolation needs 4"))
    #expect(
      message(points((1, 0.3), (2, 0.3), (3, 0.2)), three, .akima).contains("two points have the same distortion"))
    #expect(message(points((1, 0.3), (1, 0.2), (3, 0.1)), three, .akima).contains("two points have the same rate, 1"))
    #expect(
      message(points((1, 10), (2, 2), (3, 1)), three, .akima)
        == "mine: its distortions, 0.0 to 10.0 dB, and those of theirs, -16.9897 to -5.2288 dB, do not overlap")
    #expect(
      message(points((5, 0.3), (6, 0.08), (7, 0.02)), three, .akima)
        == "mine: its rates, 5.0 to 7.0 bits, and those of theirs, 1.0 to 3.0 bits, do not overlap")
  }
}
