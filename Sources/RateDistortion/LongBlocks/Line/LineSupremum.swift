import IntervalArithmetic

/// The supremum of g(y) = sum of c_i exp(-(x_i - y)^2/(2 sigma^2)), c_i >= 0, over an interval, from above: Csiszar's constant for a
/// source that sits on finitely many points.
///
/// On a cell of half-width t = 1/4 about y0, in units of sigma, g is its Taylor polynomial of degree n - 1 = 11,
///
///     g(y0 + s) = sum over k < n of s^k sum of c_i He_k(v_i)/k! exp(-v_i^2/2) + remainder,      v_i = x_i - y0,
///
/// the polynomial bounded by `BernsteinBound`. All that is neglected is bounded by a multiple of G = sup g over the whole line:
///
/// 1. *Wide kernels.* exp(-v^2/4) is sqrt(2) times the average of exp(-(v - e)^2/2) over e ~ N(0, 1), so that
///    sum of c_i exp(-v_i^2/4) <= sqrt(2) G wherever y0 is.
/// 2. *Remainder.* |He_n(v)| exp(-v^2/4) <= 1.0865 sqrt(n!) (Cramer), so it is at most 1.0865 sqrt(2) t^n/sqrt(n!) G = 4.2e-12 G.
/// 3. *Reach.* Points at |v| > 8 are left out, which are 7.75 and more from every y of the cell: `farPart`, 1.2e-12 G.
/// 4. *Rounding*, u = 2^-53. A point's term is off by (4 v^2 + 9) u from the roundings of v and of exp and by 3 k u, at degree k, from
///    the recurrence k h_k = v h_(k-1) - h_(k-2), of whose terms the absolute sum M_k has sum of t^k M_k <=
///    exp(t |v| + t^2/2). As (4 v^2 + 9 + 3 (t |v| + t^2)) exp(-v^2/2 + t |v| + t^2/2) <= 18 exp(-v^2/4), this makes 26 u G. Adding N points
///    makes at most N u sum of c_i exp(-v^2/2 + t |v| + t^2/2) <= 2.2 N u G; the Bernstein coefficients, with 3 t for t, 600 u 3.4 G.
///
/// So G is at most the largest bound of a cell over 1 - e, e = 6e-12 + (2100 + 3 N) u, if nowhere else g is larger.
package struct LineSupremum {
  /// An upper bound on g over each cell, from the left.
  package let bounds: [Double]
  /// The left end of the first cell.
  let start: Double
  /// The width of a cell.
  let spacing: Double
  /// The largest of `bounds`, 0 if there is no cell.
  package let largest: Double
  /// e: g is at most this times its supremum beyond a cell's bound.
  let neglected: Double
  /// Where g has a local maximum above `floor`, about, and its value there, if they were asked for.
  private(set) var peaks: [(place: Double, value: Double)] = []

  private static let degree = 11
  private static let reach = 8.0
  private static let reciprocals: [Double] = (0...degree).map { $0 == 0 ? 0 : 1 / Double($0) }

  /// Bounds over [low, high].
  ///
  /// - Parameters:
  ///   - nodes: x_i, increasing; `weights`: c_i.
  ///   - scale: 1/sigma.
  ///   - floor: the value below which a cell's bound need not be sharp.
  ///   - findsPeaks: whether local maxima above `floor` are wanted.
  package init(
    over range: ClosedRange<Double>, nodes: [Double], weights: [Double], scale: Double, floor: Double = 1,
    findsPeaks: Bool = false
  ) {
    // Narrower than two half-widths, so that neighbouring cells overlap whatever rounding does to their middles.
    let spacing = 0.5 * (1 - 0x1p-20) / scale
    let count = max(1, Int(((range.upperBound - range.lowerBound) / spacing).rounded(.up)))
    let bernstein = BernsteinBound(count: Self.degree + 1, floor: floor, tolerance: 1e-12)
    self.spacing = spacing
    start = range.lowerBound
    var bounds: [Double] = []
    bounds.reserveCapacity(count)
    var (first, last, most) = (0, 0, 0)
    var largest = 0.0
    for cell in 0..<count {
      let middle = range.lowerBound + (Double(cell) + 0.5) * spacing
      while first < nodes.count, (nodes[first] - middle) * scale < -Self.reach { first += 1 }
      last = max(last, first)
      while last < nodes.count, (nodes[last] - middle) * scale <= Self.reach { last += 1 }
      most = max(most, last - first)
      let moments = Self.moments(nodes, weights, first..<last, middle: middle, scale: scale)
      let bound = bernstein.bound(moments, halfWidth: 0.25)
      bounds.append(bound)
      largest = worst(largest, bound)
      if findsPeaks, bound > floor, let peak = Self.peak(moments) {
        peaks.append((middle + peak.place / scale, peak.value))
      }
    }
    self.bounds = bounds
    self.largest = largest
    neglected = 6e-12 + Double(2_100 + 3 * most) * 0x1p-53
  }

  /// The cells that meet an interval.
  func cells(meeting low: Double, _ high: Double) -> Range<Int> {
    let first = ((low - start) / spacing - 1e-6).rounded(.down)
    let last = ((high - start) / spacing + 1e-6).rounded(.down)
    let end = Double(bounds.count)
    return Int(min(max(first, 0), end))..<Int(min(max(last + 1, first, 0), end))
  }

  /// sum of c_i He_k(v_i)/k! exp(-v_i^2/2), k = 0 ... 11, four points at a time.
  private static func moments(
    _ nodes: [Double], _ weights: [Double], _ range: Range<Int>, middle: Double, scale: Double
  ) -> [Double] {
    withUnsafeTemporaryAllocation(of: SIMD4<Double>.self, capacity: degree + 1) { sums in
      sums.initialize(repeating: .zero)
      nodes.withUnsafeBufferPointer { nodes in
        weights.withUnsafeBufferPointer { weights in
          reciprocals.withUnsafeBufferPointer { reciprocals in
            var index = range.lowerBound
            while index < range.upperBound {
              var v = SIMD4<Double>.zero
              var current = SIMD4<Double>.zero
              for lane in 0..<min(4, range.upperBound - index) {
                let distance = (nodes[index + lane] - middle) * scale
                v[lane] = distance
                current[lane] = weights[index + lane] * Double.exp(-distance * distance / 2)
              }
              var previous = SIMD4<Double>.zero
              sums[0] += current
              for k in 1...degree {
                let next = (v * current - previous) * reciprocals[k]
                previous = current
                current = next
                sums[k] += next
              }
              index += 4
            }
          }
        }
      }
      return sums.map { $0.sum() }
    }
  }

  /// A local maximum of the polynomial inside its cell, or nil: where the derivative changes sign from plus to minus, the largest.
  private static func peak(_ moments: [Double]) -> (place: Double, value: Double)? {
    func value(_ s: Double) -> Double { moments.reversed().reduce(0) { $0 * s + $1 } }
    func slope(_ s: Double) -> Double {
      stride(from: degree, through: 1, by: -1).reduce(0) { $0 * s + Double($1) * moments[$1] }
    }
    let parts = 8
    var best: (place: Double, value: Double)?
    for part in 0..<parts {
      var (low, high) = (0.5 * Double(part) / Double(parts) - 0.25, 0.5 * Double(part + 1) / Double(parts) - 0.25)
      guard slope(low) > 0, slope(high) <= 0 else { continue }
      // Halving: g may be flat to the fourth order, where Newton's method is slow.
      for _ in 0..<40 {
        let middle = (low + high) / 2
        if slope(middle) > 0 { low = middle } else { high = middle }
      }
      let found = value(high)
      if found > best?.value ?? -.infinity { best = (high, found) }
    }
    return best
  }
}
