import Foundation
import TestSupport
import Testing

@Suite("the command gaps")
struct GapsCommandTests {
  private func rows(_ line: String) throws -> [[String: String]] {
    let outcome = try Program.run("gaps \(line)")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let lines = outcome.output.split(separator: "\n").map { $0.components(separatedBy: ",") }
    let header = try #require(lines.first)
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }

  private func number(_ row: [String: String]?, _ column: String) throws -> Double {
    let value = row?[column].flatMap(Double.init)
    return try #require(value)
  }

  @Test(
    "at high rate 0.2546 bits, and 0.3004 where many phases can be coded together; at rate 0 nothing",
    arguments: [
      ("circle", "exact", 0.5 * log2(.pi * M_E / 6), 1e-9),
      ("ramp", "exact", log2(M_E * M_E / 6), 1e-9),
      ("sawbridge", "exact", log2(M_E * M_E / 6), 1e-9),
      ("gaussian", "ecsq", 0.5 * log2(.pi * M_E / 6), 1e-9),
    ])
  func limits(source: String, scheme: String, bits: Double, within: Double) throws {
    let rows = try rows("\(source) --curves \(scheme) --rates 7.9,8")
    let limit = rows.first { $0["at"] == "high-rate" }
    #expect(abs(try number(limit, "gap_bits") - bits) < within)
    // The gaps at 8 bits are on their way there.
    let grid = try #require(rows.filter { $0["at"] == "grid" }.last)
    #expect(abs(try number(grid, "gap_bits") - bits) < 0.05)
    let silence = rows.first { $0["at"] == "low-rate" }
    if rows.allSatisfy({ $0["reference"] == "shannon" }) {
      #expect(try abs(number(silence, "gap_bits")) < 1e-9 && abs(number(silence, "gap_db")) < 1e-9)
    }
  }

  @Test("gaps in bits and dB are those of the two curves")
  func numbers() throws {
    let row = try #require(try rows("gaussian --curves ecsq --rates 1").first)
    // D = 0.348261279703616 at 1 bit, and R(D) = 1/2 log2(1/D).
    #expect(abs(try number(row, "distortion") / 0.348261279703616 - 1) < 1e-9)
    #expect(abs(try number(row, "gap_bits") - (1 + 0.5 * log2(0.348261279703616))) < 1e-9)
    #expect(abs(try number(row, "gap_db") - 10 * log10(0.348261279703616 * 4)) < 1e-8)
    let converse = try #require(
      try rows("wyner-ziv --reference one-shot-lower --curves slepian-wolf-uniform --rates 2").first)
    #expect(try number(converse, "gap_bits") > 0 && number(converse, "gap_bits") < 1e-3)
  }

  @Test(
    "mistakes are usage errors",
    arguments: [
      ("gaps", "SOURCE"), ("gaps sphere", "no schemes"), ("gaps laplace --curves ecsk", "ecsq"),
      ("gaps gaussian --rates 0:1", "--rates"),
    ])
  func mistakes(line: String, part: String) throws {
    let outcome = try Program.run(line)
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(part), "\(outcome.errors)")
  }
}
