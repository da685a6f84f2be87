extension Shell {
  /// The script that completes the program's command lines in this shell, from the declarations of its commands.
  func script(completing commands: [any Command.Type]) -> String {
    switch self {
    case .bash: return BashCompletion.script(completing: commands)
    case .zsh: return ZshCompletion.script(completing: commands)
    case .fish: return FishCompletion.script(completing: commands)
    }
  }
}

extension OptionDeclaration {
  /// The ways to write it, dashes included.
  var spellings: [String] { (letter.map { ["-\($0)"] } ?? []) + ["--" + name] }

  /// The first clause of its help: a menu of completions has room for no more.
  var menuText: String { String(help.prefix { $0 != ";" && $0 != "(" }).trimmingBlanks }
}

extension String {
  /// The text without blanks at its end.
  fileprivate var trimmingBlanks: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// The text in single quotes, as POSIX shells and fish's backslash rule both read it.
  func quoted(by shell: Shell) -> String {
    var result = "'"
    for character in self {
      switch (character, shell) {
      case ("'", .fish): result += "\\'"
      case ("\\", .fish): result += "\\\\"
      case ("'", _): result += "'\\''"
      default: result.append(character)
      }
    }
    return result + "'"
  }
}
