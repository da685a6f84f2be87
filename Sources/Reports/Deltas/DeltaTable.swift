import RateDistortion
import TrainedPoints

/// Bjontegaard deltas, a row a series.
public struct DeltaTable: Sendable {
  /// A series with its delta.
  public struct Row: Sendable {
    /// What the series is called.
    public let series: String
    /// Its delta.
    public let delta: BjontegaardDelta

    /// A row.
    public init(series: String, delta: BjontegaardDelta) {
      self.series = series
      self.delta = delta
    }
  }

  /// The source's name.
  public let source: String
  /// The curve, or the series, that deltas are measured from.
  public let reference: String
  /// What the curve claims; nil for a series.
  public let kind: BoundKind?
  /// How points were interpolated.
  public let interpolation: Interpolation
  /// The rows.
  public let rows: [Row]

  /// A table.
  public init(source: String, reference: String, kind: BoundKind?, interpolation: Interpolation, rows: [Row]) {
    self.source = source
    self.reference = reference
    self.kind = kind
    self.interpolation = interpolation
    self.rows = rows
  }

  private static let words = ["series", "source", "reference", "kind", "interpolation"]
  private static let numbers = [
    "points", "bd_rate_percent", "bd_distortion_db", "distortion_db_low", "distortion_db_high", "rate_bits_low",
    "rate_bits_high", "overlap",
  ]

  private func words(_ row: Row) -> [String] {
    [row.series, source, reference, kind?.rawValue ?? "series", interpolation.rawValue]
  }

  private func numbers(_ row: Row) -> [Double] {
    let delta = row.delta
    return [
      Double(delta.points), delta.ratePercent, delta.distortionDecibels, delta.decibels.lowerBound,
      delta.decibels.upperBound, delta.rates.lowerBound, delta.rates.upperBound, delta.overlap,
    ]
  }

  private func texts(_ row: Row, digits: Int) -> [String] {
    numbers(row).map { SignificantDigits($0, digits: digits)?.text ?? "" }
  }

  /// The table as CSV.
  public var csv: String {
    let quoted = { (word: String) in
      let isPlain = !word.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      return isPlain ? word : "\"" + word.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
    return
      ([Self.words + Self.numbers]
      + rows.map { words($0).map(quoted) + texts($0, digits: SignificantDigits.standardCount) })
      .map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// The table as Markdown, with fewer digits.
  public var markdown: String {
    let plain = { (word: String) in word.map { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) }.joined() }
    let rule = Self.words.map { _ in "---" } + Self.numbers.map { _ in "--:" }
    let lines = [Self.words + Self.numbers, rule] + rows.map { words($0).map(plain) + texts($0, digits: 5) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// The table as JSON.
  public var json: JSONValue {
    .object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("source", .text(source)),
      JSONValue.Member("reference", .text(reference)),
      JSONValue.Member("kind", .text(kind?.rawValue ?? "series")),
      JSONValue.Member("interpolation", .text(interpolation.rawValue)),
      JSONValue.Member(
        "rows",
        .array(
          rows.map { row in
            .object(
              [JSONValue.Member("series", .text(row.series))]
                + zip(Self.numbers, texts(row, digits: SignificantDigits.standardCount)).map {
                  JSONValue.Member($0, .number($1))
                })
          })),
    ])
  }
}
