import Documents
import Foundation
import Reports
import TestSupport
import Testing

@Suite("verify in continuous integration, and what trainers write")
struct VerifyGateTests {
  private let points = PlotTests.data + "/tfc_toy_sources.csv"

  @Test("a gap beyond the largest is status 1; the limit is repeated in the summary and in JSON")
  func gate() throws {
    let within = try Program.run("verify \(points) --max-gap-bits 2 --where source=ramp")
    #expect(within.status == 0 && within.errors.contains("no point is beyond --max-gap-bits 2"))
    let beyond = try Program.run("verify \(points) --max-gap-bits 0.2 --where source=ramp")
    #expect(beyond.status == 1 && beyond.errors.contains("1 point is beyond --max-gap-bits 0.2"))
    let decibels = try Program.run("verify \(points) --max-gap-db 0.5 --where source=ramp --format json")
    #expect(decibels.status == 1)
    let json = try JSONValue.parse(decibels.output)
    #expect(json["max_gap_db"]?.doubleValue == 0.5 && json["max_gap_bits"] == .null)
    #expect(json["summary"]?["beyond_max_gap"]?.integerValue == 1)
    #expect(try Program.run("verify \(points) --max-gap-bits -1").status == 64)
  }

  @Test("several files are series; JUnit has a suite for each, and a failure where the gate is closed")
  func junit() throws {
    let logs = ["ramp_ntc1_lam140", "laplace_vecvq_lam20"].map { "\(PlotTests.data)/keras_log_\($0)_s1b.csv" }
    let outcome = try Program.run(
      ["verify"] + logs + ["--source", "ramp", "--max-gap-bits", "1", "--format", "junit", "--label", "mine"])
    #expect(outcome.status == 1)
    #expect(outcome.output.hasPrefix("<?xml"))
    #expect(outcome.output.contains("<testsuite name=\"mine\" tests=\"1\" failures=\"0\""))
    #expect(outcome.output.contains("<testsuite name=\"keras_log_laplace_vecvq_lam20_s1b\" tests=\"1\" failures=\"1\""))
    let tooMany = try Program.run(
      ["verify"] + logs + ["--source", "ramp", "--label", "a", "--label", "b", "--label", "c"])
    #expect(tooMany.status == 64 && tooMany.errors.contains("there are 3 labels for 2 series"))
  }

  @Test("the whole course of a training is a series; lambda is recovered from the log")
  func trajectory() throws {
    let log = PlotTests.data + "/keras_log_ramp_ntc1_lam140_s1b.csv"
    let all = try Program.run("verify \(log) --source ramp --row all --format json")
    let rows = try #require(JSONValue.parse(all.output)["points"]?.elements)
    #expect(rows.count == 20)
    for row in rows {
      let lambda = try #require(row["lambda"]?.doubleValue)
      #expect((lambda - 140).magnitude < 1e-3)
      #expect(row["series"]?.textValue == "keras_log_ramp_ntc1_lam140_s1b")
    }
    let plot = try Program.run("plot ramp --points \(log) --row all --script")
    #expect(plot.status == 0 && plot.output.contains("title 'keras_log_ramp_ntc1_lam140_s1b'"))
  }

  @Test("JSON from a pipe, and TensorBoard's exports side by side")
  func formats() throws {
    let json = try Program.shell(
      "printf '{\"results\": {\"bpp\": [1, 2], \"mse-rgb\": [0.7, 0.31]}}' | \"$RDBOUNDS\" verify - --source circle "
        + "--rate-column results.bpp --distortion-column results.mse-rgb --distortion-unit sse --format summary")
    #expect(json.status == 0, "\(json.errors)")
    #expect(json.output.hasPrefix("2 points: 0 impossible"))
    let exports = try Program.shell(
      "d=$(mktemp -d); printf 'Wall time,Step,Value\\n1,0,3\\n2,9,2\\n' > $d/run-x_validation-tag-epoch_rate.csv; "
        + "printf 'Wall time,Step,Value\\n1,0,0.5\\n2,9,0.31\\n' > $d/run-x_validation-tag-epoch_distortion.csv; "
        + "\"$RDBOUNDS\" verify $d/*.csv --source circle; s=$?; rm -r $d; exit $s")
    #expect(exports.status == 0, "\(exports.errors)")
    #expect(exports.output.contains("\n3,,circle,2,0.31,"))
    let broken = try Program.shell(
      "printf '{\"rate\": 1,\\n\"distortion\": }' | \"$RDBOUNDS\" verify - --source circle")
    #expect(broken.status == 65 && broken.errors.contains("standard input:2: character 15: expected a value"))
  }

  @Test("no colours in a pipe")
  func pipe() throws {
    #expect(try !Program.run("verify \(points) --format summary --where source=ramp").output.contains("\u{1B}"))
  }

  // util-linux's script runs a command on a terminal of its own.
  @Test(
    "on a terminal there are colours, and NO_COLOR forbids them",
    .enabled(if: Program.isInstalled("script"), "script of util-linux is not installed"))
  func colours() throws {
    let line = "verify \(points) --format summary --where source=ramp"
    let terminal = { (environment: String) in
      try Program.shell("env \(environment) script -qec \"$RDBOUNDS \(line)\" /dev/null").output
    }
    #expect(try terminal("TERM=xterm").contains("\u{1B}[32m"))
    #expect(try !terminal("TERM=xterm NO_COLOR=1").contains("\u{1B}[32m"))
    #expect(try !terminal("TERM=dumb").contains("\u{1B}[32m"))
  }
}
