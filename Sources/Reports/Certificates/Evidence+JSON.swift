import Documents
import RateDistortion

extension EvidenceForm {
  /// The form as an object with a `type`. Its numbers are the shortest literals that read back to the same `Double`: what is
  /// re-evaluated is what was proved.
  public var json: JSONValue {
    .object([JSONValue.Member("type", .text(type))] + members.map { JSONValue.Member($0.name, $0.value.json) })
  }

  /// The form that an object with a `type` describes.
  ///
  /// - Throws: `MalformedEvidence` if there is none.
  public init(_ json: JSONValue?) throws(MalformedEvidence) {
    guard let members = json?.members, let type = json?["type"]?.textValue else {
      throw MalformedEvidence("there is no certificate with a type")
    }
    var read: [Member] = []
    for member in members where member.name != "type" { read.append(Member(member.name, try Value(member.value))) }
    self.init(type, read)
  }
}

extension EvidenceForm.Value {
  fileprivate var json: JSONValue {
    switch self {
    case .number(let value): return .number(value)
    case .text(let text): return .text(text)
    case .numbers(let values): return .array(values.map { .number($0) })
    case .form(let form): return form.json
    case .none: return .null
    }
  }

  fileprivate init(_ json: JSONValue) throws(MalformedEvidence) {
    switch json {
    case .number:
      // A literal beyond the largest number reads as infinite, which no evidence accepts.
      self = .number(json.doubleValue ?? .nan)
    case .text(let text): self = .text(text)
    case .null: self = .none
    case .object: self = .form(try EvidenceForm(json))
    case .array(let elements):
      self = .numbers(elements.map { $0.doubleValue ?? .nan })
    case .bool: throw MalformedEvidence("a certificate holds true or false where a number belongs")
    }
  }
}
