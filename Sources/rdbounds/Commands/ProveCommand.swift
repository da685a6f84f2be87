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

  let source: any InformationSource

  init(_ arguments: Arguments) throws {
    source = try Catalogue.source(named: arguments.required(0)).init(parameters: SourceParameters())
  }

  func run(in context: inout Context) throws -> ExitStatus {
    let checks = source.computedProof()
    guard !checks.isEmpty else {
      context.write("\(source.description.name): no proof rests on a computation\n")
      return .success
    }
    for check in checks { context.write(check.text + "\n") }
    let failed = checks.count { !$0.isProved }
    context.write(
      failed == 0
        ? "\(source.description.name): all \(checks.count) claims are proved\n"
        : "\(source.description.name): \(failed) of \(checks.count) claims are NOT proved\n")
    return failed == 0 ? .success : .finding
  }
}
