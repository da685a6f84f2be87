import RateDistortion

extension CurveTable {
  /// Rows for a person: each claim in a line, then what it means, where it lies and how to check it.
  public var text: String {
    var lines = Paragraph.lines(title, indent: 2)
    lines[0] = String(lines[0].drop { $0 == " " })
    for row in rows {
      lines.append("")
      lines += Self.lines(row)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func lines(_ row: CurveRow) -> [String] {
    let relation: String
    switch row.bound.kind {
    case .lower: relation = ">="
    case .upper: relation = "<="
    case .exact: relation = "="
    case .estimate: relation = "~"
    }
    let level = row.level.map { " (\($0) dB)" } ?? ""
    var lines = ["\(row.curve): R \(relation) \(row.rate) bits at D = \(row.distortion)\(level)"]
    let add = { (label: String, text: String) in
      lines += Paragraph.lines(text, label: "  " + label, indent: 15)
    }
    add("kind", row.bound.kind.meaning + (row.error.map { "; error at most \($0) bits" } ?? ""))
    add("enclosure", enclosure(row.bound))
    add("lambda", row.slope.map { "\($0) bits per unit of distortion" } ?? "infinite: the curve is vertical here")
    add("certificate", row.bound.certificate.sentence)
    if let assumption = row.assumption { add("assuming", "that " + assumption) }
    return lines
  }

  private static func enclosure(_ bound: Bound) -> String {
    let lower = SignificantDigits(bound.rate.lower, digits: 17, rounded: .down)?.text ?? "-infinity"
    let upper = SignificantDigits(bound.rate.upper, digits: 17, rounded: .up)?.text ?? "infinity"
    return "[\(lower), \(upper)] bits"
  }
}

extension BoundKind {
  /// What the kind claims, in words.
  var meaning: String {
    switch self {
    case .lower: return "lower bound: no code does better"
    case .upper: return "upper bound: the code below does this"
    case .exact: return "exact"
    case .estimate: return "estimate, not a bound"
    }
  }
}

extension Certificate {
  /// How to re-evaluate the evidence; numbers read back to what was proved.
  var sentence: String {
    switch self {
    case .dual(let multiplier, let minimiser):
      return "-log2 p + m (delta(p) - D) is at least the bound for every cell size p in (0, 1], with the multiplier "
        + "m = \(Self.text(multiplier)); it is least near p = \(Self.text(minimiser))"
    case .code(let code):
      return code.sentence
    case .bracket(let above, let below):
      return "between two codes: one of distortion at most D, \(above.sentence); one of distortion at least D, "
        + below.sentence
    case .timeSharing(let fewer, let more, let weight):
      return "uniform codes of \(Self.text(fewer)) and \(Self.text(more)) cells, the second "
        + "\(Self.text(weight)) of the time"
    case .testChannel(let family, let achieving, let dual):
      return "\(family): at \(Self.text(achieving)) the channel's distortion is at most D; at \(Self.text(dual)) the "
        + "dual bound is the lower end"
    case .quantizer(let quantizer):
      return "the scalar quantizer of \(quantizer.levels) levels whose thresholds --format json prints"
    case .quantizers(let coarser, let finer, let weight):
      return
        "scalar quantizers of \(coarser.levels) and \(finer.levels) levels, the second \(Self.text(weight)) of the time"
    case .sullivan(let quantizer):
      return "Sullivan's quantizer: steps of \(Self.text(quantizer.step)) scales, first threshold at "
        + Self.text(quantizer.firstThreshold)
    case .lagrangian(let multiplier, let least):
      return
        "R + m D >= \(Self.text(least)) for every one-shot code of the standard source, m = \(Self.text(multiplier))"
    case .uniformThreshold(let step, let phase):
      return "thresholds at (\(Self.text(phase)) + j) steps of \(Self.text(step)) scales, centroids"
    case .deadZone(let step, let rounding):
      return "steps of \(Self.text(step)) scales, rounding offset \(Self.text(rounding))"
    case .lloydMax(let levels):
      return "the Lloyd-Max quantizer of \(levels) levels"
    case .dithered(let step):
      return "dither uniform over a step of \(Self.text(step)) scales"
    case .steppedCode(let step, let offset, let bins):
      let place =
        offset.map { "a threshold at \(Self.text($0)) steps" } ?? "an offset drawn uniformly, known to both sides"
      return "steps of \(Self.text(step)), \(place); the index is the step's number"
        + (bins.map { " modulo \($0)" } ?? "")
    case .labelledCodes(let coarser, let finer, let weight):
      let counts = [coarser, finer].map { "\($0.labels.count) cells with \(Set($0.labels).count) labels" }
      return
        "codes of \(counts[0]) and of \(counts[1]), the second \(Self.text(weight)) of the time; --format json prints them"
    case .reproductionLaw(let slope, _, let weights):
      return "the reproduction law of \(weights.count) points that --format json prints, at the slope "
        + "\(Self.text(slope)) nats per unit of distortion"
    case .closedForm(let formula):
      return formula
    }
  }

  fileprivate static func text(_ number: Double) -> String { SignificantDigits(readingBackTo: number)?.text ?? "" }
}

extension BiuniformCode {
  fileprivate var sentence: String {
    let cells = equalCells == 1 ? "1 cell" : "\(Certificate.text(equalCells)) equal cells"
    return oddCell == 0 ? cells : "\(cells) and one of probability \(Certificate.text(oddCell))"
  }
}
