import Documents
import IntervalArithmetic
import RateDistortion

/// A number that a report of a code prints, and whether the code proves it.
///
/// Trusted are the source, its parameters and nothing else: the code that the certificate names is evaluated anew, and each
/// claimed interval must hold the one that comes out. What of the source the map left out, its file alone can say, and is no
/// claim.
struct CodeClaims {
  /// One claim.
  struct Check: CheckedStatement {
    let quantity: String
    let text: String
    let holds: Bool
  }

  /// What certificates may be.
  static let certificates: [any CheckedCode.Type] = [LineCode.self, GridCode.self, CodebookCode.self]

  /// The checks of a document whose certificate has a type.
  ///
  /// - Throws: `MalformedClaim` if it is no report of a code.
  static func checks(of document: JSONValue, by type: any CheckedCode.Type) throws -> [Check] {
    var sources = ClaimedSources(document, about: nil)
    let source = try sources.source(of: document, row: nil)
    let fault = { (message: String) in MalformedClaim(row: nil, message) }
    let rows: [CodeReport.Row]
    do {
      rows = try type.init(EvidenceForm(document["certificate"])).evaluation(for: source)
        .rows(unit: source.description.distortionMeasure.rawValue)
    } catch let error as MalformedEvidence {
      throw fault(error.description)
    } catch DomainError.evidenceRefused(let reason) {
      throw fault(reason)
    } catch let error as NoCodes {
      throw fault(error.description)
    }
    guard let claims = document["rows"]?.elements, !claims.isEmpty else {
      throw fault("\"rows\" is no array of claims")
    }
    return try claims.enumerated().compactMap { index, claim in
      guard let quantity = claim["quantity"]?.textValue else {
        throw MalformedClaim(row: index + 1, "\"quantity\" is missing")
      }
      guard quantity != CodeReport.uncovered else { return nil }
      guard let found = rows.first(where: { $0.quantity == quantity && $0.unit == claim["unit"]?.textValue }) else {
        throw MalformedClaim(row: index + 1, "\"\(quantity)\" in this unit is nothing that is known of this code")
      }
      return check(claim, found, of: source.description.name)
    }
  }

  /// An end that is not claimed is infinite. Who claims to rest on more than the code does, claims too much.
  private static func check(_ claim: JSONValue, _ found: CodeReport.Row, of source: String) -> Check {
    let value = claim["value"]?.doubleValue ?? .nan
    let lower = claim["lower"]?.doubleValue ?? -.infinity
    let upper = claim["upper"]?.doubleValue ?? .infinity
    let enclosed = found.number.interval
    let isReproduced = (value - found.number.value).magnitude <= 1e-12 * (1 + found.number.value.magnitude)
    let holds =
      isReproduced && lower <= enclosed.lower && enclosed.upper <= upper
      && bears(out: claim["assurance"], found.assurance)
    let unit = found.unit.isEmpty ? "" : " \(found.unit)"
    let verdict: String
    switch found.assurance {
    case _ where !holds: verdict = "NOT PROVED"
    case nil: verdict = "recomputed, not proved"
    case .proved?: verdict = "proved"
    case .margin?: verdict = found.assurance?.assumption.map { "holds, assuming that \($0)" } ?? "proved"
    }
    return Check(
      quantity: found.quantity,
      text: "\(source) \(found.quantity): \(value) in [\(lower), \(upper)]\(unit): \(verdict); the certificate "
        + (found.assurance == nil ? "gives" : "proves") + " \(enclosed)",
      holds: holds)
  }

  /// Whether a claim says that it rests on no more than it does; a claim may leave it out.
  private static func bears(out claimed: JSONValue?, _ found: Assurance?) -> Bool {
    guard let claimed else { return true }
    switch (claimed.textValue, found) {
    case ("proved", .proved), ("margin", .proved), ("margin", .margin), ("recomputed", _): return true
    default: return false
    }
  }
}
