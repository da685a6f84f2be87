import RateDistortion

/// A grid as it is asked for, before it is known of which source.
public enum GridChoice: Sendable {
  /// At these rates, in bits.
  case rates([Double])
  /// At these distortions.
  case distortions([Double])
  /// At so many distortions of the source's own.
  case points(Int)

  /// How many distortions of the source's own, if nothing else is said.
  public static let defaultCount = 200

  /// The operating points for a source.
  ///
  /// - Throws: `GridError` for a number of points that makes no grid.
  public func targets(of source: KnownSource) throws(GridError) -> [Target] {
    switch self {
    case .rates(let rates): return rates.map { .rate($0) }
    case .distortions(let distortions): return distortions.map { .distortion($0) }
    case .points(let count):
      return try OperatingGrid.distortions(of: source, count: count).map { .distortion($0) }
    }
  }
}
