import Foundation
import IntervalArithmetic
import RateDistortion
import TestSupport
import Testing
import TrainedPoints

@Suite("verdicts")
struct VerdictTests {
  private func point(
    _ rate: Double, _ distortion: Double, _ rateError: Double = 0, _ distortionError: Double = 0,
    entropy: Double? = nil
  ) -> TrainedPoint {
    TrainedPoint(
      row: 2, rate: rate, distortion: distortion, rateError: rateError, distortionError: distortionError,
      entropy: entropy)
  }

  @Test("without standard errors the converse itself divides, to 1e-8 bits")
  func exactBoundary() throws {
    for source in [Circle() as any InformationSource, Ramp(), Sawbridge(), UniformScalar(), Sinusoid()] {
      let curve = source.limits.judgement.converse
      for fraction in stride(from: 0.02, to: 0.99, by: 0.07) {
        let d = fraction * curve.largestDistortion
        let rate = try curve.point(atDistortion: d).rate
        let verdicts = judge(source, point(rate + 1e-8, d), point(rate, d), point(rate - 1e-8, d)).map(\.verdict)
        #expect(verdicts == [.optimal, .optimal, .impossible])
      }
    }
  }

  @Test("the tolerance divides optimal from suboptimal")
  func tolerance() throws {
    let rate = try KnownSource(Circle()).judgement.achievable.point(atDistortion: 0.2).rate
    #expect(
      judge(Circle(), point(rate + 0.0999, 0.2), point(rate + 0.1001, 0.2)).map(\.verdict) == [.optimal, .suboptimal])
    #expect(judge(Circle(), point(rate + 0.02, 0.2), tolerance: 0.01)[0].verdict == .suboptimal)
  }

  @Test("a point is possible as long as its ellipse touches the curve, and impossible soon after")
  func ellipse() throws {
    // Where R(D) of a Gaussian has slope -1/(2 D ln 2), the ellipse reaches z sqrt(sR^2 + (slope sD)^2) above the point in
    // the tangent's terms; the curve bends away upwards, so the tangent is the last to touch.
    let source = JudgedByRateDistortion(variance: 1)
    for d in [0.5, 0.1, 0.01] {
      let rate = -0.5 * log2(d)
      let slope = 1 / (2 * d * log(2.0))
      let (rateError, distortionError) = (1e-4, 1e-4 / slope)
      let reach = 3 * (rateError * rateError + slope * slope * distortionError * distortionError).squareRoot()
      let verdicts = judge(
        source, point(rate - 0.99 * reach, d, rateError, distortionError),
        point(rate - 1.05 * reach, d, rateError, distortionError)
      ).map(\.verdict)
      #expect(verdicts == [.optimal, .impossible])
    }
    // One standard error alone, and another z.
    #expect(judge(source, point(0.98, 0.25, 0.01)).map(\.verdict) == [.optimal])
    #expect(judge(source, point(0.96, 0.25, 0.01)).map(\.verdict) == [.impossible])
    #expect(judge(source, point(0.96, 0.25, 0.01), standardErrors: 5).map(\.verdict) == [.optimal])
    #expect(judge(source, point(1, 0.24, 0, 0.004)).map(\.verdict) == [.optimal])
    #expect(judge(source, point(1, 0.24, 0, 0.003)).map(\.verdict) == [.impossible])
  }

  @Test("gaps are in bits at equal distortion and in decibels at equal rate")
  func gaps() throws {
    // R = 1/2 log2(0.1/D): half a bit and a factor 2 above it.
    let judged = judge(try WynerZiv(parameters: SourceParameters()), point(2, 0.0125))[0]
    let gap = try #require(judged.references.first { $0.curve == .wynerZiv })
    #expect(abs(try #require(gap.bits) - 0.5) < 1e-12)
    #expect(abs(try #require(gap.decibels) - 10 * log10(2.0)) < 1e-12)
    #expect(judged.references.map(\.curve) == [.wynerZiv, .wynerZivShifted, .noSideInformation])
    // A one-shot code of a Gaussian is judged by the optimal scalar quantizer, 0.254 bits above R(D) here, which is shown.
    let scalar = judge(try Gaussian(variance: 1), point(2, 0.125))[0]
    #expect(scalar.gap.curve == .ecsq)
    #expect(abs(try #require(scalar.references.first?.bits) - 0.5) < 1e-12)
    // A collapsed model sits a little above the largest distortion.
    let collapsed = judge(Circle(), point(1e-9, 1.00000007))[0]
    #expect(collapsed.verdict == .optimal)
    #expect(collapsed.hint == nil)
    #expect(abs(try #require(collapsed.gap.decibels)) < 1e-6)
    // A curve is not asked beyond 500 bits.
    let huge = judge(Circle(), point(1e300, 1e-300), point(1e300, 1e300))
    #expect(huge.map(\.gap.decibels) == [nil, nil])
    #expect(huge.allSatisfy { $0.isFinite })
  }

  @Test("the entropy of the index judges the code alone")
  func entropy() throws {
    let rate = try KnownSource(Circle()).judgement.achievable.point(atDistortion: 0.2).rate
    let judged = judge(Circle(), point(rate + 0.5, 0.2, entropy: rate - 0.001))[0]
    #expect(judged.modelVerdict == .suboptimal)
    #expect(judged.verdict == .optimal && judged.code?.verdict == .optimal)
    #expect(abs(try #require(judged.code?.entropyModelBits) - 0.501) < 1e-12)
    #expect(judged.hint == nil)
    #expect(judge(Circle(), point(rate + 0.5, 0.2, entropy: rate * 0.69))[0].hint != nil)
    #expect(judge(Circle(), point(rate + 0.5, 0.2, entropy: rate + 0.7))[0].hint == .rateBelowEntropy)
  }

  @Test("hints at what may be wrong")
  func hints() throws {
    let rate = try KnownSource(Circle()).judgement.achievable.point(atDistortion: 0.123456).rate + 0.2
    #expect(judge(Circle(), point(rate * log(2.0) + 1e-9, 0.123456))[0].hint == .of(.nats))
    #expect(judge(Circle(), point(0.5, 100))[0].hint == .distortionTooLarge(ratio: 100, largest: 1))
    let ramp = Ramp(sampling: try Sampling(samples: 1024))
    #expect(judge(ramp, point(1, 64))[0].hint == .of(.summed(components: 1024)))
    // delta(1/2) of the sawbridge is 1/12.
    let rounded = judge(Sawbridge(), point(1, 0.0833333))[0]
    #expect(rounded.verdict == .impossible)
    #expect(rounded.hint == .tooFewDigits)
    #expect(judge(Sawbridge(), point(1, 1.0 / 12))[0].verdict == .optimal)
    // E(0.3) is 1.691 bits and E(0.6) is 0.994: 1.1 bits at 0.3 are impossible even if they are nats.
    let averaged = judge(Circle(), point(1.1, 0.3))[0]
    #expect(averaged.verdict == .impossible)
    #expect(averaged.hint == .of(.averaged(components: 2)))
    // Nats would do, and the mean over two components is right to 0.001 bits.
    #expect(judge(Circle(), point(2, 0.095))[0].hint == .of(.averaged(components: 2)))
  }

  @Test("the mistake that explains most of the points is named, with how many it explains")
  func mistakes() throws {
    let rates = [0.5, 1, 1.5, 2, 3, 4]
    let ramp = KnownSource(Ramp(sampling: try Sampling(samples: 1024)))
    let gaussian = KnownSource(try Gaussian(variance: 1))
    let honest = { (source: KnownSource) in
      try rates.map { (rate: $0 + 0.02, distortion: try source.judgement.achievable.point(atRate: $0).distortion) }
    }
    let hints = { (source: KnownSource, points: [(Double, Double)]) in
      judge(source, points.map { self.point($0.0, $0.1) }).map(\.hint)
    }
    let all = { (mistake: Mistake) in
      [Hint?](repeating: .mistake(Explanation(mistake: mistake, explained: 6, points: 6)), count: 6)
    }
    #expect(hints(ramp, try honest(ramp).map { ($0.distortion, $0.rate) }) == all(.swapped))
    #expect(hints(ramp, try honest(ramp).map { ($0.rate, $0.distortion * 1024) }) == all(.summed(components: 1024)))
    #expect(hints(gaussian, try honest(gaussian).map { ($0.rate * log(2.0), $0.distortion) }) == all(.nats))
    #expect(
      hints(gaussian, try honest(gaussian).map { ($0.rate, 15 - 10 * log10($0.distortion)) })
        .compactMap { $0 }.count == 6)
    let wide = KnownSource(try Gaussian(variance: 4))
    #expect(
      hints(wide, try honest(KnownSource(try Gaussian(variance: 2))).map { ($0.rate, $0.distortion) })
        == all(.deviation(parameter: "variance", variance: 2)))
    #expect(
      hints(KnownSource(Sawbridge()), try honest(KnownSource(UniformScalar())).map { ($0.rate, $0.distortion) })
        .contains(.mistake(Explanation(mistake: .source("uniform"), explained: 6, points: 6))))
    // One bad point among good ones is no mistake of the file.
    var points = try honest(gaussian).map { ($0.rate, $0.distortion) }
    points[2].0 *= 0.6
    #expect(hints(gaussian, points).compactMap { $0 }.isEmpty)
  }

  @Test("no code of a small sampled process is impossible, though some lie below E(D) in continuous time")
  func sampledCodes() throws {
    let exhaustive = try Oracle.json("sampled-exhaustive.json", as: Exhaustive.self)
    var codes = 0
    var below = 0
    for process in exhaustive.processes {
      var parameters = SourceParameters()
      parameters.set("samples", to: .number(Double(process.points)))
      parameters.set("grid", to: .word(process.grid))
      let source = try KnownSource(Catalogue.source(named: process.process), parameters)
      for code in process.pareto {
        guard code.distortion.value > 0 else { continue }
        let judged = judge(source, [point(code.entropy.value, code.distortion.value)])[0]
        #expect(judged.verdict != .impossible, "\(process) \(code)")
        codes += 1
        if let gap = judged.gap.bits, gap < 0 { below += 1 }
      }
    }
    #expect(codes > 20)
    #expect(below > 0)
  }

  private struct Exhaustive: Decodable {
    struct Process: Decodable {
      let process: String
      let grid: String
      let points: Int
      let pareto: [Code]
    }
    struct Code: Decodable {
      let entropy: Digits
      let distortion: Digits
    }
    let processes: [Process]
  }

  @Test("a million rows are read and judged")
  func million() throws {
    var bytes = Array("rate,distortion\n".utf8)
    for index in 0..<1_000_000 {
      // Every tenth point lies at 1 bit and 1/13, below the sawbridge's E(1/13); the others far above it.
      bytes += Array((index % 10 == 0 ? "1.000,0.0769\n" : "2.500,0.0\(100 + index % 900)\n").utf8)
    }
    var options = PointFileOptions()
    options.source = Sawbridge.self
    let table = try PointFile.read(bytes: bytes, name: "million", options: options)
    #expect(table.count == 1_000_000)
    #expect(table.last?.row == 1_000_001)
    let summary = Verification(of: table).forEach { _ in }
    #expect(summary.points == 1_000_000)
    #expect(summary.count(of: .impossible) >= 100_000)
    #expect(Verdict.allCases.reduce(0) { $0 + summary.count(of: $1) } == 1_000_000)
  }
}

/// A Gaussian whose points are judged by R(D), for whose tangents there is a formula.
private struct JudgedByRateDistortion: InformationSource {
  static var description: SourceDescription { Gaussian.description }
  let parameters = SourceParameters()
  let limits: SourceLimits

  init(variance: Double) {
    let curve = Curve(
      LogarithmicLimit(name: .shannon, kind: .exact, summary: "", formula: "", variance: Interval(variance)))
    limits = SourceLimits(curves: [curve], judgement: Judgement(converse: curve, achievable: curve))
  }

  init(parameters: SourceParameters) throws(DomainError) { self.init(variance: parameters.number("variance") ?? 1) }
}

extension Hint {
  /// The mistake of a single point.
  fileprivate static func of(_ mistake: Mistake) -> Hint {
    .mistake(Explanation(mistake: mistake, explained: 1, points: 1))
  }
}
