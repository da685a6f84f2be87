import Documents
import RateDistortion
import TrainedPoints

/// The catalogue for people and programs: sources with their parameters, and what each of their curves means.
public struct CatalogueListing: Sendable {
  /// A source's entry and its curves with default parameters.
  struct Entry: Sendable {
    let description: SourceDescription
    let curves: [Curve]
  }

  let entries: [Entry]

  /// The listing of some sources.
  ///
  /// - Throws: `DomainError` if a source cannot be made from its defaults.
  public init(of sources: [any InformationSource.Type] = Catalogue.sources) throws(DomainError) {
    var entries: [Entry] = []
    for type in sources {
      let source = try KnownSource(type)
      entries.append(Entry(description: source.description, curves: source.curves))
    }
    self.entries = entries
  }

  /// The formats: for a person first.
  ///
  /// - Parameter wording: what parameters are called.
  public static func formats(_ wording: Wording = .plain) -> [ReportFormat<CatalogueListing>] {
    [ReportFormat("text") { $0.text(wording) }, ReportFormat("json") { $0.json.serialized }]
  }

  /// The listing as text, at most `Paragraph.width` columns wide.
  ///
  /// - Parameter wording: what parameters are called.
  public func text(_ wording: Wording = .plain) -> String {
    entries.map { Self.text($0, wording) }.joined(separator: "\n\n") + "\n"
  }

  private static func text(_ entry: Entry, _ wording: Wording) -> String {
    let source = entry.description
    let nameWidth = entry.curves.map { $0.name.rawValue.count }.max() ?? 0
    let aliases = source.aliases.isEmpty ? "" : " (also \(source.aliases.joined(separator: ", ")))"
    var lines = ["\(source.name)\(aliases)"]
    lines += Paragraph.lines(source.definition, label: "  source", indent: 14)
    lines += Paragraph.lines(source.distortionMeasure.phrase, label: "  distortion", indent: 14)
    lines += Paragraph.lines(source.reference, label: "  reference", indent: 14)
    for parameter in source.parameters {
      let name = wording.name(.parameter(parameter.name)) ?? parameter.name
      let label = "  \(name) \(parameter.domain.placeholder)"
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
    .object(ProgramVersion.facts + JSONValue.members(["sources": .array(entries.map(Self.json))]))
  }

  private static func json(_ entry: Entry) -> JSONValue {
    let source = entry.description
    return [
      "name": .text(source.name), "aliases": .texts(source.aliases), "definition": .text(source.definition),
      "distortion_measure": .text(source.distortionMeasure.rawValue), "reference": .text(source.reference),
      "parameters": .array(source.parameters.map(\.json)), "curves": .array(entry.curves.map(Self.json)),
    ]
  }

  private static func json(_ curve: Curve) -> JSONValue {
    [
      "name": .text(curve.name.rawValue), "kind": .text(curve.kind.rawValue),
      "largest_distortion": .number(curve.largestDistortion), "meaning": .text(curve.summary),
    ]
  }
}

extension ParameterDescription {
  fileprivate var json: JSONValue {
    .object(JSONValue.members(["name": .text(name), "meaning": .text(help)]) + domain.members)
  }
}

extension ParameterDescription.Domain {
  /// The domain and the default, if there is one, as members of a parameter.
  fileprivate var members: [JSONValue.Member] {
    switch self {
    case .positive(let value):
      return JSONValue.members(["domain": .text("number > 0"), "default": .optionalNumber(value)])
    case .between(let low, let high):
      return JSONValue.members(["domain": .text("number"), "above": .number(low), "below": .number(high)])
    case .wholeNumber(let least):
      return JSONValue.members(["domain": .text("whole number"), "least": .number(least)])
    case .choice(let words):
      return JSONValue.members([
        "domain": .text("word"), "choices": .texts(words), "default": .optionalText(words.first),
      ])
    case .numbers: return JSONValue.members(["domain": .text("numbers")])
    case .matrix: return JSONValue.members(["domain": .text("matrix")])
    case .text(let form, let value):
      return JSONValue.members(["domain": .text("text"), "form": .text(form), "default": .optionalText(value)])
    case .flag: return JSONValue.members(["domain": .text("flag")])
    }
  }

  /// What stands for a value in help texts; nothing for a flag.
  public var placeholder: String {
    switch self {
    case .numbers: return "X,Y,...|FILE"
    case .matrix: return "FILE"
    case .text(let form, _): return form
    case .flag: return ""
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
    case .numbers, .matrix, .flag: return ""
    case .text(_, let value): return value.map { " (default \($0))" } ?? ""
    case .choice(let words): return ": \(words.joined(separator: ", ")) (default \(words.first ?? ""))"
    }
  }
}
