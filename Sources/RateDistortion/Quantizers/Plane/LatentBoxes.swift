import IntervalArithmetic

/// The latent plane of a bent Gaussian in boxes on which a multiplier c is bilinear: their probabilities and, given a box,
/// means and variances.
///
/// In deviations s = z_0/s_0 and t = z_1/s_1 a box is a product, so that with the moments m_k of s and n_k of t on its sides
///
///     E c = c(m_1, n_1),   E x = (s_0 m_1, s_1 n_1 - b s_0^2 m_2),
///     the sum of the variances of x = s_0^2 Var s + s_1^2 Var t + b^2 s_0^4 Var s^2
///
/// hold exactly. Boxes cover |s|, |t| <= 6.5, which misses a probability below 1.7e-10.
struct LatentBoxes {
  /// A column or row of boxes: the normal law on an interval.
  struct Side {
    let probability: Double
    let middle: Double
    let half: Double
    /// m_1, m_2, and the variances of s and s^2 on it.
    let mean: Double
    let meanSquare: Double
    let variance: Double
    let squareVariance: Double
    /// Atoms at the ends and in the middle with the same mean in either half: the law on the side is below theirs in the convex
    /// order.
    let atoms: SIMD3<Double>
  }

  /// One box, in what the supremum asks for.
  struct Box {
    /// E c and E x given the box.
    let mean: Double
    let first: Double
    let second: Double
    /// c in the middle, its slopes there times the half-widths, and the most that the product of both adds.
    let middle: Double
    let alongFirst: Double
    let alongSecond: Double
    let twist: Double
  }

  static let reach = 6.5
  let source: BentGaussian
  let bend: Double
  let columns: [Side]
  let rows: [Side]
  /// Those of one column after the other.
  let boxes: [Box]
  /// The largest c in a column.
  let largest: [Double]

  /// - Parameter width: the largest width of a box, in units of x.
  init(_ source: BentGaussian, _ dual: OneShotDual, width: Double) {
    self.source = source
    bend = source.bend()
    let mirrored = dual.first.dropFirst().reversed().map { -$0 } + dual.first
    columns = Self.sides(knots: mirrored, width: width / source.first)
    rows = Self.sides(knots: dual.second, width: width / source.second)
    let patches = (
      columns.map { Self.patch(dual.first, abs($0.middle)) }, rows.map { Self.patch(dual.second, $0.middle) }
    )
    let scale = (source.first, source.second, bend * source.first * source.first)
    var boxes: [Box] = []
    boxes.reserveCapacity(columns.count * rows.count)
    largest = patches.0.map { i in
      let n = dual.second.count
      let values = dual.values[(i.knot * n)..<((i.knot + 1) * n)]
      let others = dual.values[((i.knot + i.step) * n)..<((i.knot + i.step + 1) * n)]
      return max(values.max() ?? 0, others.max() ?? 0)
    }
    for (column, i) in zip(columns, patches.0) {
      let sign = column.middle < 0 ? -1.0 : 1.0
      for (row, j) in zip(rows, patches.1) {
        let n = dual.second.count
        let a = dual.values[i.knot * n + j.knot]
        let b = dual.values[(i.knot + i.step) * n + j.knot]
        let c = dual.values[i.knot * n + j.knot + j.step]
        let d = dual.values[(i.knot + i.step) * n + j.knot + j.step]
        /// c at a place in deviations.
        func value(_ s: Double, _ t: Double) -> Double {
          let (u, v) = ((s - i.start) * i.inverse, (t - j.start) * j.inverse)
          return (1 - u) * ((1 - v) * a + v * c) + u * ((1 - v) * b + v * d)
        }
        let (u, v) = ((abs(column.middle) - i.start) * i.inverse, (row.middle - j.start) * j.inverse)
        boxes.append(
          Box(
            mean: value(abs(column.mean), row.mean), first: scale.0 * column.mean,
            second: scale.1 * row.mean - scale.2 * column.meanSquare, middle: value(abs(column.middle), row.middle),
            alongFirst: sign * ((1 - v) * (b - a) + v * (d - c)) * i.inverse * column.half,
            alongSecond: ((1 - u) * (c - a) + u * (d - b)) * j.inverse * row.half,
            twist: abs(a - b - c + d) * i.inverse * j.inverse * column.half * row.half))
      }
    }
    self.boxes = boxes
  }

  /// The interval of knots that a place lies in; beyond the last knots one of slope 0.
  static func patch(_ knots: [Double], _ place: Double) -> (knot: Int, step: Int, start: Double, inverse: Double) {
    guard place > knots[0] else { return (0, 0, knots[0], 0) }
    guard let next = knots.firstIndex(where: { $0 > place }) else { return (knots.count - 1, 0, knots[0], 0) }
    return (next - 1, 1, knots[next - 1], 1 / (knots[next] - knots[next - 1]))
  }

  /// Intervals between -6.5 and 6.5 that no knot lies inside of.
  private static func sides(knots: [Double], width: Double) -> [Side] {
    var ends = [-reach] + knots.filter { abs($0) < reach } + [reach]
    ends =
      zip(ends, ends.dropFirst()).flatMap { a, b -> [Double] in
        // As narrow in the tails: the supremum is of what is earned relative to w, and little cells earn as much.
        let count = max(1, Int(((b - a) / width).rounded(.up)))
        return (0..<count).map { a + (b - a) * (Double($0) / Double(count)) }
      } + [reach]
    return zip(ends, ends.dropFirst()).map { a, b in side(a, b) }
  }

  /// The moments by intervals, in which differences of neighbouring values of the normal law keep their digits; the middles are
  /// taken, which `OneShotProof` makes up for.
  private static func side(_ a: Double, _ b: Double) -> Side {
    let (low, high) = (Interval(a), Interval(b))
    let density = GaussianDensity()
    let (middle, half) = (a + (b - a) / 2, (b - a) / 2)
    let (f, h, g): (Interval, Interval, Interval) = (
      density.density(low), density.density(Interval(middle)), density.density(high)
    )
    let tails = (EnclosedTails(low), EnclosedTails(Interval(middle)), EnclosedTails(high))
    let (left, right) = (EnclosedTails.between(tails.0, tails.1), EnclosedTails.between(tails.1, tails.2))
    let p = EnclosedTails.between(tails.0, tails.2)
    // What the halves' means, (f - h)/P(left) and (h - g)/P(right), give to the ends.
    let c = Interval(middle)
    func part(_ share: Interval) -> Double { min(1, max(0, (share / (Interval(half) * p)).midpoint)) }
    let (lower, upper) = (part(c * left - (f - h)), part((h - g) - c * right))
    // Moments about the middle do not cancel: u = s - c, E s^k (s phi = -phi').
    let m1 = (f - g) / p
    let m2 = 1 + (low * f - high * g) / p
    let m4 = 3 * m2 + (.pow(low, 3) * f - .pow(high, 3) * g) / p
    let square = m2.midpoint
    let largest = max(a * a, b * b)
    return Side(
      probability: p.midpoint, middle: middle, half: half, mean: min(max(m1.midpoint, a), b), meanSquare: square,
      variance: min(max((m2 - .squared(m1)).midpoint, 0), half * half),
      squareVariance: min(max((m4 - .squared(m2)).midpoint, 0), largest * largest),
      atoms: SIMD3(lower, 1 - lower - upper, upper))
  }
}
