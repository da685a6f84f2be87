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
    case .quantizer(let quantizer):
      return quantizer.json
    case .quantizers(let coarser, let finer, let weight):
      return Self.object(
        "quantizers", [("coarser", coarser.json), ("finer", finer.json), ("weight", .number(weight))])
    case .sullivan(let quantizer):
      let source = quantizer.source == .laplace ? "laplace" : "exponential"
      return Self.object("sullivan", [("source", .text(source)), ("step", .number(quantizer.step))])
    case .lagrangian(let multiplier, let least):
      return Self.object("lagrangian", [("multiplier_bits", .number(multiplier)), ("least", .number(least))])
    case .uniformThreshold(let step, let phase):
      return Self.object("uniform-threshold", [("step", .number(step)), ("phase", .number(phase))])
    case .deadZone(let step, let rounding):
      return Self.object("dead-zone", [("step", .number(step)), ("rounding", .number(rounding))])
    case .lloydMax(let levels):
      return Self.object("lloyd-max", [("levels", .number(levels))])
    case .dithered(let step):
      return Self.object("dithered", [("step", .number(step))])
    case .steppedCode(let step, let offset, let bins):
      return Self.object(
        "stepped-code",
        [
          ("step", .number(step)), ("offset", offset.map { .number($0) } ?? .null),
          ("bins", bins.map { .number($0) } ?? .null),
        ])
    case .labelledCodes(let coarser, let finer, let weight):
      return Self.object(
        "labelled-codes", [("coarser", coarser.json), ("finer", finer.json), ("weight", .number(weight))])
    case .reproductionLaw(let slope, let points, let weights):
      return Self.object(
        "reproduction-law",
        [
          ("slope_nats", .number(slope)), ("points", .array(points.map { .number($0) })),
          ("weights", .array(weights.map { .number($0) })),
        ])
    case .closedForm(let formula):
      return Self.object("closed-form", [("formula", .text(formula))])
    }
  }

  fileprivate static func object(_ type: String, _ members: [(String, JSONValue)]) -> JSONValue {
    .object([JSONValue.Member("type", .text(type))] + members.map { JSONValue.Member($0.0, $0.1) })
  }
}

extension ThresholdQuantizer {
  var json: JSONValue {
    Certificate.object(
      "scalar-quantizer",
      [
        ("thresholds", .array(thresholds.map { .number($0) })), ("codepoints", .array(codepoints.map { .number($0) })),
        ("probabilities", .array(probabilities.map { .number($0) })),
      ])
  }
}

extension LabelledQuantizer {
  /// Thresholds, and the index of each cell between them.
  var json: JSONValue {
    Certificate.object(
      "labelled-quantizer",
      [("thresholds", .array(thresholds.map { .number($0) })), ("labels", .array(labels.map { .number($0) }))])
  }
}

extension BiuniformCode {
  var json: JSONValue {
    Certificate.object("biuniform", [("equal_cells", .number(equalCells)), ("odd_cell", .number(oddCell))])
  }
}
