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
    For a source with a table of R(D): that the laws found anew at its slopes prove every entry; the margin is in nats. With \
    --tabulate the table is solved from nothing and printed as the file in C that the program is built with.
    """,
  ]
  static let examples = ["prove circle"]
  static let operands = [SourceArguments.operand]
  static let options = [tabulate.declaration]
  private static let tabulate = Flag("tabulate", help: "solve the table of R(D) anew and print its file")

  let source: KnownSource
  let tabulates: Bool

  init(_ arguments: Arguments) throws {
    source = try KnownSource(Catalogue.source(named: arguments.required(0)))
    tabulates = arguments.has(Self.tabulate)
  }

  func run(in context: inout Context) throws -> ExitStatus {
    if tabulates {
      guard !source.shippedTables.isEmpty else { throw UsageError("\(source.description.name) has no table of R(D)") }
      for table in source.shippedTables { context.write(table.file(of: table.solved())) }
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
