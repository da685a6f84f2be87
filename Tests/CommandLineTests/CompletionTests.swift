import Foundation
import RateDistortion
import TestSupport
import Testing

@Suite("completions and the manual page")
struct CompletionTests {
  static let sources = Catalogue.sources.map { $0.description.name }

  /// Words up to the one that is completed, and what bash is to offer.
  static let lines: [(words: [String], offers: [String])] = [
    (["ta"], ["table"]),
    (["--help-"], ["--help-man"]),
    (["--generate-completion-script", ""], ["bash", "zsh", "fish"]),
    (["help", "pro"], ["prove"]),
    (["table", ""], sources),
    (["table", "ra"], ["raised-cosine", "ramp"]),
    (["table", "ramp", ""], []),
    (["table", "ramp", "--cert"], ["--certified"]),
    (["table", "ramp", "--format", ""], ["csv", "json", "markdown"]),
    (["table", "ramp", "--format", "=", "m"], ["markdown"]),
    (["table", "ramp", "--rates", ""], []),
    (["table", "--format", "csv", "ra"], ["raised-cosine", "ramp"]),
    (["table", "--format", "=", "csv", "ra"], ["raised-cosine", "ramp"]),
    (["table", "--certified", "ra"], ["raised-cosine", "ramp"]),
    (["table", "ramp", "--curves", "up"], ["upper"]),
    (["table", "ramp", "--curves", "lower,up"], ["lower,upper"]),
    (["at", "wyner-ziv", "--setting", "s"], ["side-plus-noise", "source-plus-noise"]),
    (["check", "ReadM"], ["ReadMe", "ReadMe too"]),
    (["no-such-command", ""], []),
  ]

  @Test(
    "bash offers what the declarations say", .enabled(if: Program.isInstalled("bash"), "bash is not installed"),
    arguments: lines)
  func bash(words: [String], offers: [String]) throws {
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    for name in ["ReadMe", "ReadMe too"] { try Data().write(to: directory.appendingPathComponent(name)) }
    let quoted = (["rdbounds"] + words).map { "'\($0)'" }.joined(separator: " ")
    let outcome = try Program.shell(
      """
      "$RDBOUNDS" --generate-completion-script bash > '\(directory.path)/script'
      cd '\(directory.path)' && exec bash --norc -c '
      . ./script; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rdbounds; printf "%s\\n" "${COMPREPLY[@]}"' bash \(quoted)
      """)
    #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    let offered = outcome.output.split(separator: "\n").map(String.init)
    #expect(offered.sorted() == offers.sorted())
  }

  @Test("a script for every shell names commands, options and sources", arguments: ["bash", "zsh", "fish"])
  func scripts(shell: String) throws {
    let script = try Program.run(["--generate-completion-script", shell])
    #expect(script.status == 0)
    for command in ["table", "reference", "--certified", "wyner-ziv"] {
      #expect(script.output.contains(command.hasPrefix("--") && shell == "fish" ? "-l certified" : command))
    }
    #expect(try Program.run(["--generate-completion-script=\(shell)"]).output == script.output)
  }

  private func parses(_ shell: String) throws {
    let check = try Program.shell("\"$RDBOUNDS\" --generate-completion-script \(shell) | \(shell) -n /dev/stdin")
    #expect(check.status == 0 && check.errors.isEmpty, "\(check.errors)")
  }

  @Test("bash parses its script", .enabled(if: Program.isInstalled("bash"), "bash is not installed"))
  func bashParses() throws { try parses("bash") }

  @Test("zsh parses its script", .enabled(if: Program.isInstalled("zsh"), "zsh is not installed"))
  func zshParses() throws { try parses("zsh") }

  @Test("fish parses its script", .enabled(if: Program.isInstalled("fish"), "fish is not installed"))
  func fishParses() throws { try parses("fish") }

  @Test("fish offers sources and options", .enabled(if: Program.isInstalled("fish"), "fish is not installed"))
  func fish() throws {
    let offers = { (line: String) -> [String] in
      let outcome = try Program.shell(
        "\"$RDBOUNDS\" --generate-completion-script fish | "
          + "fish --no-config -c 'source -; complete -C \"\(line)\"' | cut -f 1")
      return outcome.output.split(separator: "\n").map(String.init)
    }
    #expect(try offers("rdbounds table ").sorted() == Self.sources.sorted())
    #expect(try offers("rdbounds table --format csv ra") == ["ramp"])
    #expect(try offers("rdbounds table ramp --certi") == ["--certified"])
    #expect(try offers("rdbounds table ramp --curves lower,up") == ["lower,upper"])
  }

  @Test("the manual page has every command and option")
  func manual() throws {
    let page = try Program.run("--help-man")
    #expect(page.status == 0 && page.errors.isEmpty)
    let plain = page.output.replacingOccurrences(of: "\\-", with: "-")
    for word in ["list", "prove", "--rates", "--certified", "--help-man", "wyner-ziv", "EXIT STATUS"] {
      #expect(plain.contains(word))
    }
  }

  @Test(
    "groff finds nothing to object to in the manual page",
    .enabled(if: Program.isInstalled("groff"), "groff is not installed"))
  func groff() throws {
    let groff = try Program.shell("\"$RDBOUNDS\" --help-man | groff -man -Tutf8 -ww")
    #expect(groff.status == 0 && groff.errors.isEmpty, "\(groff.errors)")
  }

  @Test("nor does mandoc", .enabled(if: Program.isInstalled("mandoc"), "mandoc is not installed"))
  func mandoc() throws {
    let lint = try Program.shell("\"$RDBOUNDS\" --help-man | mandoc -T lint -W warning | grep -v 'missing date'")
    #expect(lint.output.isEmpty, "\(lint.output)")
  }

  @Test("the examples of the manual page work")
  func examples() throws {
    let page = try Program.run("--help-man").output.replacingOccurrences(of: "\\-", with: "-")
    let blocks = page.components(separatedBy: ".EX\n").dropFirst()
      .compactMap { $0.components(separatedBy: "\n.EE").first }
    #expect(blocks.count >= 3)
    let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    try FileManager.default.copyItem(
      atPath: PlotTests.data + "/tfc_toy_sources.csv", toPath: directory.path + "/points.csv")
    for line in blocks where !line.contains("plot") {
      let outcome = try Program.shell("rdbounds() { \"$RDBOUNDS\" \"$@\"; }; cd '\(directory.path)'; \(line)")
      #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(line): \(outcome.errors)")
    }
  }

  @Test(
    "a mistake in what stands for a command is explained, with status 64",
    arguments: [
      ("--generate-completion-script", "needs one value: bash|zsh|fish"),
      ("--generate-completion-script tcsh", "must be one of bash, zsh, fish"),
      ("--generate-completion-script bash zsh", "needs one value"),
      ("--help-man=1", "takes no value"),
      ("--help-man table", "takes no value"),
      ("--help-mam", "did you mean \"--help-man\"?"),
      ("list --json --format text", "exclude each other"),
    ])
  func mistakes(line: String, says: String) throws {
    let outcome = try Program.run(line)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("list --json is list --format json")
  func json() throws {
    let plain = try Program.run("list --format json")
    #expect(try Program.run("list --json").output == plain.output)
    #expect(try Program.run("list --json --format json").output == plain.output)
  }
}
