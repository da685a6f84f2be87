import RateDistortion
import Reports

/// The manual page, in the `man` macros that groff and mandoc both read.
enum ManualPage {
  /// The page of the program with its commands.
  static func text(of commands: [any Command.Type]) -> String {
    let program = ProgramVersion.name
    var lines = [
      ".TH \(program.uppercased()) 1 \"\" \"\(program) \(ProgramVersion.number)\" \"User Commands\"",
      ".SH NAME",
      "\(program) \\- certified limits of lossy compression",
      ".SH SYNOPSIS",
    ]
    for (index, command) in commands.enumerated() {
      if index > 0 { lines.append(".br") }
      lines += [".B \(program) \(command.name)", command.synopsis.map(argument).joined(separator: " ")]
    }
    lines += [".SH DESCRIPTION", escaped(HelpText.purpose)]
    lines += [
      ".PP",
      escaped(
        "Rates are in bits. Results go to the standard output and nothing else does; remarks go to the standard error. "
          + "The same input gives the same bytes. A command that prints JSON with --format json prints its JSON Schema with --schema."
      ),
    ]
    lines.append(".SH COMMANDS")
    for command in commands { lines += section(of: command) }
    lines.append(".SH OPTIONS IN PLACE OF A COMMAND")
    for option in Flags.ofProgram { lines += item(option) }
    lines.append(".SH SOURCES")
    for type in Catalogue.sources {
      let source = type.description
      let names = ([source.name] + source.aliases).joined(separator: ", ")
      lines += [
        ".TP", ".B \(escaped(names))",
        escaped("\(source.definition). Distortion: \(source.distortionMeasure.phrase). \(source.reference)."),
      ]
    }
    lines.append(".SH EXIT STATUS")
    for status in ExitStatus.allCases { lines += [".TP", ".B \(status.rawValue)", escaped(status.meaning)] }
    lines += [".PP", escaped(HelpText.waiting)]
    lines += [".SH EXAMPLES"]
    for (index, example) in examples.enumerated() {
      if index > 0 { lines.append(".PP") }
      lines += [escaped(example.says), ".PP", ".RS 4", ".EX", escaped(example.line), ".EE", ".RE"]
    }
    lines += [".SH SEE ALSO", ".BR gnuplot (1)"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Command lines worth copying; a test runs them.
  static let examples: [(says: String, line: String)] = [
    ("E(D) of the ramp at 1 to 4 bits:", "rdbounds table ramp --curves exact --rates 1:4:1"),
    ("Every bound of the circle at 3 bits, with the codes and multipliers behind them:", "rdbounds at circle --rate 3"),
    (
      "The figure of the circle with the circle's points of a file, a series for each number of latent dimensions:",
      "rdbounds plot circle --points points.csv --series-column latent_dims -o circle.svg"
    ),
    (
      "What the circle's points of that file cost against E(D) on the average:",
      "rdbounds delta circle points.csv --series-column latent_dims --format markdown"
    ),
    (
      "Doubt a number: its certificate is evaluated anew.",
      "rdbounds at ramp --distortion 0.01 --format json | rdbounds check -"
    ),
  ]

  private static func section(of command: any Command.Type) -> [String] {
    var lines = [".SS \(command.name) " + command.synopsis.map(escaped).joined(separator: " ")]
    lines.append(escaped(command.summary))
    for paragraph in command.discussion { lines += [".PP", escaped(paragraph)] }
    for operand in command.operands { lines += [".TP", ".I \(escaped(operand.placeholder))", escaped(operand.help)] }
    for option in command.options { lines += item(option) }
    return lines
  }

  private static func item(_ option: OptionDeclaration) -> [String] {
    let spellings = option.spellings.map { "\\fB\(escaped($0))\\fR" }.joined(separator: ", ")
    let value = option.placeholder.map { " \\fI\(escaped($0))\\fR" } ?? ""
    return [".TP", spellings + value, escaped(option.help)]
  }

  private static func argument(_ text: String) -> String { "\\fI\(escaped(text))\\fR" }

  /// A text without what roff would take for a request, and with dashes that can be copied.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "\n": result += " "
      default: result.append(character)
      }
    }
    return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
  }
}
