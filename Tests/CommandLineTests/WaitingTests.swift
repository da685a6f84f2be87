import Foundation
import TestSupport
import Testing

@Suite("nobody waits without being told")
struct WaitingTests {
  /// Hours of work, of which the first rows take a moment.
  static let long = "table wyner-ziv --noise-variance 0.0003 --curves wyner-ziv,designed-marginal --points 2000"
  /// Whether a program can be run on a terminal of its own: util-linux's script does that.
  static let hasTerminal = Program.isInstalled("script") && Program.succeeds("script -qec true /dev/null < /dev/null")
  static let hasTimeout = Program.isInstalled("timeout")

  @Test("the first rows come at once, and the work ends with its reader", .enabled(if: hasTimeout, "no timeout"))
  func firstRows() throws {
    for format in ["csv", "json"] {
      let outcome = try Program.shell("timeout 60 \"$RDBOUNDS\" \(Self.long) --format \(format) | head -n 3")
      #expect(outcome.status == 0 && outcome.output.split(separator: "\n").count == 3)
      #expect(outcome.errors.isEmpty)
    }
    // The program ended by itself, and not by the time limit.
    let status = try Program.shell("{ timeout 60 \"$RDBOUNDS\" \(Self.long); echo $? >&2; } | head -n 3")
    #expect(status.errors == "0\n")
  }

  @Test("SIGINT ends it by the signal, after whole rows", .enabled(if: hasTimeout, "no timeout"))
  func interruption() throws {
    let outcome = try Program.shell("timeout --preserve-status -s INT 8 \"$RDBOUNDS\" \(Self.long); echo $?")
    let lines = outcome.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.suffix(2) == ["130", ""])
    let rows = lines.dropLast(2)
    #expect(
      rows.count > 1000 && rows.allSatisfy { $0.split(separator: ",", omittingEmptySubsequences: false).count == 8 })
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
  }

  /// A command on a terminal, with Ctrl-C as soon as its line of progress says a word, or after a minute.
  func interrupted(_ line: String, after word: String) throws -> Program.Outcome {
    try Program.shell(
      """
      log=$(mktemp)
      { for i in $(seq 240); do sleep 0.25; grep -q '\(word)' "$log" && break; done; printf '\\003'; sleep 1; } \
        | script -qefc "'$RDBOUNDS' \(line)" "$log"
      status=$?; rm "$log"; exit $status
      """)
  }

  @Test("on a terminal Ctrl-C erases the line of progress, which counts codes", .enabled(if: hasTerminal, "no script"))
  func progress() throws {
    let outcome = try interrupted("\(Self.long) > /dev/null", after: "codes")
    #expect(outcome.status == 130)
    #expect(outcome.output.contains(/\rrdbounds: [0-9]+ of [0-9]+ codes, [0-9]+ (s|min|h) (left|so far)/))
    // Blanks over the line, then the terminal's echo at its start.
    #expect(outcome.output.contains(/\r +\r/))
    let last = outcome.output.split(separator: "\r", omittingEmptySubsequences: false).last ?? ""
    #expect(!last.contains("codes"), "\(outcome.output.debugDescription)")
  }

  @Test("what is done within a second is silent, and what is redirected always", .enabled(if: hasTerminal, "no script"))
  func silence() throws {
    let quick = try Program.shell("script -qec \"'$RDBOUNDS' --version\" /dev/null < /dev/null")
    #expect(quick.output.hasPrefix("rdbounds ") && quick.output.split(separator: "\r\n").count == 1)
    let redirected = try Program.shell("timeout -s INT 3 \"$RDBOUNDS\" \(Self.long) > /dev/null")
    #expect(redirected.errors.isEmpty)
  }

  @Test("a table that is solved on first use says how many slopes it has", .enabled(if: hasTerminal, "no script"))
  func slopes() throws {
    // Half a minute of work: narrow beside wide.
    let line = "table gaussian-mixture --weight 0.3 --variance-1 1e-4 --curves shannon --rates 1"
    let outcome = try interrupted(line, after: "slopes")
    #expect(outcome.output.contains(/[0-9]+ of [0-9]+ slopes/), "\(outcome.output.debugDescription)")
  }
}
