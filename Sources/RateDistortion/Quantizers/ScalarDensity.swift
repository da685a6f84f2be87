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
  /// The coefficients g_0 = 1, g_1, ... of f(m + u)/f(m) in powers of u.
  func series<Number: RealNumber>(at m: Double, into coefficients: UnsafeMutableBufferPointer<Number>)

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
    if a == -.infinity {
      // Only symmetric densities have a left tail.
      guard b > -tailStart else { return tail(from: -b, as: Number.self).mirrored }
      return tail(from: tailStart, as: Number.self).mirrored.union(with: cell(from: -tailStart, to: b))
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

  /// The moments of a cell without corners, narrow against the radius, from the Taylor series about its middle.
  ///
  /// With u0 = a - m, u1 = b - m and the coefficients g_k,
  ///
  ///     m_j = integral of u^j f(m + u)/f(m) = sum over k of g_k (u1^(k+j+1) - u0^(k+j+1)) / (k + j + 1),
  ///
  /// p = f(m) m_0, c - m = m_1/m_0 and D = f(m) (m_2 - m_1^2/m_0), where the second term is smaller by about h^2.
  @inlinable
  func panel<Number: RealNumber>(from a: Double, to b: Double) -> QuantizationCell<Number> {
    let m = a + (b - a) / 2
    let h = max(b - m, m - a) * (1 + 0x1p-50)
    let ratio = h / radius(at: m)
    // The remainder relative to f(m); 2^-62 is far below rounding, and 64 terms are never needed at ratio 1/3.
    var count = 1
    var remainder = growth(at: m) * ratio
    while remainder > 0x1p-62, count < 64 {
      remainder *= ratio
      count += 1
    }
    remainder *= (1 + 0x1p-40) / (1 - ratio)

    let u0 = Number(a) - Number(m)
    let u1 = Number(b) - Number(m)
    let squares = (Number.squared(u0), Number.squared(u1))
    var m0: Number = 0
    var m1: Number = 0
    var m2: Number = 0
    withUnsafeTemporaryAllocation(of: Number.self, capacity: count) { g in
      g.initialize(repeating: 1)
      series(at: m, into: g)
      var power0 = u0
      var power1 = u1
      for k in 0..<count {
        m0 = m0 + g[k] * (power1 - power0) / Number(k + 1)
        m1 = m1 + g[k] * (power1 * u1 - power0 * u0) / Number(k + 2)
        m2 = m2 + g[k] * (power1 * squares.1 - power0 * squares.0) / Number(k + 3)
        power0 = power0 * u0
        power1 = power1 * u1
      }
    }
    let slack = 2 * h * (1 + 0x1p-40)
    m0 = m0 + .uncertainty(slack * remainder)
    m1 = m1 + .uncertainty(slack * h * remainder)
    m2 = m2 + .uncertainty(slack * h * h * remainder)

    let offset = m1 / m0
    let scale = density(Number(m))
    return QuantizationCell(
      probability: scale * m0, anchor: m, offset: offset, distortion: scale * (m2 - m1 * offset))
  }
}
