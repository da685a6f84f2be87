import Documents
import ParallelBlocks
import RateDistortion
import Reports
import TrainedPoints

/// The program: finds the command, runs it, and turns what is thrown into words and a status, in this one place.
public enum Commands {
  /// Every command, in the order of the help.
  static let all: [any Command.Type] = [
    ListCommand.self,
    TableCommand.self,
    AtCommand.self,
    GapsCommand.self,
    LosslessCommand.self,
    RefineCommand.self,
    VerifyCommand.self,
    CodeCommand.self,
    DesignCommand.self,
    DeltaCommand.self,
    PlotCommand.self,
    ReferenceCommand.self,
    CheckCommand.self,
    ProveCommand.self,
  ]

  /// Runs a command line, without the program's name.
  public static func run(_ words: [String]) -> ExitStatus {
    let progress = ProgressLine()
    Interruption.watch(progress)
    progress.start()
    var context = Context(progress)
    let status = WorkInProgress.$observer.withValue(progress) { run(words, in: &context) }
    progress.finish()
    guard let failure = context.finish() else { return status }
    context.note("cannot write the results: \(failure.reason)")
    return .internalError
  }

  private static func run(_ words: [String], in context: inout Context) -> ExitStatus {
    guard let first = words.first else {
      context.note("a command is needed\n\n\(HelpText.overview(of: all))")
      return .usage
    }
    if ["--help", "-h", "help"].contains(first) {
      // "help COMMAND" is "COMMAND --help", "help SOURCE" is "list SOURCE".
      if words.count > 1 {
        let isSource = Catalogue.knownSource(named: words[1]) != nil
        return run(isSource ? [ListCommand.name, words[1]] : [words[1], "--help"], in: &context)
      }
      context.write(HelpText.overview(of: all))
      return .success
    }
    if first == "--version" {
      context.write("\(ProgramVersion.name) \(ProgramVersion.number)\n")
      return .success
    }
    if let status = runDocumentation(words, in: &context) { return status }
    guard let command = all.first(where: { $0.name == first }) else {
      let known = all.map { $0.name } + Flags.ofProgram.map { "--" + $0.name }
      let guess = nearestName(to: first, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      let noun = first.hasPrefix("-") ? "option" : "command"
      context.note("there is no \(noun) \"\(first)\"\(guess)\nTry \"\(ProgramVersion.name) --help\".")
      return .usage
    }
    return run(command, words.dropFirst(), in: &context)
  }

  /// The manual page and the completion scripts; nil if neither is asked for.
  private static func runDocumentation(_ words: [String], in context: inout Context) -> ExitStatus? {
    let parts = words[0].split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let values = parts.dropFirst() + words.dropFirst()
    do {
      switch parts[0] {
      case "--" + Flags.manual.declaration.name:
        guard values.isEmpty else { throw UsageError("\(parts[0]) takes no value") }
        context.write(ManualPage.text(of: all))
      case "--" + Flags.completions.declaration.name:
        let shells = Flags.completions.declaration.placeholder ?? ""
        guard let name = values.first, values.count == 1 else {
          throw UsageError("\(parts[0]) needs one value: \(shells)")
        }
        do {
          context.write(try Flags.completions.read(name).script(completing: all))
        } catch {
          throw UsageError("\(parts[0]) \(name): \(error)")
        }
      default:
        return nil
      }
      return .success
    } catch {
      context.note("\(error)\nTry \"\(ProgramVersion.name) --help\".")
      return .usage
    }
  }

  private static func run(
    _ command: any Command.Type, _ words: ArraySlice<String>, in context: inout Context
  ) -> ExitStatus {
    do {
      switch try prepared(command, words) {
      case .run(let command):
        command.remarks.forEach(context.note)
        return try command.run(in: &context)
      case .print(let text): context.write(text)
      }
      return .success
    } catch {
      let status = status(of: error)
      let remedy = status == .usage ? "\nTry \"\(ProgramVersion.name) \(command.name) --help\"." : ""
      context.note("\(command.name): \(Wording.options.text(of: error))\(remedy)")
      return status
    }
  }

  /// What a command line comes to before anything is done.
  private enum Prepared {
    case run(any Command)
    case print(String)
  }

  private static func prepared(_ command: any Command.Type, _ words: ArraySlice<String>) throws -> Prepared {
    let arguments = try Arguments(words, of: command)
    if arguments.has(Flags.help) { return .print(HelpText.page(of: command, for: arguments)) }
    if arguments.has(Flags.version) { return .print("\(ProgramVersion.name) \(ProgramVersion.number)\n") }
    if let schema = command.schema, arguments.has(Flags.schema) { return .print(schema.text) }
    return .run(try command.init(arguments))
  }

  /// What is wrong with the arguments of a command, in words; nil if it would be run.
  public static func objection(to words: [String]) -> String? {
    guard let command = all.first(where: { $0.name == words.first }) else { return "there is no such command" }
    do {
      _ = try prepared(command, words.dropFirst())
      return nil
    } catch {
      return Wording.options.text(of: error)
    }
  }

  /// Whose fault an error is.
  private static func status(of error: any Error) -> ExitStatus {
    switch error {
    case is UsageError, is DomainError, is GridError, is FigureError, is NoGaps, is NoSideInformation, is NoCodes,
      is SeriesError, is TooManyLabels:
      return .usage
    case is JSONError, is MalformedFile, is MalformedClaim, is MalformedFiniteSource, is NoPoints, is DeltaError:
      return .badData
    // Whose rows these are is for the command line to say where the file does not.
    case let error as PointFileError:
      if case .sourceNotGiven = error.fault { return .usage }
      return .badData
    case let error as FileError: return error.action == .read ? .badData : .internalError
    default: return .internalError
    }
  }
}
