import IntervalArithmetic
import RateDistortion

/// A printed bound with its certificate, made here or elsewhere, and whether the certificate proves it.
///
/// Trusted are the source and its parameters, the curve's name, and nothing else: the claim is the printed rate at the printed
/// distortion, and it holds if the code or multiplier that the certificate names proves it when evaluated anew with intervals.
public struct ClaimCheck: Sendable {
  /// The source's name.
  public let source: String
  /// The curve.
  public let curve: CurveName
  /// What is claimed.
  public let kind: BoundKind
  /// D as printed.
  public let distortion: String
  /// R in bits as printed.
  public let rate: String
  /// The error claimed, in bits; 0 where none is printed.
  public let error: Double
  /// What the certificate proves about the rate at D, in bits; of an estimate, what is computed anew.
  public let proved: Interval
  /// Whether the certificate proves the claim, but for the assumption.
  public let holds: Bool
  /// What the curve's bounds rest on besides interval arithmetic; nil where nothing.
  public let assumption: String?

  /// Checks every claim of a document: a table as `table` or `at` writes it with `--format json`, or one of its rows with the
  /// members `source`, `parameters`, `curve`, `kind`, `distortion`, `rate_bits`, `error_bits`, `certificate`.
  ///
  /// - Parameter source: the finite source that claims about one are about; its name says nothing.
  /// - Throws: `JSONError` or `MalformedClaim` if it is no such document, or names an unknown source, curve or parameter, or a
  ///   distortion out of range.
  public static func checks(of text: String, about source: FiniteAlphabet? = nil) throws -> [ClaimCheck] {
    let document = try JSONValue.parse(text)
    guard case .object = document else { throw MalformedClaim(row: nil, message: "the document is no object") }
    guard let rows = document["rows"] else { return [try claim(document, in: document, about: source, row: nil)] }
    guard let rows = rows.elements, !rows.isEmpty else {
      throw MalformedClaim(row: nil, message: "\"rows\" is no array of claims")
    }
    return try rows.enumerated().map { index, row in try claim(row, in: document, about: source, row: index + 1) }
  }

  private static func claim(
    _ claim: JSONValue, in document: JSONValue, about source: FiniteAlphabet?, row: Int?
  ) throws -> ClaimCheck {
    do {
      return try ClaimCheck(claim, in: document, about: source, row: row)
    } catch let error as DomainError {
      throw MalformedClaim(row: row, message: error.description)
    }
  }

  private init(_ claim: JSONValue, in document: JSONValue, about finite: FiniteAlphabet?, row: Int?) throws {
    guard let name = (claim["source"] ?? document["source"])?.textValue else {
      throw MalformedClaim(row: row, message: "\"source\" is missing")
    }
    guard let curveName = claim["curve"]?.textValue else {
      throw MalformedClaim(row: row, message: "\"curve\" is missing")
    }
    guard let kind = claim["kind"]?.textValue.flatMap(BoundKind.init) else {
      let kinds = BoundKind.allCases.map(\.rawValue).joined(separator: ", ")
      throw MalformedClaim(row: row, message: "\"kind\" is none of \(kinds)")
    }
    let distortion = try claim.number("distortion", row)
    let rate = try claim.number("rate_bits", row)
    var error = 0.0
    if let given = claim["error_bits"], given != .null { error = try claim.number("error_bits", row) }
    let certificate = try Certificate(claim["certificate"], row: row)

    let source = try Self.source(named: name, claim["parameters"] ?? document["parameters"], finite, row: row)
    let sides = try source.curves(named: CurveName(rawValue: curveName))
    let curve = sides.first { $0.kind == kind } ?? sides[0]

    self.source = source.description.name
    self.curve = curve.name
    self.kind = kind
    self.distortion = claim["distortion"]?.literal ?? ""
    self.rate = claim["rate_bits"]?.literal ?? ""
    self.error = error
    assumption = curve.assumption
    // An estimate proves nothing; it is computed anew.
    proved =
      kind == .estimate
      ? try curve.bound(atDistortion: distortion).rate
      : try curve.proved(by: certificate, atDistortion: distortion)
    holds = Self.isProved(kind, rate: rate, error: error, by: proved)
  }

  /// The source of a name with its parameters; a finite one is given, and has the sizes that the claim says.
  private static func source(
    named name: String, _ parameters: JSONValue?, _ finite: FiniteAlphabet?, row: Int?
  ) throws -> any InformationSource {
    var texts: [String: String] = [:]
    for member in parameters?.members ?? [] {
      switch member.value {
      case .number(let text), .text(let text): texts[member.name] = text
      case .null: continue
      default: throw MalformedClaim(row: row, message: "parameter \"\(member.name)\" is neither number nor word")
      }
    }
    guard name == FiniteAlphabet.description.name else {
      let type = try Catalogue.source(named: name)
      return try type.init(parameters: SourceParameters(texts, of: type.description))
    }
    guard let finite else {
      throw MalformedClaim(
        row: row, message: "the claim is about a finite source, whose file is not given (--pmf FILE)")
    }
    let claimed = try SourceParameters(texts, of: FiniteAlphabet.description)
    for (name, value) in claimed.values where value != finite.parameters.values[name] {
      throw MalformedClaim(row: row, message: "the file given is of another source: its number of \(name) differs")
    }
    return finite
  }

  /// Whether a rate of this kind follows from what is proved.
  private static func isProved(_ kind: BoundKind, rate: Double, error: Double, by proved: Interval) -> Bool {
    switch kind {
    case .lower: return rate <= proved.lower
    case .upper: return rate >= proved.upper
    case .exact, .estimate:
      guard error >= 0 else { return false }
      let claimed = Interval(rate) + .hull(-error, error)
      return !proved.isEmpty && claimed.lower <= proved.lower && proved.upper <= claimed.upper
    }
  }

  /// The claim and what became of it, in a line.
  public var text: String {
    let sign = kind == .lower ? ">=" : kind == .upper ? "<=" : "="
    let claim = "\(source) \(curve): R \(sign) \(rate) bits at D = \(distortion)"
    if kind == .estimate {
      return claim + (holds ? ": estimate, recomputed" : ": estimate, NOT REPRODUCED; recomputed as \(proved.midpoint)")
    }
    let ends = "the certificate proves \(Self.words(for: proved))"
    guard let assumption, holds else { return claim + (holds ? ": proved; " : ": NOT PROVED; ") + ends }
    return claim + ": holds, assuming that \(assumption); \(ends)"
  }

  private static func words(for proved: Interval) -> String {
    let lower = proved.lower > 0 ? "at least \(proved.lower)" : ""
    let upper = proved.upper < .infinity ? "at most \(proved.upper)" : ""
    let both = [lower, upper].filter { !$0.isEmpty }.joined(separator: " and ")
    return both.isEmpty ? "nothing" : both + " bits"
  }
}

extension JSONValue {
  /// The text of a number, as it was written.
  fileprivate var literal: String? {
    guard case .number(let literal) = self else { return nil }
    return literal
  }
}
