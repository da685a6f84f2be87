import ParallelBlocks
import RateDistortion

/// The judgement of a table of points by their sources' limits.
///
/// A point is `impossible` if it lies below its source's converse by more than the standard errors allow, `optimal` if it is
/// within a tolerance of the converse or the exact curve, so that nothing better exists, `best-known` if it is within the
/// tolerance of the best code known while the converse lies further below, `suboptimal` if a better code is known, and
/// `undecided` if there is none to compare with. One-shot codes are judged by the entropy-distortion function E(D), which nothing
/// lies below and which is achieved. Processes seen on a grid are held impossible by the bound for that grid, and optimal by E(D)
/// of the process in continuous time. Where the entropy of the index is known the code is judged, and not its entropy model.
///
/// Points are judged one by one, each from its own row and nothing else; what may have gone wrong is guessed from all points of a
/// source together (`Explanation`).
public struct Verification: Sendable {
  /// The points judged.
  public let points: PointTable
  /// z, the number of standard errors a point may be off.
  public let standardErrors: Double
  /// Up to how many bits above a curve a point is as good as it.
  public let tolerance: Double
  /// What gaps may be at most, beyond which a verification fails.
  public let largestGaps: LargestGaps
  /// The curves besides the achievable one to which gaps are given, over all sources.
  public let references: [CurveName]

  private let judges: [PointJudge]
  /// So many points that a thread is worth while.
  private let pieceSize: Int

  /// What realistic codes may rely on, where points are judged as such.
  public let realism: RealismLimit?

  /// Judges points.
  ///
  /// - Parameters:
  ///   - realism: what codes may rely on whose reproductions have the law of the source; nil for any code. Sources for which
  ///     nothing is known at realism have no points here (`PointFileOptions.realism`): theirs would be judged as any code's.
  ///   - standardErrors: z >= 0.
  ///   - tolerance: in bits, >= 0.
  ///   - largestGaps: what gaps may be at most.
  ///   - curves: further curves to which gaps are given, for sources that have them.
  public init(
    of points: PointTable, realism: RealismLimit? = nil, standardErrors: Double = 3, tolerance: Double = 0.1,
    largestGaps: LargestGaps = LargestGaps(), curves: [CurveName] = []
  ) {
    self.points = points
    self.realism = realism
    self.standardErrors = standardErrors
    self.tolerance = tolerance
    self.largestGaps = largestGaps
    judges = points.sources.enumerated().map { index, source in
      PointJudge(source, realism: realism, standardErrors: standardErrors, tolerance: tolerance, curves: curves)
        .explaining(points.sample(ofSource: index, most: Explanation.mostPoints))
    }
    pieceSize = curves.isEmpty ? 512 : 1
    var references: [CurveName] = []
    for curve in judges.lazy.flatMap(\.references) where !references.contains(curve.name) {
      references.append(curve.name)
    }
    self.references = references
  }

  /// Judges every point in turn.
  ///
  /// - Parameter body: what to do with each.
  /// - Returns: the summary over all points.
  public func forEach(_ body: (JudgedPoint) -> Void) -> VerificationSummary {
    forEachPiece(transformed: { $0 }, { $0.forEach(body) })
  }

  /// Judges the points a piece at a time, on all cores, and hands on what is made of the pieces in order.
  ///
  /// - Parameters:
  ///   - transform: makes something of a piece, on any core.
  ///   - body: what to do with it.
  /// - Returns: the summary over all points.
  public func forEachPiece<Product: Sendable>(
    transformed transform: @escaping @Sendable ([JudgedPoint]) -> Product, _ body: (Product) -> Void
  ) -> VerificationSummary {
    var summary = VerificationSummary(of: points, judging: judges.map(\.judging), largestGaps: largestGaps)
    WorkInProgress.observed("points", count: points.count) { work in
      parallelForEach(count: (points.count + pieceSize - 1) / pieceSize, block: 1) { index in
        let low = index * pieceSize
        let judged = points[low..<min(low + pieceSize, points.count)].map { judges[$0.source].judge($0) }
        work.advance(by: judged.count)
        return (judged, transform(judged))
      } _: { pieces in
        for (judged, product) in pieces {
          judged.forEach { summary.add($0) }
          body(product)
        }
        return true
      }
    }
    summary.finish()
    return summary
  }

  /// Every point judged, for tables that fit in memory.
  public func judged() -> (points: [JudgedPoint], summary: VerificationSummary) {
    var result: [JudgedPoint] = []
    result.reserveCapacity(points.count)
    let summary = forEach { result.append($0) }
    return (result, summary)
  }
}
