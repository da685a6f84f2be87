import Documents
import Reports

/// Help texts, generated from the declarations.
enum HelpText {
  /// What the program is for.
  static let purpose =
    "Certified limits of lossy compression for sources whose limits are known: a printed lower bound is a lower bound, a "
    + "printed upper bound is achievable."

  /// What happens while somebody waits.
  static let waiting =
    "Rows are printed as they are found. On a terminal a line on the standard error says how far longer work is. Ctrl-C ends it at "
    + "once, by the signal (130 to a shell); the rows that are printed are whole, and a document in JSON has no end then."

  /// The overview of the commands.
  static func overview(of commands: [any Command.Type]) -> String {
    var lines = [
      "Usage: \(ProgramVersion.name) COMMAND [ARGUMENT]...", "",
    ]
    lines += Paragraph.lines(purpose)
    lines += ["", "Commands:"]
    let width = (commands.map { $0.name.count }.max() ?? 0) + 4
    for command in commands { lines += Paragraph.lines(command.summary, label: "  " + command.name, indent: width) }
    lines.append("")
    lines += options(Flags.ofProgram)
    lines += ["", "\"\(ProgramVersion.name) COMMAND --help\" explains a command."]
    lines += Paragraph.lines(ExitStatus.summary)
    lines += Paragraph.lines(waiting)
    return lines.joined(separator: "\n") + "\n"
  }

  /// A command's usage, what it does, and all it takes, with the parameters of the sources that the arguments name.
  static func page(of command: any Command.Type, for arguments: Arguments) -> String {
    let usage = ([ProgramVersion.name, command.name] + command.synopsis).joined(separator: " ")
    var lines = ["Usage: \(usage)", ""] + Paragraph.lines(command.summary)
    for paragraph in command.discussion {
      lines.append("")
      lines += Paragraph.lines(paragraph)
    }
    if !command.operands.isEmpty {
      lines += ["", "Operands:"]
      for operand in command.operands {
        lines += Paragraph.lines(operand.help, label: "  " + operand.placeholder, indent: column)
      }
    }
    let sources = SourceArguments.named(by: arguments)
    for group in OptionDeclaration.Group.allCases {
      var members = command.allOptions.filter { $0.group == group }
      guard !members.isEmpty else { continue }
      if group == .sourceParameter {
        members = sources.flatMap { SourceArguments.parameters(of: $0) }
        if members.isEmpty {
          let hint = "\"\(ProgramVersion.name) help SOURCE\" shows those of a source"
          lines += ["", "\(group.rawValue): " + (sources.isEmpty ? hint : "none")]
          continue
        }
      }
      lines += ["", "\(group.rawValue):"] + options(members)
    }
    if !command.examples.isEmpty {
      lines += ["", "Examples:"] + command.examples.map { "  \(ProgramVersion.name) \($0)" }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static let column = 26

  private static func options(_ options: [OptionDeclaration]) -> [String] {
    options.flatMap { option in
      let letter = option.letter.map { "-\($0), " } ?? ""
      let value = option.placeholder.map { " " + $0 } ?? ""
      return Paragraph.lines(option.help, label: "  \(letter)--\(option.name)\(value)", indent: column)
    }
  }
}

extension Command {
  /// What follows its name in a usage line.
  static var synopsis: [String] {
    operands.map { operand in
      let name = operand.placeholder + (operand.isRepeatable ? "..." : "")
      return operand.isRequired ? name : "[\(name)]"
    } + ["[OPTION]..."]
  }
}
