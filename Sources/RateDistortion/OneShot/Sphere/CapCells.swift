import IntervalArithmetic

/// Sets of the sphere in n dimensions at the cost of caps.
///
/// **Theorem.** A set of measure p whose mean of x has the direction e has a mean of at most the length that the cap of measure p around e
/// has, since the cap holds the largest x.e (bathtub). So a cell of measure p costs at least delta(p) = 1 - m^2, m the length of the cap's mean, and
/// the dual bound with this delta holds for codes of any cells.
///
/// **Formulas.** With t = (1 - cos theta)/2 at a cap's rim and a = (n - 1)/2 the measure has in t the density (t (1 - t))^(a - 1)/B(a, a), and
/// x.e is 1 - 2t. So p = I_t(a, a) and p m = (t (1 - t))^a/(a B(a, a)), which for t <= 1/2 is with
///
///     S = F(2a, 1; a + 1; t) = 1 + (2a/(a + 1)) t + (2a (2a + 1)/((a + 1) (a + 2))) t^2 + ...
///
/// p = K (4 t (1 - t))^a S, K = 1/(4^a a B(a, a)), and m = 1/S, so that 1 - m = (S - 1)/S has all its digits however small the cap. A larger cap is
/// what a smaller one leaves: p(t) = 1 - p(1 - t), with p m the same. By dp/dt the slope is p delta'(p) = 2 m (m - cos theta). K is 1/pi for n
/// = 2, 1/4 for n = 3, and K(a + 1) = K(a) (2a + 1)/(2a + 2).
///
/// - As p -> 0, delta -> (4a/(a + 1)) t, p -> K (4t)^a; at p = 1 a cell costs 1. n = 2 is the circle, n = 3 `SphereCaps`.
/// - Accuracy: to rounding. All terms of S are positive, and their ratio, (2a + k)/(a + 1 + k) t, falls or is below t.
package struct CapCells: CellSource {
  /// The largest n for which the infimum over caps is found to 1e-9 bits.
  static let largestDimension = 256
  /// (n - 1)/2.
  private let a: Double

  /// How many terms of S are summed, and what those beyond are at most beside the last of them, for every t <= 1/2.
  private let terms: Int
  private let remainder: Double
  /// K.
  private let constant: Interval

  /// The caps of the sphere of n >= 2 dimensions.
  package init(dimension: Int) {
    a = Double(dimension - 1) / 2
    // At t = 1/2, where terms fall most slowly: from term k on each is at most `ratio` times the one before.
    var (term, sum, count) = (1.0, 0.0, 0)
    var ratio = 1.0
    repeat {
      term *= (2 * a + Double(count)) / (a + 1 + Double(count)) / 2
      sum += term
      count += 1
      ratio = max(1, (2 * a + Double(count)) / (a + 1 + Double(count))) / 2
    } while term * ratio > 0x1p-60 * sum * (1 - ratio)
    terms = count
    // From K(1/2) = 1/pi or K(1) = 1/4.
    var place = a == a.rounded() ? 1.0 : 0.5
    var constant = place == 1 ? 1 / Interval(4) : 1 / Interval.pi
    while place < a {
      constant = constant * Interval(2 * place + 1) / Interval(2 * place + 2)
      place += 1
    }
    self.constant = constant
    remainder = ratio / (1 - ratio) * (1 + 0x1p-20)
  }

  /// K.
  private func factor<Number: RealNumber>() -> Number {
    Number(constant.midpoint) + .uncertainty(constant.width)
  }

  /// S - 1 for t <= 1/2.
  private func excess<Number: RealNumber>(_ t: Number) -> Number {
    var (sum, term): (Number, Number) = (0, 1)
    for k in 0..<terms {
      term = term * (Number(2 * a + Double(k)) / Number(a + 1 + Double(k))) * t
      sum = sum + term
    }
    return sum + term * (Number(remainder / 2) + .uncertainty(remainder / 2))
  }

  /// p(t) for t <= 1/2, and S - 1.
  private func cap<Number: RealNumber>(_ t: Number) -> (measure: Number, excess: Number) {
    let excess = excess(t)
    return (factor() * .exp(Number(a) * .log(4 * t * (1 - t))) * (1 + excess), excess)
  }

  /// t and S - 1 of the cap of measure p <= 1/2.
  private func rim<Number: RealNumber>(_ p: Number) -> (t: Number, excess: Number) {
    let t = Number.inverse(of: p, in: 0...0.5, increasing: { cap($0).measure }) { p in
      guard p > 0 else { return 0 }
      let target = Double.log(p)
      let start = (target - Double.log(factor())) / a - 2 * natsPerBit
      // d log p/d log t = a/((1 - t) S).
      let logRim = newtonRoot(in: -1_400...Double.log(0.5), from: start) {
        let t = Double.exp($0)
        let (measure, excess) = cap(t)
        return (Double.log(measure) - target, a / ((1 - t) * (1 + excess)))
      }
      return Double.exp(logRim)
    }
    return (t, excess(t))
  }

  /// 1 - m, and m - cos theta, of the cap of measure p.
  private func parts<Number: RealNumber>(_ p: Number) -> (lost: Number, beyond: Number) {
    let small = { (p: Number) -> (Number, Number) in
      let (t, excess) = rim(p)
      let lost = excess / (1 + excess)
      return (lost, 2 * t - lost)
    }
    let large = { (p: Number) -> (Number, Number) in
      // What is left is a cap too: p m is the same, and the cosine of the rim of the other sign.
      let left = 1 - p
      let (t, excess) = rim(left)
      let lost = 1 - left / ((1 + excess) * p)
      return (lost, 2 - 2 * t - lost)
    }
    return (
      .piecewise(p, at: 0.5, below: { small($0).0 }, above: { large($0).0 }),
      .piecewise(p, at: 0.5, below: { small($0).1 }, above: { large($0).1 })
    )
  }

  package func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    let lost = parts(p).lost
    return lost * (2 - lost)
  }

  package func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    let (lost, beyond) = parts(p)
    return 2 * (1 - lost) * beyond
  }

  package func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number { 1 }
}
