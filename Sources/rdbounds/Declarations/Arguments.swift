import RateDistortion

/// A command line taken apart by a command's declarations; values are read when they are asked for.
struct Arguments: Sendable {
  private var texts: [String: [String]] = [:]
  private(set) var operands: [String] = []
  private let declaredOperands: [Operand]

  /// Takes apart the arguments after the command's name.
  ///
  /// - Throws: `UsageError` for an unknown option, a value missing or not wanted, an option given twice, or operands that
  ///   are too few or too many.
  init(_ words: some Sequence<String>, of command: any Command.Type) throws {
    declaredOperands = command.operands
    let options = command.allOptions
    var words = Array(words)[...]
    var onlyOperands = false
    while let word = words.popFirst() {
      if onlyOperands || word == "-" || !word.hasPrefix("-") {
        operands.append(word)
      } else if word == "--" {
        onlyOperands = true
      } else {
        try take(word, &words, options)
      }
    }
    // Whoever asks for help, or what the output will be, has not finished the line.
    if has(Flags.help) || has(Flags.version) || has(Flags.schema) { return }
    let least = declaredOperands.count(where: \.isRequired)
    guard operands.count >= least else {
      throw UsageError("\(declaredOperands[operands.count].placeholder) is missing")
    }
    guard operands.count <= declaredOperands.count || declaredOperands.last?.isRepeatable ?? false else {
      throw UsageError("\"\(operands[declaredOperands.count])\" is one operand too many")
    }
  }

  private mutating func take(
    _ word: String, _ words: inout ArraySlice<String>, _ options: [OptionDeclaration]
  ) throws {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let isLong = word.hasPrefix("--")
    let found = options.first {
      isLong ? "--" + $0.name == parts[0] : $0.letter.map { "-\($0)" == parts[0] } ?? false
    }
    guard let option = found else {
      let guess = nearestName(to: String(parts[0].drop { $0 == "-" }), among: options.map(\.name))
      throw UsageError("there is no option \(parts[0])" + (guess.map { "; did you mean --\($0)?" } ?? ""))
    }
    var value = ""
    if option.placeholder == nil {
      guard parts.count == 1 else { throw UsageError("\(parts[0]) takes no value") }
    } else if parts.count == 2 {
      value = parts[1]
    } else if let next = words.first, !next.hasPrefix("--") {
      // A value may begin with one dash, as a level in dB does.
      value = words.removeFirst()
    } else {
      throw UsageError("\(parts[0]) needs a value: \(option.placeholder ?? "")")
    }
    guard option.isRepeatable || option.placeholder == nil || texts[option.name] == nil else {
      throw UsageError("--\(option.name) is given twice")
    }
    texts[option.name, default: []].append(value)
  }

  /// Whether a flag was given.
  func has(_ flag: Flag) -> Bool { texts[flag.declaration.name] != nil }

  /// The value of an option, or nil if it was not given.
  ///
  /// - Throws: `UsageError` if the text is no value.
  func value<Value>(of option: Option<Value>) throws -> Value? { try values(of: option).last }

  /// The values of an option that may be repeated.
  ///
  /// - Throws: `UsageError` if a text is no value.
  func values<Value>(of option: Option<Value>) throws -> [Value] {
    try (texts[option.declaration.name] ?? []).map { text in
      do {
        return try option.read(text)
      } catch {
        throw UsageError("--\(option.declaration.name) \(text): \(error)")
      }
    }
  }

  /// The text given for a source's parameter, or nil.
  func text(ofParameter name: String) -> String? { texts[name]?.last }

  /// An operand at its declared place; nil if it is optional and was not given.
  func operand(_ place: Int) -> String? { place < operands.count ? operands[place] : nil }

  /// The operands from a declared place on, where there may be several.
  func operands(from place: Int) -> [String] { Array(operands.dropFirst(place)) }

  /// A required operand.
  func required(_ place: Int) throws -> String {
    guard let operand = operand(place) else { throw UsageError("an operand is missing") }
    return operand
  }
}
