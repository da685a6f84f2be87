import Documents
import RateDistortion

/// Finite sources as JSON:
///
///     {"probabilities": [0.5, 0.5], "distortions": [[0, 1], [1, 0]]}
///
/// `distortions` has a row a letter and may be left out, for Hamming distortion; the text `"inf"` forbids a reproduction.
/// Other members are passed over.
enum JSONFiniteSource {
  /// Reads a document.
  ///
  /// - Throws: `MalformedFiniteSource`.
  static func read(_ bytes: [UInt8], file: String) throws -> FiniteSource {
    let fault = { (message: String) in MalformedFiniteSource(file: file, message: message) }
    let document: JSONValue
    do {
      document = try JSONValue.parse(bytes)
    } catch {
      throw fault("\(error)")
    }
    guard document.members != nil else { throw fault("the document is no object") }
    guard let masses = document["probabilities"]?.elements else {
      throw fault("\"probabilities\" is missing or no array")
    }
    try requireSize(masses.count, fault)
    var probabilities: [Double] = []
    for (index, element) in masses.enumerated() {
      guard let value = element.doubleValue else { throw fault("probability \(index + 1) is no number") }
      probabilities.append(value)
    }
    do {
      guard let member = document["distortions"], member != .null else {
        return try FiniteSource(probabilities: probabilities)
      }
      guard let rows = member.elements else { throw fault("\"distortions\" is no array") }
      try requireSize(rows.count, fault)
      var matrix: [Double] = []
      var columns = 0
      for (row, value) in rows.enumerated() {
        guard let entries = value.elements else { throw fault("row \(row + 1) of \"distortions\" is no array") }
        if row == 0 { columns = entries.count }
        try requireSize(entries.count, fault)
        guard entries.count == columns else {
          throw FiniteSourceError.raggedRow(row, entries.count, expected: columns)
        }
        for (column, entry) in entries.enumerated() {
          guard let number = number(entry) else {
            throw fault("the distortion in row \(row + 1), column \(column + 1) is no number")
          }
          matrix.append(number)
        }
      }
      guard rows.count == probabilities.count else {
        throw FiniteSourceError.rowCount(rows.count, letters: probabilities.count)
      }
      return try FiniteSource(probabilities: probabilities, rows: matrix, reproductions: columns)
    } catch let error as FiniteSourceError {
      throw fault("\(error)")
    }
  }

  private static func requireSize(_ count: Int, _ fault: (String) -> MalformedFiniteSource) throws {
    guard count >= 1, count <= FiniteSource.largestSize else {
      throw fault("\(FiniteSourceError.size(count, largest: FiniteSource.largestSize))")
    }
  }

  private static func number(_ value: JSONValue) -> Double? {
    if let text = value.textValue { return ["inf", "infinity"].contains(text.lowercased()) ? .infinity : nil }
    return value.doubleValue
  }
}

/// A JSON file of a finite source that is none, and why.
public struct MalformedFiniteSource: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file's name, or "standard input".
  public let file: String
  /// What is wrong.
  public let message: String

  /// File and message in a sentence.
  public var description: String { "\(file): \(message)" }
}
