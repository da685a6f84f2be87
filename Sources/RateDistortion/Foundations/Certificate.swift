/// The evidence behind a bound: whoever doubts the number re-evaluates this, and needs to trust nothing else.
public enum Certificate: Sendable, Equatable {
  /// A dual multiplier. Weak duality: for any multiplier >= 0 the infimum over 0 < p <= 1 of
  /// -log2 p + multiplier (delta(p) - D) is a lower bound on E(D). `minimiser` is where floating point found it.
  case dual(multiplier: Double, minimiser: Double)
  /// A code whose rate and distortion are the bound.
  case code(BiuniformCode)
  /// Two codes on the optimal family with distortions on either side of D; E(D) lies between their rates.
  case bracket(above: BiuniformCode, below: BiuniformCode)
  /// Sharing time between uniform codes of `fewer` and `more` cells, the second used the fraction `weight` of the time.
  case timeSharing(fewer: Double, more: Double, weight: Double)
  /// Test channels of a family with one parameter: at `achieving` the channel's distortion is at most D and its rate is the
  /// upper end; at `dual` the family's lower bound, valid for every parameter, is the lower end.
  case testChannel(family: String, achieving: Double, dual: Double)
  /// A scalar quantizer with thresholds at (phase + j) step, j >= 0, mirrored for a symmetric source, and centroids;
  /// the step in units of the source's scale.
  case uniformThreshold(step: Double, phase: Double)
  /// A scalar quantizer with thresholds at (1 - rounding + j) step and codepoints at (j + 1) step, j >= 0, mirrored for
  /// a symmetric source, and 0 in the dead zone; the step in units of the source's scale.
  case deadZone(step: Double, rounding: Double)
  /// The Lloyd-Max quantizer of so many levels: cells between halfway points, codepoints at their centroids.
  case lloydMax(levels: Int)
  /// Subtractive dither, uniform over one step, in units of the source's scale.
  case dithered(step: Double)
  /// A discrete reproduction law and a slope in nats per unit of distortion: with Z(x) = sum of w exp(-slope d(x, y)), the
  /// channel w exp(-slope d)/Z is achievable, and 1/(c Z) is a dual multiplier, c the supremum over y of E[exp(-slope d)/Z].
  case reproductionLaw(slope: Double, points: [Double], weights: [Double])
  /// A closed form: nothing to trust but the formula, which is named.
  case closedForm(String)
  /// A scalar quantizer, in units of the source's scale; its rate and distortion are the bound.
  case quantizer(ThresholdQuantizer)
  /// Two scalar quantizers, in units of the source's scale, the second used for the share `weight` of the time.
  case quantizers(coarser: ThresholdQuantizer, finer: ThresholdQuantizer, weight: Double)
  /// The quantizer of equal steps and a wider middle cell that is optimal for Laplace and exponential sources.
  case sullivan(SullivanQuantizer)
  /// Every code has rate + multiplier * distortion >= `least`, in bits; `multiplier` is in bits per unit of distortion, the
  /// unit being the source's squared scale.
  case lagrangian(multiplier: Double, least: Double)
  /// With side information: equal steps, in units of the source, with a threshold at `offset` steps; without an offset, it is
  /// drawn uniformly and known to both sides. The index is the step's number, modulo `bins` if there are any.
  case steppedCode(step: Double, offset: Double?, bins: Int?)
  /// With side information: two codes given by thresholds and labels, the second used for the share `weight` of the time.
  case labelledCodes(coarser: LabelledQuantizer, finer: LabelledQuantizer, weight: Double)
}
