import Reports

/// Completions for zsh, as a function file for a directory of `$fpath`.
enum ZshCompletion {
  /// The script.
  static func script(completing commands: [any Command.Type]) -> String {
    let program = ProgramVersion.name
    let menu = commands.map { "    \(item($0.name, $0.summary))" }.joined(separator: "\n")
    let branches = commands.map { branch(of: $0) }.joined(separator: "\n")
    return """
      #compdef \(program)
      # Completions of \(program) \(ProgramVersion.number) for zsh; made by "\(program) --\
      \(Flags.completions.declaration.name) zsh".

      _\(program)_commands() {
        local -a commands=(
      \(menu)
        )
        _describe -t commands command commands
      }

      _\(program)() {
        local curcontext="$curcontext" state line
        local -A opt_args
        _arguments -C \\
      \(Flags.ofProgram.flatMap { specifications(of: $0, isExclusive: true) }.map { "    \($0) \\" }
        .joined(separator: "\n"))
          '1: :_\(program)_commands' \\
          '*:: :->arguments' && return 0
        [[ $state == arguments ]] || return 1
        case $line[1] in
          help) _\(program)_commands ;;
      \(branches)
        esac
      }

      if [[ $funcstack[1] == _\(program) ]]; then
        _\(program) "$@"
      else
        compdef _\(program) \(program)
      fi

      """
  }

  private static func item(_ name: String, _ summary: String) -> String {
    "\(name):\(escaped(summary, ":"))".quoted(by: .zsh)
  }

  private static func branch(of command: any Command.Type) -> String {
    let options = command.allOptions.flatMap { specifications(of: $0) }
    let operands = command.operands.enumerated().map { place, operand in
      let colons = operand.isRequired ? ":" : "::"
      let action: String
      switch operand.content {
      case .word(let words): action = "(\(words.joined(separator: " ")))"
      case .file: action = "_files"
      case .directory: action = "_files -/"
      }
      let which = operand.isRepeatable ? "*" : "\(place + 1)"
      return "\(which)\(colons)\(operand.placeholder):\(action)".quoted(by: .zsh)
    }
    let lines = (options + operands).map { "        \($0)" }.joined(separator: " \\\n")
    return "    \(command.name))\n      _arguments -s \\\n\(lines)\n      ;;"
  }

  /// One specification of `_arguments` for each way to write an option.
  private static func specifications(of option: OptionDeclaration, isExclusive: Bool = false) -> [String] {
    let help = escaped(option.menuText, "[]:")
    var action = ""
    if option.isPath {
      action = "_files"
    } else if option.isList {
      action = "_values -s , \(option.placeholder ?? "") \(option.choices.joined(separator: " "))"
    } else if !option.choices.isEmpty {
      action = "(\(option.choices.joined(separator: " ")))"
    }
    let value = option.placeholder.map { ":\(escaped($0, ":")):\(action)" } ?? ""
    let exclusion = isExclusive ? "(- *)" : option.isRepeatable ? "*" : "(\(option.spellings.joined(separator: " ")))"
    return option.spellings.map { spelling in
      let joint = option.placeholder == nil ? "" : spelling.hasPrefix("--") ? "=" : "+"
      return "\(exclusion)\(spelling)\(joint)[\(help)]\(value)".quoted(by: .zsh)
    }
  }

  private static func escaped(_ text: String, _ special: String) -> String {
    text.map { special.contains($0) ? "\\\($0)" : String($0) }.joined()
  }
}
