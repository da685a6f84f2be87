import Foundation
import RateDistortion
import TestSupport
import Testing

/// The recipes of the README, run as they stand in Tests/Examples where what they need is installed.
@Suite("the README's recipes")
struct ExampleTests {
  static let examples = Repository.path("Tests/Examples")
  static let tables = Repository.path("tables")
  static let hasPython = Program.succeeds("python3 -c 'import json'")

  /// Runs a line of the shell in a folder of its own, in which points.csv are real points, with the program in PATH.
  static func shell(_ line: String) throws -> Program.Outcome {
    try Program.shell(line, with: ["points.csv": Repository.url("Tests/TrainedPointsTests/Data/tfc_toy_sources.csv")])
  }

  @Test(
    "pandas reads tables and verdicts in five lines",
    .enabled(if: Program.succeeds("python3 -c 'import pandas'"), "python3 with pandas is not installed"))
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
    .enabled(if: hasPython, "python3 is not installed"))
  func pinToTables() throws {
    let outcome = try Self.shell("RDBOUNDS_TABLES='\(Self.tables)' '\(Self.examples)/pin_to_tables.py'")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.split(separator: "\n").count == 3)
  }

  @Test(
    "an evaluator that is wrong by a factor of two in distortion fails the pinned test",
    .enabled(if: hasPython, "python3 is not installed"))
  func pinFindsUnits() throws {
    let outcome = try Self.shell(
      """
      sed 's/return rate, squares/return rate, 2 * squares/' '\(Self.examples)/pin_to_tables.py' > wrong.py
      RDBOUNDS_TABLES='\(Self.tables)' python3 wrong.py
      """)
    #expect(outcome.status != 0 && outcome.errors.contains("AssertionError"))
  }

  /// What the tasks of an array write, in whatever order, as one file array.csv.
  private static let array = """
    set -e
    printf '0.01\\n0.1\\n0.5\\n' > noises.txt
    for task in 2 0 1; do SLURM_ARRAY_TASK_ID=$task '\(examples)/sweep.slurm'; done
    awk 'NR == 1 || !/^noise_variance,/' part-*.csv > array.csv

    """

  @Test("an array of tasks makes a sweep: one header, a row a number, nothing half-written left")
  func sweep() throws {
    let outcome = try Self.shell(Self.array + "ls\ncat array.csv\n")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let curves = try KnownSource(WynerZiv.self).curves.filter { !$0.isCostly }.count
    let lines = outcome.output.components(separatedBy: "noise_variance,source,")
    #expect(lines.count == 2, "one header")
    #expect(!lines[0].contains(".tmp") && !lines[0].contains(".new"))
    #expect(lines[1].split(separator: "\n").count == 1 + 3 * curves * 25)
    #expect(outcome.output.contains("\n0.5,wyner-ziv,wyner-ziv,exact,"))
  }

  @Test(
    "GNU parallel makes the same sweep, byte for byte, in whatever order",
    .enabled(if: Program.succeeds("parallel --version | grep -q GNU"), "GNU parallel is not installed"))
  func parallelSweep() throws {
    let sweep = "'\(Self.examples)/sweep.sh'"
    let outcome = try Self.shell(
      Self.array
        + """
        \(sweep) sweep.csv 0.01 0.1 0.5
        \(sweep) again.csv 0.01 0.1 0.5
        cmp array.csv sweep.csv
        cmp sweep.csv again.csv
        """)
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test(
    "what is printed fits the schemas, says an independent validator",
    .enabled(
      if: Program.succeeds("python3 -c 'import jsonschema, referencing'"),
      "python3 with jsonschema is not installed; make check-schema installs it"))
  func schemas() throws {
    let points = ["tfc_toy_sources", "wyner_ziv"].map { "'\(PlotTests.data)/\($0).csv'" }.joined(separator: " ")
    let schemas = Repository.path("tables/schema")
    let outcome = try Self.shell("python3 '\(Self.examples)/check_schema.py' rdbounds '\(schemas)' \(points)")
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("no complaints"))
  }
}
