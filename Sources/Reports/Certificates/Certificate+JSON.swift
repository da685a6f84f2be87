import RateDistortion

extension Certificate {
  /// The certificate as an object with a `type`. Its numbers are the shortest literals that read back to the same `Double`:
  /// what is re-evaluated is what was proved.
  public var json: JSONValue {
    switch self {
    case .dual(let multiplier, let minimiser):
      return Self.object(
        "dual", [("multiplier_bits", .number(multiplier)), ("minimiser", .number(minimiser))])
    case .code(let code):
      return code.json
    case .bracket(let above, let below):
      return Self.object("bracket", [("above", above.json), ("below", below.json)])
    case .timeSharing(let fewer, let more, let weight):
      return Self.object(
        "time-sharing",
        [("fewer_cells", .number(fewer)), ("more_cells", .number(more)), ("weight", .number(weight))])
    case .testChannel(let family, let achieving, let dual):
      return Self.object(
        "test-channel", [("family", .text(family)), ("achieving", .number(achieving)), ("dual", .number(dual))])
    case .closedForm(let formula):
      return Self.object("closed-form", [("formula", .text(formula))])
    }
  }

  fileprivate static func object(_ type: String, _ members: [(String, JSONValue)]) -> JSONValue {
    .object([JSONValue.Member("type", .text(type))] + members.map { JSONValue.Member($0.0, $0.1) })
  }
}

extension BiuniformCode {
  var json: JSONValue {
    Certificate.object("biuniform", [("equal_cells", .number(equalCells)), ("odd_cell", .number(oddCell))])
  }
}
