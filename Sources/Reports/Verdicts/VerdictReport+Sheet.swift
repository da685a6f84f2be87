import Documents
import RateDistortion
import TrainedPoints

extension VerdictReport {
  /// The columns of the verdict contract, two for each reference curve, with the settings before the points. A person compares four
  /// digits, and gaps in bits only: the summary names the curve of the others.
  var sheet: Sheet<JudgedPoint> {
    let wording = wording
    let titles = verification.points.series
    var columns: [Column<JudgedPoint>] = [
      .whole("row") { $0.point.row },
      word("label") { $0.point.label },
      word("source") { $0.source },
      .number("rate_bits") { $0.point.rate },
      .number("distortion") { $0.point.distortion },
      word("verdict") { $0.verdict.rawValue },
      number("gap_bits") { $0.gap.bits },
      number("gap_db") { $0.gap.decibels },
      word("reference", .detail) { $0.gap.curve.rawValue },
    ]
    for curve in verification.references {
      let identifier = String(curve.rawValue.map { $0 == "-" ? "_" : $0 })
      let gap = { @Sendable (judged: JudgedPoint) in judged.references.first { $0.curve == curve } }
      columns.append(number("gap_bits_" + identifier) { gap($0)?.bits })
      columns.append(number("gap_db_" + identifier, .detail) { gap($0)?.decibels })
    }
    if verification.realism != nil {
      columns.append(number("perception", .detail) { $0.point.perception })
      columns.append(number("realism_price_bits") { $0.realismPrice })
    }
    columns += [
      number("entropy_model_bits") { $0.code?.entropyModelBits },
      number("code_gap_bits") { $0.code?.gapBits },
      word("code_verdict") { $0.code?.verdict?.rawValue },
      word("hint") { $0.hint?.text(wording) },
      // One series needs no name.
      word("series", titles.count < 2 ? .detail : .everyone) { titles[$0.point.series] },
      number("lambda") { $0.point.lambda },
      number("gap_lagrangian_bits") { $0.lagrangian?.bits },
      number("lagrangian_lambda", .detail) { $0.lagrangian?.lambda },
      word("model_verdict") { $0.code == nil ? nil : $0.modelVerdict.rawValue },
    ]
    var sheet = Sheet(columns)
    sheet.facts =
      ProgramVersion.facts
      + JSONValue.members([
        "file": .text(verification.points.file),
        "standard_errors": .number(verification.standardErrors),
        "tolerance_bits": .number(verification.tolerance),
        "realism": .optionalText(verification.realism?.rawValue),
        "max_gap_bits": .optionalNumber(verification.largestGaps.bits),
        "max_gap_db": .optionalNumber(verification.largestGaps.decibels),
      ])
    sheet.rowsName = "points"
    sheet.mostDigits = 4
    sheet.leavesOutEmptyColumns = true
    return sheet
  }

  /// A column of measured differences, of which six digits mean something.
  private func number(
    _ name: String, _ role: Column<JudgedPoint>.Role = .everyone, _ value: @escaping @Sendable (JudgedPoint) -> Double?
  ) -> Column<JudgedPoint> {
    .number(name, role, digits: 6, value)
  }

  /// A column of words from a file, where an empty one says nothing.
  private func word(
    _ name: String, _ role: Column<JudgedPoint>.Role = .everyone, _ value: @escaping @Sendable (JudgedPoint) -> String?
  ) -> Column<JudgedPoint> {
    .word(name, role) { judged in value(judged).flatMap { $0.isEmpty ? nil : $0 } }
  }
}
