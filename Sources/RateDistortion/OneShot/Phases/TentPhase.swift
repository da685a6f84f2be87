import IntervalArithmetic

/// The closed phase whose r' is a tent: from 0 to 1 at t = s and back to 0 at t = 1/2, r'(t) = min(t/s, (1/2 - t)/(1/2 - s)).
///
/// Every nonnegative concave r' on [0, 1/2] is a mixture of tents, 0 <= s <= 1/2, so that what is linear in r' and holds for
/// tents holds for every `ConcavePhase`. With G = p delta, g = G' = p^-2 int_0^p t r(t) dt and v = p g' = p^-2 int_0^p t^2
/// r'(t) dt, h = 1/2 - s, where r'(1 - t) = -r'(t):
///
///     p <= s            g = p^2/(8 s),      v = p^2/(4 s)
///     s <= p <= 1 - s   g = s/8 + ((p - s)/6 - (p^2 - s^2)/8 + (s^3/p^2 - s)/48)/h,      v = (p/6 - p^2/4 - s^3/(24 p^2))/h
///     1 - s <= p        g = (r - v)/2,      r = (1 - p)^2/(2 s),
///                       v = (u^2 v(u) - (p^3/3 - p^4/4 - u^3/3 + u^4/4)/s)/p^2,      u = 1 - s.
///
/// **Bounds**, from 0 <= r' <= 1 on [0, 1/2]. |g'| <= 1/3, being a mean of u^2 r'(p u). v' = r' - 2 g', which lies in [-2/3, 1]
/// up to p = 1/2 and in [-5/3, 2/3] beyond. By s, r' changes by -t/s^2 before s and by (1/2 - t)/h^2 after it, which integrate
/// to -1/2 and 1/2: r changes by something in [-1/2, 0], and g by something in [-1/4, 0]; v up to p = 1/2 by at least -p^-2
/// s^2/4 >= -1/4 and at most p^-2 int_s^p t^2 (1/2 - t)/h^2 <= 1/2; and beyond by at most (s^2/4 + 1/8)/p^2 <= 3/4 for t <= 1/2
/// and p^-2 p^2 (1/2 + 1/2) = 1 for the rest.
package struct TentPhase {
  /// s, in (0, 1/2).
  let peak: Interval

  package init(peak: Double) { self.peak = Interval(peak) }

  /// g(p).
  package func g(_ p: Interval) -> Interval {
    let s = peak
    return Interval.piecewise(p, at: s.lower) { p in
      .squared(p) / (8 * s)
    } above: { p in
      guard p.upper > (1 - s).lower else { return middleG(p) }
      return p.lower >= (1 - s).upper ? lateG(p) : middleG(p).hull(with: lateG(p))
    }
  }

  /// v(p).
  package func v(_ p: Interval) -> Interval {
    let s = peak
    return Interval.piecewise(p, at: s.lower) { p in
      .squared(p) / (4 * s)
    } above: { p in
      guard p.upper > (1 - s).lower else { return middleV(p) }
      return p.lower >= (1 - s).upper ? lateV(p) : middleV(p).hull(with: lateV(p))
    }
  }

  private func middleG(_ p: Interval) -> Interval {
    let s = peak
    let cube = s * .squared(s)
    let rise = (p - s) / 6 - (p - s) * (p + s) / 8 + (cube / .squared(p) - s) / 48
    return s / 8 + rise / (1 / 2 - s)
  }

  private func middleV(_ p: Interval) -> Interval {
    let s = peak
    return (p / 6 - .squared(p) / 4 - s * .squared(s) / (24 * .squared(p))) / (1 / 2 - s)
  }

  private func lateG(_ p: Interval) -> Interval { (.squared(1 - p) / (2 * peak) - lateV(p)) / 2 }

  private func lateV(_ p: Interval) -> Interval {
    let u = 1 - peak
    let moment = { (t: Interval) in t * .squared(t) / 3 - .squared(.squared(t)) / 4 }
    return (.squared(u) * middleV(u) - (moment(p) - moment(u)) / peak) / .squared(p)
  }
}
