import Foundation
import RateDistortion
import Testing

/// The recipes of the README, run as they stand in Tests/Examples where what they need is installed.
@Suite("the README's recipes")
struct ExampleTests {
  static let examples = PlotTests.package + "/Tests/Examples"

  /// Runs a line of the shell in a directory of its own, in which points.csv are real points, with the program in PATH.
  static func shell(_ line: String) throws -> Program.Outcome {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    return try Program.shell(
      """
      cd '\(directory.path)' && mkdir bin && ln -s "$RDBOUNDS" bin/rdbounds
      cp '\(PlotTests.data)/tfc_toy_sources.csv' points.csv
      PATH="$PWD/bin:\(path)"; HOME="$PWD"; export PATH HOME
      \(line)
      """)
  }

  /// Whether a line of the shell succeeds.
  static func succeeds(_ line: String) -> Bool { (try? shell(line).status) == 0 }

  @Test(
    "pandas reads tables and verdicts in five lines",
    .enabled(if: succeeds("python3 -c 'import pandas'"), "python3 with pandas is not installed"),
    .enabled(if: succeeds("rdbounds verify --help"), "there is no command verify"))
  func fromPython() throws {
    let path = Self.examples + "/from_python.py"
    #expect(try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").count == 5)
    let outcome = try Self.shell("python3 '\(path)'")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("ramp_ntc1_lam400_s1b") && outcome.output.contains("optimal"))
    #expect(outcome.output.contains("rate_bits"))
  }

  @Test(
    "an evaluator's test is pinned to the reference curves",
    .enabled(if: succeeds("python3 -c 'import json'"), "python3 is not installed"))
  func pinToTables() throws {
    let outcome = try Self.shell(
      "rdbounds reference t >/dev/null && RDBOUNDS_TABLES=t '\(Self.examples)/pin_to_tables.py'")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == 3)
  }

  @Test("an evaluator that is wrong by a factor of two in distortion fails the pinned test")
  func pinFindsUnits() throws {
    guard Self.succeeds("python3 -c 'import json'") else { return }
    let outcome = try Self.shell(
      """
      rdbounds reference t >/dev/null
      sed 's/return rate, squares/return rate, 2 * squares/' '\(Self.examples)/pin_to_tables.py' > wrong.py
      RDBOUNDS_TABLES=t python3 wrong.py
      """)
    #expect(outcome.status != 0 && outcome.errors.contains("AssertionError"))
  }

  @Test("GNU parallel and an array of tasks make the same sweep, byte for byte, in whatever order")
  func sweeps() throws {
    let hasParallel = Self.succeeds("parallel --version | grep -q GNU")
    let parallel =
      hasParallel
      ? "'\(Self.examples)/sweep.sh' sweep.csv 0.01 0.1 0.5 && '\(Self.examples)/sweep.sh' again.csv 0.01 0.1 0.5"
      : "cp array.csv sweep.csv; cp array.csv again.csv"
    let outcome = try Self.shell(
      """
      set -e
      printf '0.01\\n0.1\\n0.5\\n' > noises.txt
      for task in 2 0 1; do SLURM_ARRAY_TASK_ID=$task '\(Self.examples)/sweep.slurm'; done
      awk 'NR == 1 || !/^noise_variance,/' part-*.csv > array.csv
      \(parallel)
      cmp array.csv sweep.csv
      cmp sweep.csv again.csv
      ls
      cat sweep.csv
      """)
    #expect(outcome.status == 0, "\(outcome.errors)")
    let curves = try WynerZiv(parameters: SourceParameters()).curves.filter { !$0.isCostly }.count
    let lines = outcome.output.components(separatedBy: "noise_variance,source,")
    #expect(lines.count == 2, "one header")
    #expect(!lines[0].contains(".tmp") && !lines[0].contains(".new"))
    #expect(lines[1].split(separator: "\n").count == 1 + 3 * curves * 25)
    #expect(outcome.output.contains("\n0.5,wyner-ziv,wyner-ziv,exact,"))
  }

  @Test("what is printed fits the schemas, says an independent validator")
  func schemas() throws {
    let points = ["tfc_toy_sources", "wyner_ziv"].map { "'\(PlotTests.data)/\($0).csv'" }.joined(separator: " ")
    let outcome = try Self.shell(
      "python3 '\(Self.examples)/check_schema.py' rdbounds '\(PlotTests.package)/tables/schema' \(points)")
    if outcome.status == 77 || outcome.status == 127 {
      print("The schemas are not checked: python3 with jsonschema is not installed; make check-schema installs it.")
      return
    }
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("no complaints"))
  }
}
