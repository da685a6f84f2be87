import Documents
import RateDistortion

/// What `check` reads: claims about curves, or a code's report.
public enum CheckedDocument {
  /// Checks every statement of a document.
  ///
  /// - Parameter source: the source of a file that claims about one are about.
  /// - Throws: `FileError` if it cannot be read; what is wrong with the document.
  public static func checks(
    of input: consuming ByteInput, about source: KnownSource? = nil
  ) throws -> [any CheckedStatement] {
    let document = try ClaimCheck.document(input)
    if let type = CodeClaims.certificates.first(where: { $0.type == document["certificate"]?["type"]?.textValue }) {
      return try CodeClaims.checks(of: document, by: type)
    }
    return try ClaimCheck.checks(of: document, about: source)
  }
}
