/// Whether a text is for a terminal that shows colours.
public enum TextStyle: Sendable {
  /// No control characters.
  case plain
  /// What matters in colours (ECMA-48).
  case coloured

  /// A text in the colour of what it says, or as it is.
  public func text(_ text: String, as emphasis: Emphasis?) -> String {
    guard self == .coloured, let emphasis else { return text }
    return "\u{1B}[\(emphasis.rawValue)m\(text)\u{1B}[0m"
  }
}

/// What a text says, for its colour.
public enum Emphasis: String, Sendable {
  /// Something is wrong: bold red.
  case alarming = "1;31"
  /// All is well: green.
  case good = "32"
  /// It could be better: yellow.
  case middling = "33"
}
