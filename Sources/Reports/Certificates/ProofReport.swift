import RateDistortion

/// The computations that proofs about a source rest on, done anew: what `prove` prints.
public struct ProofReport: Sendable {
  /// The source's name.
  public let source: String
  /// The claims, each checked; empty if no proof rests on a computation.
  public let checks: [ProofCheck]

  /// Checks the claims of a source.
  ///
  /// - Parameter progress: told in a line how far a long computation is.
  public init(of source: KnownSource, progress: (String) -> Void = { _ in }) {
    self.source = source.description.name
    checks =
      source.computedProof()
      + source.shippedTables.filter { $0.stored != nil }.map { table in
        table.check { progress("\(table.name): \($0) of \($1) slopes solved") }
      }
      + source.shippedDesigns.filter { $0.stored != nil }.map { table in
        table.check { progress("\(table.name): \($0) of \($1) codes enclosed") }
      }
  }

  /// Whether all claims are proved.
  public var holds: Bool { checks.allSatisfy(\.isProved) }

  /// A line a claim, and what they come to.
  public var text: String {
    guard !checks.isEmpty else { return "\(source): no proof rests on a computation\n" }
    let failed = checks.count { !$0.isProved }
    let outcome =
      failed == 0
      ? "all \(checks.count) claims are proved" : "\(failed) of \(checks.count) claims are NOT proved"
    return (checks.map(\.text) + ["\(source): \(outcome)"]).joined(separator: "\n") + "\n"
  }
}
