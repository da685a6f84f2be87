import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// R(D) of circle and sphere against 50-digit Bessel functions, its bounds, and its limits.
@Suite("R(D) of circle and sphere")
struct SphereTests {
  @Test("R(D) to 1e-13, inside its enclosure")
  func rates() throws {
    for row in try ShannonLimitsOracle.read().sphere.atDistortion {
      let curve = try SphereRateDistortion(dimension: row.dimension, squaredRadius: row.squaredRadius)
      let d = row.distortion.value
      let truth = row.rate.value
      // The rate's relative sensitivity to rounding within the curve grows with n.
      let tolerance = (1e-13 + 1e-15 * Double(row.dimension)) * truth
      #expect(abs(try curve.point(atDistortion: d).rate - truth) <= tolerance, "\(row)")
      expect(try curve.bound(atDistortion: d), contains: row.rate, width: 4 * tolerance)
    }
  }

  @Test("D(R) to 1e-13, up to 40 bits")
  func distortions() throws {
    for row in try ShannonLimitsOracle.read().sphere.atRate {
      let curve = try SphereRateDistortion(dimension: row.dimension, squaredRadius: row.squaredRadius)
      let truth = row.distortion.value
      let d = try curve.point(atRate: row.rate.value).distortion
      #expect(abs(d - truth) <= 1e-13 * truth, "\(row) \(d)")
    }
  }

  @Test(
    "every regime meets the next: across the borders of kappa the curve is smooth", arguments: [2, 3, 4, 7, 8, 9, 30])
  func regimes(dimension: Int) throws {
    let curve = try SphereRateDistortion(dimension: dimension)
    for i in 0..<2_000 {
      let d = exp(-Double(i) / 200)
      guard d < 1 else { continue }
      let bound = try curve.bound(atDistortion: d)
      let point = try curve.point(atDistortion: d)
      #expect(bound.rate.width <= 4e-15 * pow(Double(dimension), 2) + 1e-13 * (1 + point.rate) + 3e-13)
      #expect(abs(bound.rate.midpoint - point.rate) <= bound.rate.width + 1e-14)
      #expect(abs(try curve.point(atRate: point.rate).distortion - d) <= 1e-13 * Double(dimension) * d)
    }
    try expectConvex(curve, from: 1e-6)
    for d in [0.9, 0.3, 1e-3, 1e-9] {
      let slope = try #require(try curve.point(atDistortion: d).slope)
      #expect(abs(slope / (try numericalSlope(curve, at: d)) - 1) < 1e-5)
    }
  }

  @Test("certificates re-evaluate: plain Bessel series at the two concentrations give the two ends")
  func certificates() throws {
    let curve = try SphereRateDistortion(dimension: 2)
    for d in [0.9, 0.5, 0.3, 0.15] {
      let bound = try curve.bound(atDistortion: d)
      let channel = try #require(bound.evidence as? TestChannel)
      let (achieving, dual) = (channel.achieving, channel.dual)
      let series = { (order: Int, x: Double) in  // I_0 and I_1
        (0..<60).reduce(0.0) {
          $0 + pow(x / 2, Double(2 * $1 + order)) / tgamma(Double($1) + 1) / tgamma(Double($1 + order) + 1)
        }
      }
      let upper = (achieving * series(1, achieving) / series(0, achieving) - log(series(0, achieving))) / M_LN2
      #expect(abs(upper - bound.rate.upper) < 1e-13)
      #expect(abs(1 - pow(series(1, achieving) / series(0, achieving), 2) - d) < 1e-13)
      let a = series(1, dual) / series(0, dual)
      let lower = (dual / (2 * a) * (1 + a * a - d) - log(series(0, dual))) / M_LN2
      #expect(abs(lower - bound.rate.lower) < 1e-13)
    }
  }

  @Test("no reproduction is better: Csiszar's function of the reproduction's length is at most 1, and 1 at A")
  func csiszar() throws {
    // By plain quadrature over the angle: E exp(-beta |x - y|^2) over its value at |y| = A, beta = kappa/(2A).
    for kappa in [0.1, 1, 5, 30] {
      let mean = { (f: (Double) -> Double) in (0..<4000).reduce(0.0) { $0 + f(Double($1) * .pi / 2000) } / 4000 }
      let z = mean { exp(kappa * cos($0)) }
      let a = mean { cos($0) * exp(kappa * cos($0)) } / z
      let beta = kappa / (2 * a)
      let value = { (r: Double) in mean { exp(-beta * (1 + r * r - 2 * r * cos($0))) } }
      let top = value(a)
      for i in 0...300 { #expect(value(Double(i) / 100) <= top * (1 + 1e-12)) }
    }
  }

  @Test("the circle is the sphere of two dimensions, and the sinusoid half of it")
  func relatives() throws {
    let circle = try curve(.shannon, of: "circle")
    let sphere = try KnownSource(Sphere(dimension: 2)).curve(named: .shannon)
    let sinusoid = try curve(.shannon, of: "sinusoid")
    for d in [0.99, 0.5, 0.1, 1e-3, 1e-10] {
      let rate = try circle.bound(atDistortion: d).rate
      #expect(try sphere.bound(atDistortion: d).rate == rate)
      #expect(try sinusoid.bound(atDistortion: d / 2).rate == rate)
    }
    #expect(try Sphere(parameters: SourceParameters()).dimension == 3)
  }

  @Test("one-shot coding of the circle loses 1/2 log2(2 pi e/12) = 0.2546 bits at high rate")
  func oneShotLoss() throws {
    let shannon = try curve(.shannon, of: "circle")
    let exact = try curve(.exact, of: "circle")
    let loss = { (d: Double) in try exact.point(atDistortion: d).rate - shannon.point(atDistortion: d).rate }
    // At uniform codes; between them E(D) is a little higher.
    for (cells, tolerance) in [(10.0, 4e-2), (100, 4e-4), (10_000, 4e-8), (1e6, 1e-9)] {
      let d = Circle().cellDistortion(1 / cells)
      #expect(abs(try loss(d) - SpaceFillingLoss.scalarBits) < tolerance)
    }
    for d in [0.9, 0.5, 0.2, 0.05] { #expect(try loss(d) > 0) }
  }

  @Test("in high dimension R(D)/n tends to the Gaussian's 1/2 log2(1/d)")
  func gaussianLimit() throws {
    let curve = try SphereRateDistortion(dimension: 1024)
    for d in [0.9, 0.5, 0.1, 0.01] {
      let rate = try curve.point(atDistortion: d).rate / 1024
      #expect(rate < 0.5 * log2(1 / d) && rate > 0.5 * log2(1 / d) - 0.01)
    }
  }

  @Test("ends and errors")
  func domain() throws {
    let curve = try SphereRateDistortion(dimension: 3)
    for d in [1, Double(1).nextUp, 2, 1e300] {
      #expect(try curve.point(atDistortion: d).rate == 0)
      #expect(try curve.bound(atDistortion: d).rate == 0)
    }
    #expect(try curve.point(atRate: 0).distortion == 1)
    for r in [1e-300, .leastNonzeroMagnitude, 100, 400, 500] {
      #expect(try curve.point(atRate: r).distortion <= 1)
    }
    for d in [Double(1).nextDown, 1e-300, Double.leastNormalMagnitude] {
      let bound = try curve.bound(atDistortion: d)
      #expect(bound.rate.lower >= 0 && bound.rate.width <= 1e-9)
    }
    expectErrors(curve)
    for n in [-1, 0, 1, 1025, Int.max] { #expect(throws: DomainError.self) { try Sphere(dimension: n) } }
    for text in ["1", "0", "-3", "2.5", "nan", "x", "1e300", "9007199254740992"] {
      #expect(throws: DomainError.self) {
        try Sphere(parameters: SourceParameters(["dimension": text], of: Sphere.description))
      }
    }
    for radius in [0, -1, Double.nan, .infinity, 1e-200] {
      #expect(throws: DomainError.self) { try SphereRateDistortion(dimension: 3, squaredRadius: radius) }
    }
  }
}
