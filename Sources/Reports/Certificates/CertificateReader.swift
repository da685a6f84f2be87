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
    case "scalar-quantizer":
      self = .quantizer(try ThresholdQuantizer(json, row: row))
    case "quantizers":
      self = .quantizers(
        coarser: try ThresholdQuantizer(json["coarser"], row: row),
        finer: try ThresholdQuantizer(json["finer"], row: row),
        weight: try json.number("weight", row))
    case "sullivan":
      self = .sullivan(try SullivanQuantizer(json, row: row))
    case "lagrangian":
      self = .lagrangian(
        multiplier: try json.number("multiplier_bits", row), least: try json.number("least", row))
    case "uniform-threshold":
      self = .uniformThreshold(step: try json.number("step", row), phase: try json.number("phase", row))
    case "dead-zone":
      self = .deadZone(step: try json.number("step", row), rounding: try json.number("rounding", row))
    case "lloyd-max":
      guard let levels = json["levels"]?.integerValue else {
        throw MalformedClaim(row: row, message: "\"levels\" is missing or no whole number")
      }
      self = .lloydMax(levels: levels)
    case "dithered":
      self = .dithered(step: try json.number("step", row))
    case "stepped-code":
      let isGiven = { (name: String) in json[name].map { $0 != .null } ?? false }
      let bins = json["bins"]?.integerValue
      guard bins != nil || !isGiven("bins") else {
        throw MalformedClaim(row: row, message: "\"bins\" is no whole number")
      }
      self = .steppedCode(
        step: try json.number("step", row), offset: isGiven("offset") ? try json.number("offset", row) : nil,
        bins: bins)
    case "labelled-codes":
      self = .labelledCodes(
        coarser: try LabelledQuantizer(json["coarser"], row: row),
        finer: try LabelledQuantizer(json["finer"], row: row),
        weight: try json.number("weight", row))
    case "reproduction-law":
      self = .reproductionLaw(
        slope: try json.number("slope_nats", row), points: try json.numbers("points", row),
        weights: try json.numbers("weights", row))
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

extension LabelledQuantizer {
  fileprivate init(_ json: JSONValue?, row: Int?) throws(MalformedClaim) {
    guard let json, let labels = json["labels"]?.elements?.map(\.integerValue), !labels.contains(nil) else {
      throw MalformedClaim(row: row, message: "the certificate names no code of thresholds and labels")
    }
    do {
      try self.init(thresholds: try json.numbers("thresholds", row), labels: labels.compactMap { $0 })
    } catch let error as MalformedClaim {
      throw error
    } catch {
      throw MalformedClaim(row: row, message: "\(error)")
    }
  }
}

extension ThresholdQuantizer {
  fileprivate init(_ json: JSONValue?, row: Int?) throws(MalformedClaim) {
    guard let json else { throw MalformedClaim(row: row, message: "the certificate names no quantizer") }
    self.init(
      thresholds: try json.numbers("thresholds", row), codepoints: try json.numbers("codepoints", row),
      probabilities: try json.numbers("probabilities", row))
  }
}

extension SullivanQuantizer {
  fileprivate init(_ json: JSONValue, row: Int?) throws(MalformedClaim) {
    guard let source = json["source"]?.textValue, ["laplace", "exponential"].contains(source) else {
      throw MalformedClaim(row: row, message: "the certificate's source is neither laplace nor exponential")
    }
    do {
      try self.init(source == "laplace" ? .laplace : .exponential, step: try json.number("step", row))
    } catch let error as MalformedClaim {
      throw error
    } catch {
      throw MalformedClaim(row: row, message: "\(error)")
    }
  }
}

extension JSONValue {
  /// The finite numbers of a member's array.
  func numbers(_ name: String, _ row: Int?) throws(MalformedClaim) -> [Double] {
    var numbers: [Double] = []
    guard let elements = self[name]?.elements else {
      throw MalformedClaim(row: row, message: "\"\(name)\" is missing or no array")
    }
    for element in elements {
      guard let value = element.doubleValue, value.isFinite else {
        throw MalformedClaim(row: row, message: "\"\(name)\" holds what is no finite number")
      }
      numbers.append(value)
    }
    return numbers
  }

  /// The finite number of a member's name.
  func number(_ name: String, _ row: Int?) throws(MalformedClaim) -> Double {
    guard let value = self[name]?.doubleValue, value.isFinite else {
      throw MalformedClaim(row: row, message: "\"\(name)\" is missing or no finite number")
    }
    return value
  }
}
