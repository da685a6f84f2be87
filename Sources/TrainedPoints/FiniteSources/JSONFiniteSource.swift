import Documents
import RateDistortion

/// Finite sources as JSON:
///
///     {"probabilities": [0.5, 0.5], "distortions": [[0, 1], [1, 0]]}
///
/// `distortions` has a row a letter, where the text `"inf"` forbids a reproduction; without it `values` may say which numbers the
/// letters are. Other members are passed over.
enum JSONFiniteSource {
  /// Reads a document.
  ///
  /// - Throws: `MalformedFiniteSource`.
  static func read(_ bytes: [UInt8], file: String) throws -> FiniteTable {
    let fault = { (message: String) in MalformedFiniteSource(file: file, message: message) }
    let document: JSONValue
    do {
      document = try JSONValue.parse(bytes)
    } catch {
      throw fault("\(error)")
    }
    guard document.members != nil else { throw fault("the document is no object") }
    guard let probabilities = try numbers(document, "probabilities", "probability", fault) else {
      throw fault("\"probabilities\" is missing or no array")
    }
    let values = try numbers(document, "values", "value", fault)
    do {
      guard let member = document["distortions"], member != .null else {
        return FiniteTable(probabilities: probabilities, values: values)
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
      return FiniteTable(
        probabilities: probabilities, values: values, distortions: FiniteTable.Matrix(rows: matrix, columns: columns))
    } catch let error as FiniteSourceError {
      throw fault("\(error)")
    }
  }

  /// The numbers of a member; nil if it is no array.
  private static func numbers(
    _ document: JSONValue, _ name: String, _ singular: String, _ fault: (String) -> MalformedFiniteSource
  ) throws -> [Double]? {
    guard let elements = document[name]?.elements else { return nil }
    try requireSize(elements.count, fault)
    return try elements.enumerated().map { index, element in
      guard let value = element.doubleValue else { throw fault("\(singular) \(index + 1) is no number") }
      return value
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
