import Documents
import RateDistortion
import TrainedPoints

extension VerificationSummary {
  /// The summary in sentences, a line each: the count of verdicts, each source, what was left out.
  ///
  /// - Parameters:
  ///   - style: whether verdicts have colours.
  ///   - wording: what settings are called.
  public func lines(style: TextStyle = .plain, wording: Wording = .plain) -> [String] {
    var lines = [headline(style)]
    if codes > 0 { lines.append(codeLine) }
    lines += sources.filter { $0.points > 0 }.map(Self.line)
    lines += series.filter { $0.points > 0 }.map { "series " + Self.line($0) }
    if let limit = limitText(wording) {
      let text =
        pointsBeyond == 0 ? "no point is" : "\(Self.count(pointsBeyond, "point")) \(pointsBeyond == 1 ? "is" : "are")"
      lines.append(style.text("\(text) beyond \(limit)", as: pointsBeyond > 0 ? .alarming : nil))
    }
    lines += hints.map { "\(Self.count($0.points, "point")): \($0.hint.text(wording))" }
    if !skipped.isEmpty {
      lines.append("no limits known for \(skipped.map(\.description).joined(separator: ", "))")
    }
    if incompleteRows > 0 {
      let (verb, strict) = (
        incompleteRows == 1 ? "has" : "have", wording.name(.strict).map { "; an error with \($0)" } ?? ""
      )
      lines.append("\(Self.count(incompleteRows, "row")) without a rate or a distortion \(verb) been left out\(strict)")
    }
    if let log {
      let rows =
        log.runs == 1
        ? "the \(log.choice.rawValue) of \(Self.count(log.rows, "row")) is its point"
        : "the \(log.choice.rawValue) row of each of \(log.runs) runs is its point, of \(log.rows) rows in all"
      lines.append("a training log: \(rows)" + wording.mention(.rows))
    }
    return lines
  }

  /// The counts of the verdicts, and which curves judged: those of every source with points.
  private func headline(_ style: TextStyle) -> String {
    let verdicts = shownVerdicts.map { verdict in
      let count = count(of: verdict)
      return style.text("\(count) \(verdict.rawValue)", as: count > 0 ? verdict.emphasis : nil)
    }
    var curves: [String] = []
    for curve in sources.lazy.filter({ $0.points > 0 }).flatMap(\.judging) where !curves.contains(curve.symbol) {
      curves.append(curve.symbol)
    }
    let judges = curves.isEmpty ? "" : " (judged by \(curves.joined(separator: ", ")))"
    return "\(Self.count(points, "point")): \(verdicts.joined(separator: ", "))\(judges)"
  }

  /// What is always counted, and the words that some point has.
  var shownVerdicts: [Verdict] {
    Verdict.allCases.filter { [.impossible, .optimal, .suboptimal].contains($0) || count(of: $0) > 0 }
  }

  /// Of which points the code is judged, and what the verdicts are with the entropy models.
  private var codeLine: String {
    let counts = Verdict.allCases.compactMap { verdict in
      modelCount(of: verdict) > 0 ? "\(modelCount(of: verdict)) \(verdict.rawValue)" : nil
    }
    let which = codes == points ? "codes are" : "\(codes) of them are"
    return "\(which) judged by the entropy of the index; with the entropy models: \(counts.joined(separator: ", "))"
  }

  /// The largest gaps allowed; nil if there is no limit.
  private func limitText(_ wording: Wording) -> String? {
    let limits = [
      (largestGaps.bits, Setting.largestGapBits, "bits"), (largestGaps.decibels, .largestGapDecibels, "dB"),
    ].compactMap { limit, setting, unit in
      limit.flatMap { SignificantDigits($0, digits: 6) }.map { digits in
        wording.name(setting).map { "\($0) \(digits)" } ?? "\(digits) \(unit)"
      }
    }
    return limits.isEmpty ? nil : limits.joined(separator: " or ")
  }

  private static func line(_ source: Source) -> String {
    var line = source.name
    if !source.aliases.isEmpty { line += " (in the file \(source.aliases.joined(separator: ", ")))" }
    line += ": \(count(source.points, "point"))"
    if let impossible = source.counts[.impossible], impossible > 0 { line += ", \(impossible) of them impossible" }
    if let gaps = source.gaps {
      line += ", gap to \(source.reference?.symbol ?? "the curve") \(range(gaps)) bits (median \(digits(gaps.median)))"
    }
    if let price = source.realismPrices {
      line += ", price of realism \(range(price)) bits (median \(digits(price.median)))"
    }
    if let model = source.entropyModel, let code = source.codeGaps {
      line += ", of which the entropy model \(range(model)); gap of the code alone at most \(digits(code.largest))"
    }
    return line
  }

  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  private static func range(_ spread: Spread) -> String {
    let ends = (digits(spread.least), digits(spread.largest))
    return ends.0 == ends.1 ? ends.0 : "\(ends.0) to \(ends.1)"
  }

  /// A number of bits to a thousandth: less is the noise of an evaluation.
  static func digits(_ bits: Double) -> String {
    guard bits.magnitude < 1e6 else { return SignificantDigits(bits, digits: 4)?.text ?? "" }
    let thousandths = Int((bits.magnitude * 1000).rounded())
    let fraction = String(1000 + thousandths % 1000).dropFirst()
    return (bits < 0 && thousandths > 0 ? "-" : "") + "\(thousandths / 1000).\(fraction)"
  }
}

extension Verdict {
  /// How a verdict is coloured.
  var emphasis: Emphasis {
    switch self {
    case .impossible: return .alarming
    case .optimal, .bestKnown: return .good
    case .suboptimal, .undecided: return .middling
    }
  }
}

extension CurveName {
  /// The function as papers write it, where they have a sign for it.
  var symbol: String {
    switch self {
    case .exact: return "E(D)"
    case .shannon: return "R(D)"
    case .wynerZiv: return "R_WZ(D)"
    default: return rawValue
    }
  }
}
