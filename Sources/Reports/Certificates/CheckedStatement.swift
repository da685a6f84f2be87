/// A statement that was checked by its evidence.
public protocol CheckedStatement: Sendable {
  /// The statement and how it went, in a line.
  var text: String { get }
  /// Whether it holds.
  var holds: Bool { get }
}
