import IntervalArithmetic

/// The computer's part of the proof that biuniform codes are optimal for the circle (and, by scaling, for the sinusoid).
///
/// The whole argument is in the module's documentation, "Biuniform codes are optimal". What it needs of the circle's
/// functions (`CircleCost`) beyond algebra is checked here with intervals, and nothing is believed:
///
/// - *Three sizes do not fit.* Whatever the multipliers lambda and nu, three stationary cell sizes p1 <= p2 < p3 have a sum
///   greater than 1. With M(a, b) = (g(b) - g(a))/log(b/a), the mean of v over [a, b] in log p, sizes are stationary together
///   iff M = 1/lambda, which eliminates both multipliers: it suffices that M(a, b) < M(b, r) for all
///   0 <= a <= b <= r = 1 - a - b. Two ends are settled by hand. Where r <= 0.407, v increases up to r [v'], so
///   M(a, b) <= v(b) <= M(b, r). Where b <= 0.14 (there lambda may be arbitrarily large), M(a, b) <= v(b), g(r) >= 1, and
///   v(b) < (1 - g(b))/log(1/b) because h(b) = 1 - g(b) - v(b) log(1/b) decreases and h(0.14) > 0 [end]. The rest of
///   the triangle is covered by boxes.
/// - *The signs of phi''.* v increases on [0, 0.38], turns once (v'/x decreases on [0.38, 0.45]), decreases to its zero and
///   is negative beyond: phi' has at most three roots.
/// - *Point inequalities* of the written proof, which does not need the boxes.
/// - *w = p delta' increases up to 0.55*, which the dual bound uses.
///
/// A check that is not proved is reported as such, with the place: `leastSum` above the true least sum 1.2174... must fail.
public struct CircleProof: Sendable {
  /// The claims, in the order in which they are used.
  public let checks: [ProofCheck]

  /// Whether every claim is proved.
  public var isProved: Bool { checks.allSatisfy(\.isProved) }

  /// Checks every claim.
  ///
  /// - Parameter leastSum: the sum that three stationary sizes are claimed to exceed; the proof of optimality needs 1.
  public init(leastSum: Double = 1) {
    checks =
      [ThreeSizes(leastSum: leastSum).check()] + Self.signsOfCurvature + [Self.risingSlope] + Self.pointInequalities
  }

  // MARK: Claims on intervals

  /// v rises, turns once, falls, and stays negative. Below p = 0.1, v' > 0 by hand: v'/(4 pi x) >= s (s - 2 x^2/3) > 0.
  static var signsOfCurvature: [ProofCheck] {
    [
      positive("v' > 0 on [0.1, 0.38]", from: 0.0999, to: 0.38) { $0.vSlope },
      positive("v'/x decreases on [0.38, 0.45]", from: 0.38, to: 0.45) { cost in
        // The derivative of s^2 + j^2 - 2 s S by x is 2 s j - 4 j^2/x + 2 x j^2 - 2 x s^2.
        let (x, s, j) = (cost.x, cost.s, cost.j)
        return -(2 * s * j - 4 * .squared(j) / x + 2 * x * (j - s) * (j + s))
      },
      positive("v' < 0 on [0.45, 0.66]", from: 0.45, to: 0.66) { -$0.vSlope },
      positive("v < 0 on [0.66, 1]", from: 0.66, to: 1) { -$0.v },
    ]
  }

  /// w rises up to 0.55. Below p = 0.1 by hand: w'/(2 pi x) >= s^2 - x^2/9 - s/3 > 0.
  static var risingSlope: ProofCheck {
    positive("w' > 0 on [0.1, 0.55]", from: 0.0999, to: 0.5501) { $0.wSlope }
  }

  /// Whether a function is positive on an interval, by bisection.
  static func positive(
    _ claim: String, from low: Double, to high: Double, _ function: (CircleCost) -> Interval
  ) -> ProofCheck {
    var parts = [Interval.hull(low, high)]
    var boxes = 0
    var margin = Double.infinity
    while let part = parts.popLast() {
      boxes += 1
      let value = function(CircleCost(part))
      if value.lower > 0 {
        margin = min(margin, value.lower)
        continue
      }
      let middle = part.midpoint
      guard value.upper > 0, boxes < 100_000, part.lower < middle, middle < part.upper else {
        return ProofCheck(claim: claim, isProved: false, boxes: boxes, margin: value.lower, failure: "at p in \(part)")
      }
      parts.append(.hull(part.lower, middle))
      parts.append(.hull(middle, part.upper))
    }
    return ProofCheck(claim: claim, isProved: true, boxes: boxes, margin: margin, failure: "")
  }

  // MARK: Claims at points

  /// The numbers that the written proof refers to as [P1] to [P12].
  static var pointInequalities: [ProofCheck] {
    let at = { (hundredths: Int) in CircleCost(Interval(hundredths) / 100) }
    // y = g'/(2 pi), as a function of x: y' = s^2 + 3 j^2 - 4 s S.
    let ySlope = { (cost: CircleCost) in
      Interval.squared(cost.s) + 3 * .squared(cost.j) - 4 * cost.s * cost.sMinusCos
    }
    let log = { (numerator: Int, denominator: Int) in Interval.log(Interval(numerator) / Interval(denominator)) }
    let halfPi = Interval.pi / 2
    let ratio = { (cost: CircleCost) in cost.j / cost.s }
    let root3 = Interval.sqrt(3)
    let claims: [(String, Interval)] = [
      ("[P1] v(0.64) > 0", at(64).v),
      ("[P1] v(0.66) < 0", -at(66).v),
      ("[P2] g(0.36) < 1", 1 - at(36).g),
      (
        "[P3] (4/pi^2)(1 + sqrt(pi^2/4 - 2)) < 1",
        1 - 4 / .squared(.pi) * (1 + .sqrt(.squared(halfPi) - 2))
      ),
      ("[P4] j/(x s) < 1 at x = sqrt 3", 1 - (.sinc(root3) - .cos(root3)) / (.squared(root3) * .sinc(root3))),
      ("[P5] 4/pi < pi/2", halfPi - 4 / .pi),
      ("[P6] v(1/4) < v(1/2)", at(50).v - at(25).v),
      ("[P7] g(0.72) - g(0.25) > v(0.25) log(0.72/0.25)", at(72).g - at(25).g - at(25).v * log(72, 25)),
      ("[P8] 1 - g(0.14) > v(0.14) log(1/0.14)", 1 - at(14).g - at(14).v * log(100, 14)),
      ("[P9] g(0.7) - g(0.3) > v(0.25) log(7/3)", at(70).g - at(30).g - at(25).v * log(7, 3)),
      ("[P10] g(0.9) - g(0.1) > v(0.15) log 9", at(90).g - at(10).g - at(15).v * log(9, 1)),
      ("[P11] y'(0.24) > y'(1)", ySlope(at(24)) - ySlope(at(100))),
      ("[P11] y'(0.43) > y'(0.76)", ySlope(at(43)) - ySlope(at(76))),
      ("[P11] y'(0.5) > y'(0.57)", ySlope(at(50)) - ySlope(at(57))),
      (
        "[P12] t + 1/t > 2x at p = 0.407, t = j/s",
        {
          let cost = CircleCost(Interval(407) / 1000)
          let t = ratio(cost)
          return t + 1 / t - 2 * cost.x
        }()
      ),
    ]
    return claims.map { claim, value in
      ProofCheck(
        claim: claim, isProved: value.lower > 0, boxes: 1, margin: value.lower,
        failure: value.lower > 0 ? "" : "the difference is in \(value)")
    }
  }
}
