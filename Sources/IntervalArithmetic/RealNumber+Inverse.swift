extension Double {
  /// What is found.
  @inlinable
  public static func inverse(
    of y: Double, in range: ClosedRange<Double>, increasing function: (Interval) -> Interval, near: (Double) -> Double
  ) -> Double {
    near(y)
  }
}

extension Interval {
  /// From below the place found for the least y to above that for the largest: moved outwards until the function is proved to be beyond y
  /// there, or to the end of the range.
  @inlinable
  public static func inverse(
    of y: Interval, in range: ClosedRange<Double>, increasing function: (Interval) -> Interval, near: (Double) -> Double
  ) -> Interval {
    guard !y.isEmpty else { return .empty }
    func moved(_ place: Double, towards end: Double, until isBeyond: (Interval) -> Bool) -> Double {
      var margin = 0x1p-52
      while margin < 1 {
        let next = end < place ? place - margin * place.magnitude : place + margin * place.magnitude
        guard next > range.lowerBound, next < range.upperBound else { return end }
        if isBeyond(function(Interval(next))) { return next }
        margin *= 4
      }
      return end
    }
    let low = moved(near(y.lower), towards: range.lowerBound) { $0.upper <= y.lower }
    let high = moved(near(y.upper), towards: range.upperBound) { $0.lower >= y.upper }
    return .hull(low, high)
  }
}
