import IntervalArithmetic

extension LogarithmicLimit {
  /// The Shannon lower bound on R(D) under squared error, summed over n components:
  ///
  ///     R(D) >= h(X) - n/2 log(2 pi e D/n) = n/2 log(v/D),      v = n/(2 pi) exp(2 h/n - 1),      and R(D) >= 0.
  ///
  /// I(X;Y) >= h(X) - h(X - Y) and no error of mean square D has more entropy than a white Gaussian one. It is met exactly
  /// where X is the sum of an independent Gaussian N(0, D/n) and something: everywhere for a Gaussian, up to the least
  /// variance of its components for a Gaussian mixture, and for no D > 0 for uniform, exponential and Laplace densities (which
  /// are not smooth) and the logistic one (whose characteristic function pi t/sinh(pi t) is not a Gaussian's multiple of
  /// another, exp(-D t^2/2) falling faster). There R(D) approaches it as D tends to 0.
  ///
  /// - Parameter entropy: h(X) in nats, enclosed.
  /// - Domain: D > 0; the bound is 0 from v on, which is no more than n times the mean variance.
  /// - Source: Shannon 1959; Berger, "Rate Distortion Theory", section 4.3; Linder, Zamir 1994.
  public static func shannonLowerBound(entropy: Interval, dimension: Int = 1) -> LogarithmicLimit {
    let n = Interval(dimension)
    return LogarithmicLimit(
      name: .shannonLowerBound, kind: .lower, summary: "Shannon lower bound h(X) - n/2 log2(2 pi e D/n) (Shannon 1959)",
      formula: "h(X) - n/2 log2(2 pi e D/n)", variance: n * .exp(2 * entropy / n - 1) / (2 * .pi),
      dimension: dimension)
  }
}
