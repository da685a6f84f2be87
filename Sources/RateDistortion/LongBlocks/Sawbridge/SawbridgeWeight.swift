import IntervalArithmetic

/// A weight alpha(v) of the sawbridge's jump time with ln alpha linear in each of M equal cells, and the reproductions that are
/// best against it.
///
/// F(y) = ln E[alpha(V) exp(-beta |s_V - y|^2)] is at most its supremum ln c over all y, which bounds R(D) from below:
/// R >= E ln alpha - ln c - beta D. The maximum is one of the solutions of e'' = 2 alpha exp(-beta e), e'(0) = -1, with
/// y = (1 + e')/2 (the module's documentation, 4.3 and 4.4), which are a family with one parameter, ln p(0) with p = alpha exp(-beta e): every one of
/// them is a reproduction, stationary or not, so ln c is the largest F on the family.
///
/// **In closed form.** In a cell, f = -ln p solves Liouville's equation f'' = 2 beta exp(-f). With s = f'/2 the number
/// k^2 = s^2 + beta p is constant in the cell, and a step h takes, with t = tanh(kh)/(kh), a power series in (kh)^2,
///
///     s -> s + beta p h t/(1 + s h t),      p -> p (1 - (k h t)^2)/(1 + s h t)^2;
///
/// where the slope b of ln alpha jumps, so does s, by -1/2 of it. e' = (2 s + b)/beta.
///
/// **F on the family.** With the miss m = e'(1) - 1,
///
///     F = ln(1 + m/2) + beta ((e(0) + e(1))/2 - 1/4 - (1/4) int e'^2),
///     dF/d ln p(0) = (m/2) (u - 2 r/(beta (2 + m))),      u, r the derivatives of ln p(1) and s(1),
///
/// so F is stationary where m = 0.
struct SawbridgeWeight<Number: SeriesNumber>: Sendable {
  /// ln alpha at 0, 1/M, ..., 1.
  let knots: [Double]
  /// beta, in nats.
  let slope: Double
  /// (ln alpha)' in each cell.
  private let inclines: [Number]
  private let beta: Number
  private let step: Number

  /// - Parameter knots: so many that their number less one is a power of two, the same from both ends.
  init(knots: [Double], slope: Double) {
    self.knots = knots
    self.slope = slope
    let cells = knots.count - 1
    inclines = (0..<cells).map { (Number(knots[$0 + 1]) - Number(knots[$0])) * Number(cells) }
    beta = Number(slope)
    step = 1 / Number(cells)
  }

  /// E ln alpha.
  var mean: Number {
    var sum: Number = 0
    for i in inclines.indices { sum = sum + (Number(knots[i]) + Number(knots[i + 1])) / 2 }
    return sum * step
  }

  /// F at the member that starts at ln p(0).
  func logWeight(from logStart: Number) -> Number {
    var state = State(p: .exp(logStart), s: (-beta - inclines[0]) / 2)
    var sum = Action(logEnd: logStart, squares: 0)
    for i in inclines.indices {
      if i > 0 { state.s = state.s - (inclines[i] - inclines[i - 1]) / 2 }
      advance(&state, &sum, incline: inclines[i])
    }
    return logWeight(from: logStart, state, sum)
  }

  /// p and s, at a knot.
  private struct State {
    var p: Number
    var s: Number
  }

  /// ln p at a knot, and the integral of (beta e')^2 up to it.
  private struct Action {
    var logEnd: Number
    var squares: Number
  }

  /// Through one cell.
  private func advance(_ state: inout State, _ sum: inout Action, incline: Number) {
    let (p, s) = (state.p, state.s)
    let invariant = .squared(s) + beta * p
    let x = invariant * .squared(step)
    let t = Self.ratio(x)
    let denominator = 1 + s * step * t
    let gain = beta * p * step * t / denominator
    let factor = (1 - x * .squared(t)) / .squared(denominator)
    let change = Number.log(factor)
    // Of (2 s + b)^2, with int s = -(change)/2 and int s^2 = k^2 h less the gain of s.
    let own: Number = 4 * (invariant * step - gain)
    sum.squares = sum.squares + own + .squared(incline) * step - 2 * incline * change
    sum.logEnd = sum.logEnd + change
    state.p = p * factor
    state.s = s + gain
  }

  private func miss(_ s: Number) -> Number { (2 * s + inclines[inclines.count - 1]) / beta - 1 }

  private func logWeight(from logStart: Number, _ state: State, _ sum: Action) -> Number {
    let ends = (Number(knots[0]) - logStart + Number(knots[knots.count - 1]) - sum.logEnd) / (2 * beta)
    return .log(1 + miss(state.s) / 2) + beta * (ends - Number(1) / 4 - sum.squares / (4 * .squared(beta)))
  }

  /// tanh(sqrt x)/sqrt x for 0 <= x <= 1/4, where its series alternates and falls: 1 - x/3 + 2 x^2/15 - ...
  private static func ratio(_ x: Number) -> Number {
    guard x.greatestMagnitude <= 0.25 else { return .between(0, 1) }
    var sum: Number = .between(-Number(929_569) / 638_512_875, 0) * x + Number(21_844) / 6_081_075
    sum = sum * x - Number(1_382) / 155_925
    sum = sum * x + Number(62) / 2_835
    sum = sum * x - Number(17) / 315
    sum = sum * x + Number(2) / 15
    sum = sum * x - Number(1) / 3
    return sum * x + 1
  }
}

extension SawbridgeWeight where Number == Interval {
  /// F at the middle of a box of ln p(0), and dF/d ln p(0) over the whole of it.
  ///
  /// The derivatives u, r of ln p and s are carried over the box, and the box's own p and s by the mean value theorem from
  /// the middle's: without that, intervals forget that both depend on one number.
  func box(_ low: Double, _ high: Double) -> (center: Interval, derivative: Interval) {
    let middle = Interval((low + high) / 2)
    let offset = Interval.hull(low, high) - middle
    var center = State(p: .exp(middle), s: (-beta - inclines[0]) / 2)
    var sum = Action(logEnd: middle, squares: 0)
    var p = Interval.exp(.hull(low, high))
    var s = center.s
    var u: Interval = 1
    var r: Interval = 0
    for i in inclines.indices {
      if i > 0 {
        let jump = (inclines[i] - inclines[i - 1]) / 2
        center.s = center.s - jump
        s = s - jump
      }
      advance(&center, &sum, incline: inclines[i])
      let x = (.squared(s) + beta * p) * .squared(step)
      let dx = (2 * s * r + beta * p * u) * .squared(step)
      let t = Self.ratio(x)
      let third = Interval(-1) / 3
      let dt = third.hull(with: third + 4 * x / 15) * dx
      let denominator = 1 + s * step * t
      let logDenominator = step * (r * t + s * dt) / denominator
      let gain = beta * p * step * t / denominator
      let rest = 1 - x * .squared(t)
      r = r + gain * (u + dt / t - logDenominator)
      u = u - (.squared(t) * dx + 2 * x * t * dt) / rest - 2 * logDenominator
      p = p * rest / .squared(denominator)
      s = s + gain
      // exp(z) = 1 + z + [0, z^2] for |z| <= 1.
      let z = u * offset
      if z.magnitude <= 1 {
        p = p.intersection(with: center.p * (1 + z + .hull(0, Interval.squared(z).upper)))
        s = s.intersection(with: center.s + r * offset)
      }
    }
    let miss = miss(s)
    let derivative = miss / 2 * (u - 2 * r / (beta * (2 + miss)))
    return (logWeight(from: middle, center, sum), derivative)
  }
}
