import RateDistortion

/// A grid as it is asked for, before it is known of which source.
public enum GridChoice: Sendable {
  /// At these rates, in bits.
  case rates([Double])
  /// At these distortions.
  case distortions([Double])
  /// Where R + lambda D is least, on each curve for itself, in bits per unit of distortion.
  case lambdas([Double])
  /// At so many distortions of the source's own.
  case points(Int)

  /// How many distortions of the source's own, if nothing else is said.
  public static let defaultCount = 200

  /// Whether a table's rows are where supporting lines touch.
  public var hasLines: Bool {
    if case .lambdas = self { return true }
    return false
  }

  /// A table of curves on the grid.
  ///
  /// - Parameter take: takes the next rows, as soon as those before them are there; false if nobody wants more.
  /// - Throws: `GridError`; `DomainError` as the table's own.
  public func table(
    of source: KnownSource, curves: [Curve], handing take: ([CurveRow]) -> Bool = { _ in true }
  ) throws -> CurveTable {
    guard case .lambdas(let lambdas) = self else {
      var isPersons = true
      if case .points = self { isPersons = false }
      return try CurveTable(
        of: source, curves: curves, at: targets(of: source), isPersons: isPersons, handing: take)
    }
    return try CurveTable(of: source, curves: curves, lambdas: lambdas, handing: take)
  }

  /// The operating points for a source, the same for all curves.
  ///
  /// - Throws: `GridError` for a number of points that makes no grid.
  public func targets(of source: KnownSource) throws(GridError) -> [Target] {
    switch self {
    case .rates(let rates): return rates.map { .rate($0) }
    case .lambdas:
      throw GridError("a grid of lambdas has other operating points on every curve: it is for tables alone")
    case .distortions(let distortions): return distortions.map { .distortion($0) }
    case .points(let count):
      return try OperatingGrid.distortions(of: source, count: count).map { .distortion($0) }
    }
  }
}
