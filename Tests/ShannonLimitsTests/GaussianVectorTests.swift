import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing

/// gaussian-vectors.json.
private struct GaussianVectorOracle: Decodable {
  struct Vector: Decodable {
    let variances: [Double]
    let distortion: Double
    let rate: Digits
  }
  struct Samples: Decodable {
    struct Rate: Decodable {
      let distortion: Double
      let rate: Digits
    }
    let correlation: Double
    let length: Int
    let eigenvalues: [Digits]
    let rates: [Rate]
  }
  struct Process: Decodable {
    let correlation: Double
    let distortion: Double
    let rate: Digits
  }
  let vectors: [Vector]
  let samples: [Samples]
  let processes: [Process]

  static let stored = Result { try Oracle.json("gaussian-vectors.json", as: GaussianVectorOracle.self) }
}

/// A source of the catalogue by the texts of its parameters.
private func vector(_ texts: [String: String]) throws -> KnownSource {
  try KnownSource(GaussianVector.self, SourceParameters(texts, of: GaussianVector.description))
}

/// Numbers as a parameter's text.
private func text(_ rows: [[Double]]) -> String {
  rows.map { $0.map(\.description).joined(separator: ",") }.joined(separator: ";")
}

@Suite("Gaussian vectors: eigenvalues and reverse water-filling")
struct GaussianVectorTests {
  @Test("R(D) to 1e-12 bits, inside its enclosure, and D(R), from the spectrum down to a billionth of it")
  func waterFilling() throws {
    for row in try GaussianVectorOracle.stored.get().vectors {
      let shannon = try vector(["variances": text([row.variances])]).curve(named: .shannon)
      let bound = try shannon.bound(atDistortion: row.distortion)
      #expect(bound.kind == .exact && bound.assurance == .proved)
      #expect(row.rate.isBetween(bound.rate.lower, and: bound.rate.upper), "\(row) \(bound.rate)")
      #expect(bound.rate.width < 1e-12 * max(1, row.rate.value))
      let point = try shannon.point(atDistortion: row.distortion)
      #expect(abs(point.rate - row.rate.value) < 1e-12 * max(1, row.rate.value))
      let back = try shannon.point(atRate: row.rate.value).distortion
      #expect(abs(back / row.distortion - 1) < 1e-11, "\(row) \(back)")
    }
  }

  @Test("per component both are divided, and the measure is the mean")
  func perComponent() throws {
    let whole = try vector(["variances": "4,1,0.25"])
    let each = try vector(["variances": "4,1,0.25", "per-component": ""])
    #expect(whole.description.distortionMeasure == .sumOfSquaredErrors)
    #expect(each.description.distortionMeasure == .meanSquaredError)
    #expect(each.description.components == 3)
    for curve in whole.curves where !curve.isCostly {
      let other = try each.curve(named: curve.name)
      for d in [3.0, 0.6, 0.01] {
        let (a, b) = (try curve.point(atDistortion: d), try other.point(atDistortion: d / 3))
        #expect(abs(a.rate / 3 - b.rate) < 1e-10 * (1 + a.rate), "\(curve.name) \(d)")
        #expect(abs((a.slope ?? 0) / (b.slope ?? 1) - 1) < 1e-5)
        let (c, e) = (try curve.bound(atDistortion: d).rate, try other.bound(atDistortion: d / 3).rate)
        #expect(abs(c.upper / 3 - e.upper) < 1e-9)
      }
    }
  }

  @Test("a covariance is as good as its eigenvalues: two components by hand, and a rotation of three")
  func covariance() throws {
    // Eigenvalues 1.5 and 0.5.
    let two = try vector(["covariance": "1,0.5;0.5,1"]).curve(named: .shannon)
    let low = try two.bound(atDistortion: 0.5)
    // D = 2 theta below the kink at theta = 0.5.
    let truth = 0.5 * log2(1.5 / 0.25) + 0.5 * log2(0.5 / 0.25)
    #expect(low.rate.contains(truth) || abs(low.rate.midpoint - truth) < 1e-13)
    #expect(low.rate.width < 1e-12)
    let high = try two.point(atDistortion: 1.25)
    #expect(abs(high.rate - 0.5 * log2(1.5 / 0.75)) < 1e-13)

    var generator = SeededGenerator(seed: 12)
    for _ in 0..<20 {
      let values = (0..<3).map { _ in Double.random(in: 0.01...10, using: &generator) }.sorted(by: >)
      let angle = Double.random(in: 0...6, using: &generator)
      let (c, s) = (cos(angle), sin(angle))
      // The third axis stays, the first two turn.
      let matrix = [
        [c * c * values[0] + s * s * values[1], c * s * (values[0] - values[1]), 0],
        [c * s * (values[0] - values[1]), s * s * values[0] + c * c * values[1], 0],
        [0, 0, values[2]],
      ]
      let turned = try vector(["covariance": text(matrix)]).curve(named: .shannon)
      let plain = try vector(["variances": text([values])]).curve(named: .shannon)
      for share in [0.9, 0.3, 0.01, 1e-5] {
        let d = share * values.reduce(0, +)
        // The matrix itself is rounded.
        #expect(abs(try turned.point(atDistortion: d).rate - plain.point(atDistortion: d).rate) < 1e-11)
      }
    }
  }

  @Test("every eigenvalue lies in its enclosure, whose width is some roundings of the largest")
  func enclosedEigenvalues() throws {
    for row in try GaussianVectorOracle.stored.get().samples {
      let n = row.length
      // The covariance in floating point, with what it is off by.
      let entries = (0..<n).flatMap { i in (0..<n).map { pow(row.correlation, Double(abs(i - $0))) } }
      let found = try EnclosedEigenvalues(of: entries, order: n, distance: 1e-15 * Double(n)).values
      #expect(found.count == n)
      for (value, truth) in zip(found, row.eigenvalues) {
        #expect(truth.isBetween(value.lower, and: value.upper), "\(row.correlation) \(value) \(truth)")
        #expect(value.width < 1e-12 * row.eigenvalues[0].value)
      }
    }
    // A matrix that says nothing of its size: powers of 2 change nothing but the exponent.
    let small = try EnclosedEigenvalues(of: [3e-180, 1e-180, 1e-180, 3e-180], order: 2).values
    #expect(small[0].contains(4e-180) || abs(small[0].midpoint / 4e-180 - 1) < 1e-15)
    #expect(small[1].width < 1e-13 * 4e-180)
    // Numbers that are no matrix enclose nothing narrow.
    let none = try? EnclosedEigenvalues(of: [.nan, 0, 0, 1], order: 2)
    #expect(none?.values.allSatisfy { !($0.width < 1) } ?? true)
  }

  @Test("samples of a Gauss-Markov process: eigenvalues to 3e-13 of their own size, and R(D)")
  func markovVector() throws {
    for row in try GaussianVectorOracle.stored.get().samples {
      let found = try MarkovVector(correlation: row.correlation, length: row.length).eigenvalues()
      for (value, truth) in zip(found, row.eigenvalues) {
        #expect(truth.isBetween(value.lower, and: value.upper), "\(row.correlation) \(value) \(truth)")
        #expect(value.width < 3e-13 * truth.value)
      }
      let source = try vector(["ar": "\(row.correlation)", "length": "\(row.length)"])
      for point in row.rates {
        let bound = try source.curve(named: .shannon).bound(atDistortion: point.distortion)
        #expect(point.rate.isBetween(bound.rate.lower, and: bound.rate.upper), "\(row.correlation) \(point)")
        #expect(bound.rate.width < 1e-12 * max(1, point.rate.value))
      }
    }
    // The trace is the number of samples, whatever the length.
    let long = try MarkovVector(correlation: 0.95, length: 512).eigenvalues()
    #expect(abs(long.reduce(0) { $0 + $1.midpoint } - 512) < 1e-10)
    #expect(zip(long, long.dropFirst()).allSatisfy { $1.certainlyLess(than: $0) })
  }

  @Test("a process without end: R(D) to 1e-10 bits on both sides of the kink, D(R), and what long vectors tend to")
  func markovProcess() throws {
    for row in try GaussianVectorOracle.stored.get().processes {
      let shannon = try vector(["ar": "\(row.correlation)", "length": "infinite"]).curve(named: .shannon)
      let bound = try shannon.bound(atDistortion: row.distortion)
      #expect(row.rate.isBetween(bound.rate.lower, and: bound.rate.upper), "\(row) \(bound.rate)")
      #expect(bound.rate.width < 1e-10, "\(row) \(bound.rate)")
      #expect(abs(try shannon.point(atRate: row.rate.value).distortion / row.distortion - 1) < 1e-11)
    }
    let endless = try vector(["ar": "0.9", "length": "infinite"]).curve(named: .shannon)
    let kink = 0.1 / 1.9
    for d in [kink * 0.5, kink] {
      #expect(abs(try endless.point(atDistortion: d).rate - 0.5 * log2(0.19 / d)) < 1e-13)
    }
    // On both sides of the kink and at its end.
    for d in [kink * (1 - 1e-13), kink * (1 + 1e-13), 1 - 1e-9] {
      let bound = try endless.bound(atDistortion: d)
      #expect(bound.rate.width < 1e-11)
      #expect(abs(bound.rate.midpoint - (try endless.point(atDistortion: d).rate)) < 1e-11)
    }
    #expect(try endless.bound(atDistortion: 1).rate == 0)
    // Per sample, the excess of n samples over the process is of the order of 1/n.
    let samples = try vector(["ar": "0.9", "length": "256", "per-component": ""]).curve(named: .shannon)
    for d in [0.5, 0.1, 0.01] {
      let excess = try samples.point(atDistortion: d).rate - endless.point(atDistortion: d).rate
      #expect(excess > 0 && excess < 0.01, "\(d) \(excess)")
    }
  }

  @Test("the coding gain of a Gauss-Markov process tends to 1/(1 - rho^2)", arguments: [0.5, 0.9, -0.95])
  func codingGain(rho: Double) throws {
    let n = 512
    let source = try vector(["ar": "\(rho)", "length": "\(n)"])
    let limits = try #require(source.gaps).limits
    let gain = { (name: CurveName) in try #require(limits.first { $0.scheme == name }).highRateDecibels }
    let found = try gain(.pulseCode) - gain(.transformECSQ)
    // The determinant of n samples is (1 - rho^2)^(n - 1).
    let truth = -10 * log10(1 - rho * rho) * Double(n - 1) / Double(n)
    #expect(abs(found - truth) < 1e-10)
    #expect(abs(found + 10 * log10(1 - rho * rho)) < 0.03)
  }

  @Test("laws of eigenvalues: finite ones are their numbers, and all of 1/k^2 are the Brownian bridge's, scaled")
  func laws() throws {
    let law = try vector(["eigenvalues": "2/k^2:5"]).curve(named: .shannon)
    let list = try vector(["variances": "2,0.5,0.2222222222222222,0.125,0.08"]).curve(named: .shannon)
    let ratios = try vector(["eigenvalues": "0.5^k:4"]).curve(named: .shannon)
    let powers = try vector(["variances": "0.5,0.25,0.125,0.0625"]).curve(named: .shannon)
    for d in [0.6, 0.1, 1e-3] {
      #expect(abs(try law.point(atDistortion: d).rate - list.point(atDistortion: d).rate) < 1e-12)
      #expect(abs(try ratios.point(atDistortion: d).rate - powers.point(atDistortion: d).rate) < 1e-13)
    }
    let endless = try vector(["eigenvalues": "1/k^2:infinite"])
    let bridge = try KnownSource(Sawbridge()).curve(named: .waterFilling)
    let shannon = try endless.curve(named: .shannon)
    #expect(shannon.kind == .exact)
    for d in [1.6, 0.5, 0.01] {
      let scaled = d / (Double.pi * Double.pi)
      #expect(abs(try shannon.point(atDistortion: d).rate - bridge.point(atDistortion: scaled).rate) < 1e-9)
    }
    // A finite number of them needs less.
    let cut = try vector(["eigenvalues": "1/k^2:64"]).curve(named: .shannon)
    #expect(try cut.point(atDistortion: 0.1).rate < shannon.point(atDistortion: 0.1).rate)
  }

  @Test("samples of a spectrum are per sample, and zeros among them cost nothing")
  func spectrum() throws {
    let source = try vector(["spectrum": "2,0,1,1"])
    #expect(source.description.distortionMeasure == .meanSquaredError)
    let shannon = try source.curve(named: .shannon)
    #expect(abs(shannon.largestDistortion - 1) < 1e-15)
    // Level 0.5 at 2, 1, 1 and 0: D = 1.5/4, R = (1/2 + 1/2 + 1)/4.
    #expect(abs(try shannon.point(atDistortion: 0.375).rate - 0.5) < 1e-13)
  }

  @Test("a covariance of lower rank has no rate beyond its own coefficients, and says how little it knows near 0")
  func singular() throws {
    let source = try vector(["covariance": "1,1;1,1"])
    let bound = try source.curve(named: .shannon).bound(atDistortion: 0.01)
    // One coefficient of variance 2.
    #expect(bound.rate.contains(0.5 * log2(2 / 0.01)) || abs(bound.rate.midpoint - 0.5 * log2(200)) < 1e-10)
    #expect(bound.rate.width < 1e-10)
  }

  @Test("forged eigenvalues are refused, and true ones prove the bound again")
  func forged() throws {
    for texts in [["variances": "4,1,0.25"], ["covariance": "2,1,0;1,2,1;0,1,2"], ["ar": "0.9", "length": "4"]] {
      let shannon = try vector(texts).curve(named: .shannon)
      let d = shannon.largestDistortion / 10
      let bound = try shannon.bound(atDistortion: d)
      let own = try #require(bound.evidence as? NamedEigenvalues)
      #expect(try shannon.proved(by: own, atDistortion: d) == bound.rate)
      let read = try NamedEigenvalues(own.form)
      #expect(read == own)
      let intervals = zip(own.lower, own.upper).map { Interval.hull($0, $1) }
      // One too small, one too large, one too few, one too many, two in the wrong places, an empty enclosure.
      let forgeries: [[Interval]] = [
        [intervals[0] * Interval(0.9)] + intervals.dropFirst(),
        intervals.dropLast() + [intervals[intervals.count - 1] * Interval(1.01)],
        Array(intervals.dropLast()), intervals + [Interval(1e-3)], intervals.reversed(),
      ]
      for forgery in forgeries {
        #expect(throws: DomainError.self) {
          try shannon.proved(by: NamedEigenvalues(forgery), atDistortion: d)
        }
      }
      // Wide names are possible, and prove what the source's own eigenvalues do; another evidence proves nothing.
      let wide = NamedEigenvalues(intervals.map { _ in .hull(0, 100) })
      #expect(try shannon.proved(by: wide, atDistortion: d) == bound.rate)
      #expect(try shannon.proved(by: ClosedForm("water"), atDistortion: d) == .hull(0, .infinity))
      let empty = EvidenceForm(
        NamedEigenvalues.type,
        [.init("eigenvalues_lower", .numbers(own.upper)), .init("eigenvalues_upper", .numbers(own.lower.dropLast()))])
      #expect(throws: MalformedEvidence.self) { try NamedEigenvalues(empty) }
    }
  }

  @Test("what is no covariance, no vector or no transform is refused, with its place")
  func refused() throws {
    let cases: [([String: String], String)] = [
      (["covariance": "1,0.5;0.4,1"], "row 2, column 1"), (["covariance": "1,2;2,1"], "positive semidefinite"),
      (["covariance": "1,0;0,0"], "row 2, column 2"), (["covariance": "1,0,0;0,1,0"], "square"),
      (["covariance": "1,0;0"], "row 2"), (["covariance": "1,nan;nan,1"], "row 1, column 2"),
      (["variances": "1,0"], "place 2"), (["variances": "1,-2"], "place 2"), (["variances": ""], "row 1, column 1"),
      (["variances": "1", "ar": "0.5"], "the only one"), (["ar": "1"], "strictly between"),
      (["ar": "0.5", "length": "0"], "whole number"), (["ar": "0.9999", "length": "infinite"], "0.999"),
      (["length": "4"], "together with ar"), (["eigenvalues": "k^2:4"], "written as"),
      (["eigenvalues": "1/k^2:0"], "written as"), (["eigenvalues": "1/k^3:infinite"], "written as"),
      (["eigenvalues": "2^k:4"], "written as"), (["spectrum": "0,0"], "somewhere"), (["spectrum": "1,-1"], "place 2"),
      (["variances": "1,1", "transform": "1,0;0,2"], "row 2"),
      (["variances": "1,1", "transform": "1,0;1,0"], "rows 1 and 2"),
      (["variances": "1,1,1", "transform": "1,0;0,1"], "3 x 3"),
      (["ar": "0.5", "length": "infinite", "transform": "1"], "absent"),
      (["eigenvalues": "1/k^2:infinite", "per-component": ""], "absent"), (["per-component": "no"], "yes"),
    ]
    for (texts, word) in cases {
      do {
        _ = try vector(texts)
        Issue.record("\(texts) is accepted")
      } catch let error as DomainError {
        #expect(error.description.contains(word), "\(texts): \(error)")
      }
    }
  }
}
