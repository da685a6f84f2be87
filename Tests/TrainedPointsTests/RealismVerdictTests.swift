import Foundation
import RateDistortion
import Reports
import TestSupport
import Testing
import TrainedPoints

@Suite("verdicts on decoders that draw from the source's law")
struct RealismVerdictTests {
  private func judged(
    _ text: String, _ realism: RealismLimit = .privateRandomness, _ adjust: (inout PointFileOptions) -> Void = { _ in }
  ) throws -> (points: [JudgedPoint], summary: VerificationSummary) {
    let table = try points(text) {
      $0.realism = realism
      adjust(&$0)
    }
    return Verification(of: table, realism: realism).judged()
  }

  private func line(_ source: String, _ rate: Double, _ distortion: Double, _ perception: Double = 0) -> String {
    "\(source),\(rate),\(distortion),\(perception)\n"
  }
  private let header = "source,rate,distortion,perception\n"

  @Test("twice the distortion of the best code divides possible from impossible, and realism costs the difference")
  func privateRandomness() throws {
    for source in ["ramp", "circle", "triangle-wave", "gaussian", "uniform"] {
      let known = try KnownSource(Catalogue.source(named: source))
      let curve = known.judgement.converse
      let x = 0.2003171847 * curve.largestDistortion
      let rate = try curve.point(atDistortion: x).rate
      let text =
        header + line(source, rate + 1e-7, 2 * x) + line(source, rate - 1e-3, 2 * x) + line(source, rate + 0.3, 2 * x)
      let found = try judged(text).points
      #expect(found[0].verdict == .optimal && found[1].verdict == .impossible && found[2].verdict == .suboptimal)
      #expect(found[1].hint == .notRealistic)
      // Of a curve known from both sides, gaps are to the achievable one.
      #expect(abs(try #require(found[2].gap.bits) - 0.3) < 1e-3 && found[2].gap.curve == .realismPrivate)
      let without = try #require(found[2].references.first { $0.curve == known.judgement.achievable.name }?.bits)
      #expect(abs(found[2].realismPrice! + found[2].gap.bits! - without) < 1e-9)
    }
  }

  @Test("at high rate realism costs the ramp 1 - ln 2 nats and the circle nothing, for long blocks")
  func price() throws {
    let text = header + line("ramp", 30, 1e-7) + line("circle", 30, 1e-7) + line("square-wave", 30, 1e-7)
    let prices = try judged(text, .longBlocks).points.compactMap(\.realismPrice)
    #expect(prices.count == 3 && abs(prices[2] - prices[0]) < 2e-6)
    #expect(abs(prices[0] - (1 - log(2.0)) / log(2.0)) < 2e-6 && abs(prices[1]) < 2e-6, "\(prices)")
    // One shot with a dither: cells cost p/4 from their centres and p/6 from their means.
    let shared = try judged(text, .sharedRandomness).points.compactMap(\.realismPrice)
    #expect(abs(shared[0] - log2(1.5)) < 1e-5 && abs(shared[1]) < 1e-5, "\(shared)")
  }

  @Test("shared randomness makes possible what a decoder that draws on its own cannot do")
  func shared() throws {
    let limit = try KnownSource(Circle()).curve(named: .realismShared)
    let distortion = try limit.point(atRate: 2).distortion
    let text = header + line("circle", 2.001, distortion) + line("circle", 1.99, distortion)
    #expect(try judged(text, .sharedRandomness).points.map(\.verdict) == [.optimal, .impossible])
    #expect(try judged(text).points.map(\.verdict) == [.impossible, .impossible])
    // A Gaussian has R(D) at realism alone, which no one-shot code is known to reach.
    let gaussian = header + line("gaussian", 2, 0.3) + line("gaussian", 0.5, 0.3)
    let found = try judged(gaussian, .sharedRandomness).points
    #expect(found.map(\.verdict) == [.undecided, .impossible] && found[0].gap.curve == .realismShannon)
  }

  @Test(
    "a budget of perception: D = x + (sqrt x - sqrt P)^2 is the border, with its standard error in the point's favour")
  func perception() throws {
    let exact = try KnownSource(Circle()).curve(named: .exact)
    for (x, budget) in [(0.2, 0.01), (0.2, 0.19), (0.5, 0.1), (0.01, 1e-5), (0.1, 0.1), (0.1, 0.4)] {
      let root = max(0, x.squareRoot() - budget.squareRoot())
      let distortion = x + root * root
      let rate = try exact.point(atDistortion: x).rate
      let text =
        header + line("circle", rate + 1e-6, distortion, budget) + line("circle", rate - 1e-3, distortion, budget)
      let found = try judged(text).points
      #expect(found.map(\.verdict) == [.optimal, .impossible], "\(x) \(budget)")
      #expect(abs(try #require(found[0].gap.decibels)) < 1e-4)
      #expect(found[0].lagrangian == nil)
      guard budget < x / 2 else { continue }
      let doubtful =
        "source,rate,distortion,perception,perception_se\ncircle,\(rate - 1e-3),\(distortion),\(budget),\(budget / 3)\n"
      #expect(try judged(doubtful).points[0].verdict == .optimal)
    }
  }

  @Test("a standard error of the distortion is worth at least as much with a budget as without")
  func standardErrors() throws {
    // Where D moves by s, the distortion at perfect realism moves by 1 + sqrt(P/(2D - P)) times that, at most.
    let exact = try KnownSource(Circle()).curve(named: .exact)
    let (distortion, budget, error) = (0.3, 0.05, 0.01)
    let reach = distortion + 3 * error
    let x = (reach + (budget * (2 * reach - budget)).squareRoot()) / 2
    let rate = try exact.point(atDistortion: x).rate
    let head = "source,rate,distortion,distortion_se,perception\n"
    #expect(try judged(head + "circle,\(rate + 1e-4),\(distortion),\(error),\(budget)\n").points[0].verdict == .optimal)
    #expect(
      try judged(head + "circle,\(rate - 0.05),\(distortion),\(error),\(budget)\n").points[0].verdict == .impossible)
  }

  @Test("the distance counts in the measure of the distortion, and a column counts only at realism")
  func measure() throws {
    let text = "source,rate,distortion,perception,distortion_measure\ncircle,2,0.15,0.005,mse\n"
    #expect(try judged(text).points[0].point.perception == 0.01)
    #expect(Array(try points(text) { _ in }).map(\.perception) == [0])
    let renamed = "source,rate,distortion,w2,s\ncircle,2,0.3,-0.001,0.001\n"
    let found = try judged(renamed) {
      $0.perceptionColumn = "w2"
      $0.perceptionErrorColumn = "s"
    }
    #expect(found.points[0].point.perception == 0 && found.points[0].point.perceptionError == 0.001)
  }

  @Test("what is wrong with a distance is said with its place")
  func badInput() {
    let complaint = { (value: String, realism: RealismLimit) -> String in
      TrainedPointsTests.complaint("source,rate,distortion,perception\ncircle,2,0.3,\(value)\n") {
        $0.realism = realism
      }
    }
    #expect(complaint("-0.1", .privateRandomness).contains("column 4 (perception): -0.1 is out of range"))
    #expect(complaint("nan", .privateRandomness).contains("not a finite number"))
    #expect(complaint("1e301", .privateRandomness).contains("out of range"))
    #expect(complaint("x", .privateRandomness).contains("not a finite number"))
    #expect(complaint("0.1", .sharedRandomness).contains("judged without common randomness alone"))
    #expect(complaint("0", .longBlocks) == "none" && complaint("", .privateRandomness) == "none")
  }

  @Test("sources without a limit at realism are left out and counted; if there is no other that is an error")
  func unknown() throws {
    let text = header + line("banana", 2, 0.3) + line("circle", 2, 0.5)
    let found = try judged(text)
    #expect(found.points.map(\.source) == ["circle"] && found.summary.skipped.map(\.name) == ["banana"])
    for (source, realism) in [
      ("banana", RealismLimit.privateRandomness), ("wyner-ziv", .privateRandomness), ("laplace", .sharedRandomness),
      ("laplace", .longBlocks), ("sawbridge", .longBlocks),
    ] {
      let complaint = TrainedPointsTests.complaint(header + line(source, 2, 0.3)) { $0.realism = realism }
      #expect(complaint.contains("no limit at perfect realism is known for \(source) and \(realism.codes)"))
    }
    let sampled = try judged(header + line("ramp", 2, 0.075)) { $0.parameters = ["samples": "256"] }
    #expect(sampled.points[0].verdict == .optimal && sampled.points[0].gap.curve == .realismPrivate)
  }

  @Test("reports have the price and the distance, and the summary the spread of the price")
  func report() throws {
    let text = header + line("circle", 2.01, 0.379) + line("circle", 2.2, 0.3, 0.01)
    let table = try points(text) { $0.realism = .privateRandomness }
    let report = VerdictReport(of: Verification(of: table, realism: .privateRandomness))
    var output: [UInt8] = []
    let summary = report.write(as: VerdictReport.Format.allCases[0]) { output += $0 }
    let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
    #expect(lines[0].contains(",perception,realism_price_bits,"))
    #expect(summary.sources[0].realismPrices?.largest ?? 0 > 0.4)
    #expect(summary.lines().contains { $0.contains("price of realism") })
    // Nothing changes where nobody asks.
    let plain = VerdictReport(of: Verification(of: try points(text) { _ in }))
    var other: [UInt8] = []
    _ = plain.write(as: VerdictReport.Format.allCases[0]) { other += $0 }
    #expect(!String(decoding: other, as: UTF8.self).contains("realism"))
  }
}
