import Documents
import RateDistortion
import TrainedPoints

extension VerificationSummary {
  /// The summary as JSON reports carry it.
  func json(_ wording: Wording) -> JSONValue {
    .object(
      JSONValue.members(["points": .number(points)]) + Self.members { count(of: $0) }
        + JSONValue.members([
          "codes": .number(codes), "with_entropy_model": .object(Self.members { modelCount(of: $0) }),
        ])
        + JSONValue.members([
          "beyond_max_gap": .number(pointsBeyond),
          "sources": .array(sources.map { $0.json(named: "source") }),
          "series": .array(series.map { $0.json(named: "series") }),
          "hints": .array(hints.map { ["hint": .text($0.hint.text(wording)), "points": .number($0.points)] }),
          "incomplete_rows": .number(incompleteRows),
          "skipped": .array(skipped.map { ["source": .text($0.name), "rows": .number($0.rows)] }),
        ]))
  }

  /// How many points have each verdict.
  fileprivate static func members(_ count: (Verdict) -> Int) -> [JSONValue.Member] {
    Verdict.allCases.map { JSONValue.Member($0.rawValue, .number(count($0))) }
  }
}

extension VerificationSummary.Source {
  /// The summary of a source or series; its name is the member that says which.
  fileprivate func json(named kind: String) -> JSONValue {
    .object(
      JSONValue.members([
        kind: .text(name), "aliases": .texts(aliases), "reference": .optionalText(reference?.rawValue),
        "judged_by": .texts(judging.map(\.rawValue)),
        "points": .number(points),
      ]) + VerificationSummary.members { counts[$0] ?? 0 }
        + JSONValue.members([
          "gap_bits": gaps.json, "realism_price_bits": realismPrices.json, "entropy_model_bits": entropyModel.json,
          "code_gap_bits": codeGaps.json,
        ]))
  }
}

extension VerificationSummary.Spread? {
  fileprivate var json: JSONValue {
    guard let self else { return .null }
    let number = { (value: Double) in SignificantDigits(value, digits: 6).map { JSONValue.number($0.text) } ?? .null }
    return ["least": number(self.least), "median": number(self.median), "largest": number(self.largest)]
  }
}
