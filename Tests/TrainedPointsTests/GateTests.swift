import Documents
import Foundation
import RateDistortion
import Reports
import Testing
import TrainedPoints

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite("verify as a gate: largest gaps, JUnit, the summary of a terminal")
struct GateTests {
  private func report(
    _ table: PointTable, as format: VerdictReport.Format, _ gaps: LargestGaps = LargestGaps(),
    style: TextStyle = .plain
  ) -> (text: String, summary: VerificationSummary) {
    var bytes: [UInt8] = []
    let summary = VerdictReport(of: Verification(of: table, largestGaps: gaps)).write(as: format, style: style) {
      bytes += $0
    }
    return (String(decoding: bytes, as: UTF8.self), summary)
  }

  @Test("points beyond a gap are counted and are findings; at the limit they are within")
  func gaps() throws {
    let table = try SharedFile.toySources.points()
    let judged = Verification(of: table).judged().points
    let bits = try #require(judged.compactMap(\.gap.bits).max())
    #expect(!report(table, as: .sheet(CSV.self), LargestGaps(bits: bits)).summary.hasFinding)
    let below = report(table, as: .sheet(CSV.self), LargestGaps(bits: bits.nextDown)).summary
    #expect(below.pointsBeyond == 1 && below.hasFinding && !below.hasImpossiblePoint)
    let decibels = report(table, as: .sheet(CSV.self), LargestGaps(decibels: 5)).summary
    #expect(decibels.pointsBeyond == judged.count { $0.gap.decibels.map { $0 > 5 } ?? true })
  }

  @Test("a gap that nobody knows is beyond every limit")
  func unknownGap() {
    // More than any curve's rate.
    let table = PointTable([TrainedPoint(row: 2, rate: 600, distortion: 0.1)], source: KnownSource(Circle()))
    #expect(report(table, as: .sheet(CSV.self), LargestGaps(decibels: 1000)).summary.pointsBeyond == 1)
    #expect(report(table, as: .sheet(CSV.self), LargestGaps(bits: 1000)).summary.pointsBeyond == 0)
  }

  @Test("JUnit's XML is well formed, and its counts are those of the summary, whatever labels hold")
  func junit() throws {
    let nasty = "run_id,rate,distortion\n\"<&'\"\"]]>\u{1}\u{FFFE}\n\",3,0.01\n\u{1F600},3,0.5\n,2,0.3\n"
    let tables = [
      try SharedFile.toySources.points { $0.seriesColumns = ["source", "model"] }, try points(nasty),
      try SharedFile.wynerZiv.points(),
    ]
    for table in tables {
      let (text, summary) = report(table, as: .junit, LargestGaps(bits: 0.5))
      let counter = ElementCounter()
      let parser = XMLParser(data: Data(text.utf8))
      parser.delegate = counter
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
      #expect(counter.counts["testcase"] == summary.points)
      #expect(counter.counts["failure"] ?? 0 == counter.failures)
      #expect(counter.tests == summary.points)
      let judged = Verification(of: table, largestGaps: LargestGaps(bits: 0.5)).judged().points
      let failing = judged.count { $0.verdict == .impossible || LargestGaps(bits: 0.5).areExceeded(by: $0) }
      #expect(counter.counts["failure"] ?? 0 == failing)
    }
  }

  /// Counts elements, and adds up the suites' attributes.
  private final class ElementCounter: NSObject, XMLParserDelegate {
    var counts: [String: Int] = [:]
    var tests = 0
    var failures = 0

    func parser(
      _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      counts[element, default: 0] += 1
      guard element == "testsuite" else { return }
      tests += attributes["tests"].flatMap(Int.init) ?? 0
      failures += attributes["failures"].flatMap(Int.init) ?? 0
    }
  }

  @Test("the summary names sources, series, findings and hints; colours only if asked for")
  func summary() throws {
    let table = try SharedFile.toySources.points {
      $0.source = Sawbridge.self
      $0.filters = [RowFilter(column: "source", value: "sawbridge_stationary_asis")]
    }
    let plain = report(table, as: .summary).text
    #expect(plain.hasPrefix("1 point: 1 impossible, 0 optimal, 0 suboptimal (judged by lower, E(D))\n"))
    #expect(plain.contains("Findings") && plain.contains("tfc_toy_sources.csv:28: sawbridge_stationary_asis"))
    #expect(!plain.contains("\u{1B}"))
    let coloured = report(table, as: .summary, style: .coloured).text
    #expect(coloured.contains("\u{1B}[1;31m1 impossible\u{1B}[0m"))
    let pattern = "\u{1B}\\[[0-9;]*m"
    #expect(coloured.replacingOccurrences(of: pattern, with: "", options: .regularExpression) == plain)
    let series = report(try SharedFile.wynerZiv.points { $0.seriesColumns = ["coding"] }, as: .summary).text
    #expect(series.contains("\nmarginal ") && series.contains("\nconditional "))
    #expect(series.split(separator: "\n").allSatisfy { $0.count <= 120 })
  }
}
