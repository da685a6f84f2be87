import Documents
import RateDistortion

/// The sources that a document's claims are about, each made once, so that what its curves remember serves all claims.
struct ClaimedSources {
  private let document: JSONValue
  private let given: KnownSource?
  private var made: [(type: String, parameters: SourceParameters, source: KnownSource)] = []

  init(_ document: JSONValue, about given: KnownSource?) {
    self.document = document
    self.given = given
  }

  /// The source of a claim, by its own members or the document's; one of a file is given, and has the sizes that the claim says.
  mutating func source(of claim: JSONValue, row: Int?) throws -> KnownSource {
    guard let name = (claim["source"] ?? document["source"])?.textValue else {
      throw MalformedClaim(row: row, "\"source\" is missing")
    }
    var texts: [String: String] = [:]
    for member in (claim["parameters"] ?? document["parameters"])?.members ?? [] {
      switch member.value {
      case .number(let text), .text(let text): texts[member.name] = text
      case .null: continue
      default: throw MalformedClaim(row: row, "parameter \"\(member.name)\" is neither number nor word")
      }
    }
    if let type = Catalogue.ofFiles.first(where: { $0.description.name == name }) {
      return try known(SourceParameters(texts, of: type.description), of: type, row: row)
    }
    let type = try Catalogue.source(named: name)
    let parameters = try SourceParameters(texts, of: type.description)
    if let known = made.first(where: { $0.type == type.description.name && $0.parameters == parameters }) {
      return known.source
    }
    let source = try KnownSource(type, parameters)
    if made.count >= 16 { made.removeFirst() }
    made.append((type.description.name, parameters, source))
    return source
  }

  /// The source that was given, if it is of the type and the sizes that a claim says.
  private func known(
    _ parameters: SourceParameters, of type: any InformationSource.Type, row: Int?
  ) throws(MalformedClaim) -> KnownSource {
    guard let given, given.description.name == type.description.name else {
      throw MalformedClaim(row: row, fault: .fileNotGiven(source: type.description.name))
    }
    for (name, value) in parameters.values where value != given.parameters.values[name] {
      throw MalformedClaim(row: row, "the file given is of another source: its number of \(name) differs")
    }
    return given
  }
}
