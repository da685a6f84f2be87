import GSL

/// How a curve is drawn through trained points, as the field's Bjontegaard deltas do it.
///
/// Slopes at the points, and a cubic between each two (`akima`, `pchip`), or one cubic for all:
///
/// - `akima`: with m the slopes of the pieces, two more on either side going on in a straight line, the slope at a point is
///   (|m3 - m2| m1 + |m1 - m0| m2)/(|m3 - m2| + |m1 - m0|), where m1 and m2 are the pieces beside it and m0 and m3 those
///   beyond; their mean (m0 + m3)/2 where the denominator is below 1e-9 of the largest.
/// - `pchip`: 0 where the pieces' slopes differ in sign, else their harmonic mean with weights 2 h2 + h1 and h2 + 2 h1; it is
///   monotone where the points are. At the ends a parabola through three points, held within the same sign and 3 m.
/// - `cubic`: the polynomial of degree 3 that is nearest in the sum of squares, Bjontegaard's first proposal.
///
/// GSL has an Akima spline, for five points and more; rate-distortion curves often have four.
///
/// - Source: Akima, J. ACM 17, 1970; Fritsch, Butland, SIAM J. Sci. Stat. Comput. 5, 1984; Moler, "Numerical Computing with
///   MATLAB", section 3.6; Bjontegaard, VCEG-M33, 2001.
public enum Interpolation: String, Sendable, CaseIterable {
  /// Akima's spline: no overshooting at bends.
  case akima
  /// The piecewise cubic that is monotone where the points are.
  case pchip
  /// One cubic, fitted by least squares.
  case cubic

  /// The others that go through all points: what they make of the same points tells how much is the interpolation's.
  public var alternatives: [Interpolation] { [.akima, .pchip].filter { $0 != self } }

  /// The fewest points it takes.
  public var fewestPoints: Int {
    switch self {
    case .akima: return 3
    case .pchip: return 2
    case .cubic: return 4
    }
  }

  /// The curve through points.
  ///
  /// - Parameters:
  ///   - x: strictly increasing, at least `fewestPoints`.
  ///   - y: as many.
  /// - Throws: `GSLError` if the cubic cannot be fitted.
  func curve(x: [Double], y: [Double]) throws(GSLError) -> PiecewiseCubic {
    switch self {
    case .akima: return PiecewiseCubic(x: x, y: y, slopes: Self.akimaSlopes(x, y))
    case .pchip: return PiecewiseCubic(x: x, y: y, slopes: Self.monotoneSlopes(x, y))
    case .cubic: return try Self.fitted(x, y)
    }
  }

  private static func pieceSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    (1..<x.count).map { i -> Double in (y[i] - y[i - 1]) / (x[i] - x[i - 1]) }
  }

  private static func akimaSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    var m = pieceSlopes(x, y)
    // Two more on either side.
    for _ in 0..<2 { m.insert(2 * m[0] - m[1], at: 0) }
    for _ in 0..<2 { m.append(2 * m[m.count - 1] - m[m.count - 2]) }
    let changes: [Double] = (1..<m.count).map { (m[$0] - m[$0 - 1]).magnitude }
    let weights: [Double] = x.indices.map { changes[$0] + changes[$0 + 2] }
    let least = 1e-9 * (weights.max() ?? 0)
    return x.indices.map { i -> Double in
      guard weights[i] > least else { return (m[i] + m[i + 3]) / 2 }
      return m[i + 1] + changes[i] / weights[i] * (m[i + 2] - m[i + 1])
    }
  }

  private static func monotoneSlopes(_ x: [Double], _ y: [Double]) -> [Double] {
    let m = pieceSlopes(x, y)
    guard m.count > 1 else { return [m[0], m[0]] }
    let h: [Double] = (1..<x.count).map { x[$0] - x[$0 - 1] }
    let inner = (1..<m.count).map { i -> Double in
      guard m[i - 1] * m[i] > 0 else { return 0 }
      let (w1, w2) = (2 * h[i] + h[i - 1], h[i] + 2 * h[i - 1])
      return (w1 + w2) / (w1 / m[i - 1] + w2 / m[i])
    }
    let last = m.count - 1
    return [endSlope(h[0], h[1], m[0], m[1])] + inner + [endSlope(h[last], h[last - 1], m[last], m[last - 1])]
  }

  /// The slope at an end from the piece there and the next.
  private static func endSlope(_ h0: Double, _ h1: Double, _ m0: Double, _ m1: Double) -> Double {
    let slope = ((2 * h0 + h1) * m0 - h0 * m1) / (h0 + h1)
    if slope * m0 <= 0 { return 0 }
    if m0 * m1 <= 0, slope.magnitude > 3 * m0.magnitude { return 3 * m0 }
    return slope
  }

  private static func fitted(_ x: [Double], _ y: [Double]) throws(GSLError) -> PiecewiseCubic {
    let (low, high) = (x[0], x[x.count - 1])
    let (middle, half) = (low / 2 + high / 2, (high - low) / 2)
    let c = try polynomialFit("the cubic through \(x.count) points", degree: 3, x: x.map { ($0 - middle) / half }, y: y)
    // A cubic is told by its values and slopes at two places, here -1 and 1.
    let (even, odd) = (c[0] + c[2], c[1] + c[3])
    let (bend, slope) = (2 * c[2], c[1] + 3 * c[3])
    return PiecewiseCubic(
      x: [low, high], y: [even - odd, even + odd], slopes: [(slope - bend) / half, (slope + bend) / half])
  }
}
