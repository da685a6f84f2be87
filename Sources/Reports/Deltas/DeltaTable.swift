import Documents
import RateDistortion
import TrainedPoints

/// Bjontegaard deltas, a row a series.
public struct DeltaTable: Sendable {
  /// What deltas are measured from.
  public enum Reference: Sendable {
    /// A source's curve.
    case curve(Curve)
    /// Another series, by its name.
    case series(String)

    /// What it is called.
    var name: String {
      switch self {
      case .curve(let curve): return curve.name.rawValue
      case .series(let title): return title
      }
    }

    /// What it claims.
    var kind: String {
      switch self {
      case .curve(let curve): return curve.kind.rawValue
      case .series: return "series"
      }
    }
  }

  /// A series with its delta.
  public struct Row: Sendable {
    /// What the series is called.
    public let series: String
    /// Its delta.
    public let delta: BjontegaardDelta
  }

  /// The source's name; nil where series are compared with each other, whatever they are of.
  public let source: String?
  /// The curve, or the series, that deltas are measured from.
  public let reference: Reference
  /// How points were interpolated.
  public let interpolation: Interpolation
  /// The rows.
  public let rows: [Row]
  /// Why series have no row: too few points, or none in common with the reference.
  public let omissions: [DeltaError]

  /// The deltas of some series of a source; a series that is the reference has none, and one that has no delta is left out.
  ///
  /// - Throws: `DeltaError` if none has a delta, that of the first; `SeriesError` if the reference is no series, or the only one.
  public init(
    of series: [PointSeries], of source: KnownSource?, from reference: Reference, interpolation: Interpolation = .akima
  ) throws {
    self.source = source?.description.name
    self.reference = reference
    self.interpolation = interpolation
    let delta: (PointSeries) throws(DeltaError) -> BjontegaardDelta
    var measured = series
    switch reference {
    case .curve(let curve):
      let corners = source?.corners(upToRate: 10) ?? []
      delta = { series throws(DeltaError) in
        try BjontegaardDelta(
          of: series.points, title: series.title, from: curve, corners: corners, interpolation: interpolation)
      }
    case .series(let title):
      guard let anchor = series.first(where: { $0.title == title }) else {
        throw SeriesError.unknown(title, known: series.map(\.title))
      }
      measured = series.filter { $0.title != title }
      guard !measured.isEmpty else { throw SeriesError.alone(title) }
      delta = { series throws(DeltaError) in
        try BjontegaardDelta(
          of: series.points, title: series.title, from: anchor.points, referenceTitle: title,
          interpolation: interpolation)
      }
    }
    var rows: [Row] = []
    var omissions: [DeltaError] = []
    for series in measured {
      do {
        rows.append(Row(series: series.title, delta: try delta(series)))
      } catch {
        omissions.append(error)
      }
    }
    if rows.isEmpty, let first = omissions.first { throw first }
    (self.rows, self.omissions) = (rows, omissions)
  }

  /// Below this part of both ranges taken together, a common range says little.
  private static let leastOverlap = 0.75

  /// What a reader should know: of points that were left out, and of series that hardly overlap.
  public var remarks: [String] {
    omissions.map { "left out: \($0)" }
      + rows.flatMap { row -> [String] in
        var remarks: [String] = []
        if row.delta.silentPoints > 0 {
          remarks.append(
            "\(row.series): points that send hardly anything, or nothing, left out: \(row.delta.silentPoints)")
        }
        if row.delta.overlap < Self.leastOverlap {
          let percent = Int((100 * row.delta.overlap).rounded())
          remarks.append("\(row.series): only \(percent) % of the distortions are common to it and its reference")
        }
        return remarks
      }
  }
}

extension DeltaTable: SheetReport {
  /// One row a series.
  public var sheet: Sheet<Row> {
    let (source, reference, interpolation) = (source, reference, interpolation)
    let constants: [(String, String?)] = [
      ("source", source), ("reference", reference.name), ("kind", reference.kind),
      ("interpolation", interpolation.rawValue),
    ]
    var columns = [Column<Row>.word("series") { $0.series }]
    for (name, value) in constants { columns.append(.word(name, .constant) { _ in value }) }
    columns += [
      .number("points") { Double($0.delta.points) },
      .number("bd_rate_percent") { $0.delta.ratePercent },
      .number("bd_distortion_db") { $0.delta.distortionDecibels },
      .number("distortion_db_low") { $0.delta.decibels.lowerBound },
      .number("distortion_db_high") { $0.delta.decibels.upperBound },
      .number("rate_bits_low") { $0.delta.rates.lowerBound },
      .number("rate_bits_high") { $0.delta.rates.upperBound },
      .number("overlap") { $0.delta.overlap },
    ]
    var sheet = Sheet(columns)
    sheet.facts = ProgramVersion.facts + constants.map { JSONValue.Member($0.0, .optionalText($0.1)) }
    sheet.mostDigits = 5
    sheet.isAligned = false
    return sheet
  }
}
