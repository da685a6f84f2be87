import IntervalArithmetic

/// Moments of what lies below a line in a slab of the plane, enclosed by Taylor series with an interval remainder.
///
/// In powers of v = x_0 - c everything comes from three series: z = (t + b x_0^2)/s_1 is a quadratic; f(z) = exp(-z^2/2)/sqrt(2
/// pi) obeys f' = -z z' f, and the normal distribution function F' = z' f; the density of x_0 obeys g' = -(x_0/s_0^2) g. The
/// integrands are g F and g f times polynomials (`CodebookProof`). A function's integral over c - r to c + r is that of its
/// polynomial of degree 11 at c, plus 2 r^13/13 times its twelfth coefficient somewhere in the panel: the same recurrences over
/// the whole panel enclose that. Where the remainder is wide the panel is halved.
///
/// - Source: Moore, "Interval Analysis", 1966, for the remainder.
struct BentPanel {
  private static let order = 12
  /// The width of a remainder that needs no halving.
  private static let tolerance = 1e-12

  private let source: BentGaussian
  private let bend: Interval
  private let scale: Interval
  private let inverseVariance: Interval
  private let normalizer: Interval
  /// g, f, F, g f and g F.
  private var outer = [Interval](repeating: 0, count: order + 1)
  private var density = [Interval](repeating: 0, count: order + 1)
  private var distribution = [Interval](repeating: 0, count: order + 1)
  private var withDensity = [Interval](repeating: 0, count: order + 1)
  private var withDistribution = [Interval](repeating: 0, count: order + 1)
  private static let reciprocals = (0...order + 1).map { $0 == 0 ? Interval(0) : 1 / Interval($0) }

  init(_ source: BentGaussian) {
    self.source = source
    bend = source.bend()
    scale = Interval(source.second)
    inverseVariance = 1 / Interval.squared(Interval(source.first))
    normalizer = 1 / Interval.sqrt(2 * .pi)
  }

  /// A line: its height at the start of the slab and its rise per unit.
  private struct Line {
    var start: Interval
    var height: Interval
    var rise: Interval
  }

  /// Below the line of two heights at the ends of a slab; without them, everything.
  mutating func integrals(from start: Double, to end: Double, heights: (Double, Double)? = nil) -> CellMoments {
    let width = Interval(end) - Interval(start)
    var steepest = 0.0
    let line = heights.map { (a, b) in
      Line(start: Interval(start), height: Interval(a), rise: (Interval(b) - Interval(a)) / width)
    }
    if let line {
      let bend: Double = source.bend()
      steepest = (line.rise.magnitude + 2 * bend * max(abs(start), abs(end))) / source.second
    }
    // Pieces over which neither z nor the density of x_0 goes far; in the tails few are needed.
    let nearest = start <= 0 && end >= 0 ? 0 : min(abs(start), abs(end)) / source.first
    let coarse = nearest > 6 ? 4.0 : 1.0
    let pieces = ((end - start) * max(2 / source.first, 1.2 * steepest) / coarse).rounded(.up)
    let count = Int(min(max(1, pieces), 256))
    var sum = CellMoments()
    var left = start
    for index in 1...count {
      let right = index == count ? end : start + (end - start) * (Double(index) / Double(count))
      guard right > left else { continue }
      sum += piece(left, right, line, depth: 0)
      left = right
    }
    return sum
  }

  private mutating func piece(_ left: Double, _ right: Double, _ line: Line?, depth: Int) -> CellMoments {
    let n = Self.order
    let center = (Interval(left) + Interval(right)) / 2
    let radius = (Interval(right) - Interval(left)) / 2
    let box = Interval.hull(left, right)
    expand(box, line)
    let last = moments(n, at: box, line)
    let power = 2 * Interval.pow(radius, n + 1) * Self.reciprocals[n + 1]
    let widest = max(last.probability.width, last.first.width, last.second.width, last.square.width)
    if !(widest * power.upper <= Self.tolerance), depth < 16 {
      let middle = left + (right - left) / 2
      if middle > left, middle < right {
        var sum = piece(left, middle, line, depth: depth + 1)
        sum += piece(middle, right, line, depth: depth + 1)
        return sum
      }
    }
    expand(center, line)
    var sum = CellMoments(
      probability: last.probability * power, first: last.first * power, second: last.second * power,
      square: last.square * power)
    var weight = 2 * radius
    let square = Interval.squared(radius)
    for k in stride(from: 0, to: n, by: 2) {
      let terms = moments(k, at: center, line)
      let factor = weight * Self.reciprocals[k + 1]
      sum += CellMoments(
        probability: terms.probability * factor, first: terms.first * factor, second: terms.second * factor,
        square: terms.square * factor)
      weight = weight * square
    }
    return sum
  }

  /// z about a place: its three coefficients.
  private func height(_ line: Line, at place: Interval) -> (Interval, Interval, Interval) {
    (
      (line.height + line.rise * (place - line.start) + bend * .squared(place)) / scale,
      (line.rise + 2 * bend * place) / scale, bend / scale
    )
  }

  /// Fills the series about every place in an interval.
  private mutating func expand(_ place: Interval, _ line: Line?) {
    let n = Self.order
    outer[0] = .exp(-.squared(place) * inverseVariance / 2) * normalizer / Interval(source.first)
    outer[1] = -place * inverseVariance * outer[0]
    for k in 1..<n {
      outer[k + 1] = -inverseVariance * (place * outer[k] + outer[k - 1]) * Self.reciprocals[k + 1]
    }
    guard let line else {
      for k in 0...n { (withDistribution[k], withDensity[k]) = (outer[k], 0) }
      return
    }
    let (z0, z1, z2) = height(line, at: place)
    density[0] = .exp(-.squared(z0) / 2) * normalizer
    distribution[0] = NormalTailEnclosure.tail(-z0)
    // z z', coefficient by coefficient.
    let d = (z0 * z1, Interval.squared(z1) + 2 * z0 * z2, 3 * z1 * z2, 2 * .squared(z2))
    for k in 0..<n {
      var sum = d.0 * density[k]
      if k > 0 { sum = .fma(d.1, density[k - 1], sum) }
      if k > 1 { sum = .fma(d.2, density[k - 2], sum) }
      if k > 2 { sum = .fma(d.3, density[k - 3], sum) }
      density[k + 1] = -sum * Self.reciprocals[k + 1]
      var rise = z1 * density[k]
      if k > 0 { rise = .fma(2 * z2, density[k - 1], rise) }
      distribution[k + 1] = rise * Self.reciprocals[k + 1]
    }
    for k in 0...n {
      var (a, b) = (Interval(0), Interval(0))
      for i in 0...k {
        a = .fma(outer[i], density[k - i], a)
        b = .fma(outer[i], distribution[k - i], b)
      }
      withDensity[k] = a
      withDistribution[k] = b
    }
  }

  /// Coefficient k of the integrands of 1, x_0, x_1 and |x|^2.
  private func moments(_ k: Int, at c: Interval, _ line: Line?) -> CellMoments {
    func times(_ p: (Interval, Interval, Interval), _ series: [Interval]) -> Interval {
      var sum = p.0 * series[k]
      if k > 0 { sum = .fma(p.1, series[k - 1], sum) }
      if k > 1 { sum = .fma(p.2, series[k - 2], sum) }
      return sum
    }
    let square = Interval.squared(c)
    // q = b x_0^2 about c, and q^2.
    let q = (bend * square, 2 * bend * c, bend)
    let b2 = Interval.squared(bend)
    var fourth = b2 * (.squared(square) * withDistribution[k])
    if k > 0 { fourth = fourth + b2 * (4 * c * square * withDistribution[k - 1]) }
    if k > 1 { fourth = fourth + b2 * (6 * square * withDistribution[k - 2]) }
    if k > 2 { fourth = fourth + b2 * (4 * c * withDistribution[k - 3]) }
    if k > 3 { fourth = fourth + b2 * withDistribution[k - 4] }
    let variance = Interval.squared(scale)
    let z = line.map { height($0, at: c) } ?? (0, 0, 0)
    let below = times(q, withDistribution)
    let across = times(q, withDensity)
    return CellMoments(
      probability: withDistribution[k],
      first: times((c, 1, 0), withDistribution),
      second: -scale * withDensity[k] - below,
      square: times((square, 2 * c, 1), withDistribution) + variance * (withDistribution[k] - times(z, withDensity))
        + 2 * scale * across + fourth)
  }
}
