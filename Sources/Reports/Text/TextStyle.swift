import TrainedPoints

/// Whether a text is for a terminal that shows colours.
public enum TextStyle: Sendable {
  /// No control characters.
  case plain
  /// Verdicts in colours (ECMA-48): red, green, yellow, in bold where they are a finding.
  case coloured

  /// A text in the colour of a verdict, or as it is.
  func verdict(_ text: String, _ verdict: Verdict?) -> String {
    guard self == .coloured, let verdict else { return text }
    let code: String
    switch verdict {
    case .impossible: code = "1;31"
    case .optimal: code = "32"
    case .suboptimal: code = "33"
    }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}
