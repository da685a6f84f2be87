/// A source with a reproduction law to be found at any slope, which proves R(D) from both sides.
///
/// - `law(slope:)` searches in floating point, and nothing rests on it.
/// - `bounds(by:)` proves, of any law, what it proves; it trusts nothing but the law's numbers.
public protocol LawSource: SlopeSource {
  /// A law for a slope, as good as the search finds it.
  ///
  /// - Throws: `LawRefused` if the source is beyond what is searched there.
  func law(slope: Double) throws(LawRefused) -> NamedLaw

  /// What a law proves at its slope.
  ///
  /// - Throws: `LawRefused` for a law or slope outside the stated limits.
  func bounds(by law: NamedLaw) throws(LawRefused) -> SlopeBounds
}

extension LawSource {
  /// What the law that is found at a slope proves.
  public func solvedBounds(slope: Double) throws(LawRefused) -> SlopeBounds {
    guard slopes.contains(slope) else { throw LawRefused("no law is sought at the slope \(slope)") }
    return try bounds(by: law(slope: slope))
  }
}
