import IntervalArithmetic

/// The banana W = (Z0, Z1 - Z0^2/10), Z0 ~ N(0, 9) and Z1 ~ N(0, 1/4) independent, as a source of the plane's engine.
///
/// The map from Z to W preserves areas, so that h(W) = h(Z0) + h(Z1) = log(2 pi e 3/2) and
///
///     f(x_0, x_1) = exp(-x_0^2/18 - 2 A^2)/(3 pi),      A = x_1 + x_0^2/10,
///
/// is entire. E|W|^2 = 9 + 1/4 + E Z0^4/100 = 9 + 1/4 + 243/100, and E W_1 = -9/10.
///
/// *Majorant.* At x_0 + i s the exponent's real part is (s^2 - x_0^2)/18 - 2 (A^2 - B^2), A = x_1 + (x_0^2 - s^2)/10, B = x_0 s/5; at
/// x_1 + i s it is -x_0^2/18 - 2 (A^2 - s^2). Over all |s| up to a bound A reaches from its least at the bound to its largest at 0.
package struct BananaSource: PlaneSource {
  package init() {}

  package var differentialEntropy: Interval { .log(2 * .pi) + 1 + .log(Interval(3) / 2) }
  package var variance: Interval { Interval(1087) / 100 }
  package var square: Interval { Interval(1168) / 100 }
  package var largestDensity: Double { 0.1061032953945970 }
  /// sqrt(18 23) = 20.4 and sqrt(23/2) = 3.4 across the ridge.
  package var extent: (first: Double, second: ClosedRange<Double>) { (20.5, -42.0...3.5) }
  package var scale: Double { 0.4 }

  package func density(_ first: Double, _ second: Double) -> Interval {
    let x = Interval.squared(Interval(first))
    return .exp(-x / 18 - 2 * .squared(Interval(second) + x / 10)) / (3 * .pi)
  }

  package func approximateDensity(_ first: Double, _ second: Double) -> Double {
    let height = second + first * first / 10
    return largestDensity * Double.exp(-first * first / 18 - 2 * height * height)
  }

  package func majorant(
    _ first: ClosedRange<Double>, _ s: Double, _ second: ClosedRange<Double>, _ t: Double
  ) -> Double {
    let near = first.contains(0) ? 0 : min(abs(first.lowerBound), abs(first.upperBound))
    let far = max(abs(first.lowerBound), abs(first.upperBound))
    let low = second.lowerBound + (near * near - s * s) / 10
    let high = second.upperBound + far * far / 10
    let height = low <= 0 && high >= 0 ? 0 : min(abs(low), abs(high))
    let cross = far * s / 5
    let exponent = (s * s - near * near) / 18 - 2 * (height * height - cross * cross - t * t)
    return largestDensity * Double.exp(exponent) * (1 + 0x1p-30)
  }
}
