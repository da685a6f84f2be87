// A formula in two pieces. There is no ordering among numbers of any type; which piece a number belongs to is decided here.

extension Double {
  /// `below` up to the knot, `above` beyond it.
  @inlinable
  public static func piecewise(
    _ x: Double, at knot: Double, below: (Double) -> Double, above: (Double) -> Double
  ) -> Double {
    x <= knot ? below(x) : above(x)
  }

  /// The piece that begins at the last knot that is not greater.
  @inlinable
  public static func piecewise(_ x: Double, at knots: [Double], piece: (Int, Double) -> Double) -> Double {
    piece(firstIndex(in: knots) { $0 > x }, x)
  }

  /// The index of the first number with a property that all after it have.
  @inlinable
  public static func firstIndex(in numbers: [Double], where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(numbers[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
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

  /// The ranges of all pieces on which a part of the interval lies; empty if the interval is.
  @inlinable
  public static func piecewise(_ x: Interval, at knots: [Double], piece: (Int, Interval) -> Interval) -> Interval {
    guard !x.isEmpty else { return .empty }
    let last = Double.firstIndex(in: knots) { $0 >= x.upper }
    // A knot alone belongs to the piece before it.
    let first = Swift.min(last, Double.firstIndex(in: knots) { $0 > x.lower })
    guard first < last else { return piece(first, x) }
    var range = piece(first, .hull(x.lower, knots[first]))
    for k in first + 1..<last { range = range.hull(with: piece(k, .hull(knots[k - 1], knots[k]))) }
    return range.hull(with: piece(last, .hull(knots[last - 1], x.upper)))
  }
}
