/// What a bound's enclosure rests on.
public enum Assurance: Sendable, Equatable {
  /// Interval arithmetic from end to end, and the one assumption about elementary functions that it states.
  case proved
  /// A step that is covered by a stated margin and not by a proof.
  ///
  /// - Parameters:
  ///   - bits: the margin, by which the bound was moved in the safe direction.
  ///   - covers: what the margin covers, as a clause after "to cover".
  case margin(bits: Double, covers: String)

  /// What is assumed, as a clause after "assuming that"; nil where nothing is.
  public var assumption: String? {
    switch self {
    case .proved: return nil
    case .margin(let bits, let covers): return "\(covers) is covered by a margin of \(bits.words) bits"
    }
  }
}
