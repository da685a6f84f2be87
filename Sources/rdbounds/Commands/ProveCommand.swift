import RateDistortion
import Reports

/// `prove`: the computations that proofs about a source rest on, done before the reader's eyes.
struct ProveCommand: Command {
  static let name = "prove"
  static let summary = "Check, with intervals, the inequalities that the proofs about a source rest on."
  static let discussion = [
    """
    For the circle: that three stationary cell sizes add up to more than 1 whatever the multipliers, so that biuniform codes \
    are optimal, and the inequalities between numbers that the written proof uses. Each line gives the claim, the number of \
    boxes it took, and the margin by which it holds. Exit status 1 if a claim is not proved.
    """,
    """
    For wyner-ziv and binning: that no set of sources earns more behind Gaussian noise than the table behind the converse for \
    H(index) says, entry by entry. For wyner-ziv also that every code in the tables of designed codes does what the table \
    says; the margin is in bits.
    """,
    """
    For a source with tables of slopes (R(D), optimal quantizers): that what is found anew at the slopes proves every entry; the \
    margin is in nats. With --tabulate one of the tables, also of designed codes, is solved from nothing and printed as the \
    file in C that the program is built with.
    """,
  ]
  static let examples = ["prove circle"]
  static let operands = [SourceArguments.operand]
  static let options = [tabulate.declaration]
  private static let tabulate = Option(
    "tabulate", "NAME", help: "solve the table of that name anew, as logistic or logistic-ecsq, and print its file"
  ) { $0 }

  let source: KnownSource
  /// The file of the table that is asked for.
  let file: (@Sendable () -> String)?

  init(_ arguments: Arguments) throws {
    let source = try KnownSource(Catalogue.source(named: arguments.required(0)))
    var files: [(name: String, make: @Sendable () -> String)] = []
    for table in source.shippedTables { files.append((table.name, { table.file() })) }
    for table in source.shippedDesigns { files.append((table.name, { table.file(of: table.solved()) })) }
    self.source = source
    file = try arguments.value(of: Self.tabulate).map { name in
      guard let file = files.first(where: { $0.name == name }) else {
        let names = files.map(\.name).joined(separator: ", ")
        throw UsageError(
          "\(source.description.name) has no table of that name" + (names.isEmpty ? "" : "; it has \(names)"))
      }
      return file.make
    }
  }

  func run(in context: inout Context) throws -> ExitStatus {
    if let file {
      context.write(file())
      return .success
    }
    let report = ProofReport(of: source) {
      context.write($0 + "\n")
      context.flush()
    }
    context.write(report.text)
    return report.holds ? .success : .finding
  }
}
