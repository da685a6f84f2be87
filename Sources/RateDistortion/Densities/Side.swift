/// A direction on the line.
public enum Side: Sendable, Hashable, CaseIterable {
  /// Towards minus infinity.
  case left
  /// Towards plus infinity.
  case right
}
