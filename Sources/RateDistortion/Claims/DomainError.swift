/// An argument outside the domain of the theory, with the facts in it; worded where it is printed.
public enum DomainError: Error, Equatable, Sendable {
  /// A distortion that is not positive, not finite, not a number, or below the least normal number.
  case distortionOutOfRange(Double)
  /// A distortion below the least that a scheme is computed for: its quantizer would have too many levels.
  case distortionTooSmall(Double, least: Double)
  /// A rate that is negative, above `largest`, or not a number.
  case rateOutOfRange(Double, largest: Double)
  /// Evidence beyond what is evaluated, or that names no code of this source, with the reason.
  case evidenceRefused(String)
  /// A slope lambda = -dR/dD that is not positive, not finite, or beyond the rates that are computed.
  case slopeOutOfRange(Double)
  /// Thresholds of a quantizer that do not increase or leave the support; the first offender's index, from 0.
  case thresholdsOutOfOrder(index: Int)
  /// A parameter of a source outside its domain, which `requirement` states ("greater than 0").
  case parameterOutOfRange(name: String, value: String, requirement: String)
  /// A parameter that the source does not have.
  case unknownParameter(name: String, source: String, known: [String])
  /// A name that is no source; `suggestion` is the nearest one, if any is near.
  case unknownSource(name: String, suggestion: String?, known: [String])
  /// A curve that this source does not have.
  case unknownCurve(name: String, source: String, suggestion: String?, known: [String])
  /// Sources for which no limit is known for codes of a kind, which `codes` describes ("that draw on their own").
  case noLimitAtRealism(sources: [String], codes: String)
}

extension DomainError {
  /// Whether the argument is within the domain of curves in general, and only outside that of the one curve asked.
  public var concernsOneCurve: Bool {
    switch self {
    case .distortionTooSmall: return true
    case .rateOutOfRange(let rate, let largest): return rate >= 0 && rate.isFinite && largest < CurveRange.largestRate
    default: return false
    }
  }
}

extension DomainError: CustomStringConvertible {
  /// The facts in a sentence.
  public var description: String {
    switch self {
    case .distortionOutOfRange(let value):
      return
        "distortion \(value.words) is out of range: it must be a finite number greater than 0 (at least 2.3e-308)"
    case .distortionTooSmall(let value, let least):
      return
        "distortion \(value.words) is too small: this scheme is computed for distortions from \(least.words)"
    case .rateOutOfRange(let value, let largest):
      return "rate \(value.words) is out of range: it must be a number of bits from 0 to \(largest.words)"
    case .evidenceRefused(let reason):
      return reason
    case .slopeOutOfRange(let value):
      return
        "slope \(value) is out of range: it must be a finite number of bits per unit of distortion greater than 0, "
        + "and within the rates that are computed"
    case .thresholdsOutOfOrder(let index):
      return "threshold \(index + 1) is out of order: thresholds must increase and lie inside the source's support"
    case .parameterOutOfRange(let name, let value, let requirement):
      return "\(name) \(value) is out of range: it must be \(requirement)"
    case .unknownParameter(let name, let source, let known):
      let list = known.isEmpty ? "it has none" : "it has \(known.joined(separator: ", "))"
      return "\(source) has no parameter \"\(name)\": \(list)"
    case .unknownSource(let name, let suggestion, let known):
      return "there is no source \"\(name)\"" + Self.remedy(suggestion, known)
    case .unknownCurve(let name, let source, let suggestion, let known):
      return "\(source) has no curve \"\(name)\"" + Self.remedy(suggestion, known)
    case .noLimitAtRealism(let sources, let codes):
      return "no limit at perfect realism is known for \(sources.joined(separator: ", ")) and \(codes)"
    }
  }

  private static func remedy(_ suggestion: String?, _ known: [String]) -> String {
    let guess = suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
    return guess + " (there are: \(known.joined(separator: ", ")))"
  }
}
