import Documents
import Foundation
import RateDistortion
import Reports
import TestSupport
import Testing

@Suite("the commands")
struct CommandTests {
  @Test("list names every source, parameter and curve, within 100 columns, and as JSON")
  func list() throws {
    let text = try Program.run("list").output
    let json = try JSONValue.parse(Program.run("list --format json").output)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let entries = try #require(json["sources"]?.elements)
    #expect(entries.count == Catalogue.sources.count)
    for (type, entry) in zip(Catalogue.sources, entries) {
      let source = try KnownSource(type)
      #expect(text.contains("\(source.description.name)"))
      #expect(entry["name"]?.textValue == source.description.name)
      #expect(entry["parameters"]?.elements?.count == source.description.parameters.count)
      #expect(entry["curves"]?.elements?.map { $0["name"]?.textValue } == source.curves.map(\.name.rawValue))
      for curve in source.curves { #expect(text.contains("  \(curve.name) ")) }
      for parameter in source.description.parameters { #expect(text.contains("--\(parameter.name) ")) }
    }
  }

  @Test("table prints what the library computes, and nothing else on the standard output")
  func table() throws {
    let source = KnownSource(Circle())
    let requests = try OperatingGrid.distortions(of: source, count: 200).map { Target.distortion($0) }
    var table = try CurveTable(of: source, curves: source.curves, at: requests)
    let outcome = try Program.run("table circle")
    #expect(outcome.output == table.string(as: CSV.self))
    #expect(outcome.errors.isEmpty)
    #expect(try Program.run("table circle --format json --points 200").output == table.string(as: JSONDocument.self))
    #expect(try Program.run("table circle --format markdown").output == table.string(as: Markdown.self))
    table.isCertified = true
    #expect(try Program.run("table circle --certified").output == table.string(as: CSV.self))
  }

  @Test("a selection of curves is printed in its order, each once")
  func selection() throws {
    let lines = try Program.run("table sphere2 --rates 2:2:1 --curves exact,lower,exact").output.split(separator: "\n")
    #expect(lines.dropFirst().map { $0.split(separator: ",")[1] } == ["exact", "lower"])
  }

  @Test("parameters of sources are options: Wyner-Ziv at correlation 0.5 ends at 3/4 of the variance")
  func parameters() throws {
    let outcome = try Program.run(
      "table wyner-ziv --variance 2 --correlation 0.5 --curves wyner-ziv --rates 0:1:1 --format json")
    let json = try JSONValue.parse(outcome.output)
    #expect(json["parameters"]?["correlation"]?.doubleValue == 0.5)
    #expect(json["rows"]?.elements?.map { $0["distortion"]?.doubleValue } == [1.5, 0.375])
  }

  @Test("at prints every curve with its evidence; in dB the same as in D")
  func at() throws {
    let outcome = try Program.run("at circle --distortion 0.1")
    #expect(outcome.status == 0)
    for curve in KnownSource(Circle()).curves { #expect(outcome.output.contains("\(curve.name): R ")) }
    for word in ["enclosure", "certificate", "lambda", "equal cells"] { #expect(outcome.output.contains(word)) }
    #expect(try Program.run("at circle --distortion-db -10").output == outcome.output)
    let json = try JSONValue.parse(Program.run("at ramp --rate 3 --format json").output)
    #expect(json["rows"]?.elements?.count == KnownSource(Ramp()).curves.count)
    #expect(json["rows"]?.elements?.first?["rate_upper"]?.doubleValue != nil)
  }

  @Test(
    "a distortion above the largest gets rate 0 and a hint",
    arguments: ["at ramp --distortion 13", "table ramp --distortions 0.01,13"])
  func hint(line: String) throws {
    let outcome = try Program.run(line)
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("Is it in dB?"))
    #expect(outcome.errors.contains("sse") && outcome.errors.contains("mse"))
  }

  @Test("a rate beyond a sampled process's largest leaves its row out and says so")
  func omission() throws {
    let outcome = try Program.run("table ramp --samples 5 --rates 9:9:1")
    #expect(outcome.status == 0)
    #expect(outcome.output == CurveTable.header + "\n")
    #expect(outcome.errors.contains("no row at rate 9"))
  }

  @Test("the committed tables are what is computed now")
  func committedTables() throws {
    let outcome = try Program.run(["reference", Repository.path("tables"), "--check"])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test(
    "reference writes a file a source, and the manifest",
    .enabled(
      if: Campaign.isLong, "long: every curve of every source on its grid; the committed tables are checked always"))
  func writesReference() throws {
    try Program.inTemporaryFolder { folder in
      #expect(try Program.run(["reference", folder.path]).status == 0)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let further = ["0.1", "0.01"].flatMap { ["wyner-ziv-noise-\($0).csv", "successive-refinement-noise-\($0).csv"] }
      #expect(Set(names) == Set(Catalogue.sources.map { $0.description.name + ".csv" } + further + ["manifest.json"]))
    }
  }

  @Test("reference --check finds a drift (1) and bad data (65)")
  func reference() throws {
    try Program.inTemporaryFolder { folder in
      let directory = folder.path
      // The files of one source alone: every other is missing, and one row of this one is of another kind.
      try ReferenceFiles(of: [Ramp.self]).write(to: directory)
      let path = directory + "/ramp.csv"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      var lines = text.components(separatedBy: "\n")
      lines[7] = lines[7].replacingOccurrences(of: ",lower,lower,", with: ",lower,upper,")
      try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
      let drift = try Program.run(["reference", directory, "--check"])
      #expect(drift.status == 1)
      #expect(drift.output.contains("ramp.csv:8: extra row: ramp has no curve lower of kind upper"))
      #expect(drift.output.contains("circle.csv is missing"))

      try "not a table\n".write(toFile: path, atomically: true, encoding: .utf8)
      let malformed = try Program.run(["reference", directory, "--check"])
      #expect(malformed.status == 65)
      #expect(malformed.errors.contains("ramp.csv:1:1: "))
      #expect(try Program.run(["reference", directory + "/none", "--check"]).status == 65)
    }
  }

  @Test("a reader that stops early, or is not there, is no error")
  func closedOutput() throws {
    let head = try Program.shell("\"$RDBOUNDS\" table circle --points 5000 | head -n 1")
    #expect(head.output == CurveTable.header + "\n")
    #expect(head.errors.isEmpty)
    let closed = try Program.shell("\"$RDBOUNDS\" list >&-")
    #expect(closed.status == 0 && closed.errors.isEmpty)
  }

  #if os(Linux)
    @Test("a full disk is an error")
    func fullDisk() throws {
      let outcome = try Program.shell("\"$RDBOUNDS\" list >/dev/full")
      #expect(outcome.status == 70)
      #expect(outcome.errors.contains("cannot write the results"))
    }
  #endif
}
