import RateDistortion
import TrainedPoints

extension VerdictReport {
  /// An object with the settings, the points under the names of the CSV's columns, and the summary, which comes last for it
  /// is known last.
  func writeJSON(_ emit: ([UInt8]) throws -> Void) rethrows -> VerificationSummary {
    let settings = JSONValue.object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("file", .text(verification.points.file)),
      JSONValue.Member("standard_errors", .number(verification.standardErrors)),
      JSONValue.Member("tolerance_bits", .number(verification.tolerance)),
      JSONValue.Member("max_gap_bits", verification.largestGaps.bits.map { .number($0) } ?? .null),
      JSONValue.Member("max_gap_db", verification.largestGaps.decibels.map { .number($0) } ?? .null),
    ])
    // All but the closing brace.
    let opening = Self.indented(settings, by: 0).dropLast(2)
    try emit(opening + Array(",\n  \"points\": [".utf8))
    let columns = columns
    var isFirst = true
    let summary = try verification.forEachPiece(
      transformed: { piece in
        piece.map { judged -> [UInt8] in
          let members = columns.map { JSONValue.Member($0.name, $0.json(judged)) }
          return Self.indented(.object(members), by: 4)
        }
      },
      { (points: [[UInt8]]) in
        var bytes: [UInt8] = []
        for point in points {
          bytes += Array((isFirst ? "\n    " : ",\n    ").utf8)
          bytes += point
          isFirst = false
        }
        try emit(bytes)
      })
    try emit(Array("\n  ],\n  \"summary\": ".utf8) + Self.indented(summary.json, by: 2) + Array("\n}\n".utf8))
    return summary
  }

  /// A value's text with its lines after the first moved to the right; line breaks within strings are escaped there.
  private static func indented(_ value: JSONValue, by columns: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var text = Array(value.serialized.utf8)[...]
    while text.last == UInt8(ascii: "\n") { text.removeLast() }
    for byte in text {
      bytes.append(byte)
      if byte == UInt8(ascii: "\n") { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: columns)) }
    }
    return bytes
  }
}

extension VerdictColumn {
  /// The cell as a value; null where there is none.
  func json(_ judged: JudgedPoint) -> JSONValue {
    switch cell(judged) {
    case .whole(let value): return .number(value)
    case .number(let value):
      return value.flatMap { SignificantDigits($0, digits: digits) }.map { .number($0.text) } ?? .null
    case .word(let word): return word.isEmpty ? .null : .text(word)
    }
  }
}

extension VerificationSummary {
  /// The summary as JSON reports carry it.
  var json: JSONValue {
    return .object(
      [JSONValue.Member("points", .number(points))]
        + Verdict.allCases.map { JSONValue.Member($0.rawValue, .number(count(of: $0))) }
        + [
          JSONValue.Member("beyond_max_gap", .number(pointsBeyond)),
          JSONValue.Member("sources", .array(sources.map { $0.json(named: "source") })),
          JSONValue.Member("series", .array(series.map { $0.json(named: "series") })),
          JSONValue.Member(
            "hints",
            .array(
              hints.map {
                .object([
                  JSONValue.Member("hint", .text($0.hint.description)), JSONValue.Member("points", .number($0.points)),
                ])
              })),
          JSONValue.Member(
            "skipped",
            .array(
              skipped.map {
                .object([JSONValue.Member("source", .text($0.name)), JSONValue.Member("rows", .number($0.rows))])
              })),
        ])
  }
}

extension VerificationSummary.Source {
  /// The summary of a source or series; its name is the member that says which.
  fileprivate func json(named kind: String) -> JSONValue {
    .object(
      [
        JSONValue.Member(kind, .text(name)),
        JSONValue.Member("aliases", .array(aliases.map { .text($0) })),
        JSONValue.Member("reference", .optionalText(reference?.rawValue)),
        JSONValue.Member("points", .number(points)),
      ]
        + Verdict.allCases.map { JSONValue.Member($0.rawValue, .number(counts[$0] ?? 0)) }
        + [
          JSONValue.Member("gap_bits", gaps.json),
          JSONValue.Member("entropy_model_bits", entropyModel.json),
          JSONValue.Member("code_gap_bits", codeGaps.json),
        ])
  }
}

extension VerificationSummary.Spread? {
  fileprivate var json: JSONValue {
    guard let self else { return .null }
    let number = { (value: Double) in SignificantDigits(value, digits: 6).map { JSONValue.number($0.text) } ?? .null }
    return .object([
      JSONValue.Member("least", number(self.least)),
      JSONValue.Member("median", number(self.median)),
      JSONValue.Member("largest", number(self.largest)),
    ])
  }
}
