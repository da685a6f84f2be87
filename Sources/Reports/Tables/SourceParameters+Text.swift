import RateDistortion

extension SourceParameters {
  /// Names and values as text, in the order of the source's description.
  func list(in source: SourceDescription) -> [(name: String, text: String)] {
    source.parameters.compactMap { parameter in
      values[parameter.name].map { (parameter.name, $0.text) }
    }
  }

  /// The parameters as a JSON object.
  func json(in source: SourceDescription) -> JSONValue {
    .object(
      source.parameters.compactMap { parameter in
        values[parameter.name].map { JSONValue.Member(parameter.name, $0.json) }
      })
  }
}

extension SourceParameters.Value {
  /// The value as the command line takes it.
  var text: String {
    switch self {
    case .word(let word): return word
    case .number(let number): return SignificantDigits(readingBackTo: number)?.text ?? ""
    }
  }

  var json: JSONValue {
    switch self {
    case .word(let word): return .text(word)
    case .number(let number): return .number(number)
    }
  }
}
