import IntervalArithmetic

/// Layered codes against monolithic ones and against the bound, stage by stage.
///
/// "Layered conditional coding is as good as monolithic" ("Learned Layered Coding", section 4.2) is a statement about
/// `conditionalGap`: what the layered code loses, at its own cumulative conditional rate, to the best nested quantizer of as
/// many bins with a width of its own.
public struct RefinementTable: Sendable {
  /// One stage.
  public struct Row: Sendable {
    /// The stage, from 1.
    public let stage: Int
    /// The bins of all stages so far.
    public let bins: Int
    /// The layered code: cumulative rates, and the distortion after the stage.
    public let layered: SideInformationPerformance
    /// The monolithic nested quantizer of as many bins and of least distortion.
    public let monolithic: SideInformationPerformance
    /// The least distortion of monolithic nested quantizers of as many bins at the layered code's conditional rate.
    public let monolithicAtEqualRate: Double
    /// The sum-rate bound R_WZ(D_k) in bits.
    public let sumRateBound: Double
    /// What the bound allots to this stage alone, R_WZ(D_k) - R_WZ(D_{k-1}), in bits.
    public let stageRateBound: Double

    /// The layered distortion above the monolithic one at equal conditional rate, in dB.
    public var conditionalGap: Double { decibels(layered.distortion / monolithicAtEqualRate) }
    /// The layered distortion above the least of monolithic codes, in dB; the marginal rates are nearly log2 bins for both.
    public var marginalGap: Double { decibels(layered.distortion / monolithic.distortion) }
  }

  /// The layered code.
  public let code: LayeredQuantizer
  /// A row a stage.
  public let rows: [Row]

  /// The table of a layered code.
  ///
  /// - Throws: `DomainError` only if a rate exceeds what curves are asked for.
  public init(_ code: LayeredQuantizer) throws(DomainError) {
    self.code = code
    var rows: [Row] = []
    var bins = 1
    var boundSoFar = 0.0
    for (index, performance) in code.performances.enumerated() {
      bins *= code.stages[index]
      let monolithic = try SteppedQuantizer.optimalNested(problem: code.problem, bins: bins).performance
      let curve = SteppedCurve(problem: code.problem, bins: bins, coding: .conditional)
      let bound = Self.wynerZivRate(code.problem, performance.distortion)
      rows.append(
        Row(
          stage: index + 1, bins: bins, layered: performance, monolithic: monolithic,
          monolithicAtEqualRate: try curve.point(atRate: performance.conditionalRate).distortion, sumRateBound: bound,
          stageRateBound: max(0, bound - boundSoFar)))
      boundSoFar = max(bound, boundSoFar)
    }
    self.rows = rows
  }

  /// R_WZ(D) = max(0, 1/2 log2(sigma^2_{X|Y}/D)) in bits.
  private static func wynerZivRate(_ problem: GaussianSideInformation, _ distortion: Double) -> Double {
    max(0, Double.log(problem.conditionalVariance / distortion) / (2 * natsPerBit))
  }
}
