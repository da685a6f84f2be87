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
