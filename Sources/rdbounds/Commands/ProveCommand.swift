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
    """
  ]
  static let operands = [SourceArguments.operand]

  let source: KnownSource

  init(_ arguments: Arguments) throws {
    source = try KnownSource(Catalogue.source(named: arguments.required(0)))
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let report = ProofReport(of: source)
    context.write(report.text)
    return report.holds ? .success : .finding
  }
}
