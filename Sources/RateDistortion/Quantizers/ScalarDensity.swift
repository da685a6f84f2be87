import IntervalArithmetic

/// The density f of a scalar source in its standard form (scale 1), and the moments of its cells.
///
/// Priorities, in order:
///
/// 1. No cancellation. A cell of width 1e-3 has a distortion near 1e-10: differences of distribution functions lose all of
///    it. Here every cell is integrated in local coordinates, from the Taylor series of f about the cell's middle, and no
///    quantity is the small difference of large ones. Relative error of p, c - a and D: about 1e-14, also in far tails.
/// 2. One formula for floating point and for proof. With `Interval` the truncated series is widened by its remainder, which
///    Cauchy's estimate bounds: if |f(z)/f(m)| <= M on the disc |z - m| <= rho, then the terms from u^n on are at most
///    M (h/rho)^n / (1 - h/rho) for |u| <= h.
/// 3. Speed: one exponential a cell, and as many terms as the cell's width asks for (six at 12 bits). Wide cells are cut
///    into panels no wider than a third of rho; half-infinite ones end in a closed form.
///
/// A source of scale s has s X for the standard X: thresholds and codepoints scale by s, distortions by s^2 and
/// probabilities not at all, so nothing else depends on s.
///
/// Domain: finite ends of cells lie within `reach` of 0, where f is a normal floating-point number.
public protocol ScalarDensity: Sendable {
  /// The standard density.
  init()

  /// A short name, as the catalogue has it.
  var name: String { get }
  /// The closed interval outside which f is 0; its ends may be infinite.
  var support: ClosedRange<Double> { get }
  /// Whether f(-x) = f(x).
  var isSymmetric: Bool { get }
  /// The largest |x| at which cells may end.
  var reach: Double { get }
  /// The points inside the support at which f is not analytic, in increasing order.
  var corners: [Double] { get }

  /// The mean of X.
  func mean<Number: RealNumber>(as number: Number.Type) -> Number
  /// The variance of X: the distortion at rate 0.
  func variance<Number: RealNumber>(as number: Number.Type) -> Number
  /// h(X) = -integral of f log f, in nats.
  func differentialEntropy<Number: RealNumber>(as number: Number.Type) -> Number

  /// f(x) for x in the support.
  func density<Number: RealNumber>(_ x: Number) -> Number

  /// A radius rho > 0 suited to the Taylor series about m, which is no corner: it does not change by more than half
  /// within rho/3 of m.
  func radius(at m: Double) -> Double
  /// A bound M, valid with a margin for rounding, on |f(z)/f(m)| for complex |z - m| <= rho = `radius(at: m)`, where f
  /// stands for the analytic continuation of the piece on which m lies. 0 if the series ends with its first term.
  func growth(at m: Double) -> Double
  /// The coefficients g_0 = 1, g_1, ... of f(c + u)/f(c) in powers of u, c = m + shift, where the shift is a few units in the
  /// last place of m at most, so that c lies on the same piece.
  func series<Number: RealNumber>(
    at m: Double, plus shift: Number, into coefficients: UnsafeMutableBufferPointer<Number>)

  /// Where `tail` begins; at least the last corner. Unused if the support ends.
  var tailStart: Double { get }
  /// The cell [a, infinity) for a >= `tailStart`, in closed form.
  func tail<Number: RealNumber>(from a: Double, as number: Number.Type) -> QuantizationCell<Number>
}

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
    if low > -.infinity, high < .infinity, isOnePanel(low, high) { return panel(from: low, to: high) }
    return union(from: low, to: high)
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

  /// A cell as the union of panels and tails.
  @usableFromInline
  func union<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    // Panels are joined from the middle outwards: the other way round a tiny first panel's relative error would grow with
    // every likelier one that joins it. Only symmetric densities have a left side.
    if isSymmetric, a < 0 {
      guard b > 0 else { return cell(from: -b, to: -a).mirrored }
      return cell(from: 0, to: -a).mirrored.union(with: cell(from: 0, to: b))
    }
    if b == .infinity {
      guard a < tailStart else { return tail(from: a, as: Number.self) }
      return cell(from: a, to: tailStart).union(with: tail(from: tailStart, as: Number.self))
    }
    var end = nextCut(after: a, before: b)
    var result: QuantizationCell<Number> = panel(from: a, to: end)
    while end < b {
      let next = nextCut(after: end, before: b)
      result = result.union(with: panel(from: end, to: next))
      end = next
    }
    return result
  }

  /// The end of the panel that starts at a.
  @usableFromInline
  func nextCut(after a: Double, before b: Double) -> Double {
    var end = b
    for corner in corners where corner > a && corner < end { end = corner }
    // Equal panels up to the corner, each at most as wide as the radius at its start allows.
    let count = (3 * (end - a) / radius(at: a)).rounded(.up)
    guard count > 1 else { return end }
    let cut = a + (end - a) / count
    return cut > a ? cut : end
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
    // The remainder relative to f(m); 2^-62 is far below rounding, and 64 terms are never needed at ratio 1/3.
    var count = 1
    var remainder = growth(at: m) * ratio
    while remainder > 0x1p-62, count < 64 {
      remainder *= ratio
      count += 1
    }
    remainder *= (1 + 0x1p-40) / (1 - ratio)

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
