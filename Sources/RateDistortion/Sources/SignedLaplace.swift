import IntervalArithmetic

/// The Laplace scalar X of scale b whose sign the decoder knows: Y = sign X.
///
/// |X| is exponential of scale b and independent of Y, and the encoder knows both, so Y tells the decoder all that an encoder
/// without |X| could:
///
/// - Long blocks: R_WZ(D) = R(D) of |X|, for E[(X - Z)^2|Y = y] is that of |X| about y Z.
/// - One-shot: given Y = y, any encoder is a scalar quantizer of |X| and has H(k|Y = y) >= h(D_y), h the lower convex hull of
///   the exponential's quantizers; averaged over y, H(k) >= H(k|Y) >= h(D). A quantizer of |X| alone reaches it, its index
///   being independent of Y: marginal and conditional coding cost the same.
///
/// All curves are therefore the exponential source's. Without side information the sign costs up to a bit: see `laplace`.
///
/// - Distortion: squared error of X.
/// - Source: Wyner, Ziv 1976; Sullivan 1996 for the quantizer.
public struct SignedLaplace: ScalarSource {
  /// |X|.
  private let magnitude: Exponential

  /// Its entry in the catalogue.
  public static let description = SourceDescription(
    name: "signed-laplace",
    definition: "X of density exp(-|x|/scale) / (2 scale), Y = sign X; Y known to the decoder alone",
    distortionMeasure: .sumOfSquaredErrors,
    components: 1,
    reference: "Wyner, Ziv 1976; Sullivan 1996",
    parameters: [
      ParameterDescription("scale", help: "scale b; the variance of X given Y is b^2", domain: .positive(default: 1))
    ])

  /// The source of the given scale, 1 by default.
  public init(parameters: SourceParameters) throws(DomainError) {
    magnitude = try Exponential(parameters: parameters)
  }

  /// The density of |X| and its scale.
  public var scaled: ScaledDensity<ExponentialDensity> { magnitude.scaled }
  /// The scale in force.
  public var parameters: SourceParameters { magnitude.parameters }
  /// None: a code is a partition of the line of X, judged given its sign.
  public var codes: CodeReference? { nil }
  /// None: what a realistic reproduction is where the decoder knows the sign has more than one answer.
  public var realismCurves: [Curve] { [] }
  /// Those of |X|.
  public var longBlockCurves: [Curve] { magnitude.longBlockCurves }
}
