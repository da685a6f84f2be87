/// The place of the least value seen while an interval is narrowed to a width by golden sections.
///
/// For functions with corners, plateaus or several dips, where `brentMinimum` does not serve: GSL's minimisers want a point inside
/// that is less than both ends, its Brent steps end at 1.5e-8 of the argument, and at a corner an error of the argument costs as
/// much in the value. (For the dead zone of a uniform source Brent's method ends with up to 1e-4 more distortion.)
///
/// It ends earlier where two values inside have agreed to 1e-14 twice: where the function is smooth, narrower intervals tell
/// nothing apart.
///
/// - Parameters:
///   - range: where to look; only the inside is evaluated.
///   - width: at which to stop.
///   - function: infinite where it has no value.
func goldenMinimum(in range: ClosedRange<Double>, to width: Double, of function: (Double) -> Double) -> Double {
  let ratio = 0.618033988749894848204586834366
  var (low, high) = (range.lowerBound, range.upperBound)
  var (left, right) = (high - ratio * (high - low), low + ratio * (high - low))
  var (atLeft, atRight) = (function(left), function(right))
  var best: (place: Double, value: Double) = atRight < atLeft ? (right, atRight) : (left, atLeft)
  var agreements = 0
  while true {
    agreements = abs(atLeft - atRight) <= 1e-14 * abs(best.value) ? agreements + 1 : 0
    guard agreements < 2 else { return best.place }
    let isLeft = atLeft < atRight
    if isLeft {
      high = low + ratio * (high - low)
      (right, atRight) = (left, atLeft)
      left = high - ratio * (high - low)
    } else {
      low = high - ratio * (high - low)
      (left, atLeft) = (right, atRight)
      right = low + ratio * (high - low)
    }
    guard high - low > width else { return best.place }
    let place = isLeft ? left : right
    let value = function(place)
    if isLeft { atLeft = value } else { atRight = value }
    if value < best.value { best = (place, value) }
  }
}
