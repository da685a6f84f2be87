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
  /// Where a rate of 0 was asked for that nobody can have meant.
  let doubt: DistortionDoubt?

  /// The table of some curves of a source at the operating points requested.
  ///
  /// - Throws: `DomainError` for a rate or distortion outside the domain of curves.
  public init(
    of source: KnownSource, curves: [Curve], at requests: [Target]
  ) throws(DomainError) {
    self.source = source.description
    parameters = source.parameters
    self.curves = curves.map(\.name)
    doubt = DistortionDoubt(of: source, curves: curves, at: requests)
    let block = curves.contains(where: \.isCostly) ? 1 : 128
    let found = try parallelMap(count: curves.count * requests.count, block: block) {
      (index: Int) throws(DomainError) -> CurveRow? in
      try CurveRow.row(of: curves[index / requests.count], at: requests[index % requests.count])
    }
    rows = found.compactMap { $0 }
    omissions =
      rows.count == found.count
      ? []
      : found.indices.compactMap { index in
        guard found[index] == nil else { return nil }
        return Omission(curve: curves[index / requests.count].name, request: requests[index % requests.count])
      }
  }

  /// The points of the curves' lower convex hulls at which R + lambda D is least: one row each, or two, the ends, where the hull is
  /// straight with that slope.
  ///
  /// - Throws: `DomainError.slopeOutOfRange` for a lambda that is no positive number; what else concerns more than one curve.
  public init(of source: KnownSource, curves: [Curve], lambdas: [Double]) throws(DomainError) {
    self.source = source.description
    parameters = source.parameters
    self.curves = curves.map(\.name)
    doubt = nil
    omissions = []
    let corners = source.corners(upToRate: 16)
    let found = try parallelMap(count: curves.count * lambdas.count, block: 1) {
      (index: Int) throws(DomainError) -> [CurveRow] in
      try CurveRow.rows(of: curves[index / lambdas.count], atLambda: lambdas[index % lambdas.count], corners: corners)
    }
    rows = found.flatMap { $0 }
  }

  /// Tables of one source, one below the other.
  init(of source: KnownSource, joining tables: [CurveTable]) {
    self.source = source.description
    parameters = source.parameters
    curves = tables.flatMap(\.curves)
    rows = tables.flatMap(\.rows)
    omissions = tables.flatMap(\.omissions)
    doubt = nil
  }
}
