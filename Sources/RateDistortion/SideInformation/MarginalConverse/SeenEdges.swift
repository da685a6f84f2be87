import IntervalArithmetic

/// A union of disjoint intervals of sources, seen through noise N(0, 1): what of it is left at z, and integrals over short panels.
///
///     u(z) = sum over intervals [l, r] of Phi(z - l) - Phi(z - r),      u'(z) = sum of phi(z - l) - phi(z - r).
///
/// An integral over a panel of width 2 r is that of the polynomial of degree 3 at its middle, and the range of the fourth Taylor
/// coefficient over the whole panel times 2 r^5/5. The coefficients follow from (j + 1) f_(j+1) = -(x f_j + f_(j-1)) for phi and
/// from the recurrence for quotients, over the panel with intervals.
struct SeenEdges {
  private let intervals: [(lower: Interval?, upper: Interval)]
  /// What intervals that are left out add to u and to each coefficient of u', at most.
  private let missing: Interval

  /// - Parameter intervals: from left to right; nil for a lower end at minus infinity.
  init(_ intervals: [(lower: Interval?, upper: Interval)], missing: Double = 0) {
    self.intervals = intervals
    self.missing = .uncertainty(missing)
  }

  /// u.
  func level(at z: Interval) -> Interval {
    intervals.reduce(missing) { $0 + Self.share(of: $1, at: z) }
  }

  /// The range of u between two places, neither side of which holds an interval's middle: each term is monotone.
  func level(from start: Interval, to end: Interval) -> Interval {
    intervals.reduce(missing) { $0 + Self.share(of: $1, at: start).hull(with: Self.share(of: $1, at: end)) }
  }

  /// u'.
  func slope(at z: Interval) -> Interval {
    intervals.reduce(missing) { sum, interval in
      sum + (interval.lower.map { GaussianDensity().density(z - $0) } ?? 0)
        - GaussianDensity().density(z - interval.upper)
    }
  }

  private static func share(of interval: (lower: Interval?, upper: Interval), at z: Interval) -> Interval {
    EnclosedTails.between(
      EnclosedTails(z - interval.upper), interval.lower.map { EnclosedTails(z - $0) } ?? .infinity)
  }

  /// The integrals of u and of u'^2/u over a panel on which u has these values.
  func integrals(from start: Interval, to end: Interval, levels: Interval) -> (mass: Interval, curvature: Interval) {
    let middle = (start + end) / 2
    let atMiddle = Series(slopes(at: middle), level: level(at: middle))
    let inPanel = Series(slopes(at: start.hull(with: end)), level: levels)
    let r = (end - start) / 2
    let (r3, r5) = (2 * .pow(r, 3) / 3, 2 * .pow(r, 5) / 5)
    return (
      2 * r * atMiddle.u.zero + r3 * atMiddle.u.two + r5 * inPanel.u.four,
      2 * r * atMiddle.q.zero + r3 * atMiddle.q.two + r5 * inPanel.q.four
    )
  }

  /// The Taylor coefficients of u' about every place in an interval.
  ///
  /// Over a panel the difference of two ends of a narrow interval is its width w times a derivative at its middle, and w^3/24 times
  /// a third derivative between the ends: the difference of two ranges would be far wider.
  private func slopes(at z: Interval) -> [Interval] {
    var v = [Interval](repeating: missing, count: 5)
    for interval in intervals {
      let x = z - interval.upper
      guard let lower = interval.lower else {
        let f = Self.density(x, count: 5)
        for j in 0..<5 { v[j] = v[j] - f[j] }
        continue
      }
      let (y, w) = (z - lower, interval.upper - lower)
      if z.width > 0x1p-20, w.upper < 0.5 {
        let (middle, between) = (Self.density((x + y) / 2, count: 6), Self.density(x.hull(with: y), count: 8))
        let cubed = .pow(w, 3) / 24
        for j in 0..<5 {
          let third = Interval((j + 1) * (j + 2) * (j + 3)) * between[j + 3]
          v[j] = v[j] + w * (Interval(j + 1) * middle[j + 1]) + cubed * third
        }
      } else {
        let (right, left) = (Self.density(x, count: 5), Self.density(y, count: 5))
        for j in 0..<5 { v[j] = v[j] + left[j] - right[j] }
      }
    }
    return v
  }

  /// The Taylor coefficients of the density.
  private static func density(_ x: Interval, count: Int) -> [Interval] {
    var f = [GaussianDensity().density(x)]
    f.reserveCapacity(count)
    f.append(-(x * f[0]))
    for j in 2..<count { f.append(-(x * f[j - 1] + f[j - 2]) / Interval(j)) }
    return f
  }

  /// The coefficients of u, and the even ones of q = u'^2/u.
  private struct Series {
    let u: (zero: Interval, two: Interval, four: Interval)
    let q: (zero: Interval, two: Interval, four: Interval)

    init(_ v: [Interval], level: Interval) {
      let u = [level, v[0], v[1] / 2, v[2] / 3, v[3] / 4]
      // r = u'/u.
      var r: [Interval] = []
      r.reserveCapacity(5)
      for j in 0..<5 {
        var sum = v[j]
        for i in 0..<j { sum = sum - u[j - i] * r[i] }
        r.append(sum / level)
      }
      self.u = (u[0], u[2], u[4])
      q = (
        v[0] * r[0], v[0] * r[2] + v[1] * r[1] + v[2] * r[0],
        v[0] * r[4] + v[1] * r[3] + v[2] * r[2] + v[3] * r[1] + v[4] * r[0]
      )
    }
  }
}
