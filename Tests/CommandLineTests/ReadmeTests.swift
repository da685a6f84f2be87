import Foundation
import TestSupport
import Testing

/// The README's own commands, run as they stand.
@Suite("the README")
struct ReadmeTests {
  /// A line after "$ ", and what follows it up to the next or to the block's end.
  struct Step: Equatable {
    var command: String
    var output: String
  }

  /// The steps of every fenced block that begins with "$ rdbounds", in order.
  static func steps(of text: String) -> [Step] {
    var steps: [Step] = []
    var block: [String]?
    for line in text.components(separatedBy: "\n") {
      guard line.hasPrefix("```") else {
        block?.append(line)
        continue
      }
      if let lines = block, lines.first?.hasPrefix("$ rdbounds ") ?? false {
        for line in lines {
          if line.hasPrefix("$ ") {
            steps.append(Step(command: String(line.dropFirst(2)), output: ""))
          } else {
            steps[steps.count - 1].output += line + "\n"
          }
        }
      }
      block = block == nil ? [] : nil
    }
    return steps
  }

  /// The trained points of the tests, each under its own name, and the toy sources as the points.csv of examples.
  private static func copyData(to folder: URL) throws {
    let data = Repository.url("Tests/TrainedPointsTests/Data")
    for name in try FileManager.default.contentsOfDirectory(atPath: data.path) where name.hasSuffix(".csv") {
      try FileManager.default.copyItem(at: data.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    try FileManager.default.copyItem(
      at: data.appendingPathComponent("tfc_toy_sources.csv"), to: folder.appendingPathComponent("points.csv"))
  }

  @Test("every command prints what the README says it prints, to the byte")
  func commands() throws {
    let steps = Self.steps(of: try String(contentsOf: Repository.url("README.md"), encoding: .utf8))
    #expect(steps.count >= 3)
    // One folder for all: a block may use what an earlier one wrote.
    try Program.inTemporaryFolder { folder in
      try Self.copyData(to: folder)
      for step in steps {
        // A reader sees both streams, as a terminal shows them.
        let outcome = try Program.shell(
          "cd '\(folder.path)' && rdbounds() { \"$RDBOUNDS\" \"$@\"; } && { \(step.command); } 2>&1")
        #expect(outcome.output == step.output, "\(step.command)")
      }
    }
  }

  @Test("steps are found as they are meant: blocks of other kinds are left alone")
  func parsing() {
    let text = """
      # A
      ```
      $ rdbounds list
      a
      b
      ```
      ```sh
      make test
      ```
      ```
      $ rdbounds x > f
      $ cat f

      c
      ```
      """
    #expect(
      Self.steps(of: text) == [
        Step(command: "rdbounds list", output: "a\nb\n"), Step(command: "rdbounds x > f", output: ""),
        Step(command: "cat f", output: "\nc\n"),
      ])
  }
}
