import RateDistortion
import TrainedPoints

/// What `verify` prints: a row a point, and a summary.
///
/// A report is written in pieces, so that a million points need no more memory than a thousand.
public struct VerdictReport: Sendable {
  /// How a report is laid out.
  public enum Format: String, CaseIterable, Sendable {
    /// Comma-separated values, for `pandas.read_csv` without arguments. Columns are only ever added.
    case csv
    /// The same columns as members, with the summary, schema 1.
    case json
    /// A table with fewer digits, and the summary below it.
    case markdown
    /// JUnit's XML, a test a point, for what shows the results of continuous integration.
    case junit
    /// The summary alone, as a table for a terminal.
    case summary
  }

  /// The points and what they are judged by.
  public let verification: Verification
  /// In the order of the header.
  let columns: [VerdictColumn]

  /// The report of a verification.
  public init(of verification: Verification) {
    self.verification = verification
    columns = VerdictColumn.columns(references: verification.references, series: verification.points.series)
  }

  /// Writes the report.
  ///
  /// - Parameters:
  ///   - style: whether the summary for a terminal has colours; other formats have none.
  ///   - emit: takes the text as UTF-8, a piece at a time.
  /// - Returns: the summary, which is part of the text in JSON and Markdown only.
  public func write(
    as format: Format, style: TextStyle = .plain, _ emit: ([UInt8]) throws -> Void
  ) rethrows -> VerificationSummary {
    switch format {
    case .csv: return try writeCSV(emit)
    case .json: return try writeJSON(emit)
    case .markdown: return try writeMarkdown(emit)
    case .junit: return try writeJUnit(emit)
    case .summary:
      let summary = verification.forEach { _ in }
      try emit(Array(SummaryTable(of: summary, style: style).text.utf8))
      return summary
    }
  }
}

/// A column of the verdict contract.
struct VerdictColumn: Sendable {
  /// What stands in a row.
  enum Cell: Sendable {
    case whole(Int)
    case number(Double?)
    case word(String)
  }

  /// The identifier, in the header and as the name of JSON members.
  let name: String
  /// Whether it holds numbers.
  let isNumber: Bool
  /// The significant digits of its numbers.
  let digits: Int
  let cell: @Sendable (JudgedPoint) -> Cell

  private static func number(
    _ name: String, digits: Int = 6, _ value: @escaping @Sendable (JudgedPoint) -> Double?
  ) -> VerdictColumn {
    VerdictColumn(name: name, isNumber: true, digits: digits) { .number(value($0)) }
  }

  private static func word(
    _ name: String, _ value: @escaping @Sendable (JudgedPoint) -> String?
  ) -> VerdictColumn {
    VerdictColumn(name: name, isNumber: false, digits: 0) { .word(value($0) ?? "") }
  }

  /// The columns, with two for each reference curve.
  ///
  /// - Parameter series: what series are called.
  static func columns(references: [CurveName], series: [String]) -> [VerdictColumn] {
    var columns = [
      VerdictColumn(name: "row", isNumber: true, digits: 0) { .whole($0.point.row) },
      word("label") { $0.point.label },
      word("source") { $0.source },
      number("rate_bits", digits: SignificantDigits.standardCount) { $0.point.rate },
      number("distortion", digits: SignificantDigits.standardCount) { $0.point.distortion },
      word("verdict") { $0.verdict.rawValue },
      number("gap_bits") { $0.gap.bits },
      number("gap_db") { $0.gap.decibels },
      word("reference") { $0.gap.curve.rawValue },
    ]
    for curve in references {
      let identifier = String(curve.rawValue.map { $0 == "-" ? "_" : $0 })
      let gap = { @Sendable (judged: JudgedPoint) in judged.references.first { $0.curve == curve } }
      columns.append(number("gap_bits_" + identifier) { gap($0)?.bits })
      columns.append(number("gap_db_" + identifier) { gap($0)?.decibels })
    }
    return columns + [
      number("entropy_model_bits") { $0.code?.entropyModelBits },
      number("code_gap_bits") { $0.code?.gapBits },
      word("code_verdict") { $0.code?.verdict?.rawValue },
      word("hint") { $0.hint?.description },
      word("series") { series[$0.point.series] },
      number("lambda") { $0.point.lambda },
    ]
  }

  /// The cell as text; empty where there is no number.
  func text(_ judged: JudgedPoint, digits: Int? = nil) -> String {
    switch cell(judged) {
    case .whole(let value): return String(value)
    case .number(let value):
      return value.flatMap { SignificantDigits($0, digits: min(digits ?? self.digits, self.digits)) }?.text ?? ""
    case .word(let word): return word
    }
  }
}

extension Hint: CustomStringConvertible {
  /// The guess in a clause, with the option that would act on it.
  public var description: String {
    let digits = { (value: Double) in SignificantDigits(value, digits: 4)?.text ?? "?" }
    switch self {
    case .distortionTooLarge(let ratio, let largest, let components):
      let sum = components.map { "summed over \(digits($0)) samples (--distortion-unit sse), or " } ?? ""
      return "distortion is \(digits(ratio)) times the largest there is, \(digits(largest)): is it \(sum)in dB "
        + "(--distortion-unit db)?"
    case .rateInNats:
      return "possible if the rate is in nats (--rate-unit nats)"
    case .distortionAveraged(let components):
      return "possible if the distortion is averaged over \(digits(components)) components (--distortion-unit mse)"
    case .tooFewDigits:
      return "possible within the rounding of the numbers as written: write more digits"
    case .rateBelowEntropy:
      return "the rate is below the entropy of the index: another unit (--rate-unit nats), or another code?"
    case .entropyBelowConverse(let bits):
      return "the entropy of the index is \(digits(bits)) bits below the limit: another unit, or too few samples?"
    }
  }
}
