import Documents
import Foundation
import Reports
import TestSupport
import Testing

@Suite("refine")
struct RefineCommandTests {
  @Test("a row a stage, monolithic codes last; the same numbers in CSV and JSON")
  func stages() throws {
    let arguments = "refine wyner-ziv --stages 2,2 --order msb-first --width last-stage"
    let outcome = try Program.run(arguments)
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 1 + 2 + 2)
    #expect(
      lines[0].hasPrefix("source,stages,order,width_for,stage,bins,kind,marginal_rate_bits,conditional_rate_bits,"))
    #expect(lines[1].hasPrefix("wyner-ziv,2x2,msb-first,last-stage,1,2,upper,"))
    #expect(lines[4].hasPrefix("wyner-ziv,4,monolithic,last-stage,1,4,upper,"))
    let json = try JSONValue.parse(Program.run(arguments + " --format json").output)
    let rows = try #require(json["rows"]?.elements)
    #expect(rows.count == 4)
    for (row, line) in zip(rows, lines.dropFirst()) {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(row["conditional_rate_bits"]?.doubleValue == Double(cells[8]))
      let number = { (name: String) in row[name]?.doubleValue ?? .nan }
      #expect(number("sum_rate_bound_bits") <= number("one_shot_lower_bits"))
      #expect(number("one_shot_lower_bits") <= number("conditional_rate_bits"))
      #expect(number("conditional_rate_bits") <= number("marginal_rate_bits"))
    }
    #expect(try Program.run(arguments + " --format markdown").output.contains("noise-variance 0.1"))
  }

  @Test(
    "lists of stages that make no sense, and settings that are none: status 64",
    arguments: [
      "--stages 1000000000", "--stages 2,1", "--stages 2,,2", "--stages ,", "--stages x", "--stages 4096,2",
      "--stages=",
      "--noise-variance 0", "--noise-variance -1", "--correlation 1", "--correlation -1.5", "--order first",
    ])
  func mistakes(arguments: String) throws {
    let outcome = try Program.run("refine wyner-ziv \(arguments)")
    #expect(outcome.status == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("refine: "))
    #expect(try Program.run("refine ramp").status == 64)
  }

  @Test("a nested code's certificate is checked; a rate too good is not proved")
  func certificate() throws {
    let json = try Program.run("table wyner-ziv --curves nested-4,slepian-wolf-uniform --rates 1 --format json").output
    #expect(json.contains("\"stepped-code\""))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("rdbounds-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try json.write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try Program.run(["check", file]).status == 0)
    try json.replacing(/"rate_bits": [0-9.]+,/, with: "\"rate_bits\": 0.999999,")
      .write(toFile: file, atomically: true, encoding: .utf8)
    #expect(try Program.run(["check", file]).status == 1)
  }
}
