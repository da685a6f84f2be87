/// A JSON document as a value (RFC 8259), with the order of members and the text of numbers kept.
///
/// A number holds its literal, so that the digits a report has rounded with care are the digits that are written.
public indirect enum JSONValue: Sendable, Equatable {
  /// A name and its value in an object.
  public struct Member: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// A member.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// null.
  case null
  /// true or false.
  case bool(Bool)
  /// A number, as its literal.
  case number(String)
  /// A string.
  case text(String)
  /// An array.
  case array([JSONValue])
  /// An object; the order of members is that of the text.
  case object([Member])

  /// A number as the shortest literal that reads back to the same `Double`; null if it is not finite.
  public static func number(_ value: Double) -> JSONValue {
    guard value.isFinite else { return .null }
    let literal = value.description
    return .number(literal.hasSuffix(".0") ? String(literal.dropLast(2)) : literal)
  }

  /// A whole number.
  public static func number(_ value: Int) -> JSONValue { .number(String(value)) }

  /// A text, or null.
  public static func optionalText(_ value: String?) -> JSONValue { value.map { .text($0) } ?? .null }

  /// A number, or null.
  public static func optionalNumber(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }

  /// Texts.
  public static func texts(_ texts: [String]) -> JSONValue { .array(texts.map { .text($0) }) }

  /// Members by their names, in order.
  public static func members(_ members: KeyValuePairs<String, JSONValue>) -> [Member] {
    members.map { Member($0, $1) }
  }

  /// The value of the first member of a name; nil if there is none or this is no object.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The number nearest to the literal, if this is a number; infinite if the literal is beyond the largest `Double`.
  public var doubleValue: Double? {
    guard case .number(let literal) = self else { return nil }
    return Double(literal)
  }

  /// The whole number, if this is one that `Int` holds, written without fraction and exponent.
  public var integerValue: Int? {
    guard case .number(let literal) = self else { return nil }
    return Int(literal)
  }

  /// The text, if this is a string.
  public var textValue: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// The elements, if this is an array.
  public var elements: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  /// The members, if this is an object.
  public var members: [Member]? {
    guard case .object(let members) = self else { return nil }
    return members
  }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
  /// An object of the members, in order.
  public init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { Member($0.0, $0.1) })
  }
}
