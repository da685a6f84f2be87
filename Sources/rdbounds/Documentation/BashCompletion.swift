import Reports

/// Completions for bash, 3.2 and later, with nothing but bash.
enum BashCompletion {
  /// The script, to be sourced or put where bash-completion looks for it under the program's name.
  static func script(completing commands: [any Command.Type]) -> String {
    let program = ProgramVersion.name
    let words = commands.map { $0.name } + ["help"] + Flags.ofProgram.map { "--" + $0.name }
    let shells = Flags.completions.declaration
    return """
      # Completions of \(program) \(ProgramVersion.number) for bash; made by "\(program) --\(shells.name) bash".

      # The words among "$1" that continue "$cur".
      _\(program)_words() {
        local IFS=$' \\t\\n'
        COMPREPLY=($(compgen -W "$1" -- "$cur"))
      }

      # The same where "$cur" is a list with commas: its last name is continued.
      _\(program)_list() {
        local IFS=$' \\t\\n' list=""
        [[ $cur == *,* ]] && list="${cur%,*},"
        COMPREPLY=($(compgen -P "$list" -W "$1" -- "${cur##*,}"))
        compopt -o nospace 2>/dev/null
      }

      # Files ("-f") or directories ("-d").
      _\(program)_paths() {
        local IFS=$'\\n'
        COMPREPLY=($(compgen "$1" -- "$cur"))
        compopt -o filenames 2>/dev/null
      }

      _\(program)() {
        local cur="${COMP_WORDS[COMP_CWORD]}" prev="${COMP_WORDS[COMP_CWORD - 1]}" valued="" place=0 i
        COMPREPLY=()
        # "--option=value" comes as three words.
        if [[ $cur == "=" ]]; then
          cur=""
        elif [[ $prev == "=" ]]; then
          prev="${COMP_WORDS[COMP_CWORD - 2]}"
        fi
        if ((COMP_CWORD == 1)); then
          _\(program)_words "\(words.joined(separator: " "))"
          return
        fi
        case "${COMP_WORDS[1]}" in
          help)
            ((COMP_CWORD == 2)) && _\(program)_words "\(commands.map { $0.name }.joined(separator: " "))"
            return ;;
          --\(shells.name))
            _\(program)_words "\(shells.choices.joined(separator: " "))"
            return ;;
      \(commands.map { valuedOptions(of: $0) }.joined(separator: "\n"))
          *) return ;;
        esac
        # How many operands stand before this word.
        for ((i = 2; i < COMP_CWORD; i++)); do
          case "${COMP_WORDS[i]}" in
            =) ((i++)) ;;
            -?*) [[ " $valued " == *" ${COMP_WORDS[i]} "* && ${COMP_WORDS[i + 1]} != "=" ]] && ((i++)) ;;
            *) ((place++)) ;;
          esac
        done
        case "${COMP_WORDS[1]}" in
      \(commands.map { branch(of: $0) }.joined(separator: "\n"))
        esac
      }

      complete -F _\(program) \(program)

      """
  }

  private static func valuedOptions(of command: any Command.Type) -> String {
    let valued = command.allOptions.filter { $0.placeholder != nil }.flatMap(\.spellings)
    return "    \(command.name)) valued=\"\(valued.joined(separator: " "))\" ;;"
  }

  private static func branch(of command: any Command.Type) -> String {
    var lines = ["    \(command.name))"]
    let valued = command.allOptions.filter { $0.placeholder != nil }
    if !valued.isEmpty {
      lines.append("      case \"$prev\" in")
      for option in valued {
        lines.append("        \(option.spellings.joined(separator: " | "))) \(completion(of: option))return ;;")
      }
      lines.append("      esac")
    }
    let options = command.allOptions.flatMap(\.spellings).filter { $0.hasPrefix("--") }
    lines.append("      if [[ $cur == -* ]]; then")
    lines.append("        _\(ProgramVersion.name)_words \"\(options.joined(separator: " "))\"")
    for (place, operand) in command.operands.enumerated() {
      lines.append("      elif ((place \(operand.isRepeatable ? ">=" : "==") \(place))); then")
      lines.append("        \(completion(of: operand))")
    }
    lines += ["      fi", "      ;;"]
    return lines.joined(separator: "\n")
  }

  /// What completes an option's value, with the separator that follows; empty if nobody can know.
  private static func completion(of option: OptionDeclaration) -> String {
    if option.isPath { return "_\(ProgramVersion.name)_paths -f; " }
    guard !option.choices.isEmpty else { return "" }
    let function = option.isList ? "list" : "words"
    return "_\(ProgramVersion.name)_\(function) \"\(option.choices.joined(separator: " "))\"; "
  }

  private static func completion(of operand: Operand) -> String {
    switch operand.content {
    case .word(let words): return "_\(ProgramVersion.name)_words \"\(words.joined(separator: " "))\""
    case .file: return "_\(ProgramVersion.name)_paths -f"
    case .directory: return "_\(ProgramVersion.name)_paths -d"
    }
  }
}
