/// A curve of rates in nats that falls with the distortion, linear between knots and 0 from the last one on.
struct KnottedCurve: Sendable {
  /// A point of it.
  struct Knot: Sendable {
    let distortion: Double
    var rate: Double
    /// A standard error of the rate.
    var error = 0.0
  }

  /// In increasing order of distortion; the rates do not increase, and the last is 0.
  private(set) var knots: [Knot]

  /// The lower convex hull of points, one of which has rate 0.
  init(hullOf points: [Knot]) {
    let sorted = points.sorted { ($0.distortion, $0.rate) < ($1.distortion, $1.rate) }
    var hull: [Knot] = []
    for point in sorted {
      // What costs no less at no less distortion is no part of it.
      if let last = hull.last, point.rate >= last.rate { continue }
      while hull.count >= 2 {
        let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
        let isBelow =
          (b.rate - a.rate) * (point.distortion - a.distortion)
          < (point.rate - a.rate) * (b.distortion - a.distortion)
        if isBelow { break }
        hull.removeLast()
      }
      hull.append(point)
    }
    knots = hull
  }

  /// The largest falling curve below points in increasing order of distortion, cut off where it reaches 0.
  init(falling points: [Knot]) {
    knots = []
    for var point in points {
      if let last = knots.last {
        point.rate = min(point.rate, last.rate)
        guard point.rate > 0 else {
          // The place where the chord meets the axis.
          let share = last.rate / (last.rate - point.rate)
          knots.append(
            Knot(distortion: last.distortion + share * (point.distortion - last.distortion), rate: 0))
          return
        }
      } else if !(point.rate > 0) {
        point.rate = 0
        knots = [point]
        return
      }
      knots.append(point)
    }
  }

  /// Where the curve begins, and the rate there.
  var first: Knot { knots.first ?? Knot(distortion: 1, rate: 0) }
  /// Where the rate is 0.
  var largestDistortion: Double { knots.last?.distortion ?? 1 }

  /// The rate, its error and its slope at a distortion from the first knot's on.
  func value(at distortion: Double) -> (rate: Double, error: Double, slope: Double) {
    guard let next = knots.firstIndex(where: { $0.distortion > distortion }), next > 0 else {
      return distortion >= largestDistortion ? (0, 0, 0) : (first.rate, first.error, 0)
    }
    let (a, b) = (knots[next - 1], knots[next])
    let share = (distortion - a.distortion) / (b.distortion - a.distortion)
    return (
      a.rate + share * (b.rate - a.rate), a.error + share * (b.error - a.error),
      (a.rate - b.rate) / (b.distortion - a.distortion)
    )
  }

  /// The least distortion at a rate above 0 and up to the first knot's.
  func distortion(ofRate rate: Double) -> Double {
    guard let next = knots.firstIndex(where: { $0.rate <= rate }), next > 0 else { return first.distortion }
    let (a, b) = (knots[next - 1], knots[next])
    return a.distortion + (a.rate - rate) / (a.rate - b.rate) * (b.distortion - a.distortion)
  }
}
