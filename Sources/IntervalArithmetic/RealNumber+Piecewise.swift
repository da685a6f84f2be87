// A formula in two pieces. There is no ordering among numbers of any type; which piece a number belongs to is decided here.

extension Double {
  /// `below` up to the knot, `above` beyond it.
  @inlinable
  public static func piecewise(
    _ x: Double, at knot: Double, below: (Double) -> Double, above: (Double) -> Double
  ) -> Double {
    x <= knot ? below(x) : above(x)
  }
}

extension Interval {
  /// The range of `below` on what lies up to the knot, with that of `above` on what lies beyond it; empty if the interval is.
  @inlinable
  public static func piecewise(
    _ x: Interval, at knot: Double, below: (Interval) -> Interval, above: (Interval) -> Interval
  ) -> Interval {
    if x.upper <= knot { return below(x) }
    if x.lower >= knot { return above(x) }
    guard !x.isEmpty else { return .empty }
    return below(.hull(x.lower, knot)).hull(with: above(.hull(knot, x.upper)))
  }
}
