import RateDistortion

/// An option without a value.
struct Flag: Sendable {
  let declaration: OptionDeclaration

  init(_ name: String, letter: Character? = nil, help: String, group: OptionDeclaration.Group = .command) {
    declaration = OptionDeclaration(name: name, letter: letter, help: help, group: group)
  }
}

/// An option whose value is read from its text by `read`, which says what is wrong with a text by throwing.
struct Option<Value: Sendable>: Sendable {
  let declaration: OptionDeclaration
  let read: @Sendable (String) throws -> Value

  init(
    _ name: String, letter: Character? = nil, _ placeholder: String, help: String,
    choices: @autoclosure @escaping @Sendable () -> [String] = [],
    isList: Bool = false, isPath: Bool = false, isRepeatable: Bool = false,
    read: @escaping @Sendable (String) throws -> Value
  ) {
    declaration = OptionDeclaration(
      name: name, letter: letter, placeholder: placeholder, help: help, findChoices: choices, isList: isList,
      isPath: isPath, isRepeatable: isRepeatable)
    self.read = read
  }
}

extension Option {
  /// An option that takes one of some words, each of which stands for a value.
  init(_ name: String, help: String, among values: [(word: String, value: Value)]) {
    let words = values.map(\.word)
    self.init(name, words.joined(separator: "|"), help: help, choices: words) { text in
      guard let found = values.first(where: { $0.word == text }) else {
        let guess = nearestName(to: text, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
        throw UsageError("it must be one of \(words.joined(separator: ", "))" + guess)
      }
      return found.value
    }
  }
}

extension Option where Value: CaseIterable & RawRepresentable<String> {
  /// An option that takes one of a list of words.
  init(_ name: String, help: String) {
    self.init(name, help: help, among: Value.allCases.map { ($0.rawValue, $0) })
  }
}

/// A finite number as typed: decimal, or hexadecimal as C writes it.
@Sendable
func finiteNumber(_ text: some StringProtocol) throws -> Double {
  guard let value = Double(text) else {
    let isComma = text.contains(",") && Double(String(text).replacing(",", with: ".")) != nil
    throw UsageError(
      "\"\(text)\" is not a number" + (isComma ? " (a decimal comma? numbers are written with a point)" : ""))
  }
  guard value.isFinite else { throw UsageError("\"\(text)\" is not a finite number") }
  return value
}
