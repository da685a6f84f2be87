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
    H(index) says, entry by entry.
    """,
    """
    For a source with tables of slopes (R(D), optimal quantizers): that what is found anew at the slopes proves every entry; the \
    margin is in nats. With --tabulate one of them is solved from nothing and printed as the file in C that the program is built with.
    """,
  ]
  static let examples = ["prove circle"]
  static let operands = [SourceArguments.operand]
  static let options = [tabulate.declaration]
  private static let tabulate = Option(
    "tabulate", "NAME", help: "solve the table of that name anew, as logistic or logistic-ecsq, and print its file"
  ) { $0 }

  let source: KnownSource
  let table: ShippedTable?

  init(_ arguments: Arguments) throws {
    let source = try KnownSource(Catalogue.source(named: arguments.required(0)))
    let tables = source.shippedTables
    self.source = source
    table = try arguments.value(of: Self.tabulate).map { name in
      guard let table = tables.first(where: { $0.name == name }) else {
        let names = tables.map(\.name).joined(separator: ", ")
        throw UsageError(
          "\(source.description.name) has no table of that name" + (names.isEmpty ? "" : "; it has \(names)"))
      }
      return table
    }
  }

  func run(in context: inout Context) throws -> ExitStatus {
    if let table {
      context.write(table.file())
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
