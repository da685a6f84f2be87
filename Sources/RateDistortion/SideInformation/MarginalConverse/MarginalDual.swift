import IntervalArithmetic

/// The dual bound on H(U) from what sets earn at most: an upper bound on Theta by chords, and its transform.
///
/// With X in units of sigma_{X|Y}, S^2 = 1/s2 the variance of E[X|Y], p(A) = P(A) and M(A) = E[(X - E[X|A, Y])^2; A], let
/// Theta(t) = sup over A of t p(A) - M(A).
///
/// **Lemma (dual).** Every code has H(U) + lambda D >= c(lambda) nats,
///
///     c(lambda) = inf over 0 < t <= 1 + 1/lambda of lambda t - 1 - log(lambda Theta(t)).
///
/// **Theorem 2.** Theta(t) <= (1 + s2) [theta(t_s) + 2 E(t_s) sqrt(s2/(2 pi))],  t_s = t/(1 + s2) <= 1.
///
/// Theta is convex with Theta(0) = 0 and slopes p <= 1: chords between certified places and slope 1 beyond the last lie above it.
/// On a chord of slope s > 0 the function is convex in t, and least where lambda Theta = s: at an end, or there with the value
/// lambda (t_0 - Theta_0/s) - log s. Proofs: <doc:MarginalConverse>.
package struct MarginalDual: Sendable {
  /// t, from 0 up.
  private var prices: [Interval] = [0]
  /// At least Theta(t).
  private var rewards: [Interval] = [0]

  /// - Parameters:
  ///   - bounds: at increasing prices.
  ///   - spread: S > 0.
  package init(_ bounds: [RewardBound], spread: Interval) {
    let noise = 1 / .squared(spread)
    let ends = 2 / (spread * .sqrt(2 * .pi))
    for bound in bounds {
      prices.append((1 + noise) * Interval(bound.price))
      rewards.append((1 + noise) * (Interval(bound.density) + ends * Interval(bound.end)))
    }
  }

  /// The bound -inf <= c(lambda), and the chord where it is least, by the number of its right end from 1 on.
  package func least(slope: Double) -> (value: Double, chord: Int) {
    let lambda = Interval(slope)
    let last = prices.count - 1
    var least = (value: beyond(lambda), chord: last + 1)
    for index in stride(from: 1, through: last, by: 1) {
      let value = chord(index, lambda)
      if !(value >= least.value) { least = (value, index) }
    }
    return least
  }

  /// The least value on the chord that ends at a place, from below.
  private func chord(_ index: Int, _ lambda: Interval) -> Double {
    let (t0, t1) = (prices[index - 1], prices[index])
    let (r0, r1) = (rewards[index - 1], rewards[index])
    let s = (r1 - r0) / (t1 - t0)
    // Rewards that fall are dearer than they need be; the largest one bounds all.
    guard s.lower > 0 else { return value(lambda, t0, .max(r0, r1)) }
    if (lambda * r0 - s).lower >= 0 { return value(lambda, t0, r0) }
    if (s - lambda * r1).lower >= 0 { return value(lambda, t1, r1) }
    return (lambda * (t0 - r0 / s) - .log(s)).lower
  }

  /// The same beyond the last place, with slope 1.
  private func beyond(_ lambda: Interval) -> Double {
    let (t, r) = (prices[prices.count - 1], rewards[rewards.count - 1])
    return (lambda * r - 1).lower >= 0 ? value(lambda, t, r) : (lambda * (t - r)).lower
  }

  private func value(_ lambda: Interval, _ t: Interval, _ reward: Interval) -> Double {
    (lambda * t - 1 - .log(lambda * reward)).lower
  }
}
