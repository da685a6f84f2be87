/// A density that rises to a mode and falls beyond it.
///
/// **Theorem asserted.** There is a number m, the `mode`, such that f does not fall on (-infinity, m] and does not rise on
/// [m, infinity). The support is then an interval.
///
/// **What follows.** On an interval [a, b] of the support f is at least min(f(a), f(b)): on each side of m the least value is at
/// the outer end. `EntropyConstrainedLowerBound` needs that: it charges the rounding of a threshold by 1/(2 f^2) with f the
/// least density between two grid points, which it takes from the grid points. Between two modes f is less than at the ends of
/// an interval across the valley; the charge would be too small, and what is printed as a lower bound would not be one.
///
/// **Where it is proved**: at each conformer. For most it follows from `LogConcaveDensity`, which refines this.
public protocol UnimodalDensity: ScalarDensity {
  /// A place where f is largest.
  var mode: Double { get }
}

extension UnimodalDensity where Self: SymmetricDensity {
  /// 0: the mirror image of a mode is one, and so is what lies between the two.
  public var mode: Double { 0 }
}
