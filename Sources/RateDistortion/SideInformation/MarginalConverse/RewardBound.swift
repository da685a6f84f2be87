import GSL
import IntervalArithmetic
import ParallelBlocks

/// Proofs of the table, an entry at a time on all cores.
extension RewardTable {
  static var checks: [ProofCheck] {
    parallelMap(count: bounds.count, block: 1) { bounds[$0].proof() }
  }
}

/// What a set of sources earns at most at a price, behind Gaussian noise: the claim on which the converse for H(U) rests.
///
/// X is seen through noise N(0, 1). For a set A (or a membership a: R -> [0, 1]) let u(z) = int a(x) phi(x - z) dx be what is seen
/// of it from z, and V(z) the variance of x under a(x) phi(x - z)/u(z). A unit of probability earns t and a unit of distortion
/// costs 1: the *reward* on a stretch is the integral of u (t - V). With u_b that of the interval [-b, b],
///
///     theta(t) = max{0, t - 1, sup over b, tau > 0 of 1/tau int_0^tau [(t - 1) u_b + u_b'^2/u_b] dz},
///
///     E(t) = sup over b of [int_0^inf u_b (t - V_b) dz - b theta].
///
/// **Theorem 1.** Between two local maxima z1 < z2 of u, whatever the set, the reward is at most theta(t) (z2 - z1).
///
/// **Lemma.** If A lies in [-R, R] and t <= 1, its whole reward is at most 2 R theta(t) + 2 E(t).
///
/// Both are proved in <doc:MarginalConverse>. Here theta and E are bounded: `density` >= theta(t), and `end` >= E(t) with `density`
/// for theta. All is monotone in b: K = int u_b and the scatter Q = int u_b V_b rise with b, the mean that is seen moves out, and
/// -u_b' = 2 phi(z) exp(-b^2/2) sinh(z b) is log-concave in b, so least at an end. With S = t K - Q + u_b' for the integral up to tau,
/// a cell [b1, b2] x [tau1, tau2] needs
///
///     t K_b2(tau1) - Q_b1(tau1) + max of u_b'(tau1) - density tau1 + (tau2 - tau1) (integrand - density)_+  <=  0
///
/// with the integrand u (xi^2 - (1 - t)), xi = -u'/u, bounded at corners. Steps in b are as long as this allows: shorter where the
/// supremum is near. The rest is closed by hand.
///
/// - *Small b.* The integrand is at most z^2 - (1 - t), as xi <= z and u <= 1, hence below `density` up to
///   tau_a = sqrt(density + 1 - t); and S <= t K <= t b. So b <= density tau_a/t needs no search. For E, b <= end/t needs none.
/// - *Large tau.* From z >= b + 2 on, u z^2 falls: (ln u)' = -xi <= -(z - b) <= -2 and 2/z <= 1. Where it is below `density`, so is the
///   integrand, and the search ends.
/// - *b >= 8.* With s = b - z, u <= Phi(s) and xi <= phi(s)/Phi(s), the half-line's, as the mean seen of a part of it lies nearer to
///   the edge's far side. So the integrand is at most phi^2/Phi - (1 - t) u. For s >= 2, phi^2/Phi < 0.003 and u > 0.97; and the integral of
///   phi^2/Phi is `SeenInterval.edgeReward` < 0.906. If 0.97 (1 - t) + density >= 0.151, what is earned up to tau <= b - 2 is
///   below density tau, and beyond it is at most 0.906 - 6 x 0.151 more. For E: edgeReward - 8 (1 - t + density) <= end.
package struct RewardBound: Sendable, Hashable {
  /// t, in (0, 1].
  package let price: Double
  /// At least theta(t).
  package let density: Double
  /// At least E(t); infinite where nothing is claimed of it.
  package let end: Double

  package init(price: Double, density: Double, end: Double) {
    self.price = price
    self.density = density
    self.end = end
  }

  /// The prices for which claims are looked at.
  package static let prices = 1e-6...1.0

  /// Whether the claim is proved, by its own numbers alone; each claim is looked at once.
  package var isProved: Bool { Self.known.value(of: self) { proof().isProved } }

  private static let known = Memo<RewardBound, Bool>()
  private static let widest = 8.0

  /// The claim, searched.
  package func proof() -> ProofCheck {
    var search = RewardSearch(self)
    let failure = search.failure()
    return ProofCheck(
      claim: "at price \(price.words) no set earns more than \(density.words), nor an end more than \(end.words)",
      isProved: failure == nil, boxes: search.cells, margin: search.margin, failure: failure ?? "")
  }

  /// The search for a cell in which the claim fails, or cannot be proved.
  private struct RewardSearch {
    let claim: RewardBound
    let price: Interval
    let density: Interval
    /// 1 - t.
    let cost: Interval
    var cells = 0
    var margin = Double.infinity

    init(_ claim: RewardBound) {
      self.claim = claim
      price = Interval(claim.price)
      density = Interval(claim.density)
      cost = 1 - price
    }

    /// Where the claim is not proved; nil if it is.
    mutating func failure() -> String? {
      guard RewardBound.prices.contains(claim.price), claim.density > 0, claim.density <= 1, claim.end > 0 else {
        return "it is beyond what is looked at"
      }
      let wide = Interval(97) / 100 * cost + density
      guard SeenInterval.edgeReward <= 0.906, (wide - Interval(151) / 1000).lower >= 0,
        (Interval(SeenInterval.edgeReward) - 8 * (cost + density)).upper <= claim.end
      else { return "b >= 8" }
      let first = min((density * .sqrt(density + cost) / price).lower, (Interval(claim.end) / price).lower)
      guard first > 1e-5 else { return "it is beyond what is looked at" }
      guard
        let reach = stride(from: 2.0, through: 8.5, by: 0.25).first(where: {
          normalTail($0) * (12 + $0) * (12 + $0) < claim.density
        })
      else { return "it is beyond what is looked at" }
      var left = SeenInterval(halfWidth: min(first, RewardBound.widest), reach: reach)
      var share = 1.0
      while left.halfWidth < RewardBound.widest {
        let step = share * SeenInterval.longestStep(from: left.halfWidth)
        let right = SeenInterval(halfWidth: min(left.halfWidth + step, RewardBound.widest), reach: reach)
        if let slack = slack(from: left, to: right) {
          margin = min(margin, slack)
          left = right
          share = min(1, 1.4 * share)
        } else {
          share /= 2
          guard share > 1e-4 else { return "b = \(left.halfWidth)" }
        }
      }
      return nil
    }

    /// By how much the claim holds for all b between two, if it does.
    private mutating func slack(from narrow: SeenInterval, to wide: SeenInterval) -> Double? {
      cells += 1
      let last = narrow.last
      let place = SeenInterval.place(last)
      let tail = Interval(wide.level[last]) * .squared(Interval(place))
      guard place >= wide.halfWidth + 2, tail.upper <= claim.density else { return nil }
      let end = Interval(wide.halfWidth) * .max(0, price - density) - Interval(narrow.scatter[last])
      var excess = (end - Interval(claim.end)).upper
      guard excess <= 0 else { return nil }
      for index in 0...last {
        let slope = max(narrow.slope[index], wide.slope[index])
        let reward = price * Interval(wide.mass[index]) - Interval(narrow.scatter[index]) + Interval(slope)
        var value = reward - density * Interval(SeenInterval.place(index))
        if index < last {
          let rate = Interval.max(0, .squared(Interval(narrow.distance[index + 1])) - cost)
          value =
            value + Interval(SeenInterval.spacing)
            * .max(0, Interval(wide.level[index]) * rate - density)
        }
        // At z = 0 there is nothing yet.
        guard value.upper <= 0 else { return nil }
        if index > 0 { excess = max(excess, value.upper) }
      }
      return -excess
    }
  }
}
