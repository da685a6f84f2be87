import RateDistortion

/// What is wrong with a command line, for the person who typed it.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// An option as parsing, help texts and completions see it.
struct OptionDeclaration: Sendable {
  /// Under which heading help lists it.
  enum Group: String, Sendable, CaseIterable {
    case command = "Options"
    case sourceParameter = "Parameters of sources"
    case general = "Everywhere"
  }

  /// The name without its dashes.
  let name: String
  /// A letter that stands for the name.
  var letter: Character?
  /// What stands for its value in help texts; nil for a flag, which has none.
  var placeholder: String?
  let help: String
  /// The values there are, if they can be listed.
  var choices: [String] = []
  /// Whether its value is a list of the choices with commas between them.
  var isList = false
  /// Whether its value is the path of a file.
  var isPath = false
  /// Whether it may be given more than once.
  var isRepeatable = false
  var group = Group.command
}

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
    _ name: String, letter: Character? = nil, _ placeholder: String, help: String, choices: [String] = [],
    isList: Bool = false, isPath: Bool = false, isRepeatable: Bool = false,
    read: @escaping @Sendable (String) throws -> Value
  ) {
    declaration = OptionDeclaration(
      name: name, letter: letter, placeholder: placeholder, help: help, choices: choices, isList: isList,
      isPath: isPath, isRepeatable: isRepeatable)
    self.read = read
  }
}

extension Option where Value: CaseIterable & RawRepresentable<String> {
  /// An option that takes one of a list of words.
  init(_ name: String, help: String) {
    let words = Value.allCases.map(\.rawValue)
    self.init(name, words.joined(separator: "|"), help: help, choices: words) { text in
      guard let value = Value(rawValue: text) else {
        let guess = nearestName(to: text, among: words).map { "; did you mean \"\($0)\"?" } ?? ""
        throw UsageError("it must be one of \(words.joined(separator: ", "))" + guess)
      }
      return value
    }
  }
}

/// An argument that is no option: known by its place.
struct Operand: Sendable {
  /// What may stand there, for completions.
  enum Content: Sendable {
    case word([String])
    case file
    case directory
  }

  /// What stands for it in help texts.
  let placeholder: String
  let help: String
  let content: Content
  var isRequired = true
  /// Whether there may be several: of the last operand only.
  var isRepeatable = false
}

/// A finite number as typed: decimal, or hexadecimal as C writes it.
@Sendable
func finiteNumber(_ text: some StringProtocol) throws -> Double {
  guard let value = Double(text) else { throw UsageError("\"\(text)\" is not a number") }
  guard value.isFinite else { throw UsageError("\"\(text)\" is not a finite number") }
  return value
}
