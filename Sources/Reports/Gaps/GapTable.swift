import Documents
import ParallelBlocks
import RateDistortion

/// The gaps of a source's schemes to its limit on a grid, and at both ends.
///
/// One row a scheme and operating point: `gap_bits` at the row's distortion, `gap_db` at the row's rate, positive where the
/// scheme is worse. The last rows of a scheme have `at` = `high-rate` and no operating point: what its gaps tend to; and `at` =
/// `low-rate`, where nothing is sent and `saving_per_bit` is -dD/dR at rate 0 in units of the largest distortion, if the scheme
/// starts smoothly.
public struct GapTable: Sendable {
  /// Where a gap is taken.
  public enum Place: String, Sendable {
    /// At an operating point that was asked for.
    case grid
    /// What gaps tend to as the rate grows.
    case highRate = "high-rate"
    /// Where nothing is sent.
    case lowRate = "low-rate"
  }

  /// One row.
  public struct Row: Sendable, Equatable {
    /// The scheme.
    public let scheme: CurveName
    /// Where.
    public let place: Place
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

  /// Where gaps are taken unless something else is asked for: 0.25 to 8 bits in steps of 0.25.
  public static let defaultRequests = (1...32).map { Target.rate(Double($0) / 4) }

  /// The table of a source.
  ///
  /// - Parameters:
  ///   - gaps: the schemes and the limit, as `SchemeGaps.gaps(of:schemes:to:)` chooses them.
  ///   - take: takes the next rows, as soon as those before them are there; false if nobody wants more.
  /// - Throws: `DomainError` for a rate or distortion outside the domain of curves.
  public init(
    of source: KnownSource, gaps: SchemeGaps, at requests: [Target], handing take: ([Row]) -> Bool = { _ in true }
  ) throws(DomainError) {
    self.source = source.description.name
    reference = gaps.reference.name
    let schemes = gaps.schemes
    // The ends of a scheme follow its operating points.
    let places = requests.count + 1
    var rows: [Row] = []
    try parallelForEach(count: schemes.count * places, of: "gaps") { (index: Int) throws(DomainError) -> [Row] in
      let (scheme, place) = (schemes[index / places], index % places)
      guard place == requests.count else {
        return try Self.row(of: scheme, at: requests[place], gaps.reference).map { [$0] } ?? []
      }
      return gaps.limits.filter { $0.scheme == scheme.name }.flatMap { Self.ends(of: scheme, $0, gaps.reference) }
    } _: { found in
      let new = found.flatMap { $0 }
      rows += new
      return take(new)
    }
    self.rows = rows
  }

  /// The gap of a scheme at a request; nil beyond the rates for which the scheme is computed, and at rate 0.
  private static func row(of scheme: Curve, at request: Target, _ reference: Curve) throws(DomainError) -> Row? {
    do {
      let point = try scheme.point(at: request)
      guard point.rate > 0, point.distortion >= .leastNormalMagnitude else { return nil }
      let limitRate = try reference.point(atDistortion: point.distortion).rate
      let limitDistortion = try reference.point(atRate: point.rate).distortion
      return Row(
        scheme: scheme.name, place: .grid, point: point, bits: point.rate - limitRate,
        decibels: RateDistortion.decibels(point.distortion / limitDistortion), saving: nil)
    } catch {
      guard error.concernsOneCurve else { throw error }
      return nil
    }
  }

  /// What the gaps of a scheme tend to, and where it sends nothing.
  private static func ends(of scheme: Curve, _ limits: GapLimits, _ reference: Curve) -> [Row] {
    // Both send nothing at rate 0, at the distortions that they have there.
    let own = (try? scheme.point(atRate: 0))?.distortion
    let least = (try? reference.point(atRate: 0))?.distortion
    let silence = own.flatMap { own in least.map { (own: own, least: $0) } }
    return [
      Row(
        scheme: scheme.name, place: .highRate, point: nil, bits: limits.highRateBits, decibels: limits.highRateDecibels,
        saving: nil),
      Row(
        scheme: scheme.name, place: .lowRate, point: nil,
        bits: silence.flatMap { try? reference.point(atDistortion: $0.own) }.map { 0 - $0.rate },
        decibels: silence.map { RateDistortion.decibels($0.own / $0.least) }, saving: limits.initialSaving),
    ]
  }
}

extension GapTable: SheetReport {
  /// One row a scheme and operating point; what is not known is an empty cell.
  public var sheet: Sheet<Row> { Self.sheet(of: source, to: reference) }

  /// What a table says besides its rows, before there are any.
  ///
  /// - Parameters:
  ///   - source: the source's name.
  ///   - reference: what gaps are taken to.
  public static func sheet(of source: String, to reference: CurveName) -> Sheet<Row> {
    var sheet = Sheet<Row>([
      .word("source", .constant) { _ in source },
      .word("curve") { $0.scheme.rawValue },
      .word("reference", .constant) { _ in reference.rawValue },
      .word("at") { $0.place.rawValue },
      .number("rate_bits", alignment: .left) { $0.point?.rate },
      .number("distortion", alignment: .left) { $0.point?.distortion },
      .number("distortion_db", alignment: .left) { $0.point.map { decibels($0.distortion) } },
      .number("gap_bits", alignment: .left) { $0.bits },
      .number("gap_db", alignment: .left) { $0.decibels },
      .number("saving_per_bit", alignment: .left) { $0.saving },
    ])
    sheet.facts =
      ProgramVersion.facts
      + JSONValue.members(["source": .text(source), "reference": .text(reference.rawValue)])
    sheet.mostDigits = 5
    sheet.isAligned = false
    return sheet
  }
}
