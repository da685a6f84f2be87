import Documents
import Foundation
import IntervalArithmetic
import RateDistortion
import Reports
import Testing
import TrainedPoints

// The recipe of "Adding a curve", done: a curve with evidence of its own is what stands in the first part of this file.

/// One threshold t on [0, 1]: H = h(t) and D = (t^3 + (1 - t)^3)/12 = (1 - 3 t (1 - t))/12, from D = 1/12 at t = 0 to 1/48 at 1/2.
///
/// Solved for t, with t (1 - t) = (1 - 12 D)/3: t = (1 - sqrt(1 - 4 (1 - 12 D)/3))/2, and 1 - 4 (1 - 12 D)/3 = 16 D - 1/3.
struct OneThreshold: Limit {
  let name = CurveName.oneThreshold
  let kind = BoundKind.upper
  let summary = "a uniform scalar cut at one threshold"
  let largestDistortion = 1.0 / 12
  let enclosedLargestDistortion = 1 / Interval(12)
  let range = CurveRange(leastDistortion: (1.0 / 48).nextUp, largestRate: 1)
  let evidence: [any Evidence.Type] = [Cut.self]

  private func cut(at distortion: Double) -> Double { (1 - max(0, 16 * distortion - 1.0 / 3).squareRoot()) / 2 }

  /// -dR/dD = (log2((1 - t)/t))/((1 - 2 t)/4).
  private func point(_ cut: Double, _ distortion: Double) -> OperatingPoint {
    let (t, s) = (cut, 1 - cut)
    let slope = t < 0.5 ? 4 * log2(s / t) / (s - t) : 8 / Double.log(2)
    return OperatingPoint(distortion: distortion, rate: -t * log2(t) - s * log2(s), slope: slope)
  }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint { point(cut(at: distortion), distortion) }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    var (low, high) = (0.0, 0.5)
    for _ in 0..<1080 where low.nextUp < high {
      let t = (low + high) / 2
      if -t * log2(t) - (1 - t) * log2(1 - t) < rate { low = t } else { high = t }
    }
    return point(high, (1 - 3 * high * (1 - high)) / 12)
  }

  func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    var cut = Cut(threshold: cut(at: distortion))
    for _ in 0..<64 where cut.threshold < 0.5 && cut.performance.distortion.upper > distortion {
      cut = Cut(threshold: min(0.5, cut.threshold + 4 * cut.threshold.ulp))
    }
    let rate = try proof(by: cut, at: distortion)
    return Bound(kind: kind, distortion: distortion, rate: rate, slope: nil, evidence: cut)
  }

  func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let cut = evidence as? Cut, cut.threshold > 0, cut.threshold < 1 else { return .entire }
    let (rate, achieved) = cut.performance
    return .hull(0, achieved.upper <= distortion ? rate.upper : .infinity)
  }
}

/// A threshold of [0, 1]: the code of two cells with their middles.
struct Cut: Evidence {
  static let type = "cut"
  static let meaning = "A threshold in (0, 1). It proves its entropy achievable at its distortion."

  let threshold: Double

  init(threshold: Double) { self.threshold = threshold }
  init(_ form: EvidenceForm) throws(MalformedEvidence) { threshold = try form.number("threshold") }

  var form: EvidenceForm { EvidenceForm(Self.type, numbers: ["threshold": threshold]) }
  var sentence: String { "cells [0, \(threshold)] and [\(threshold), 1]" }

  var performance: (rate: Interval, distortion: Interval) {
    let t = Interval(threshold)
    return ((-.xlogx(t) - .xlogx(1 - t)) / .ln2, (1 - 3 * t * (1 - t)) / 12)
  }
}

extension CurveName {
  static let oneThreshold = CurveName(rawValue: "one-threshold")
}

/// The curve's mention by a source that has it.
struct CutScalar: InformationSource {
  static let description = SourceDescription(
    name: "cut-scalar", definition: "a scalar uniform on [0, 1]", distortionMeasure: .sumOfSquaredErrors, components: 1,
    reference: "a test of the recipe")

  let parameters = SourceParameters()
  let limits: SourceLimits

  init(parameters: SourceParameters) throws(DomainError) {
    let curve = Curve(OneThreshold())
    let converse = Curve(TimeSharing(source: UniformScalar()))
    limits = SourceLimits(curves: [curve], judgement: Judgement(converse: converse, achievable: curve))
  }
}

@Suite("a curve with evidence of its own is one file")
struct AddingACurveTests {
  private let source: KnownSource

  init() throws { source = try KnownSource(CutScalar.self) }

  @Test("half of the interval is one bit at D = 1/48, its quarter h(1/4) at (1 - 9/16)/12")
  func values() throws {
    let curve = try source.curve(named: .oneThreshold)
    #expect(abs(try curve.point(atRate: 1).distortion - 1.0 / 48) < 1e-15)
    let quarter = try curve.bound(atDistortion: 7.0 / 192)
    #expect(abs(quarter.value - (2 - 0.75 * log2(3))) < 1e-12)
    #expect(try curve.bound(atDistortion: 0.09).value == 0)
  }

  @Test("what `table` and `at` print of it is JSON with its certificate, from which `check` proves it anew")
  func documents() throws {
    let table = try CurveTable(of: source, curves: source.curves, at: [0.1, 0.5, 0.9].map { .rate($0) })
    let document = try JSONValue.parse(table.text(as: JSONDocument.self))
    let rows = try #require(document["rows"]?.elements)
    #expect(rows.count == 3)
    let curve = try source.curve(named: .oneThreshold)
    for row in rows {
      let distortion = try #require(row["distortion"]?.doubleValue)
      let rate = try #require(row["rate_bits"]?.doubleValue)
      let form = try EvidenceForm(row["certificate"])
      #expect(form.type == "cut")
      let proved = try curve.proved(by: try curve.evidence(from: form), atDistortion: distortion)
      #expect(proved.upper <= rate)
      // Another threshold, another code: what it proves is its own.
      for forged in [0, 1, -1, 2, 0.5.nextUp, 1e-300] {
        let cut = Cut(threshold: forged)
        let proved = try curve.proved(by: cut, atDistortion: distortion)
        let isCode = forged > 0 && forged < 1
        #expect(proved.upper == .infinity || (isCode && proved.upper >= cut.performance.rate.lower))
      }
    }
    #expect(throws: MalformedEvidence.self) {
      try curve.evidence(from: EvidenceForm("cut", [.init("threshold", .text("half"))]))
    }
  }

  @Test("figures draw it, and trained points are judged by it")
  func figuresAndVerdicts() throws {
    let figure = try TradeoffFigure(of: source, series: []).figure()
    #expect(figure.layers.contains { $0.points.count > 10 })
    let judgement = source.judgement
    for distortion in [0.03, 0.05, 0.08] {
      let (least, reached) = (
        try judgement.converse.bound(atDistortion: distortion).value,
        try judgement.achievable.bound(atDistortion: distortion).value
      )
      #expect(least <= reached && reached - least < 0.2)
    }
  }
}
