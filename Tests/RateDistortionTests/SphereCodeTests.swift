import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

@Suite("one-shot codes of the sphere")
struct SphereCodeTests {
  private let source: KnownSource
  private let lower: Curve
  private let upper: Curve

  init() throws {
    source = try KnownSource(Sphere.self)
    lower = try source.curve(named: .lower)
    upper = try source.curve(named: .upper)
  }

  @Test(
    "tilings have the distortions that their geometry gives to 18 digits",
    arguments: [
      (2.0, 0.75), (3, 0.578125), (4, 0.445187585777530531), (6, 0.309123789057126162), (8, 0.25),
      (12, 0.161174255287786133), (20, 0.110515941432210469),
    ])
  func tilings(cells: Double, distortion: Double) throws {
    #expect(abs(try upper.point(atRate: log2(cells)).distortion / distortion - 1) < 1e-12)
    let bound = try upper.bound(atDistortion: distortion * (1 + 1e-12))
    #expect(abs(bound.value - log2(cells)) < 1e-11)
    let (least, most) = (try lower.bound(atDistortion: distortion * (1 + 1e-12)).value, log2(cells))
    #expect(least <= most + 1e-11 && most - least < 0.2)
    #expect(try source.curve(named: .shannon).bound(atDistortion: distortion).value < least)
  }

  @Test("the cube, by Monte Carlo over its faces, and the lower bound is twelve ramps")
  func independent() throws {
    // The mean of the greatest |coordinate| over the sphere is the length of a face's mean: E max(|x|,|y|,|z|) = |mean|.
    var generator = SeededGenerator(seed: 3)
    let count = 200_000
    var sum = 0.0
    for _ in 0..<count {
      let z = Double.random(in: -1...1, using: &generator)
      let angle = Double.random(in: 0..<(2 * Double.pi), using: &generator)
      let r = (1 - z * z).squareRoot()
      sum += max(abs(z), abs(r * cos(angle)), abs(r * sin(angle)))
    }
    let mean = sum / Double(count)
    #expect(abs(1 - mean * mean - 0.309123789057126162) < 2e-3)
    let ramp = try KnownSource(Ramp.self).curve(named: .exact)
    for distortion in [0.9, 0.75, 0.4, 0.05] {
      let difference = try lower.point(atDistortion: distortion).rate - ramp.point(atDistortion: distortion / 12).rate
      #expect(abs(difference) < 1e-12)
    }
  }

  @Test("up to one bit the two bounds are one", arguments: [0.7501, 0.8, 0.9, 0.99, 0.9999])
  func meeting(distortion: Double) throws {
    let (below, above) = (try lower.bound(atDistortion: distortion), try upper.bound(atDistortion: distortion))
    #expect(below.value <= above.value && above.value - below.value < 1e-11)
  }

  @Test("caps that do not tile, tilings that do not exist and distortions that they do not have prove nothing")
  func forged() throws {
    let distortion = 0.3
    for name in ["", "Cube", "soccer ball", "icosahedron "] {
      #expect(try upper.proved(by: NamedTiling(name: name), atDistortion: distortion).upper == .infinity)
    }
    #expect(try upper.proved(by: NamedTiling(name: "cube"), atDistortion: 0.309).upper == .infinity)
    #expect(try upper.proved(by: NamedTiling(name: "cube"), atDistortion: 0.3092).upper < 2.585)
    // Nine caps would have a small distortion.
    let caps = try #require(BiuniformCode(equalCells: 9, oddCell: 0))
    #expect(try upper.proved(by: caps, atDistortion: distortion).upper == .infinity)
    #expect(
      try upper.proved(by: #require(BiuniformCode(equalCells: 1, oddCell: 0.5)), atDistortion: 0.7500001).upper < 1.0001
    )
    #expect(try lower.proved(by: caps, atDistortion: distortion) == .hull(0, .infinity))
    #expect(throws: DomainError.self) { try upper.point(atDistortion: 0.11) }
    #expect(throws: DomainError.self) { try upper.point(atRate: 4.33) }
  }
}
