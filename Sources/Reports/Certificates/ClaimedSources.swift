import Documents
import RateDistortion

/// The sources that a document's claims are about, each made once, so that what its curves remember serves all claims.
struct ClaimedSources {
  private let document: JSONValue
  private let finite: FiniteAlphabet?
  private var made: [(type: String, parameters: SourceParameters, source: KnownSource)] = []

  init(_ document: JSONValue, about finite: FiniteAlphabet?) {
    self.document = document
    self.finite = finite
  }

  /// The source of a claim, by its own members or the document's; a finite one is given, and has the sizes that the claim says.
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
    let isFinite = name == FiniteAlphabet.description.name
    let type = isFinite ? FiniteAlphabet.self : try Catalogue.source(named: name)
    let parameters = try SourceParameters(texts, of: type.description)
    if let known = made.first(where: { $0.type == type.description.name && $0.parameters == parameters }) {
      return known.source
    }
    let source = isFinite ? KnownSource(try finite(parameters, row: row)) : try KnownSource(type, parameters)
    if made.count >= 16 { made.removeFirst() }
    made.append((type.description.name, parameters, source))
    return source
  }

  private func finite(_ parameters: SourceParameters, row: Int?) throws(MalformedClaim) -> FiniteAlphabet {
    guard let finite else {
      throw MalformedClaim(row: row, fault: .finiteSourceNotGiven)
    }
    for (name, value) in parameters.values where value != finite.parameters.values[name] {
      throw MalformedClaim(row: row, "the file given is of another source: its number of \(name) differs")
    }
    return finite
  }
}
