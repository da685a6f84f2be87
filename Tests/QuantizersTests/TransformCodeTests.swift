import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

private func vector(_ texts: [String: String]) throws -> KnownSource {
  try KnownSource(GaussianVector.self, SourceParameters(texts, of: GaussianVector.description))
}

@Suite("transform codes of Gaussian vectors")
struct TransformCodeTests {
  @Test("klt-ecsq against optima of 25 digits: two variances whose quantizers have one slope, to 1e-8 bits and in D")
  func oracle() throws {
    let optima = try ECSQOracle.optima().filter { $0.source == "gaussian" }
    try #require(optima.count >= 4)
    for (index, first) in optima.enumerated() {
      let second = optima[(index + 3) % optima.count]
      // Equal slopes: mu is v mu_1 for variance v.
      let v = first.slope.value / second.slope.value
      let source = try vector(["variances": "\(v),1"])
      let curve = try source.curve(named: .transformECSQ)
      // The component of variance v has the second's slope.
      let rate = first.rate + second.rate
      let distortion = first.distortion.value + v * second.distortion.value
      guard rate <= curve.range.largestRate, first.rate < 12, second.rate < 12 else { continue }
      let point = try curve.point(atDistortion: distortion)
      #expect(abs(point.rate - rate) < 1e-8, "\(first.rate) + \(second.rate): \(point.rate)")
      #expect(abs(try curve.point(atRate: rate).distortion / distortion - 1) < 1e-8)
      let bound = try curve.bound(atDistortion: distortion)
      #expect(bound.rate.upper >= rate - 1e-11 && bound.rate.upper < rate + 1e-8, "\(bound.rate) \(rate)")
    }
  }

  @Test("one component is the scalar source, at every scale")
  func scalar() throws {
    for variance in ["1", "9", "0.001"] {
      let one = try vector(["variances": variance])
      let parameters = try SourceParameters(["variance": variance], of: Gaussian.description)
      let scalar = try KnownSource(Gaussian.self, parameters)
      let ecsq = try #require(scalar.curves.first { $0.name == .ecsq && $0.kind == .upper })
      let pairs: [(CurveName, Curve)] = [
        (.transformECSQ, ecsq), (.pulseCode, ecsq),
        (.transformUniformThreshold, try scalar.curve(named: .uniformThreshold)),
        (.transformDithered, try scalar.curve(named: .ditheredMean)),
      ]
      for (name, reference) in pairs {
        let curve = try one.curve(named: name)
        for rate in [0.05, 0.4, 0.9, 1.3, 2.5, 4.7] {
          let (a, b) = (try curve.point(atRate: rate), try reference.point(atRate: rate))
          // Mid-tread alone: the scalar's curve has two parities, of which it is the better here.
          #expect(abs(a.distortion / b.distortion - 1) < 1e-8, "\(name) \(rate): \(a) \(b)")
          #expect(abs((a.slope ?? 0) / (b.slope ?? 1) - 1) < 1e-3, "\(name) \(rate): \(a) \(b)")
          let bound = try curve.bound(atDistortion: b.distortion)
          #expect(bound.rate.upper >= rate - 1e-9 && bound.rate.upper < rate + 1e-8, "\(name) \(rate): \(bound.rate)")
        }
      }
    }
  }

  @Test("no split of the rate between two components beats equal slopes: a grid of splits")
  func bruteForce() throws {
    let curve = try vector(["variances": "4,0.5"]).curve(named: .transformECSQ)
    let scalar = try #require(
      try KnownSource(Gaussian.self).curves.first { $0.name == .ecsq && $0.kind == .upper })
    for rate in [0.3, 1.1, 2.6, 5] {
      let best = try curve.point(atRate: rate).distortion
      var least = Double.infinity
      for step in 0...100 {
        let first = rate * Double(step) / 100
        let d = try 4 * scalar.point(atRate: first).distortion + 0.5 * scalar.point(atRate: rate - first).distortion
        least = min(least, d)
      }
      #expect(best <= least * (1 + 1e-9), "\(rate): \(best) \(least)")
      #expect(best > least * 0.999)
    }
  }

  @Test("order: R(D) below klt-ecsq below one step, dither and no transform; gaps tend to what is said")
  func order() throws {
    let source = try vector(["covariance": "1,0.8,0.5;0.8,1,0.8;0.5,0.8,1", "transform": "1,0,0;0,1,0;0,0,1"])
    let names: [CurveName] = [.transformUniformThreshold, .transformDithered, .pulseCode, .givenTransformECSQ]
    let shannon = try source.curve(named: .shannon)
    let best = try source.curve(named: .transformECSQ)
    for rate in [0.2, 1, 3, 6, 12] {
      let own = try best.point(atRate: rate).distortion
      #expect(try shannon.point(atRate: rate).distortion < own)
      for name in names where rate < 12 || name != .transformDithered {
        #expect(try source.curve(named: name).point(atRate: rate).distortion > own * (1 - 1e-10), "\(name) \(rate)")
      }
    }
    let gaps = try #require(source.gaps)
    for name in [CurveName.transformECSQ, .transformUniformThreshold, .pulseCode, .givenTransformECSQ] {
      let limit = try #require(gaps.limits.first { $0.scheme == name })
      let gap = try #require(try gaps.gaps(atRate: 24).first { $0.scheme == name })
      #expect(abs(gap.decibels - limit.highRateDecibels) < 1e-3, "\(name) \(gap.decibels) \(limit.highRateDecibels)")
      #expect(abs(gap.bits - limit.highRateBits) < 1e-3)
    }
    // A covariance of equal variances: no transform at one slope is no transform at one rate.
    let identity = try source.curve(named: .givenTransformECSQ).point(atRate: 3).distortion
    #expect(abs(identity / (try source.curve(named: .pulseCode).point(atRate: 3).distortion) - 1) < 1e-9)
  }

  @Test("the eigenvectors as a given transform cost nothing, a rotation by 45 degrees what its variances say")
  func transforms() throws {
    let h = 0.5.squareRoot()
    let source = try vector(["covariance": "1,0.5;0.5,1", "transform": "\(h),\(h);\(-h),\(h)"])
    let (klt, own) = (try source.curve(named: .transformECSQ), try source.curve(named: .givenTransformECSQ))
    for rate in [0.5, 2, 5] {
      #expect(abs(try klt.point(atRate: rate).distortion / own.point(atRate: rate).distortion - 1) < 1e-11)
    }
    // Independent components of variances 4 and 1, turned: both coefficients have 2.5.
    let turned = try vector(["variances": "4,1", "transform": "\(h),\(h);\(-h),\(h)"])
    let equal = try vector(["variances": "2.5,2.5"])
    for d in [3.0, 0.5, 0.01] {
      let (a, b) = (
        try turned.curve(named: .givenTransformECSQ).point(atDistortion: d).rate,
        try equal.curve(named: .transformECSQ).point(atDistortion: d).rate
      )
      #expect(abs(a - b) < 1e-10, "\(d) \(a) \(b)")
    }
  }

  @Test("certificates prove their bounds again; forged slopes, steps, shares and variances prove nothing")
  func forged() throws {
    let source = try vector(["variances": "4,1,0.25"])
    let curve = try source.curve(named: .transformECSQ)
    for d in [4.9, 2.0, 0.3, 1e-4] {
      let bound = try curve.bound(atDistortion: d)
      let own = try #require(bound.evidence as? CoefficientSlopes)
      #expect(try CoefficientSlopes(own.form) == own)
      #expect(try curve.proved(by: own, atDistortion: d).upper <= bound.rate.upper + 1e-13)
      // A code of a smaller slope has more distortion; one of a larger slope achieves its own rate and no other's.
      let slopes = { (factor: Double, weight: Double) in
        CoefficientSlopes(
          eigenvalues: own.eigenvalues, coarser: own.coarser * factor, finer: own.finer * factor, weight: weight)
      }
      #expect(try curve.proved(by: slopes(0.9, own.weight), atDistortion: d).upper == .infinity)
      #expect(try curve.proved(by: slopes(1.1, own.weight), atDistortion: d).upper > bound.rate.upper)
      for factor in [0, -1, Double.infinity, 1e18] {
        #expect(throws: DomainError.self) { try curve.proved(by: slopes(factor, 1), atDistortion: d) }
      }
      for weight in [-0.1, 1.1] {
        #expect(throws: DomainError.self) { try curve.proved(by: slopes(1, weight), atDistortion: d) }
      }
      let smaller = NamedEigenvalues([Interval(3.9), 1, Interval(0.25)])
      #expect(throws: DomainError.self) {
        try curve.proved(
          by: CoefficientSlopes(eigenvalues: smaller, coarser: own.coarser, finer: own.finer, weight: own.weight),
          atDistortion: d)
      }
    }
    for name in [CurveName.transformUniformThreshold, .transformDithered] {
      let curve = try source.curve(named: name)
      let d = 0.4
      let bound = try curve.bound(atDistortion: d)
      let own = try #require(bound.evidence as? CoefficientStep)
      #expect(try CoefficientStep(own.form) == own)
      #expect(try curve.proved(by: own, atDistortion: d).upper <= bound.rate.upper + 1e-13)
      let step = { CoefficientStep(eigenvalues: own.eigenvalues, step: $0) }
      #expect(try curve.proved(by: step(own.step * 1.01), atDistortion: d).upper == .infinity)
      #expect(try curve.proved(by: step(own.step * 0.99), atDistortion: d).upper > bound.rate.upper)
      for value in [0, -1, Double.infinity, 1e-12] {
        #expect(throws: DomainError.self) { try curve.proved(by: step(value), atDistortion: d) }
      }
      #expect(throws: DomainError.self) {
        try curve.proved(
          by: CoefficientStep(eigenvalues: NamedEigenvalues([4, 1]), step: own.step), atDistortion: d)
      }
    }
  }

  @Test("both ends: the rate falls to 0 at the trace, and what is beyond 16 bits a coefficient is refused")
  func ends() throws {
    let source = try vector(["variances": "4,1,0.25"])
    for curve in source.curves where curve.kind == .upper && !curve.isCostly {
      #expect(try curve.point(atDistortion: 5.25).rate == 0)
      #expect(try curve.bound(atDistortion: 5.25).rate == 0)
      let near = try curve.bound(atDistortion: 5.25 * (1 - 1e-9))
      #expect(near.rate.upper >= 0 && near.rate.upper < 1e-3, "\(curve.name) \(near.rate)")
      #expect(throws: DomainError.self) { try curve.point(atDistortion: curve.range.leastDistortion / 2) }
      let least = try curve.point(atDistortion: max(curve.range.leastDistortion, 1e-7))
      #expect(least.rate > 30, "\(curve.name) \(least)")
    }
  }
}
