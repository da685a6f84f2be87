import IntervalArithmetic

/// Binning under a flat prior: a set of X on the line, of which the decoder sees Y = X + N, and nothing else but that X is in it.
///
/// The universal problem of codes whose index is coded by its own law, as X spreads over many noise deviations: a bin that takes up
/// a share 2^-R of the line costs R bits, and D is what is left of X given the bin and Y, E Var(X|bin, Y). Bins of equal density are
/// a code of rate H(index) = R.
///
/// - `binning-lower`: no set does better (`BinningConverse`).
/// - `comb`: the best comb, whose period tells how far apart the cells of a learned bin are to be expected: 7 to 10 noise
///   deviations (`CombCurve`).
///
/// - Distortion: squared error of X; Dmax is the noise variance, as for R = 0 nothing but Y is known.
public struct Binning: InformationSource {
  /// The variance of N.
  public let noiseVariance: Double
  public let parameters: SourceParameters

  public static let description = SourceDescription(
    name: "binning",
    definition: "a set of density 2^-R on the line, flat prior, seen through Gaussian noise",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "this package's documentation, A converse for codes without Slepian-Wolf coding",
    parameters: [
      ParameterDescription("noise-variance", help: "variance of the noise", domain: .positive(default: 1))
    ])

  public init(parameters: SourceParameters) throws(DomainError) {
    noiseVariance = parameters.number("noise-variance") ?? 1
    self.parameters = ["noise-variance": .number(noiseVariance)]
  }

  public var limits: SourceLimits {
    let scale = Interval(noiseVariance)
    let lower = Curve(BinningConverse(), squaredScale: scale)
    let upper = Curve(CombCurve(), squaredScale: scale)
    return SourceLimits(
      curves: [lower, upper], judgement: Judgement(converse: lower, achievable: upper),
      gaps: { SchemeGaps(reference: lower, schemes: [upper]) })
  }

  /// That what sets earn at most is what the table says.
  public func computedProof() -> [ProofCheck] { RewardTable.checks }
}
