import Reports

/// A subcommand: what it takes is declared, and parsing, help and completions follow from the declaration.
///
/// To add one: a type with `name`, `summary`, `operands`, `options`; an `init` that reads the arguments and objects to what
/// makes no sense; a `run` that calls the library and writes. Then a line in `Commands.all`.
protocol Command: Sendable {
  /// The word that calls it.
  static var name: String { get }
  /// What it does, in a line.
  static var summary: String { get }
  /// Further paragraphs of its help.
  static var discussion: [String] { get }
  /// Its operands in order, the required ones first.
  static var operands: [Operand] { get }
  /// Its own options.
  static var options: [OptionDeclaration] { get }

  /// Lines worth copying, without the program's name.
  static var examples: [String] { get }

  /// What its JSON is, if it prints any.
  static var schema: DocumentSchema? { get }

  /// Reads the arguments.
  ///
  /// - Throws: `UsageError` or `DomainError`.
  init(_ arguments: Arguments) throws

  /// What became of the parameters it was given, a sentence each, said before anything is done.
  var remarks: [String] { get }

  /// Does it.
  func run(in context: inout Context) throws -> ExitStatus
}

extension Command {
  static var discussion: [String] { [] }
  static var examples: [String] { [] }
  static var schema: DocumentSchema? { nil }
  static var operands: [Operand] { [] }
  static var options: [OptionDeclaration] { [] }
  var remarks: [String] { [] }

  /// Its own options and those of every command.
  static var allOptions: [OptionDeclaration] {
    let flags = (schema == nil ? [] : [Flags.schema]) + [Flags.help, Flags.version]
    return options + flags.map(\.declaration)
  }
}
