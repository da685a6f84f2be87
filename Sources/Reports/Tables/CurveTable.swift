import ParallelBlocks
import RateDistortion

/// Curves of a source on a grid: the content of `table`, `at` and the reference files, whatever the format.
///
/// Rows are curve-major: each curve is one contiguous block, in the order of the curves given, and within it rows are in the
/// order of the requests.
public struct CurveTable: Sendable {
  /// A row that could not be printed: nothing finite is proved there.
  public struct Omission: Sendable, Equatable {
    /// The curve.
    public let curve: CurveName
    /// Where.
    public let request: Target
  }

  /// The source's entry in the catalogue.
  public let source: SourceDescription
  /// Its parameters in force.
  public let parameters: SourceParameters
  /// The curves, in the order of their blocks.
  public let curves: [CurveName]
  /// One row a number.
  public let rows: [CurveRow]
  /// What was asked for and is not there.
  public let omissions: [Omission]
  /// Whether the ends of the enclosures are printed too.
  public var isCertified = false
  /// Whether the rows are where supporting lines touch.
  let hasLines: Bool
  /// Where a rate of 0 was asked for that nobody can have meant.
  let doubt: DistortionDoubt?

  /// The table of some curves of a source at the operating points requested.
  ///
  /// - Parameters:
  ///   - isPersons: whether a person chose the distortions, who may have meant others.
  ///   - take: takes the next rows, as soon as those before them are there; false if nobody wants more.
  /// - Throws: `DomainError` for a rate or distortion outside the domain of curves.
  public init(
    of source: KnownSource, curves: [Curve], at requests: [Target], isPersons: Bool = true,
    handing take: ([CurveRow]) -> Bool = { _ in true }
  ) throws(DomainError) {
    self.source = source.description
    parameters = source.parameters
    self.curves = curves.map(\.name)
    doubt = isPersons ? DistortionDoubt(of: source, curves: curves, at: requests) : nil
    let block = curves.contains(where: \.isCostly) ? 1 : 128
    var (rows, omissions) = ([CurveRow](), [Omission]())
    for run in Self.runs(of: curves) {
      var isWanted = true
      try parallelForEach(count: run.count * requests.count, block: block, of: Self.unit) {
        (index: Int) throws(DomainError) -> CurveRow? in
        let (curve, request) = index.quotientAndRemainder(dividingBy: requests.count)
        return try CurveRow.row(of: run[run.startIndex + curve], at: requests[request])
      } _: { found in
        let start = rows.count + omissions.count
        for (index, row) in found.enumerated() where row == nil {
          let (curve, request) = (start + index).quotientAndRemainder(dividingBy: requests.count)
          omissions.append(Omission(curve: curves[curve].name, request: requests[request]))
        }
        let new = found.compactMap { $0 }
        rows += new
        isWanted = take(new)
        return isWanted
      }
      guard isWanted else { break }
    }
    (self.rows, self.omissions, hasLines) = (rows, omissions, false)
  }

  /// The points of the curves' lower convex hulls at which R + lambda D is least: one row each, or two, the ends, where the hull is
  /// straight with that slope.
  ///
  /// - Parameter take: as for operating points.
  /// - Throws: `DomainError.slopeOutOfRange` for a lambda that is no positive number; what else concerns more than one curve.
  public init(
    of source: KnownSource, curves: [Curve], lambdas: [Double], handing take: ([CurveRow]) -> Bool = { _ in true }
  ) throws(DomainError) {
    self.source = source.description
    parameters = source.parameters
    self.curves = curves.map(\.name)
    doubt = nil
    omissions = []
    let corners = source.corners(upToRate: 16)
    var rows: [CurveRow] = []
    try parallelForEach(count: curves.count * lambdas.count, block: 1, of: Self.unit) {
      (index: Int) throws(DomainError) -> [CurveRow] in
      try CurveRow.rows(of: curves[index / lambdas.count], atLambda: lambdas[index % lambdas.count], corners: corners)
    } _: { found in
      let new = found.flatMap { $0 }
      rows += new
      return take(new)
    }
    (self.rows, hasLines) = (rows, true)
  }

  /// Tables of one source, one below the other.
  init(of source: KnownSource, joining tables: [CurveTable]) {
    self.source = source.description
    parameters = source.parameters
    curves = tables.flatMap(\.curves)
    rows = tables.flatMap(\.rows)
    omissions = tables.flatMap(\.omissions)
    doubt = nil
    hasLines = false
  }

  /// Runs of curves whose rows are computed together: before one that has something to be solved, the rows of those in front of it
  /// are printed, and then all cores solve it.
  private static func runs(of curves: [Curve]) -> some Sequence<ArraySlice<Curve>> {
    sequence(state: 0) { start in
      guard start < curves.count else { return nil }
      curves[start].preparation?()
      let rest = curves[(start + 1)...]
      let end = rest.firstIndex { $0.preparation != nil } ?? curves.count
      defer { start = end }
      return curves[start..<end]
    }
  }

  /// What those who wait are told is counted.
  private static let unit = "rows"
}
