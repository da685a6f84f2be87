import RateDistortion

extension BoundKind {
  /// The relation of the curve to its number, as a sign between them.
  var sign: String {
    switch self {
    case .lower: return ">="
    case .upper: return "<="
    case .exact: return "="
    case .estimate: return "~"
    }
  }

  /// What the kind claims, in words; whether all of it is proved.
  func meaning(isProved: Bool) -> String {
    switch self {
    case .lower: return isProved ? "lower bound: no code does better" : "lower bound, up to a margin"
    case .upper: return isProved ? "upper bound: the code below does this" : "upper bound, up to a margin"
    case .exact: return isProved ? "exact" : "exact, up to a margin"
    case .estimate: return "estimate, not a bound"
    }
  }
}
