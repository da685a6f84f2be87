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
  /// A discrete reproduction law and a slope in nats per unit of distortion: with Z(x) = sum of w exp(-slope d(x, y)), the
  /// channel w exp(-slope d)/Z is achievable, and 1/(c Z) is a dual multiplier, c the supremum over y of E[exp(-slope d)/Z].
  case reproductionLaw(slope: Double, points: [Double], weights: [Double])
  /// A closed form: nothing to trust but the formula, which is named.
  case closedForm(String)
}
