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

/// The options of every command, and those of the program alone.
enum Flags {
  static let help = Flag("help", letter: "h", help: "print this help", group: .general)
  static let version = Flag("version", help: "print the program's version", group: .general)
  static let manual = Flag("help-man", help: "print the manual page, for man -l", group: .general)
  static let completions = Option<Shell>(
    "generate-completion-script", help: "print what completes command lines in this shell")

  /// What may stand in place of a command.
  static let ofProgram = [help.declaration, version.declaration, manual.declaration, completions.declaration]
}

/// How the program ends; the numbers are part of its contract.
public enum ExitStatus: Int32, Sendable, CaseIterable {
  /// Nothing to complain of.
  case success = 0
  /// An impossible point or one beyond the largest gap, a claim that is not proved, or a drift from the reference files.
  case finding = 1
  /// The command line makes no sense.
  case usage = 64
  /// A file does not.
  case badData = 65
  /// The fault is the program's, or the system's.
  case internalError = 70

  /// What the number says, for help texts.
  var meaning: String {
    switch self {
    case .success: return "success"
    case .finding: return "a finding (an impossible point, a gap too large, a drift, a claim not proved)"
    case .usage: return "usage"
    case .badData: return "bad data"
    case .internalError: return "internal error, or a program that is needed is not there"
    }
  }

  /// All of them in a sentence.
  static var summary: String {
    "Exit status: " + allCases.map { "\($0.rawValue) \($0.meaning)" }.joined(separator: ", ") + "."
  }
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
