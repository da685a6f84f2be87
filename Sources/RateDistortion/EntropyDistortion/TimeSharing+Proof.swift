import IntervalArithmetic

// The polygon's two ends at D: a line below it, and a mixture of two codes on it.

extension TimeSharing {
  /// Between a side's line and a mixture of two uniform codes whose distortion is proved to be at most D.
  ///
  /// A convex polygon lies above the lines of its sides, so every side proves a lower end; where intervals cannot tell D from
  /// a vertex the neighbours are asked too. The mixture takes a little more of the finer code than floating point says.
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    let point = try point(atDistortion: distortion)
    guard distortion < source.distortionOfSilence(as: Interval.self).upper else {
      return Bound(
        kind: .exact, distortion: distortion, rate: Interval(0), slope: 0,
        certificate: .timeSharing(fewer: 1, more: firstVertex, weight: 0))
    }
    let p = source.cellSize(atDistortion: min(distortion, largestDistortion))
    let cells = max(1, (1 / p).rounded(.down))
    guard cells < BiuniformFamily<Source>.continuumOfCells else {
      // Vertices are closer than rounding: the hull lies between the dual bound and E(D).
      let lower = try DualBound(source: source).bound(atDistortion: distortion).rate.lower
      let exact = try EntropyDistortionFunction(source: source).bound(atDistortion: distortion)
      guard case .bracket(let above, _) = exact.certificate else { return exact }
      return Bound(
        kind: .exact, distortion: distortion, rate: .hull(lower, exact.rate.upper), slope: point.slope,
        certificate: .timeSharing(fewer: above.equalCells, more: above.equalCells, weight: 0))
    }

    let main = Ends(of: side(from: cells), on: source)
    let weight = main.weight(at: Interval(distortion))
    var lower = line(main, weight: weight)
    if weight.lower <= 0 || weight.upper >= 1 {
      for fewer in [max(1, main.side.fewer - 1), main.side.more] {
        let near = Ends(of: side(from: fewer), on: source)
        lower = max(lower, line(near, weight: near.weight(at: Interval(distortion))))
      }
    }
    let (mixed, share) = mixture(on: main, from: max(0, weight.upper), atDistortion: distortion)
    let upper = rate(mixed, weight: Interval(share)) / .ln2
    return Bound(
      kind: .exact, distortion: distortion, rate: .hull(lower, max(lower, upper.upper)), slope: point.slope,
      certificate: .timeSharing(fewer: mixed.fewer, more: mixed.more, weight: share))
  }

  /// The mixture named proves the upper end, if its distortion is at most D; a side of the hull proves the lower end.
  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    guard case .timeSharing(let fewer, let more, let share) = certificate,
      let few = BiuniformCode(equalCells: fewer, oddCell: 0), let many = BiuniformCode(equalCells: more, oddCell: 0),
      more >= fewer, share >= 0, share <= 1
    else { return .entire }
    let named = Ends(of: Side(fewer: few.equalCells, more: many.equalCells), on: source)
    let isMet = named.distortion(share: share).upper <= distortion
    let upper = isMet ? (rate(named.side, weight: Interval(share)) / .ln2).upper : .infinity
    let hullSide = side(from: fewer)
    let isHullSide = hullSide.fewer == fewer && hullSide.more == more && fewer < more
    let lower = isHullSide ? line(named, weight: named.weight(at: Interval(distortion))) : 0
    return .hull(lower, upper)
  }

  /// A side with the distortions of its two codes, enclosed.
  private struct Ends {
    let side: Side
    let high: Interval
    let low: Interval

    init(of side: Side, on source: Source) {
      self.side = side
      let uniform = { BiuniformCode(uncheckedEqualCells: $0, oddCell: 0).distortion(on: source, as: Interval.self) }
      high = uniform(side.fewer)
      low = uniform(side.more)
    }

    func weight(at distortion: Interval) -> Interval { (high - distortion) / (high - low) }

    /// The distortion of using the code of more cells the fraction `share` of the time.
    func distortion(share: Double) -> Interval { high * (1 - Interval(share)) + low * Interval(share) }
  }

  /// A number of bits that the side's line is at least where the finer code has the weight given, and so the hull.
  private func line(_ ends: Ends, weight: Interval) -> Double {
    max(0, (rate(ends.side, weight: weight) / .ln2).lower)
  }

  /// The mixture of least rate whose distortion is proved to be at most D: on the side, or else with a little of the next
  /// finer code.
  private func mixture(
    on ends: Ends, from share: Double, atDistortion distortion: Double
  ) -> (side: Side, share: Double) {
    // An ulp of D is about K ulps of the share.
    var margin = 0x1p-51 * ends.side.more
    while share + margin < 1 {
      if ends.distortion(share: share + margin).upper <= distortion { return (ends.side, share + margin) }
      margin *= 2
    }
    let next = Ends(of: side(from: ends.side.more), on: source)
    margin = 0x1p-51 * next.side.more
    while margin < 1 {
      if next.distortion(share: margin).upper <= distortion { return (next.side, margin) }
      margin *= 2
    }
    return (next.side, 1)
  }
}
