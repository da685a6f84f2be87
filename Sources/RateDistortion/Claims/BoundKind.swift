/// What a number claims.
public enum BoundKind: String, Sendable, Codable, CaseIterable {
  /// No code in the curve's class does better than this.
  case lower
  /// A code that does this well exists, and is named by the certificate.
  case upper
  /// The optimum itself, to within the stated error.
  case exact
  /// A number with an error that is believed, not proved.
  case estimate
}
