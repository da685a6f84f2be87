import Documents
import Foundation
import RateDistortion
import Reports
import Testing
import TrainedPoints

@Suite("verdict reports")
struct VerdictReportTests {
  private func text(_ table: PointTable, as format: VerdictReport.Format) -> String {
    var bytes: [UInt8] = []
    _ = VerdictReport(of: Verification(of: table)).write(as: format) { bytes += $0 }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("the columns of the CSV, which are only ever added to")
  func columns() throws {
    let lines = text(try SharedFile.toySources.points(), as: .sheet(CSV.self)).split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "row,label,source,rate_bits,distortion,verdict,gap_bits,gap_db,reference,gap_bits_lower,gap_db_lower,"
        + "gap_bits_time_sharing,gap_db_time_sharing,gap_bits_shannon,gap_db_shannon,gap_bits_shannon_lower_bound,"
        + "gap_db_shannon_lower_bound,entropy_model_bits,code_gap_bits,code_verdict,hint,series,lambda,"
        + "gap_lagrangian_bits,lagrangian_lambda,model_verdict")
    #expect(lines.count == 31)
    let commas = lines.map { line in line.utf8.count { $0 == UInt8(ascii: ",") } }
    #expect(commas == Array(repeating: 25, count: 31))
    #expect(lines[1].hasPrefix("2,circle_ntc1_lam2_s1,circle,9.89130666262e-10,1.00000007037,optimal,"))
    let wynerZiv = text(try SharedFile.wynerZiv.points(), as: .sheet(CSV.self))
    #expect(wynerZiv.hasPrefix("row,label,source,rate_bits,distortion,verdict,gap_bits,gap_db,reference,"))
    #expect(wynerZiv.contains("gap_bits_wyner_ziv_shifted,gap_db_wyner_ziv_shifted,gap_bits_no_side_information"))
  }

  @Test("labels survive CSV, JSON and Markdown")
  func labels() throws {
    let table = try points("run_id,rate,distortion\n\"a,\"\"b\"\"\nc|d\",3,0.5\nplain,9,200\n")
    #expect(text(table, as: .sheet(CSV.self)).contains("\n2,\"a,\"\"b\"\"\nc|d\",circle,3,"))
    // Read back by the same rules.
    let again = try points(text(table, as: .sheet(CSV.self))) {
      $0.filters = [RowFilter(column: "verdict", value: "suboptimal")]
    }
    #expect(again.count == 2)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(text(table, as: .sheet(JSONDocument.self)).utf8)) as? [String: Any])
    let rows = try #require(json["points"] as? [[String: Any]])
    #expect(rows.map { $0["label"] as? String } == ["a,\"b\"\nc|d", "plain"])
    #expect(text(table, as: .sheet(Markdown.self)).contains("| a,\"b\" c\\|d |"))
  }

  @Test("JSON has the settings, the points and the summary")
  func json() throws {
    let document = text(try SharedFile.toySources.points(), as: .sheet(JSONDocument.self))
    let json = try #require(try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    #expect(json["schema"] as? Int == 1)
    #expect(json["tolerance_bits"] as? Double == 0.1)
    #expect((json["points"] as? [Any])?.count == 30)
    let summary = try #require(json["summary"] as? [String: Any])
    #expect(summary["impossible"] as? Int == 0)
    #expect((summary["skipped"] as? [[String: Any]])?.map { $0["source"] as? String } == [])
  }

  @Test("the summary in words")
  func summary() throws {
    let lines = Verification(of: try SharedFile.toySources.points()).forEach { _ in }.lines()
    #expect(
      lines[0]
        == "30 points: 0 impossible, 21 optimal, 4 best-known, 5 suboptimal (judged by E(D), lower, ecsq, one-shot-lower, ecvq)"
    )
    #expect(
      lines[1]
        == "codes are judged by the entropy of the index; with the entropy models: 15 optimal, 4 best-known, 11 suboptimal"
    )
    #expect(
      lines[5]
        == "sawbridge: 4 points, gap to E(D) 0.005 to 0.174 bits (median 0.142), of which the entropy model 0.006 to "
        + "0.134; gap of the code alone at most 0.078")
    #expect(lines[6].hasPrefix("banana: 5 points"))
    #expect(lines[7].hasPrefix("uniform (in the file sawbridge_stationary_asis): 1 point, gap to E(D) 0.215 bits"))
    #expect(lines.count == 8)
  }

  @Test("no report holds NaN or infinity, whatever the points")
  func finiteness() throws {
    let extremes =
      "rate,distortion,rate_entropy_bits\n"
      + [0, 1e-9, 1, 511, 513, 1e308].flatMap { rate in
        [1e-307, 1e-20, 0.1, 1, 1e20, 1e308].map { "\(rate),\($0),\(rate)\n" }
      }.joined()
    for source in Catalogue.sources {
      for samples in ["", "3", "1024"] where samples.isEmpty || source == Ramp.self || source == Sawbridge.self {
        let table = try points(extremes) {
          $0.source = source
          if !samples.isEmpty { $0.parameters = ["samples": samples] }
        }
        for format in VerdictReport.Format.allCases {
          let words = text(table, as: format).lowercased().split { !($0.isLetter || $0 == "_") }
          #expect(Set(words).isDisjoint(with: ["nan", "inf", "infinity"]), "\(source) \(format)")
        }
      }
    }
  }

  @Test("the same bytes every time, pieces and threads notwithstanding")
  func determinism() throws {
    var rows = "rate,distortion,rate_se,distortion_se\n"
    for index in 0..<20_000 {
      rows += "\(Double(index % 700) / 100),\(Double(index % 997 + 1) / 6000),0.001,0.0001\n"
    }
    let table = try points(rows) {
      $0.source = Ramp.self
      $0.parameters = ["samples": "256"]
    }
    let first = text(table, as: .sheet(CSV.self))
    #expect(first == text(table, as: .sheet(CSV.self)))
    #expect(first.split(separator: "\n").count == 20_001)
  }
}
