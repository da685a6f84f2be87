import IntervalArithmetic

/// Moments of a part of the plane about an anchor a: the integrals of 1, x - a and |x - a|^2 over it.
struct PlaneMoments: Sendable {
  var probability: Interval = 0
  var first: Interval = 0
  var second: Interval = 0
  var square: Interval = 0

  static func += (a: inout PlaneMoments, b: PlaneMoments) {
    a.probability = a.probability + b.probability
    a.first = a.first + b.first
    a.second = a.second + b.second
    a.square = a.square + b.square
  }

  /// About another anchor, which lies at a distance of (x, y) from this one's.
  func moved(_ x: Interval, _ y: Interval) -> PlaneMoments {
    PlaneMoments(
      probability: probability, first: first - x * probability, second: second - y * probability,
      square: square - 2 * (x * first + y * second) + (.squared(x) + .squared(y)) * probability)
  }

  /// With something somewhere: of at most a probability, and a part of the square.
  func with(atMost probability: Double, square: Double) -> PlaneMoments {
    // E|x - a| <= sqrt(P E|x - a|^2) (Schwarz).
    let moment = Interval.sqrt(Interval(probability) * Interval(square)).upper
    var sum = self
    sum += PlaneMoments(
      probability: .hull(0, probability), first: .hull(-moment, moment), second: .hull(-moment, moment),
      square: .hull(0, square))
    return sum
  }
}
