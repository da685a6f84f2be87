extension JSONValue {
  /// How deeply arrays and objects may be nested.
  public static let largestDepth = JSONScanner.largestDepth

  /// Reads one JSON document (RFC 8259), strictly: nothing but white space around it, no trailing commas, no comments, no
  /// member named twice, no half of a surrogate pair, numbers as the grammar has them.
  ///
  /// - Throws: `JSONError` at the first character that does not belong.
  public static func parse(_ text: String) throws(JSONError) -> JSONValue { try parse(Array(text.utf8)) }

  /// Reads one JSON document in UTF-8.
  ///
  /// - Throws: `JSONError` at the first character that does not belong.
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var scanner = JSONScanner(bytes)
    let value = try JSONValue(scanner.next(), &scanner)
    guard scanner.peek() == nil else { throw scanner.error(expected: "the end") }
    return value
  }

  /// The value that begins with an event.
  private init(_ event: JSONScanner.Event, _ scanner: inout JSONScanner) throws(JSONError) {
    switch event {
    case .beginArray:
      var elements: [JSONValue] = []
      while true {
        let event = try scanner.next()
        if case .endArray = event { break }
        elements.append(try JSONValue(event, &scanner))
      }
      self = .array(elements)
    case .beginObject:
      var members: [Member] = []
      var names: Set<String> = []
      while case .name(let text) = try scanner.next() {
        let name = String(decoding: scanner.content(of: text), as: UTF8.self)
        guard names.insert(name).inserted else {
          // At the name's opening quote.
          throw scanner.error("the member \"\(name)\" appears twice", at: text.range.lowerBound - 1)
        }
        members.append(Member(name, try JSONValue(scanner.next(), &scanner)))
      }
      self = .object(members)
    case .text(let text): self = .text(String(decoding: scanner.content(of: text), as: UTF8.self))
    case .literal(.number, let text): self = .number(String(decoding: scanner.content(of: text), as: UTF8.self))
    case .literal(.true, _): self = .bool(true)
    case .literal(.false, _): self = .bool(false)
    case .literal, .name, .endObject, .endArray: self = .null
    }
  }
}
