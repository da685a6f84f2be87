import RateDistortion
import TrainedPoints

/// A document of claims that is JSON, but not one of claims.
public struct MalformedClaim: WordedError, Equatable, Sendable {
  /// What is missing or wrong.
  public enum Fault: Equatable, Sendable {
    /// A member, in a clause.
    case member(String)
    /// The claim is about a source that a file holds, by its name, and no such file was given.
    case fileNotGiven(source: String)
  }

  /// Where: the row, from 1, or nil for the document as a whole.
  public let row: Int?
  /// What is missing or wrong.
  public let fault: Fault

  /// Place and fault in a sentence.
  public func text(_ wording: Wording) -> String {
    let place = row.map { "row \($0): " } ?? ""
    switch fault {
    case .member(let message): return place + message
    case .fileNotGiven(let source):
      let what = source == Samples.description.name ? "samples" : "a finite source"
      return place + "the claim is about \(what), whose file is not given\(wording.mention(.sourceFile(source)))"
    }
  }

  init(row: Int?, _ message: String) { self.init(row: row, fault: .member(message)) }

  init(row: Int?, fault: Fault) {
    self.row = row
    self.fault = fault
  }
}
