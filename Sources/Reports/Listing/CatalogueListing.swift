import RateDistortion

/// The catalogue for people and programs: sources with their parameters, and what each of their curves means.
public struct CatalogueListing: Sendable {
  /// A source's entry and its curves with default parameters.
  struct Entry: Sendable {
    let description: SourceDescription
    let curves: [any Curve]
  }

  let entries: [Entry]

  /// The listing of some sources.
  ///
  /// - Throws: `DomainError` if a source cannot be made from its defaults.
  public init(of sources: [any InformationSource.Type] = Catalogue.sources) throws(DomainError) {
    var entries: [Entry] = []
    for type in sources {
      let source = try type.init(parameters: SourceParameters())
      entries.append(Entry(description: source.description, curves: source.curves))
    }
    self.entries = entries
  }

  /// The listing as text, at most `Paragraph.width` columns wide.
  public var text: String {
    entries.map(Self.text).joined(separator: "\n\n") + "\n"
  }

  private static func text(_ entry: Entry) -> String {
    let source = entry.description
    let nameWidth = entry.curves.map { $0.name.rawValue.count }.max() ?? 0
    let aliases = source.aliases.isEmpty ? "" : " (also \(source.aliases.joined(separator: ", ")))"
    var lines = ["\(source.name)\(aliases)"]
    lines += Paragraph.lines(source.definition, label: "  source", indent: 14)
    lines += Paragraph.lines(source.distortionMeasure.phrase, label: "  distortion", indent: 14)
    lines += Paragraph.lines(source.reference, label: "  reference", indent: 14)
    for parameter in source.parameters {
      let label = "  --\(parameter.name) \(parameter.domain.placeholder)"
      lines += Paragraph.lines(parameter.help + parameter.domain.remark, label: label, indent: 26)
    }
    for curve in entry.curves {
      let name = curve.name.rawValue
      let label = "  " + name + String(repeating: " ", count: nameWidth - name.count) + "  " + curve.kind.rawValue
      lines += Paragraph.lines(curve.summary, label: label, indent: nameWidth + 14)
    }
    return lines.joined(separator: "\n")
  }

  /// The listing as JSON.
  public var json: JSONValue {
    .object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("sources", .array(entries.map(Self.json))),
    ])
  }

  private static func json(_ entry: Entry) -> JSONValue {
    let source = entry.description
    return .object([
      JSONValue.Member("name", .text(source.name)),
      JSONValue.Member("aliases", .array(source.aliases.map { .text($0) })),
      JSONValue.Member("definition", .text(source.definition)),
      JSONValue.Member("distortion_measure", .text(source.distortionMeasure.rawValue)),
      JSONValue.Member("reference", .text(source.reference)),
      JSONValue.Member("parameters", .array(source.parameters.map(\.json))),
      JSONValue.Member(
        "curves",
        .array(
          entry.curves.map { curve in
            .object([
              JSONValue.Member("name", .text(curve.name.rawValue)),
              JSONValue.Member("kind", .text(curve.kind.rawValue)),
              JSONValue.Member("largest_distortion", .number(curve.largestDistortion)),
              JSONValue.Member("meaning", .text(curve.summary)),
            ])
          })),
    ])
  }
}

extension ParameterDescription {
  fileprivate var json: JSONValue {
    var members = [JSONValue.Member("name", .text(name)), JSONValue.Member("meaning", .text(help))]
    switch domain {
    case .positive(let value):
      members.append(JSONValue.Member("domain", .text("number > 0")))
      members.append(JSONValue.Member("default", value.map { .number($0) } ?? .null))
    case .between(let low, let high):
      members.append(JSONValue.Member("domain", .text("number")))
      members.append(JSONValue.Member("above", .number(low)))
      members.append(JSONValue.Member("below", .number(high)))
    case .wholeNumber(let least):
      members.append(JSONValue.Member("domain", .text("whole number")))
      members.append(JSONValue.Member("least", .number(least)))
    case .choice(let words):
      members.append(JSONValue.Member("domain", .text("word")))
      members.append(JSONValue.Member("choices", .array(words.map { .text($0) })))
      members.append(JSONValue.Member("default", .optionalText(words.first)))
    }
    return .object(members)
  }
}

extension ParameterDescription.Domain {
  /// What stands for a value in help texts.
  public var placeholder: String {
    switch self {
    case .positive, .between: return "NUMBER"
    case .wholeNumber: return "N"
    case .choice: return "WORD"
    }
  }

  /// The domain and the default as help texts add them.
  public var remark: String {
    switch self {
    case .positive(let value):
      guard let value, let text = SignificantDigits(readingBackTo: value)?.text else { return "" }
      return " (default \(text))"
    case .between(let low, let high):
      let ends = [low, high].compactMap { SignificantDigits(readingBackTo: $0)?.text }
      return " (between \(ends.joined(separator: " and ")))"
    case .wholeNumber(let least): return " (at least \(least))"
    case .choice(let words): return ": \(words.joined(separator: ", ")) (default \(words.first ?? ""))"
    }
  }
}
