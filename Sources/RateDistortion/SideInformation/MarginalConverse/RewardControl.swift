import GSL

/// What a set earns at most before a Gaussian source, as a control problem, solved in floating point.
///
/// With X in units of sigma_{X|Y}, Z = E[X|Y] ~ N(0, S^2) of density g, and u, v = u', V of a set as seen from z (Lemma 2 of
/// <doc:MarginalConverse>),
///
///     Theta(t) = sup over sets of int g u (t - V) dz,     u V = u + v' - v^2/u,     v' >= F(u, v).
///
/// F is the value of v' for the one interval with the same u and v. So Theta(t) is at most the largest reward of any path that
/// follows intervals and may, at any place, raise v at its level u:
///
///     sup over paths of int g u (t - V_interval) dz - sum of g(z) (rise of v at z).                        (1)
///
/// Sets give such paths, with v' - F >= 0 as the rate at which v is raised. The state is the interval, of middle c and half
/// width b. While v is not raised it stays where it is, and a raise moves it to the right: at constant u, with y = c - z,
///
///     db/dc = tanh(b y),     v/u = (phi(y - b) - phi(y + b))/u grows.
///
/// Let W(z; c, b) be what is earned from z on. Going back from z + h, W grows by the reward of an interval that stays, here by
/// the trapezoidal rule; then Q = (W - W_0)/u - g v/u becomes the largest Q from there on along the curve of constant u. W_0,
/// about what is earned by whoever has nothing yet, changes nothing in exact arithmetic; without it, what is earned later, divided by a
/// tiny u, would be interpolated, and its errors would multiply from interval to interval. What lies to the left of z = 0 is a
/// mirror image, so the value is the largest W(0; c, b) + W(0; -c, b), where one of the two may be raised.
///
/// - Grid: a spacing h in z and in y, |y| <= 8, and in log(e^b - 1), from -16 up to b = 5, where V is 1 but for 1e-5 in the
///   middle; wider sets are intervals that are raised step by step. Q is read between half-widths by cubic interpolation, not
///   beyond its two neighbours, which keeps the recursion stable.
/// - Accuracy: at prices above 0.02, going from h = 0.2 to 0.1 moves the value by up to 1.5 %, and from 0.1 to 0.05 by up to 0.7 %;
///   at 0.002 by 4 % and 2 %. It is no bound: no sign of these errors is known.
/// - Domain: S from 0.3, where the steps still resolve g, to 32, which takes ten times as long as S = 3.
package struct RewardControl {
  /// Prices 2^(i/4) for i = -36, -34 ... -2, and up to 4 in steps of one: above 1, Theta turns into t - 1.
  package static let prices = (Array(stride(from: -36, through: -4, by: 2)) + Array(-2...4)).map {
    Double.exp(Double($0) / 4 * 0.6931471805599453)
  }
  /// The spreads that are solved.
  static let spreads = 0.3...32.0

  private typealias Lanes = SIMD8<Double>

  private let spacing: Double
  private let middles: Int
  private let widths: Int
  /// The number of the middle y = 0.
  private let centre: Int
  private var states: [State] = []

  /// An interval as it is seen from a place, and where a raise by one spacing leads.
  private struct State {
    var level: Double
    var tilt: Double
    var variance: Double
    /// Of the four half-widths that Q is interpolated between, the first; -1 where the curve leaves the grid.
    var first: Int
    /// Of the two that it lies between, the first.
    var near: Int
    var weights: SIMD4<Double>
  }

  private static let reach = 8.0
  private static let largestWidth = 5.0
  private static let leastLog = -16.0

  /// A grid.
  package init(spacing: Double) {
    self.spacing = spacing
    centre = Int((Self.reach / spacing).rounded())
    middles = 2 * centre + 1
    widths = Int(((Self.largestWidth - Self.leastLog) / spacing).rounded(.up)) + 1
    states.reserveCapacity(middles * widths)
    for middle in 0..<middles {
      for width in 0..<widths {
        states.append(state(y: Double(middle - centre) * spacing, log: Self.leastLog + Double(width) * spacing))
      }
    }
  }

  /// b of log(e^b - 1).
  private static func width(_ log: Double) -> Double { log > 30 ? log : Double.log1p(Double.exp(log)) }

  private func state(y: Double, log: Double) -> State {
    let b = Self.width(log)
    let (level, tilt, variance) = Self.seen(y, b)
    let place = (Self.raised(y, log, by: spacing) - Self.leastLog) / spacing
    guard place >= 0, place <= Double(widths - 1) else {
      return State(level: level, tilt: tilt, variance: variance, first: -1, near: 0, weights: .zero)
    }
    let near = min(Int(place), widths - 2)
    let first = min(max(near - 1, 0), widths - 4)
    let w = place - Double(first) - 1
    let weights = SIMD4(
      -w * (w - 1) * (w - 2) / 6, (w + 1) * (w - 1) * (w - 2) / 2, -(w + 1) * w * (w - 2) / 2, (w + 1) * w * (w - 1) / 6
    )
    return State(level: level, tilt: tilt, variance: variance, first: first, near: near, weights: weights)
  }

  /// u, v/u and V of [y - b, y + b]; of a narrow interval by its series, whose relative errors are b^2.
  private static func seen(_ y: Double, _ b: Double) -> (level: Double, tilt: Double, variance: Double) {
    guard b > 1e-4 else { return (2 * b * normalDensity(y), y, b * b / 3) }
    let (near, far) = (y.magnitude - b, y.magnitude + b)
    let level = normalTail(near) - normalTail(far)
    let tilt = (normalDensity(near) - normalDensity(far)) / level
    let variance = 1 + (near * normalDensity(near) - far * normalDensity(far)) / level - tilt * tilt
    return (level, y < 0 ? -tilt : tilt, max(0, variance))
  }

  /// log(e^b - 1) where the curve of constant u through a state reaches y + h: db/dy = tanh(b y) by Runge's and Kutta's rule, whose
  /// error in eight steps is far below that of the grid.
  private static func raised(_ y: Double, _ log: Double, by spacing: Double) -> Double {
    let rate = { (log: Double, y: Double) -> Double in
      let b = width(log)
      let e = Double.expm1(2 * b * y)
      return e / (e + 2) / -Double.expm1(-b)
    }
    let step = spacing / 8
    var (y, log) = (y, log)
    for _ in 0..<8 {
      let k1 = rate(log, y)
      let k2 = rate(log + step / 2 * k1, y + step / 2)
      let k3 = rate(log + step / 2 * k2, y + step / 2)
      let k4 = rate(log + step * k3, y + step)
      log += step / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
      y += step
    }
    return log
  }

  /// The value of (1) at all `prices`.
  package func rewards(spread: Double) -> [Double] {
    stride(from: 0, to: Self.prices.count, by: Lanes.scalarCount).flatMap { first in
      var prices = Lanes()
      for lane in 0..<Lanes.scalarCount { prices[lane] = Self.prices[first + lane] }
      let found = rewards(prices, spread: spread)
      return (0..<Lanes.scalarCount).map { found[$0] }
    }
  }

  private func rewards(_ prices: Lanes, spread: Double) -> Lanes {
    var later = [Lanes](repeating: .zero, count: states.count)
    // Beyond 4.7 S there is 3e-6 of the source, and no more is earned there than the price times that.
    for index in stride(from: Int((4.7 * spread / spacing).rounded(.up)), to: 0, by: -1) {
      stepBack(&later, prices, weight: normalDensity(Double(index) * spacing / spread) / spread)
      // An interval that stays lies one spacing further to the right of a place one spacing to the left.
      later.replaceSubrange(widths..., with: Array(later[..<(states.count - widths)]))
      for width in 0..<widths { later[width] = .zero }
    }
    let mirrored = later
    stepBack(&later, prices, weight: normalDensity(0) / spread)
    var most = Lanes.zero
    for middle in 0..<middles {
      for width in 0..<widths {
        let sum = later[middle * widths + width] + mirrored[(middles - 1 - middle) * widths + width]
        most.replace(with: sum, where: sum .> most)
      }
    }
    return most
  }

  /// W at a place: with the reward of half a step on either side, and v raised where that earns more.
  private func stepBack(_ later: inout [Lanes], _ prices: Lanes, weight: Double) {
    var next = [Lanes](repeating: .zero, count: widths)
    var here = next
    let half = weight * spacing / 2
    // Far to the right of a place and at most 2 wide on either side: seen by 1e-9 at most, and not yet decided on.
    var nothing = Lanes.zero
    for width in 0..<Int((1.8 - Self.leastLog) / spacing) {
      let earned = later[(middles - 1) * widths + width]
      nothing.replace(with: earned, where: earned .> nothing)
    }
    states.withUnsafeBufferPointer { states in
      later.withUnsafeMutableBufferPointer { later in
        for middle in stride(from: middles - 1, through: 0, by: -1) {
          for width in 0..<widths {
            let state = states[middle * widths + width]
            let reward = half * (prices - state.variance)
            let earned = later[middle * widths + width] - nothing
            var best = earned * (1 / state.level) + reward - weight * state.tilt
            if middle < middles - 1, state.first >= 0 {
              let (i, w) = (state.first, state.weights)
              var raised = (next[i] * w[0] + next[i + 1] * w[1]) + (next[i + 2] * w[2] + next[i + 3] * w[3])
              let (a, b) = (next[state.near], next[state.near + 1])
              let isFalling = a .> b
              let (least, most) = (a.replacing(with: b, where: isFalling), b.replacing(with: a, where: isFalling))
              raised.replace(with: least, where: raised .< least)
              raised.replace(with: most, where: raised .> most)
              best.replace(with: raised, where: raised .> best)
            }
            here[width] = best
            later[middle * widths + width] = nothing + state.level * (best + reward + weight * state.tilt)
          }
          swap(&next, &here)
        }
      }
    }
  }
}
