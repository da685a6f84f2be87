/// What a parameter of a source is: its name, meaning, domain and default, for the command line and for `list`.
public struct ParameterDescription: Sendable, Equatable {
  /// The values a parameter takes.
  public enum Domain: Sendable, Equatable {
    /// A number greater than 0; `nil` as the default means the parameter is optional.
    case positive(default: Double?)
    /// A number strictly between two others.
    case between(Double, Double)
    /// A whole number at least as large as this.
    case wholeNumber(atLeast: Int)
    /// One of a list of words, the first being the default.
    case choice([String])
    /// A list of numbers, with commas between them, or a file of them.
    case numbers
    /// The rows of a matrix, with semicolons between them, or a file of it.
    case matrix
    /// Words whose meaning the source knows; `form` says how they are written. `nil` as the default means that the parameter
    /// is optional.
    case text(form: String, default: String? = nil)
    /// Given or not.
    case flag
  }

  /// The name, as an option without its dashes.
  public let name: String
  /// What it means, in a line.
  public let help: String
  /// What values it takes.
  public let domain: Domain
  /// Columns of trainers' files that hold it.
  public let columns: [String]

  /// A parameter.
  public init(_ name: String, help: String, domain: Domain, columns: [String] = []) {
    self.name = name
    self.help = help
    self.domain = domain
    self.columns = columns
  }

  /// Reads a value from its text.
  ///
  /// - Throws: `DomainError.parameterOutOfRange` if the text is no value of the domain.
  public func value(from text: String) throws(DomainError) -> SourceParameters.Value {
    switch domain {
    case .choice(let words):
      guard words.contains(text) else {
        throw outOfRange(text, "one of \(words.joined(separator: ", "))")
      }
      return .word(text)
    case .positive:
      guard let number = Double(text), number > 0, number.isFinite else {
        throw outOfRange(text, "a finite number greater than 0")
      }
      return .number(number)
    case .between(let low, let high):
      guard let number = Double(text), number > low, number < high else {
        throw outOfRange(text, "a number strictly between \(low) and \(high)")
      }
      return .number(number)
    case .wholeNumber(let least):
      // 2^53 counts are still exact floating-point numbers.
      guard let number = Double(text), number >= Double(least), number <= 0x1p53, number == number.rounded() else {
        throw outOfRange(text, "a whole number, at least \(least)")
      }
      return .number(number)
    case .numbers:
      let rows = try rows(of: text)
      return .numbers(rows.flatMap { $0 }, columns: rows.reduce(0) { $0 + $1.count })
    case .matrix:
      let rows = try rows(of: text)
      let columns = rows.first?.count ?? 0
      if let index = rows.firstIndex(where: { $0.count != columns }) {
        throw .parameterOutOfRange(
          name: name, value: "with \(rows[index].count) numbers in row \(index + 1)",
          requirement: "of rows of \(columns) numbers, as the first one has")
      }
      return .numbers(rows.flatMap { $0 }, columns: columns)
    case .text:
      guard !text.isEmpty else { throw outOfRange("\"\"", "given in words or numbers") }
      return .word(text)
    case .flag:
      // A flag on the command line has no text; written down, it says yes.
      guard ["", Self.given].contains(text) else { throw outOfRange(text, "\(Self.given), or not given") }
      return .word(Self.given)
    }
  }

  /// What a flag says that is given.
  static let given = "yes"

  /// Rows of finite numbers, read from their text.
  private func rows(of text: String) throws(DomainError) -> [[Double]] {
    var rows: [[Double]] = []
    for line in text.split(separator: ";", omittingEmptySubsequences: false) {
      var row: [Double] = []
      for word in line.split(separator: ",", omittingEmptySubsequences: false) {
        let digits = word.drop { $0 == " " }
        guard let number = Double(digits), number.isFinite else {
          let place = "\"\(digits.prefix(40))\" in row \(rows.count + 1), column \(row.count + 1)"
          throw outOfRange(place, "a finite number")
        }
        row.append(number)
      }
      rows.append(row)
    }
    return rows
  }

  private func outOfRange(_ text: String, _ requirement: String) -> DomainError {
    .parameterOutOfRange(name: name, value: text, requirement: requirement)
  }
}

/// The values given for a source's parameters, each valid on its own; a source checks what they mean together.
public struct SourceParameters: Sendable, Hashable {
  /// A number, a word, or many numbers.
  public enum Value: Sendable, Hashable {
    /// A number.
    case number(Double)
    /// One of a parameter's words.
    case word(String)
    /// A list of numbers, row by row.
    case numbers([Double], columns: Int)
  }

  /// The values by parameter name; a parameter that was not given is absent.
  public private(set) var values: [String: Value]

  /// No value given.
  public init() { values = [:] }

  /// Values read from text, checked against the source's own descriptions.
  ///
  /// - Throws: `DomainError.unknownParameter` or `.parameterOutOfRange`.
  public init(_ texts: [String: String], of description: SourceDescription) throws(DomainError) {
    values = [:]
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      guard let parameter = description.parameters.first(where: { $0.name == name }) else {
        throw .unknownParameter(name: name, source: description.name, known: description.parameters.map(\.name))
      }
      values[name] = try parameter.value(from: text)
    }
  }

  /// The number given for a parameter, if any.
  public func number(_ name: String) -> Double? {
    if case .number(let value)? = values[name] { return value }
    return nil
  }

  /// The word given for a parameter, if any.
  public func word(_ name: String) -> String? {
    if case .word(let value)? = values[name] { return value }
    return nil
  }

  /// The numbers given for a parameter, row by row, and how many are in a row; nil if none are.
  public func numbers(_ name: String) -> (values: [Double], columns: Int)? {
    if case .numbers(let values, let columns)? = values[name] { return (values, columns) }
    return nil
  }

  /// Whether a parameter is a flag that is given.
  public func isGiven(_ name: String) -> Bool { word(name) == ParameterDescription.given }

  /// Sets a parameter.
  public mutating func set(_ name: String, to value: Value) { values[name] = value }
}

extension SourceParameters: ExpressibleByDictionaryLiteral {
  /// Values that are known to be valid, by the parameters' names.
  public init(dictionaryLiteral elements: (String, Value)...) {
    values = Dictionary(elements) { _, last in last }
  }
}
