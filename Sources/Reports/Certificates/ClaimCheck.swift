import Documents
import IntervalArithmetic
import RateDistortion

/// A printed bound with its certificate, made here or elsewhere, and whether the certificate proves it.
///
/// The claim is the statement printed: the rate as a decimal number, the distortion as the binary number that its text reads back
/// to, the error where the kind claims one. Trusted are the source and its parameters and the curve's name, and nothing else:
/// the curve says of which kind it is and which ends evidence may prove, and the code or multiplier that the certificate names
/// is evaluated anew with intervals.
public struct ClaimCheck: CheckedStatement {
  /// What became of a claim.
  public enum Outcome: Sendable, Equatable {
    /// The certificate proves it, resting on what is stated.
    case proved(Assurance)
    /// An estimate, which proves nothing, comes out the same anew.
    case reproduced
    /// The certificate proves something, and not this.
    case notProved
    /// Nothing was evaluated, for the reason given.
    case refused(String)
  }

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
  /// The error claimed, in bits, as printed; nil where none is, or the kind claims none.
  public let error: String?
  /// What the certificate proves about the rate at D, in bits; of an estimate, what is computed anew.
  public let proved: Interval
  /// What became of it.
  public let outcome: Outcome

  /// Whether it holds.
  public var holds: Bool {
    switch outcome {
    case .proved, .reproduced: return true
    case .notProved, .refused: return false
    }
  }

  /// Checks every claim of a document: a `CurveTable` as JSON, or one of its rows with the
  /// members `source`, `parameters`, `curve`, `kind`, `distortion`, `rate_bits`, `error_bits`, `certificate`.
  ///
  /// - Parameter source: the source of a file that claims about one are about; its name says nothing.
  /// - Throws: `FileError` if it cannot be read; `JSONError` or `MalformedClaim` if it is no such document, or names an unknown source, curve or parameter, or a
  ///   distortion out of range.
  public static func checks(
    of input: consuming ByteInput, about source: KnownSource? = nil
  ) throws -> [ClaimCheck] {
    try checks(of: document(input), about: source)
  }

  /// A document of claims.
  static func document(_ input: consuming ByteInput) throws -> JSONValue {
    // Looked at before the rest is read, of which there may be no end.
    var input = input
    guard try input.firstByte() == UInt8(ascii: "{") else {
      throw MalformedClaim(row: nil, "it is not what at and table print with --format json: there is no object")
    }
    return try JSONValue.parse(input.all())
  }

  /// The same of a document that was read.
  static func checks(of document: JSONValue, about source: KnownSource?) throws -> [ClaimCheck] {
    var sources = ClaimedSources(document, about: source)
    guard let rows = document["rows"] else { return [try ClaimCheck(document, &sources, row: nil)] }
    guard let rows = rows.elements, !rows.isEmpty else {
      throw MalformedClaim(row: nil, "\"rows\" is no array of claims")
    }
    return try rows.enumerated().map { index, row in try ClaimCheck(row, &sources, row: index + 1) }
  }

  private init(_ json: JSONValue, _ sources: inout ClaimedSources, row: Int?) throws(MalformedClaim) {
    let claim = try Claim(json, row: row)
    do {
      let source = try sources.source(of: json, row: row)
      let sides = try source.curves(named: claim.curve)
      (proved, outcome) = try Self.judged(claim, sides)
      self.source = source.description.name
      curve = sides[0].name
    } catch let fault as MalformedClaim {
      throw fault
    } catch {
      throw MalformedClaim(row: row, "\(error)")
    }
    kind = claim.kind
    distortion = claim.distortion.literal
    rate = claim.rate.literal
    error = claim.error?.literal
  }

  /// What the certificate of a claim proves about the side of a curve that is of its kind, and what becomes of the claim.
  private static func judged(_ claim: Claim, _ sides: [Curve]) throws -> (proved: Interval, outcome: Outcome) {
    // What is computed depends on the curve alone; a claim of another kind is none of its.
    guard let side = sides.first(where: { $0.kind == claim.kind }) else {
      let kinds = sides.map(\.kind.rawValue).joined(separator: " and ")
      return (.entire, .refused("\(claim.curve) is of kind \(kinds)"))
    }
    let proved: Interval
    do {
      let evidence = try side.evidence(from: EvidenceForm(claim.certificate))
      proved =
        claim.kind == .estimate
        ? try side.bound(atDistortion: claim.distortion.value).rate
        : try side.proved(by: evidence, atDistortion: claim.distortion.value)
    } catch let fault as MalformedEvidence {
      return (.entire, .refused(fault.description))
    } catch DomainError.evidenceRefused(let reason) {
      return (.entire, .refused(reason))
    }
    guard claim.follows(from: proved) else { return (proved, .notProved) }
    return (proved, claim.kind == .estimate ? .reproduced : .proved(side.assurance))
  }
}
