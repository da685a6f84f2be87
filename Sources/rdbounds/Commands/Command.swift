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

  /// Reads the arguments.
  ///
  /// - Throws: `UsageError` or `DomainError`.
  init(_ arguments: Arguments) throws

  /// Does it.
  func run(in context: inout Context) throws -> ExitStatus
}

extension Command {
  static var discussion: [String] { [] }
  static var operands: [Operand] { [] }
  static var options: [OptionDeclaration] { [] }

  /// Its own options and those of every command.
  static var allOptions: [OptionDeclaration] { options + [Flags.help.declaration, Flags.version.declaration] }
}

/// The options of every command.
enum Flags {
  static let help = Flag("help", letter: "h", help: "print this help", group: .general)
  static let version = Flag("version", help: "print the program's version", group: .general)
}

/// How the program ends; the numbers are part of its contract.
enum ExitStatus: Int32, Sendable {
  case success = 0
  /// An impossible point, or a drift from the reference files.
  case finding = 1
  case usage = 64
  case badData = 65
  case internalError = 70
}

/// Where a command writes: results to the standard output, in one piece at the end; remarks to the standard error, at once.
struct Context {
  private(set) var output: [UInt8] = []

  /// Adds a result.
  mutating func write(_ text: String) { output.append(contentsOf: text.utf8) }

  /// Says something that is no result.
  func note(_ text: String) {
    _ = TextFile.write(Array("\(ProgramVersion.name): \(text)\n".utf8), to: 2)
  }
}
