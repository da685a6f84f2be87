import RateDistortion
import Reports
import TestSupport
import Testing

@Suite("the command line's usage")
struct UsageTests {
  /// Command lines that make no sense, with a part of what the program says about each.
  static let mistakes: [(line: String, says: String)] = [
    ("", "a command is needed"),
    ("tabel ramp", "did you mean \"table\"?"),
    ("--verison", "there is no option"),
    ("table", "SOURCE is missing"),
    ("table ramp circle", "\"circle\" is one operand too many"),
    ("table rmap", "did you mean \"ramp\"?"),
    ("table nothing-like-it", "there are: ramp"),
    ("table ramp --rate 0:1:1", "did you mean --rates?"),
    ("table ramp --colour", "there is no option --colour"),
    ("table ramp -q", "there is no option -q"),
    ("table ramp --certified=yes", "takes no value"),
    ("table ramp --rates", "needs a value"),
    ("table ramp --rates --certified", "needs a value"),
    ("table ramp --rates 0:1:1 --rates 0:2:1", "given twice"),
    ("table ramp --rates 0:1:1 --points 5", "exclude each other"),
    ("table ramp --rates 0:4:0", "greater than 0"),
    ("table ramp --rates 0:4:-1", "greater than 0"),
    ("table ramp --rates 4:0:1", "must not exceed"),
    ("table ramp --rates 0:4", "three numbers"),
    ("table ramp --rates 0:4:1:1", "three numbers"),
    ("table ramp --rates ::", "not a number"),
    ("table ramp --rates=", "not a number"),
    ("table ramp --rates nan:4:1", "not a finite number"),
    ("table ramp --rates 0:inf:1", "not a finite number"),
    ("table ramp --rates 0:1e999:1", "not a finite number"),
    ("table ramp --rates 0:513:1", "out of range"),
    ("table ramp --rates -1:4:1", "out of range"),
    ("table ramp --rates 0:1:1e-300", "at most"),
    ("table ramp --distortions 0", "out of range"),
    ("table ramp --distortions 0.1,-2", "out of range"),
    ("table ramp --distortions 0.1,nan", "not a finite number"),
    ("table ramp --distortions 0.1x", "not a number"),
    ("table ramp --distortions ,", "not a number"),
    ("table ramp --distortions 1:0:5", "greater than 0"),
    ("table ramp --distortions 1:2:1e300", "whole number"),
    ("table ramp --distortions 1:2:2.5", "whole number"),
    ("table ramp --distortions 1:2:1", "a whole number from 2"),
    ("table ramp --points 1", "whole number"),
    ("table ramp --points -5", "whole number"),
    ("table ramp --points 99999999999999999999", "whole number"),
    ("table ramp --points 1e3", "whole number"),
    ("table ramp --curves lwer", "did you mean \"lower\"?"),
    ("table ramp --curves lower,", "a name is empty"),
    ("table ramp --format jsn", "did you mean \"json\"?"),
    ("table ramp --variance 2", "ramp has no parameter \"variance\""),
    ("table gaussian --variance 0", "greater than 0"),
    ("table gaussian --variance 1e400", "greater than 0"),
    ("table gaussian --samples 10", "gaussian has no parameter"),
    ("table ramp --samples 2", "at least 3"),
    ("table ramp --samples 1e300", "whole number"),
    ("table ramp --grid periodic", "together with samples"),
    ("table wyner-ziv --correlation 1", "strictly between"),
    ("at ramp", "one of --distortion"),
    ("at ramp --rate 1 --perception -1", "a squared Wasserstein distance, a number from 0 to 1e300"),
    ("at ramp --rate 1 --perception x", "not a number"),
    ("at ramp --rate 1 --common-randomness -1", "a number of bits from 0 to 100"),
    ("table ramp --curves common-randomness-x", "a number of bits from 0 to 100"),
    ("table banana --common-randomness 1", "no limit at perfect realism is known for banana"),
    ("table banana --perception 0.1", "no limit at perfect realism is known for banana"),
    ("table ramp --curves perception-x", "a squared Wasserstein distance"),
    ("at ramp --rate 1 --distortion 0.01", "only one"),
    ("at ramp --rate 500.5", "out of range"),
    ("at ramp --rate -1", "out of range"),
    ("at ramp --rate nan", "not a finite number"),
    ("at ramp --distortion 0", "greater than 0"),
    ("at ramp --distortion -13", "--distortion-db"),
    ("at ramp --distortion 0.1x", "not a number"),
    ("at ramp --distortion-db 1e9", "no floating-point number"),
    ("at ramp --distortion-db -1e9", "no floating-point number"),
    ("list ramp circle", "one operand too many"),
    ("reference", "DIR is missing"),
  ]

  @Test("a mistake is explained on the standard error, and the status is 64", arguments: mistakes)
  func mistakeIsExplained(line: String, says: String) throws {
    let outcome = try Program.run(line)
    #expect(outcome.status == 64)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.hasPrefix("rdbounds: "))
    #expect(outcome.errors.contains(says), "\(outcome.errors)")
  }

  @Test("options may follow = or a space, come before operands, and end at --")
  func spellings() throws {
    let plain = try Program.run("table ramp --rates 1:2:1")
    #expect(plain.status == 0)
    for line in [
      "table ramp --rates=1:2:1", "table --rates 1:2:1 ramp", "table --rates 1:2:1 -- ramp", "table RAMP --rates 1,2",
    ] {
      #expect(try Program.run(line).output == plain.output)
    }
    #expect(try Program.run("table -- --rates").errors.contains("no source \"--rates\""))
    #expect(try Program.run("at ramp --distortion-db -13").status == 0)
    #expect(try Program.run("at ramp --distortion 0x1p-5").output.contains("D = 0.03125 "))
  }

  @Test("--help and --version everywhere, whatever else is on the line")
  func helpEverywhere() throws {
    for line in ["--help", "-h", "help"] {
      let help = try Program.run(line)
      #expect(help.status == 0 && help.errors.isEmpty)
      for command in ["list", "table", "at", "reference"] { #expect(help.output.contains("\n  \(command) ")) }
    }
    for line in ["--version", "table --version", "at ramp --version"] {
      #expect(try Program.run(line).output == "rdbounds \(ProgramVersion.number)\n")
    }
    #expect(try Program.run("help table").output == Program.run("table --help").output)
    #expect(try Program.run("table ramp --help").output == Program.run("table ramp extra --help").output)
  }

  static let options: [(command: String, options: [String])] = [
    ("list", ["--format text|json"]),
    (
      "table",
      [
        "--rates A:B:STEP", "--distortions A:B:N", "--points N", "--curves NAMES", "--format csv|json|markdown",
        "--certified",
      ]
    ),
    (
      "at",
      [
        "--distortion D", "--distortion-db DB", "--rate R", "--lambda L", "--precise", "--curves NAMES",
        "--format text|csv|json|markdown",
      ]
    ),
    ("reference", ["--check"]),
  ]

  @Test("a command's help names every option and fits 100 columns", arguments: options)
  func helpIsComplete(command: String, options: [String]) throws {
    let help = try Program.run([command, "--help"]).output
    for option in options + ["--help", "--version"] { #expect(help.contains(option)) }
    #expect(help.hasPrefix("Usage: rdbounds \(command)"))
    #expect(help.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test(
    "the help of a source, and of a command about it, names each of its parameters",
    arguments: Catalogue.sources.indices)
  func sourceHelp(index: Int) throws {
    let description = Catalogue.sources[index].description
    for line in ["help \(description.name)", "at \(description.name) --help"] {
      let help = try Program.run(line).output
      for parameter in description.parameters { #expect(help.contains("--\(parameter.name) "), "\(line)") }
    }
  }
}
