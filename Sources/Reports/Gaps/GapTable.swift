import RateDistortion

/// The gaps of a source's schemes to its limit on a grid, and at both ends.
///
/// One row a scheme and operating point: `gap_bits` at the row's distortion, `gap_db` at the row's rate, positive where the
/// scheme is worse. The last rows of a scheme have `at` = `high-rate` and no operating point: what its gaps tend to; and `at` =
/// `low-rate`, where nothing is sent and `saving_per_bit` is -dD/dR at rate 0 in units of the largest distortion, if the scheme starts smoothly.
public struct GapTable: Sendable {
  /// One row.
  public struct Row: Sendable, Equatable {
    /// The scheme.
    public let scheme: CurveName
    /// `grid`, `high-rate` or `low-rate`.
    public let place: String
    /// The operating point in bits and distortion; nil at the ends.
    public let point: OperatingPoint?
    /// The rate above the limit at this distortion, in bits.
    public let bits: Double?
    /// The distortion above the limit at this rate, in dB.
    public let decibels: Double?
    /// -dD/dR at rate 0 in units of the largest distortion.
    public let saving: Double?
  }

  /// The source's name.
  public let source: String
  /// The limit.
  public let reference: CurveName
  /// The rows, scheme by scheme.
  public let rows: [Row]

  /// The table of a source.
  ///
  /// - Throws: `DomainError` for a rate or distortion outside the domain of curves.
  public init(
    of source: any InformationSource, gaps: SchemeGaps, at requests: [OperatingRequest]
  ) throws(DomainError) {
    let gaps = gaps.prepared()
    self.source = source.description.name
    reference = gaps.reference.name
    let schemes = gaps.schemes
    let found = try concurrentMap(count: schemes.count * requests.count) { (index: Int) throws(DomainError) -> Row? in
      try Self.row(of: schemes[index / requests.count], at: requests[index % requests.count], gaps.reference)
    }
    var rows: [Row] = []
    for (index, scheme) in schemes.enumerated() {
      rows += found[index * requests.count..<(index + 1) * requests.count].compactMap { $0 }
      for limit in gaps.limits where limit.scheme == scheme.name {
        rows.append(
          Row(
            scheme: scheme.name, place: "high-rate", point: nil, bits: limit.highRateBits,
            decibels: limit.highRateDecibels, saving: nil))
        // Both send nothing at rate 0, at the distortions that they have there.
        var bits: Double?
        var decibels: Double?
        if let own = try? scheme.point(atRate: 0).distortion,
          let least = try? gaps.reference.point(atRate: 0).distortion
        {
          bits = (try? gaps.reference.point(atDistortion: own)).map { 0 - $0.rate }
          decibels = RateDistortion.decibels(own / least)
        }
        rows.append(
          Row(
            scheme: scheme.name, place: "low-rate", point: nil, bits: bits, decibels: decibels,
            saving: limit.initialSaving))
      }
    }
    self.rows = rows
  }

  /// The gap of a scheme at a request; nil beyond the rates for which the scheme is computed, and at rate 0.
  private static func row(
    of scheme: any Curve, at request: OperatingRequest, _ reference: any Curve
  ) throws(DomainError) -> Row? {
    do {
      let point: OperatingPoint
      switch request {
      case .rate(let rate): point = try scheme.point(atRate: rate)
      case .distortion(let distortion): point = try scheme.point(atDistortion: distortion)
      }
      guard point.rate > 0, point.distortion >= .leastNormalMagnitude else { return nil }
      let limitRate = try reference.point(atDistortion: point.distortion).rate
      let limitDistortion = try reference.point(atRate: point.rate).distortion
      return Row(
        scheme: scheme.name, place: "grid", point: point, bits: point.rate - limitRate,
        decibels: RateDistortion.decibels(point.distortion / limitDistortion), saving: nil)
    } catch {
      guard error.concernsOneCurve else { throw error }
      return nil
    }
  }

  private static let columns = [
    "source", "curve", "reference", "at", "rate_bits", "distortion", "distortion_db", "gap_bits", "gap_db",
    "saving_per_bit",
  ]

  private func numbers(_ row: Row) -> [Double?] {
    [
      row.point?.rate, row.point?.distortion, row.point.map { decibels($0.distortion) }, row.bits, row.decibels,
      row.saving,
    ]
  }

  private func cells(_ row: Row, digits: Int) -> [String] {
    [source, row.scheme.rawValue, reference.rawValue, row.place]
      + numbers(row).map { $0.flatMap { SignificantDigits($0, digits: digits)?.text } ?? "" }
  }

  /// The table as CSV.
  public var csv: String {
    ([Self.columns] + rows.map { cells($0, digits: SignificantDigits.standardCount) })
      .map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// The table as Markdown, with fewer digits.
  public var markdown: String {
    let lines = [Self.columns, Self.columns.map { _ in "---" }] + rows.map { cells($0, digits: 5) }
    return lines.map { "| " + $0.joined(separator: " | ") + " |\n" }.joined()
  }

  /// The table as JSON.
  public var json: JSONValue {
    .object([
      JSONValue.Member("schema", .number(ProgramVersion.schema)),
      JSONValue.Member("program", ProgramVersion.json),
      JSONValue.Member("source", .text(source)),
      JSONValue.Member("reference", .text(reference.rawValue)),
      JSONValue.Member("rows", .array(rows.map(json))),
    ])
  }

  private func json(_ row: Row) -> JSONValue {
    let words = [("curve", row.scheme.rawValue), ("at", row.place)].map { JSONValue.Member($0.0, .text($0.1)) }
    let values = zip(Self.columns.dropFirst(4), numbers(row)).map { name, value in
      JSONValue.Member(
        name, value.flatMap { SignificantDigits($0)?.text }.map { .number($0) } ?? .null)
    }
    return .object(words + values)
  }
}
