import RateDistortion

/// A document of claims that is JSON, but not one of claims.
public struct MalformedClaim: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where: the row, from 1, or nil for the document as a whole.
  public let row: Int?
  /// What is missing or wrong.
  public let message: String

  /// Place and message in a sentence.
  public var description: String { (row.map { "row \($0): " } ?? "") + message }
}

extension Certificate {
  /// The certificate that an object with a `type` describes, as `Certificate.json` writes it.
  ///
  /// - Throws: `MalformedClaim` if it describes none.
  public init(_ json: JSONValue) throws(MalformedClaim) { try self.init(json, row: nil) }

  /// The certificate that an object with a `type` describes, as `Certificate.json` writes it.
  ///
  /// - Throws: `MalformedClaim` for an unknown type, a missing or misplaced number, or a code that is none.
  init(_ json: JSONValue?, row: Int?) throws(MalformedClaim) {
    guard let json, let type = json["type"]?.textValue else {
      throw MalformedClaim(row: row, message: "there is no certificate with a type")
    }
    switch type {
    case "dual":
      self = .dual(
        multiplier: try json.number("multiplier_bits", row), minimiser: try json.number("minimiser", row))
    case "biuniform":
      self = .code(try BiuniformCode(json, row: row))
    case "bracket":
      self = .bracket(
        above: try BiuniformCode(json["above"], row: row), below: try BiuniformCode(json["below"], row: row))
    case "time-sharing":
      self = .timeSharing(
        fewer: try json.number("fewer_cells", row), more: try json.number("more_cells", row),
        weight: try json.number("weight", row))
    case "test-channel":
      guard let family = json["family"]?.textValue else {
        throw MalformedClaim(row: row, message: "the certificate names no family of test channels")
      }
      self = .testChannel(
        family: family, achieving: try json.number("achieving", row), dual: try json.number("dual", row))
    case "closed-form":
      guard let formula = json["formula"]?.textValue else {
        throw MalformedClaim(row: row, message: "the certificate names no formula")
      }
      self = .closedForm(formula)
    default:
      throw MalformedClaim(row: row, message: "there is no certificate of type \"\(type)\"")
    }
  }
}

extension BiuniformCode {
  fileprivate init(_ json: JSONValue?, row: Int?) throws(MalformedClaim) {
    guard let json else { throw MalformedClaim(row: row, message: "the certificate names no code") }
    let cells = try json.number("equal_cells", row)
    let odd = try json.number("odd_cell", row)
    guard let code = BiuniformCode(equalCells: cells, oddCell: odd) else {
      throw MalformedClaim(row: row, message: "\(cells) equal cells and an odd one of \(odd) are no code")
    }
    self = code
  }
}

extension JSONValue {
  /// The finite number of a member's name.
  func number(_ name: String, _ row: Int?) throws(MalformedClaim) -> Double {
    guard let value = self[name]?.doubleValue, value.isFinite else {
      throw MalformedClaim(row: row, message: "\"\(name)\" is missing or no finite number")
    }
    return value
  }
}
