import Foundation
import IntervalArithmetic
import RateDistortion
import Testing

/// R(D) of scalar sources between its two bounds: against an independent computation, theory and itself.
@Suite("Two-sided R(D) of scalar sources")
struct ScalarShannonTests {
  static let curves: [(name: String, curve: ScalarShannonCurve)] = [
    ("laplace", .laplace), ("exponential", .exponential), ("logistic", .logistic), ("uniform", .uniform),
  ]

  struct LaplaceOracle: Decodable {
    struct Row: Decodable { let beta: String; let upper: String; let gap: String; let distortion: String }
    let laplace: [Row]
  }

  static func oracle() throws -> [(beta: Double, upper: Double, gap: Double, distortion: Double)] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Oracles/blahut-arimoto.json")
    return try JSONDecoder().decode(LaplaceOracle.self, from: Data(contentsOf: file)).laplace.map { row in
      (
        try #require(Double(row.beta)), try #require(Double(row.upper)), try #require(Double(row.gap)),
        try #require(Double(row.distortion))
      )
    }
  }

  @Test("lower <= oracle <= upper for the Laplace source, 40 slopes; 1e-8 bits apart at 36 of them, 2e-6 at all")
  func laplaceOracle() throws {
    let rows = try Self.oracle()
    #expect(rows.count >= 20)
    var tight = 0
    for row in rows {
      let bounds = try ScalarShannonCurve.laplace.bounds(atDistortion: row.distortion)
      #expect(bounds.map(\.kind) == [.lower, .upper])
      let lower = bounds[0].value
      let upper = bounds[1].value
      // The oracle's own channel and dual at its own distortion, in bits.
      let achieved = (row.upper - row.beta * row.distortion) / natsPerBit
      let proved = achieved - row.gap / natsPerBit
      #expect(lower <= achieved + 1e-11 && upper >= proved - 1e-11, "\(row)")
      #expect(upper - lower <= 2e-6, "\(row)")
      if upper - lower <= 1e-8 { tight += 1 }
      let slope = try #require(bounds[0].slope) * natsPerBit
      #expect(abs(slope / row.beta - 1) < 1e-3)
    }
    #expect(tight >= 36)
  }

  @Test(
    "the bounds are 1e-8 bits apart from 0.1 to 6 bits, above the Shannon lower bound", arguments: curves.map(\.name))
  func gapAndShannonLowerBound(name: String) throws {
    let curve = try #require(Self.curves.first { $0.name == name }).curve
    var last: (distortion: Double, lower: Double, upper: Double)?
    for rate in [0.1, 0.25, 0.3, 1, 1.7, 2.5, 3, 4, 5, 6] {
      let point = try curve.point(atRate: rate)
      let bounds = try curve.bounds(atDistortion: point.distortion)
      let (lower, upper) = (bounds[0].value, bounds[1].value)
      #expect(lower <= upper && upper - lower <= (rate > 0.1 ? 2e-8 : 1e-5), "\(name) at \(rate): \(upper - lower)")
      #expect(abs(lower - rate) < 1e-5)
      let shannon = try curve.shannonLowerBound.bound(atDistortion: point.distortion)
      #expect(upper >= shannon.value)
      if let last {
        #expect(point.distortion < last.distortion && upper > last.lower)
        // Convexity: the chord lies above the tangent's lower bound.
        let slope = try #require(bounds[0].slope)
        #expect(last.upper >= lower - slope * (last.distortion - point.distortion) - 1e-9)
      }
      last = (point.distortion, lower, upper)
    }
  }

  @Test("a certificate proves its bounds in a few lines: Laplace at 1 bit, by the trapezoid rule")
  func certificate() throws {
    let curve = ScalarShannonCurve.laplace
    let distortion = try curve.point(atRate: 1).distortion
    let bounds = try curve.bounds(atDistortion: distortion)
    guard case .reproductionLaw(let beta, let points, let weights) = bounds[0].certificate else {
      Issue.record("another certificate")
      return
    }
    #expect(abs(weights.reduce(0, +) - 1) < 1e-6)
    // x = +-exp(t - exp(-t)): doubly exponential at both ends of each half.
    func expectation(_ function: (Double) -> Double) -> Double {
      let h = 1.0 / 64
      var sum = 0.0
      for k in -240...230 {
        let t = Double(k) * h
        let x = exp(t - exp(-t))
        sum += h * x * (1 + exp(-t)) * exp(-x) / 2 * (function(x) + function(-x))
      }
      return sum
    }
    func z(_ x: Double) -> Double {
      zip(points, weights).reduce(0) { $0 + $1.1 * exp(-beta * (x - $1.0) * (x - $1.0)) }
    }
    let lagrangian = expectation { x in abs(x) > 27 ? 0 : -log(z(x)) }
    let own = expectation { x in
      if abs(x) > 27 { return 0 }
      let moment = zip(points, weights).reduce(0) {
        $0 + $1.1 * (x - $1.0) * (x - $1.0) * exp(-beta * (x - $1.0) * (x - $1.0))
      }
      return moment / z(x)
    }
    #expect(abs(own / distortion - 1) < 1e-4)
    #expect(abs((lagrangian - beta * distortion) / natsPerBit - bounds[1].value) < 1e-7)
    for y in stride(from: -6.0, through: 6, by: 0.21) {
      let g = expectation { x in abs(x) > 27 ? 0 : exp(-beta * (x - y) * (x - y)) / z(x) }
      #expect(g < 1 + 1e-7)
    }
  }

  @Test("a Gaussian mixture meets the Shannon lower bound up to its smaller variance, and lies above it beyond")
  func mixture() throws {
    let source = try GaussianMixture()
    let curve = source.rateDistortion
    #expect(curve.shannonLowerBound.meetsUpTo == 0.1)
    for distortion in [1e-4, 1e-3, 0.01, 0.05, 0.1] {
      let bounds = try curve.bounds(atDistortion: distortion)
      #expect(bounds[1].value - bounds[0].value <= 1e-11)
      #expect(
        try curve.shannonLowerBound.bound(atDistortion: distortion).rate.intersection(with: bounds[0].rate).isEmpty
          == false)
    }
    for distortion in [0.2, 0.3, 0.4, 0.5] {
      let bounds = try curve.bounds(atDistortion: distortion)
      #expect(bounds[1].value - bounds[0].value <= 1e-8)
      #expect(bounds[0].value > (try curve.shannonLowerBound.bound(atDistortion: distortion).value) + 1e-4)
    }
    #expect(try curve.bounds(atDistortion: 0.55).map(\.value) == [0, 0])
  }

  @Test("one Gaussian, written as a mixture of two equal ones, has the Gaussian R(D)")
  func gaussianAsMixture() throws {
    let source = try GaussianMixture(weight: 0.3, means: (1, 1), variances: (2, 2))
    for distortion in [0.01, 0.5, 1, 1.9] {
      let truth = 0.5 * log2(2 / distortion)
      let bounds = try source.rateDistortion.bounds(atDistortion: distortion)
      #expect(abs(bounds[0].value - truth) < 1e-11 && abs(bounds[1].value - truth) < 1e-11)
      #expect(bounds[0].value <= truth && bounds[1].value >= truth)
    }
  }

  @Test("a sweep has the values of single points")
  func sweep() throws {
    let distortions = [1.5, 1, 0.9, 0.5, 0.1]
    let rows = try ScalarShannonCurve.laplace.sweep(distortions: distortions)
    #expect(rows.count == 10)
    for (index, distortion) in distortions.enumerated() {
      let single = try ScalarShannonCurve.laplace.bounds(atDistortion: distortion)
      #expect(abs(rows[2 * index].value - single[0].value) < 1e-8)
      #expect(abs(rows[2 * index + 1].value - single[1].value) < 1e-8)
      #expect(rows[2 * index].value <= single[1].value && single[0].value <= rows[2 * index + 1].value)
    }
  }

  @Test("bad arguments are errors")
  func badArguments() {
    for distortion in [0, -1, .nan, .infinity] {
      #expect(throws: DomainError.self) { try ScalarShannonCurve.laplace.bounds(atDistortion: distortion) }
    }
    for rate in [-1, .nan, 1e6] {
      #expect(throws: DomainError.self) { try ScalarShannonCurve.uniform.point(atRate: rate) }
    }
    #expect(throws: DomainError.self) { try GaussianMixture(weight: 1) }
    #expect(throws: DomainError.self) { try GaussianMixture(variances: (1e-9, 1)) }
    #expect(throws: DomainError.self) { try GaussianMixture(means: (0, 1e5)) }
  }
}
