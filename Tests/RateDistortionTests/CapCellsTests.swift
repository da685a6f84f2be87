import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// Caps of spheres, and the converse that they give for one-shot codes.
@Suite("caps of the sphere in n dimensions")
struct CapCellsTests {
  /// p and the length of the mean times p at an angle, by formulas for each n.
  static func cap(_ n: Int, _ angle: Double) -> (p: Double, moment: Double) {
    let (s, c) = (sin(angle), cos(angle))
    switch n {
    case 2: return (angle / Double.pi, s / Double.pi)
    case 3: return ((1 - c) / 2, s * s / 4)
    case 4: return ((angle - s * c) / Double.pi, 2 * s * s * s / (3 * Double.pi))
    default: return ((2 - 3 * c + c * c * c) / 4, 3 * s * s * s * s / 16)
    }
  }

  @Test("measure, cost and slope, against formulas for n = 2 to 5", arguments: 2...5)
  func formulas(n: Int) {
    let caps = CapCells(dimension: n)
    for step in 1..<60 {
      let angle = Double(step) / 60 * Double.pi
      let (p, moment) = Self.cap(n, angle)
      let mean = moment / p
      let (delta, slope) = (1 - mean * mean, 2 * mean * (mean - cos(angle)))
      // What is subtracted in these formulas is lost of small caps.
      let tolerance = 1e-15 / pow(angle, Double(n - 1)) + 1e-13
      #expect(
        abs(caps.cellDistortion(p) - delta) < tolerance && abs(caps.logarithmicSlope(p) - slope) < tolerance, "\(p)")
      let (enclosed, steep) = (caps.cellDistortion(Interval(p)), caps.logarithmicSlope(Interval(p)))
      #expect(enclosed.contains(caps.cellDistortion(p)) && enclosed.width < 1e-12)
      #expect(steep.contains(caps.logarithmicSlope(p)) && steep.width < 1e-12)
    }
    // A wide interval holds what its numbers have, on both sides of a half.
    let wide = caps.cellDistortion(Interval.hull(0.3, 0.7))
    for p in [0.3, 0.4, 0.5, 0.6, 0.7] { #expect(wide.contains(caps.cellDistortion(p))) }
    #expect(caps.cellDistortion(1.0) == 1 && caps.cellDistortion(Interval(1)).contains(1))
  }

  @Test(
    "small caps are balls of n - 1 dimensions: delta/p^(2/(n-1)) tends to a number", arguments: [2, 3, 4, 8, 33, 1024])
  func small(n: Int) {
    let caps = CapCells(dimension: n)
    let a = Double(n - 1) / 2
    let ball = lgamma(Double(n) / 2) - lgamma(a) - 0.5 * log(Double.pi)
    for bits in [100.0, 300, 500] {
      // p = c r^(n-1)/(n-1), c = Gamma(n/2)/(Gamma((n-1)/2) sqrt pi), and delta = (n-1)/(n+1) r^2.
      let logRadius = (-bits * log(2) - ball + log(2 * a)) / (2 * a)
      let truth = log((2 * a) / (2 * a + 2)) + 2 * logRadius
      guard logRadius < -12 else { continue }
      let p = exp2(-bits)
      #expect(abs(log(caps.cellDistortion(p)) - truth) < 1e-8, "\(bits)")
      #expect(caps.cellDistortion(Interval(p)).contains(caps.cellDistortion(p)))
      #expect(abs(caps.logarithmicSlope(p) / caps.cellDistortion(p) - 1 / a) < 1e-8)
    }
  }

  @Test("the bound of n = 2 is the circle's, and of n = 3 below E of caps")
  func known() throws {
    let (circle, two) = (
      try KnownSource(Circle()).curve(named: .lower), try KnownSource(Sphere(dimension: 2)).curve(named: .lower)
    )
    for distortion in [0.01, 0.1, 0.4, 0.7, 0.95] {
      let (a, b) = (try circle.bound(atDistortion: distortion), try two.bound(atDistortion: distortion))
      #expect(abs(a.rate.lower - b.rate.lower) < 1e-10 && b.rate.width < 1e-9, "\(distortion)")
      #expect(try two.proved(by: b.evidence, atDistortion: distortion).lower >= b.rate.lower - 1e-13)
    }
  }

  @Test("above R(D), and below codes of orthants, which hemispheres begin", arguments: [4, 5, 9, 40])
  func between(n: Int) throws {
    let source = try KnownSource(Sphere(dimension: n))
    let (lower, shannon) = (try source.curve(named: .lower), try source.curve(named: .shannon))
    let mean = exp(lgamma(Double(n) / 2) - lgamma(Double(n + 1) / 2)) / Double.pi.squareRoot()
    for k in 1...n {
      // The signs of k coordinates: the mean over a cell has k components E|x_1|.
      let distortion = 1 - Double(k) * mean * mean
      let bound = try lower.bound(atDistortion: distortion)
      #expect(bound.value <= Double(k) + 1e-12, "\(k)")
      // No one-shot code undercuts R(D), nor does this bound at some bits.
      let longBlocks = try shannon.point(atDistortion: distortion).rate
      #expect(k > 6 || bound.value >= longBlocks - 1e-9, "\(k)")
      if k == 1 {
        #expect(abs(CapCells(dimension: n).cellDistortion(0.5) - distortion) < 1e-13, "a hemisphere is a cap")
      }
      #expect(abs(try lower.point(atRate: bound.value).distortion - distortion) < 1e-9)
    }
  }

  @Test("multipliers of any kind prove what is true")
  func forged() throws {
    let lower = try KnownSource(Sphere(dimension: 4)).curve(named: .lower)
    let bound = try lower.bound(atDistortion: 0.5)
    let multiplier = try #require(bound.evidence as? DualMultiplier)
    for factor in [0, 0.1, 0.9, 1.1, 3, 1e6, -1, Double.nan] {
      for guess in [multiplier.minimiser, 1e-300, 0.5, 1, 0, -1, Double.nan] {
        let forged = DualMultiplier(multiplier: multiplier.multiplier * factor, minimiser: guess)
        #expect(try lower.proved(by: forged, atDistortion: 0.5).lower <= bound.rate.upper)
      }
    }
  }
}
