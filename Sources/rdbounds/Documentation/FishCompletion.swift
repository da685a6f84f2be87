import Reports

/// Completions for fish, 3.0 and later.
enum FishCompletion {
  /// The script.
  static func script(completing commands: [any Command.Type]) -> String {
    let program = ProgramVersion.name
    let names = commands.map { $0.name }.joined(separator: " ")
    var lines = [
      "# Completions of \(program) \(ProgramVersion.number) for fish; made by \"\(program) --"
        + "\(Flags.completions.declaration.name) fish\".",
      "complete -c \(program) -f",
      "complete -c \(program) -n __fish_use_subcommand -a help -d \("explain a command".quoted(by: .fish))",
      "complete -c \(program) -n '__fish_seen_subcommand_from help' -a \(names.quoted(by: .fish))",
    ]
    lines += Flags.ofProgram.map { line(for: $0, where: "__fish_use_subcommand") }
    for command in commands {
      lines.append(
        "complete -c \(program) -n __fish_use_subcommand -a \(command.name) -d \(command.summary.quoted(by: .fish))")
      let condition = "__fish_seen_subcommand_from \(command.name)"
      for (place, operand) in command.operands.enumerated() {
        let relation = operand.isRepeatable ? "-ge" : "-eq"
        lines.append(line(for: operand, where: "\(condition); and test (__\(program)_operands) \(relation) \(place)"))
      }
      lines += command.allOptions.map { line(for: $0, where: condition) }
    }
    lines.insert(
      """
      function __\(program)_operands
          set -l words (commandline -opc)
          set -l count 0
          set -l isValue no
          for word in $words[3..-1]
              if test $isValue = yes
                  set isValue no
              else if contains -- $word \(valuedOptions(of: commands))
                  set isValue yes
              else if not string match -q -- '-?*' $word
                  set count (math $count + 1)
              end
          end
          echo $count
      end
      """, at: 1)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func valuedOptions(of commands: [any Command.Type]) -> String {
    var seen: Set<String> = []
    return commands.flatMap { $0.allOptions }.filter { $0.placeholder != nil }.flatMap(\.spellings)
      .filter { seen.insert($0).inserted }.joined(separator: " ")
  }

  private static func line(for option: OptionDeclaration, where condition: String) -> String {
    var words = ["complete -c \(ProgramVersion.name) -n \(condition.quoted(by: .fish))"]
    if let letter = option.letter { words.append("-s \(letter)") }
    words.append("-l \(option.name)")
    if option.isPath {
      words.append("-r -F")
    } else if option.placeholder != nil {
      words.append("-x")
    }
    if !option.choices.isEmpty {
      let choices = option.choices.joined(separator: " ")
      words.append("-a \((option.isList ? "(__fish_append , \(choices))" : choices).quoted(by: .fish))")
    }
    words.append("-d \(option.menuText.quoted(by: .fish))")
    return words.joined(separator: " ")
  }

  private static func line(for operand: Operand, where condition: String) -> String {
    let start = "complete -c \(ProgramVersion.name) -n \(condition.quoted(by: .fish)) "
    switch operand.content {
    case .word(let words): return start + "-a \(words.joined(separator: " ").quoted(by: .fish))"
    case .file: return start + "-F"
    case .directory: return start + "-a '(__fish_complete_directories)'"
    }
  }
}
