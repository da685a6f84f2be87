import Documents
import ParallelBlocks
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
    /// The same by other ways to interpolate.
    let others: [BjontegaardDelta]

    /// How far the choice of the interpolation moves BD-rate, in percent, if that is more than half of it.
    var dominantInterpolation: Double? {
      let spread = others.map { ($0.ratePercent - delta.ratePercent).magnitude }.max() ?? 0
      return spread > max(0.5 * delta.ratePercent.magnitude, DeltaTable.leastSpread) ? spread : nil
    }
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
  /// - Parameter take: takes the next rows, as soon as those before them are there; false if nobody wants more.
  /// - Throws: `DeltaError` if none has a delta, that of the first; `SeriesError` if the reference is no series, or the only one.
  public init(
    of series: [PointSeries], of source: KnownSource?, from reference: Reference, interpolation: Interpolation = .akima,
    handing take: ([Row]) -> Bool = { _ in true }
  ) throws {
    self.source = source?.description.name
    self.reference = reference
    self.interpolation = interpolation
    let delta: @Sendable (PointSeries, Interpolation) throws(DeltaError) -> BjontegaardDelta
    var measured = series
    switch reference {
    case .curve(let curve):
      let corners = source?.corners(upToRate: 10) ?? []
      delta = { series, interpolation throws(DeltaError) in
        try BjontegaardDelta(
          of: series.points, title: series.title, from: curve, corners: corners, interpolation: interpolation)
      }
    case .series(let title):
      guard let anchor = series.first(where: { $0.title == title }) else {
        throw SeriesError.unknown(title, known: series.map(\.title))
      }
      measured = series.filter { $0.title != title }
      guard !measured.isEmpty else { throw SeriesError.alone(title) }
      delta = { series, interpolation throws(DeltaError) in
        try BjontegaardDelta(
          of: series.points, title: series.title, from: anchor.points, referenceTitle: title,
          interpolation: interpolation)
      }
    }
    var rows: [Row] = []
    var omissions: [DeltaError] = []
    let all = measured
    parallelForEach(count: all.count, block: 1, of: "series") { index -> Result<Row, DeltaError> in
      let series = all[index]
      return Result { () throws(DeltaError) in
        Row(
          series: series.title, delta: try delta(series, interpolation),
          others: interpolation.alternatives.compactMap { try? delta(series, $0) })
      }
    } _: { found in
      var new: [Row] = []
      for result in found {
        switch result {
        case .success(let row): new.append(row)
        case .failure(let error): omissions.append(error)
        }
      }
      rows += new
      return take(new)
    }
    if rows.isEmpty, let first = omissions.first { throw first }
    (self.rows, self.omissions) = (rows, omissions)
  }

  /// Below this part of both ranges taken together, a common range says little.
  private static let leastOverlap = 0.75

  /// A BD-rate that moves by less, in percent, is settled whatever it is.
  static let leastSpread = 0.1

  /// What a reader should know: of points that were left out, of series that hardly overlap, and of figures that are the
  /// interpolation's more than the points'.
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
        if let spread = row.dominantInterpolation {
          let others = interpolation.alternatives.map(\.rawValue).joined(separator: " or ")
          remarks.append(
            "\(row.series): BD-rate moves by \(SignificantDigits(spread, digits: 2)?.text ?? "") percentage points with "
              + "\(others) interpolation: its points are too few, or too far apart, to say it")
        }
        return remarks
      }
  }
}

extension DeltaTable: SheetReport {
  /// One row a series.
  public var sheet: Sheet<Row> { Self.sheet(of: source, from: reference, interpolation: interpolation) }

  /// What a table says besides its rows, before there are any.
  public static func sheet(
    of source: String?, from reference: Reference, interpolation: Interpolation
  ) -> Sheet<Row> {
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
