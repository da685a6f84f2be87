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
  /// The value as a person types it; of many numbers, how many.
  fileprivate var text: String {
    switch self {
    case .word(let word): return word
    case .number(let number): return SignificantDigits(readingBackTo: number)?.text ?? ""
    case .numbers(let values, let columns):
      guard values.count > Self.mostShown else { return listed }
      let rows = values.count / max(columns, 1)
      return rows == 1 ? "(\(columns) numbers)" : "(\(rows) x \(columns) numbers)"
    }
  }

  /// The most numbers that a title shows.
  private static var mostShown: Int { 9 }

  /// The numbers as they are read, each in the shortest form that reads back to it.
  private var listed: String {
    guard case .numbers(let values, let columns) = self, columns > 0 else { return "" }
    return stride(from: 0, to: values.count, by: columns).map { start in
      values[start..<min(start + columns, values.count)]
        .map { SignificantDigits(readingBackTo: $0)?.text ?? $0.description }.joined(separator: ",")
    }.joined(separator: ";")
  }

  fileprivate var json: JSONValue {
    switch self {
    case .word(let word): return .text(word)
    case .number(let number): return .number(number)
    case .numbers: return .text(listed)
    }
  }
}
