import IntervalArithmetic

/// The proof that Sullivan's quantizers are optimal, at one slope: a lower bound on D + mu H over all one-shot codes of an
/// exponential or Laplace source, at every rate and in milliseconds.
///
/// mu is *defined* as the real number w coth(w/2) - 2 of the quantizer's step w, and enclosed; nothing depends on an
/// equation having been solved.
///
/// **Exponential.** phi(w) = v(w) + mu h(w) has the derivative w e^w/(e^w - 1)^2 (w coth(w/2) - 2 - mu), where
/// w coth(w/2) increases: phi is least at the w that defines mu. V(a) = exp(-a) (phi + mu a) then satisfies
/// V(a) <= j(a, b) + V(b) for every cell, so every quantizer costs at least V(0) = phi(w).
///
/// **Laplace.** Beyond a threshold at a >= 0 the source is exponential with probability q = exp(-a)/2, and what is beyond
/// costs at least U(q) = q phi - mu q log q. So D + mu H is at least the least of
///
///     F(a, b) = j(-a, b) + U(exp(-a)/2) + U(exp(-b)/2),      a, b in [0, infinity],
///
/// a problem of two variables. On a box, F is bounded below by the least of its corners less e(A) + e(B), the interpolation
/// errors of `EntropyConstrainedLowerBound`: U is concave in q and adds none. Boxes are halved until each is bounded by more
/// than the quantizer's cost less the gap; where cells are large, D(-a, b) alone is enough. Thresholds beyond G are dropped
/// at the cost of the tails' distortion, as there.
///
/// - Source: Sullivan 1996 for the theorem; the proof by memorylessness and boxes is this package's.
package struct SullivanConverse {
  package let quantizer: SullivanQuantizer

  package init(quantizer: SullivanQuantizer) { self.quantizer = quantizer }

  /// mu = w - 2 delta(w), enclosed; delta from the cell's own moments, where the middle is not subtracted: w/2 - delta is
  /// small, and its relative accuracy is that of w^2/12.
  package var mu: Interval {
    let w = quantizer.step
    if w > 0.05 { return Interval(w) - 2 * (1 - Interval(w) / .expm1(Interval(w))) }
    // w coth(w/2) - 2 = w^2/6 - w^4/360 + ..., alternating with decreasing terms for w < 2 pi.
    let s = Interval.squared(Interval(w))
    let terms = [s / 6, s * s / 360, s * s * s / 15120, s * s * s * s / 604800]
    return terms[0] - terms[1] + terms[2] - terms[3] + .uncertainty(terms[3].upper)
  }

  /// A lower bound on D + mu H, within `gap` of the quantizer's for the Laplace source and exact for the exponential one.
  package func least(gap: Double) -> Interval {
    let mu = mu
    let exponential = SullivanQuantizer(.exponential, uncheckedStep: quantizer.step).performance(as: Interval.self)
    let phi = exponential.distortion + mu * exponential.entropy
    guard quantizer.source == .laplace else { return phi }
    let own = quantizer.performance(as: Interval.self)
    let cost = own.distortion + mu * own.entropy
    let proof = MiddleCell(mu: mu, phi: phi, target: cost.lower - gap)
    return Interval.hull(max(0, proof.bound()), cost.upper)
  }

  /// The least of F over [0, infinity]^2.
  private struct MiddleCell {
    let mu: Interval
    let phi: Interval
    /// What the bound is meant to reach.
    let target: Double
    let density = LaplaceDensity()
    /// Thresholds beyond are dropped.
    let end = 48.0

    struct Box {
      /// The intervals of a and b; nil stands for infinity.
      var a: ClosedRange<Double>?
      var b: ClosedRange<Double>?
    }

    func bound() -> Double {
      // Integral over x > G of (x - m)^2 f on both sides, with m >= -1 the mean of what lies below G: G + 2 bounds G - m + 1,
      // the distance of the tail's mean, and the tail's variance is 1.
      let q = Interval.exp(Interval(-end)) / 2
      let loss = (2 * q * (.squared(Interval(end + 2)) + 1)).upper
      let all = 0...end
      var boxes = [Box(a: all, b: all), Box(a: nil, b: all), Box(a: nil, b: nil)]
      var least = Double.infinity
      var visits = 0
      while let box = boxes.popLast() {
        visits += 1
        // F is symmetric: a <= b is enough.
        if let a = box.a, let b = box.b, a.lowerBound > b.upperBound { continue }
        let bound = lowerBound(box)
        if bound >= target || visits > 200_000 {
          least = min(least, bound)
          continue
        }
        boxes += halves(box)
      }
      return least - loss
    }

    private func halves(_ box: Box) -> [Box] {
      let widths = (box.a.map { $0.upperBound - $0.lowerBound } ?? 0, box.b.map { $0.upperBound - $0.lowerBound } ?? 0)
      if let a = box.a, widths.0 >= widths.1 {
        let middle = a.lowerBound + widths.0 / 2
        return [Box(a: a.lowerBound...middle, b: box.b), Box(a: middle...a.upperBound, b: box.b)]
      }
      guard let b = box.b else { return [] }
      let middle = b.lowerBound + widths.1 / 2
      return [Box(a: box.a, b: b.lowerBound...middle), Box(a: box.a, b: middle...b.upperBound)]
    }

    private func lowerBound(_ box: Box) -> Double {
      let inner = cell(box.a?.lowerBound, box.b?.lowerBound)
      if inner.distortion.lower >= target { return inner.distortion.lower }
      let outer = cell(box.a?.upperBound, box.b?.upperBound)
      let error = error(box.a, outer.probability) + error(box.b, outer.probability)
      var least = Double.infinity
      for a in ends(box.a) {
        for b in ends(box.b) {
          let cell = cell(a, b)
          let cost = cell.distortion + mu * cell.entropy + beyond(a) + beyond(b)
          least = min(least, cost.lower)
        }
      }
      return max((least - error).nextDown, max(0, inner.distortion.lower))
    }

    private func ends(_ range: ClosedRange<Double>?) -> [Double?] {
      guard let range else { return [nil] }
      return [range.lowerBound, range.upperBound]
    }

    /// The cell [-a, b].
    private func cell(_ a: Double?, _ b: Double?) -> QuantizationCell<Interval> {
      if a == 0, b == 0 { return QuantizationCell(probability: 0, anchor: 0, offset: 0, distortion: 0) }
      if let a, let b, a + b < 1 { return density.cell(from: -a, to: b) }
      // Wide cells lose little to cancellation.
      let (left, right) = (half(a), half(b))
      let p = left.0 + right.0
      let c = (right.1 - left.1) / p
      return QuantizationCell(probability: p, anchor: 0, offset: c, distortion: left.2 + right.2 - p * .squared(c))
    }

    /// The integrals of 1, x and x^2 against exp(-x)/2 over [0, a].
    private func half(_ a: Double?) -> (Interval, Interval, Interval) {
      guard let a else { return (1 / Interval(2), 1 / Interval(2), 1) }
      let x = Interval(a)
      let q = Interval.exp(-x) / 2
      return (-Interval.expm1(-x) / 2, 1 / Interval(2) - q * (x + 1), 1 - q * (x * (x + 2) + 2))
    }

    /// U(q) = q phi - mu q log q.
    private func beyond(_ a: Double?) -> Interval {
      guard let a else { return 0 }
      let q = Interval.exp(Interval(-a)) / 2
      return q * (phi + mu * (Interval(a) + .ln2))
    }

    /// e(A), whose probability is exp(-a1) (1 - exp(a1 - a2))/2 and whose least density exp(-a2)/2.
    private func error(_ range: ClosedRange<Double>?, _ p: Interval) -> Double {
      guard let range else { return 0 }
      let least = Interval.exp(Interval(-range.upperBound)) / 2
      let probability = least * .expm1(Interval(range.upperBound) - Interval(range.lowerBound))
      // The centroid is at least -1, that of the whole left side: y <= a + 1.
      let steep = p / (2 * .squared(least))
      let flat = 2 * (Interval(range.upperBound) + 1) / least
      let curvature = .min(steep, flat) - mu / p
      return max(0, (.squared(probability) / 8 * curvature).upper)
    }
  }
}
