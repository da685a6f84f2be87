/// The options of every command, that of those that print JSON, and those of the program alone.
enum Flags {
  static let help = Flag("help", letter: "h", help: "print this help", group: .general)
  static let version = Flag("version", help: "print the program's version", group: .general)
  static let schema = Flag("schema", help: "print the JSON Schema of what --format json prints", group: .general)
  static let manual = Flag("help-man", help: "print the manual page, for man -l", group: .general)
  static let completions = Option<Shell>(
    "generate-completion-script", help: "print what completes command lines in this shell")

  /// What may stand in place of a command.
  static let ofProgram = [help.declaration, version.declaration, manual.declaration, completions.declaration]
}

/// The shells whose completions can be printed.
enum Shell: String, CaseIterable, Sendable {
  case bash, zsh, fish
}
