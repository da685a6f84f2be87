import Documents
import RateDistortion

/// What a reference file holds: curves of a source, each at its distortions.
///
/// Every source has a file of its curves with default parameters. Sources with Gaussian side information have one more for
/// each noise variance of the papers, with the curves that default tables leave out because they are costly, at few
/// distortions: those of rates of R_WZ in steps.
struct ReferencePlan: Sendable {
  /// Curves at the same distortions.
  struct Block: Sendable {
    let curves: [Curve]
    let distortions: [Double]
  }

  /// The file's name.
  let name: String
  let source: KnownSource
  let blocks: [Block]

  /// The curves in the order of their rows.
  var curves: [Curve] { blocks.flatMap(\.curves) }

  /// The noise variances of "Breaking Smoothness" and "Learned Layered Coding".
  static let noiseVariances = ["0.1", "0.01"]

  /// The files of curves of some sources.
  ///
  /// - Throws: `DomainError` or `GridError` if a source cannot be made.
  static func all(of sources: [any InformationSource.Type]) throws -> [ReferencePlan] {
    var plans = try sources.map { type in
      let source = try KnownSource(type)
      let block = Block(
        curves: source.quickCurves, distortions: try ReferenceFiles.distortions(of: source))
      return ReferencePlan(name: ReferenceFiles.fileName(of: source.description), source: source, blocks: [block])
    }
    for (variance, source) in try noisy(sources) {
      let block = Block(
        curves: source.curves, distortions: try distortions(of: source, rates: (0...8).map { Double($0) / 2 }))
      plans.append(
        ReferencePlan(name: "\(source.description.name)-noise-\(variance).csv", source: source, blocks: [block]))
    }
    return plans
  }

  /// The sources with Gaussian side information, at each noise variance.
  static func noisy(
    _ sources: [any InformationSource.Type]
  ) throws -> [(variance: String, source: KnownSource)] {
    var found: [(String, KnownSource)] = []
    for type in sources where try KnownSource(type).sideInformation != nil {
      for variance in noiseVariances {
        let parameters = try SourceParameters(["noise-variance": variance], of: type.description)
        found.append((variance, try KnownSource(type, parameters)))
      }
    }
    return found
  }

  /// The distortions at which the first curve has given rates, to 12 digits.
  private static func distortions(of source: KnownSource, rates: [Double]) throws -> [Double] {
    guard let curve = source.curves.first else { return [] }
    return try rates.compactMap { rate in
      SignificantDigits(try curve.point(atRate: rate).distortion, rounded: .up)?.doubleValue
    }
  }

  /// The rows.
  ///
  /// - Throws: `DomainError` for a distortion outside the domain of curves.
  func table() throws(DomainError) -> CurveTable {
    var tables: [CurveTable] = []
    for block in blocks {
      tables.append(try CurveTable(of: source, curves: block.curves, at: block.distortions.map { .distortion($0) }))
    }
    return CurveTable(of: source, joining: tables)
  }
}
