import Documents
import RateDistortion

extension SourceParameters {
  /// Names and values in words, `samples 64`, in the order of the source's description.
  func words(in source: SourceDescription) -> [String] {
    source.parameters.compactMap { parameter in values[parameter.name].map { "\(parameter.name) \($0.text)" } }
  }

  /// The parameters as a JSON object.
  func json(in source: SourceDescription) -> JSONValue {
    .object(
      source.parameters.compactMap { parameter in
        values[parameter.name].map { JSONValue.Member(parameter.name, $0.json) }
      })
  }

  /// The source, the parameters and what distortion counts, as members of a report.
  func facts(of source: SourceDescription) -> [JSONValue.Member] {
    JSONValue.members([
      "source": .text(source.name), "parameters": json(in: source),
      "distortion_measure": .text(source.distortionMeasure.rawValue),
    ])
  }
}

extension SourceParameters.Value {
  /// The value as a person types it.
  fileprivate var text: String {
    switch self {
    case .word(let word): return word
    case .number(let number): return SignificantDigits(readingBackTo: number)?.text ?? ""
    }
  }

  fileprivate var json: JSONValue {
    switch self {
    case .word(let word): return .text(word)
    case .number(let number): return .number(number)
    }
  }
}
