import RateDistortion

/// A series that deltas cannot be measured from.
public enum SeriesError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is none of this name.
  case unknown(String, known: [String])
  /// There is no other.
  case alone(String)

  /// The facts in a sentence.
  public var description: String {
    switch self {
    case .unknown(let title, let known):
      let guess = nearestName(to: title, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
      return "there is no series \"\(title)\"; there are \(known.joined(separator: "; "))\(guess)"
    case .alone(let title):
      return
        "there is no series besides \"\(title)\" to compare: another file, or a column that separates them (--series-column), or "
        + "a source before the files"
    }
  }
}
