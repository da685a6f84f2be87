import Documents
import RateDistortion

/// A statement that was checked by its evidence.
public protocol CheckedStatement: Sendable {
  /// The statement and how it went, in a line.
  var text: String { get }
  /// Whether it holds.
  var holds: Bool { get }
}

/// What `check` reads: claims about curves, or a code's report.
public enum CheckedDocument {
  /// Checks every statement of a document.
  ///
  /// - Parameter source: the finite source that claims about one are about.
  /// - Throws: `FileError` if it cannot be read; what is wrong with the document.
  public static func checks(
    of input: consuming ByteInput, about source: FiniteAlphabet? = nil
  ) throws -> [any CheckedStatement] {
    let document = try ClaimCheck.document(input)
    if document["certificate"]?["type"]?.textValue == LineCode.type { return try CodeClaims.checks(of: document) }
    return try ClaimCheck.checks(of: document, about: source)
  }
}
