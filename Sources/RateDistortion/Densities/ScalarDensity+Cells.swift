import IntervalArithmetic

extension ScalarDensity {
  /// The cell [a, b], a < b; ends beyond the support, infinities included, stand for the support's ends.
  ///
  /// - Returns: p, c and D. The cell has probability 0 and its centroid at a if nothing of it lies in the support.
  @inlinable
  public func cell<Number: RealNumber>(
    from a: Double, to b: Double, as number: Number.Type = Number.self
  ) -> QuantizationCell<Number> {
    let low = max(a, support.lowerBound)
    let high = min(b, support.upperBound)
    guard low < high else {
      return QuantizationCell(probability: 0, anchor: a.isFinite ? a : 0, offset: 0, distortion: 0)
    }
    return innerCell(from: low, to: high)
  }

  /// A cell inside the support: what of it lies on either side of 0, panels and tails.
  ///
  /// All of it can be specialised by other modules: what they specialise may take the place of this module's own, and called generic
  /// functions then.
  @inlinable
  public func innerCell<Number: RealNumber>(from low: Double, to high: Double) -> QuantizationCell<Number> {
    if low > -.infinity, high < .infinity, isOnePanel(low, high) { return panel(from: low, to: high) }
    if low >= 0 { return rightCell(from: low, to: high) }
    if high <= 0 { return leftCell(from: low, to: high) }
    return leftCell(from: low, to: 0).union(with: rightCell(from: 0, to: high))
  }

  /// The probability of [a, b].
  @inlinable
  public func probability<Number: RealNumber>(
    from a: Double, to b: Double, as number: Number.Type = Number.self
  ) -> Number {
    (cell(from: a, to: b) as QuantizationCell<Number>).probability
  }

  /// Whether no corner lies inside [a, b] and the series about its middle converges fast.
  @inlinable
  func isOnePanel(_ a: Double, _ b: Double) -> Bool {
    guard 6 * (b - a) <= 2 * radius(at: a + (b - a) / 2) else { return false }
    for corner in corners where corner > a && corner < b { return false }
    return true
  }

  /// A cell to the right of 0, with its tail.
  ///
  /// Panels are joined from 0 outwards: the other way round a tiny first panel's relative error would grow with every likelier
  /// one that joins it.
  @inlinable
  func rightCell<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    guard b == .infinity else { return rightPanels(from: a, to: b) }
    guard a < tailStart else { return tail(from: a, as: Number.self) }
    return rightPanels(from: a, to: tailStart).union(with: tail(from: tailStart, as: Number.self))
  }

  /// A cell to the left of 0: by its mirror image, if the density is its own.
  @inlinable
  func leftCell<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    guard !isSymmetric else { return rightCell(from: -b, to: -a).mirrored }
    guard a == -.infinity else { return leftPanels(from: a, to: b) }
    guard b > lowerTailStart else { return lowerTail(upTo: b, as: Number.self) }
    return lowerTail(upTo: lowerTailStart, as: Number.self).union(with: leftPanels(from: lowerTailStart, to: b))
  }

  @inlinable
  func rightPanels<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    var end = isOnePanel(a, b) ? b : nextCut(after: a, before: b)
    var result: QuantizationCell<Number> = panel(from: a, to: end)
    while end < b {
      let next = nextCut(after: end, before: b)
      result = result.union(with: panel(from: end, to: next))
      end = next
    }
    return result
  }

  @inlinable
  func leftPanels<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    var start = isOnePanel(a, b) ? a : nextCut(before: b, after: a)
    var result: QuantizationCell<Number> = panel(from: start, to: b)
    while start > a {
      let next = nextCut(before: start, after: a)
      result = result.union(with: panel(from: next, to: start))
      start = next
    }
    return result
  }

  /// The end of the panel that starts at a: of equal panels up to the next corner, each at most as wide as the radius at its
  /// start allows.
  @inlinable
  func nextCut(after a: Double, before b: Double) -> Double {
    var end = b
    for corner in corners where corner > a && corner < end { end = corner }
    let count = (3 * (end - a) / radius(at: a)).rounded(.up)
    guard count > 1 else { return end }
    let cut = a + (end - a) / count
    return cut > a ? cut : end
  }

  /// The start of the panel that ends at b, likewise.
  @inlinable
  func nextCut(before b: Double, after a: Double) -> Double {
    var start = a
    for corner in corners where corner < b && corner > start { start = corner }
    let count = (3 * (b - start) / radius(at: b)).rounded(.up)
    guard count > 1 else { return start }
    let cut = b - (b - start) / count
    return cut < b ? cut : start
  }

  /// The moments of a cell without corners, narrow against the radius, from the Taylor series about its middle c.
  ///
  /// On [c - h, c + h] the odd powers integrate to 0, so that with the coefficients g_k
  ///
  ///     p = 2 h f(c) e_0,      e_0 = sum of g_2k h^2k/(2k + 1),
  ///     c' - c = o/e_0,        o   = sum of g_(2k+1) h^(2k+2)/(2k + 3),
  ///     D = 2 h f(c) (e_2 - o^2/e_0),      e_2 = sum of g_2k h^(2k+2)/(2k + 3),
  ///
  /// where o^2/e_0 is smaller than e_2 by about h^2. c lies next to the floating-point middle m; their distance is known
  /// exactly and not neglected: in cells of width 1e-3 it would be 1e-12 of the width.
  @inlinable
  func panel<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    let m = a + (b - a) / 2
    let reach = max(b - m, m - a) * (1 + 0x1p-50)
    let ratio = reach / radius(at: m)
    // The remainder relative to f(m); 2^-62 is far below rounding, and 64 terms are never needed at ratio 1/3. After a
    // polynomial's last term nothing remains.
    let degree = degree(at: m)
    var count = 1
    var remainder = growth(at: m) * ratio
    while remainder > 0x1p-62, count < 64, count <= degree {
      remainder *= ratio
      count += 1
    }
    remainder = count > degree ? 0 : remainder * (1 + 0x1p-40) / (1 - ratio)

    let left = Number(m) - Number(a)
    let right = Number(b) - Number(m)
    let h = (left + right) / 2
    let shift = (right - left) / 2
    let square = Number.squared(h)
    var e0: Number = 0
    var e2: Number = 0
    var o: Number = 0
    var slope: Number = 0
    withUnsafeTemporaryAllocation(of: Number.self, capacity: count) { g in
      g.initialize(repeating: 1)
      series(at: m, plus: shift, into: g)
      if count > 1 { slope = g[1] }
      var power: Number = 1
      for k in stride(from: 0, to: count, by: 2) {
        let even = g[k] * power
        e0 = e0 + even / Number(k + 1)
        e2 = e2 + even / Number(k + 3)
        if k + 1 < count { o = o + g[k + 1] * power / Number(k + 3) }
        power = power * square
      }
    }
    e0 = e0 + .uncertainty(remainder)
    e2 = (e2 + .uncertainty(remainder)) * square
    o = o * square + .uncertainty(reach * remainder)

    let offset = o / e0
    // What m + shift rounds off, which in far tails f would feel; for an interval, a number that may be 0.
    let middle = Number(m) + shift
    let rounding = shift - (middle - Number(m))
    let scale = 2 * h * density(middle) * (1 + slope * rounding)
    return QuantizationCell(
      probability: scale * e0, anchor: m, offset: shift + offset, distortion: scale * (e2 - o * offset))
  }
}

extension ScalarDensity {
  /// The cells between neighbouring thresholds, the first from a on and the last up to b.
  public func cells(from a: Double, cutAt thresholds: [Double], to b: Double) -> [QuantizationCell<Double>] {
    row(from: a, cutAt: thresholds, to: b)
  }

  /// The same, enclosed.
  public func enclosedCells(from a: Double, cutAt thresholds: [Double], to b: Double) -> [QuantizationCell<Interval>] {
    row(from: a, cutAt: thresholds, to: b)
  }

  private func row<Number: RealNumber>(
    from a: Double, cutAt thresholds: [Double], to b: Double
  ) -> [QuantizationCell<Number>] {
    var cells: [QuantizationCell<Number>] = []
    cells.reserveCapacity(thresholds.count + 1)
    var start = a
    for end in thresholds {
      cells.append(cell(from: start, to: end))
      start = end
    }
    cells.append(cell(from: start, to: b))
    return cells
  }

  /// f at every number of a list.
  public func values(at points: [Double]) -> [Double] { points.map { density($0) } }
}
