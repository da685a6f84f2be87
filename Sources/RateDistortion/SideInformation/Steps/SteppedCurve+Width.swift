import GSL
import IntervalArithmetic

// The width of equal steps at a distortion or at a rate, for one offset. Widths are compared by their logarithms, in units of
// sigma_{X|Y}.

extension SteppedCurve {
  /// The widest steps that still meet a threshold off the mean: see `SteppedQuantizer`.
  private var widest: Double { Double.log(40 * problem.sourceDeviation) }

  private func code(logStep: Double, offset: Double, bins: Int?) throws(DomainError) -> SteppedQuantizer {
    try SteppedQuantizer(
      problem: problem, step: Double.exp(logStep) * problem.conditionalVariance.squareRoot(), offset: offset, bins: bins
    )
  }

  /// D/sigma^2_{X|Y}.
  private func relativeDistortion(_ logStep: Double, _ offset: Double, _ bins: Int?) -> Double {
    (try? code(logStep: logStep, offset: offset, bins: bins))?.conditional(spacing: StepView.convergedSpacing)
      .distortion
      ?? .nan
  }

  /// The widest steps of an offset with a distortion no larger, or nil if there are none.
  ///
  /// Plain steps have D < w^2/12 (a cell's variance is largest for a uniform density, and the normal density is log-concave
  /// in each), which brackets their width from below. Modulo M the distortion is larger at equal width, so the width is
  /// sought downwards from theirs, in steps of 5 %, until the distortion is small enough or rises again.
  func code(atDistortion distortion: Double, offset: Double) throws(DomainError) -> SteppedQuantizer? {
    let target = distortion / problem.conditionalVariance
    // No code of M bins is below R_WZ.
    if let bins, target * Double(bins * bins) < 1 { return nil }
    let least = Double.log(12 * target) / 2 - 1e-6
    var high = widest
    if least < high, relativeDistortion(high, offset, nil) > target {
      let root = try? brentRoot("width of steps at distortion \(distortion)", in: least...high) {
        relativeDistortion($0, offset, nil) - target
      }
      guard let root else { return nil }
      high = root
    }
    guard bins != nil else { return try code(logStep: high, offset: offset, bins: nil) }
    var above = relativeDistortion(high, offset, bins)
    guard above > target else { return try code(logStep: high, offset: offset, bins: bins) }
    var higher = high
    while true {
      let low = high - 0.05
      let below = relativeDistortion(low, offset, bins)
      if below <= target {
        let root = try? brentRoot("width of nested steps at distortion \(distortion)", in: low...high) {
          relativeDistortion($0, offset, bins) - target
        }
        guard let root else { return nil }
        return try code(logStep: root, offset: offset, bins: bins)
      }
      guard below < above else {
        // The least distortion lies between.
        guard higher > high else { return nil }
        let width = try? brentMinimum(
          "least distortion", from: Double.exp(low), through: Double.exp(high), to: Double.exp(higher)
        ) { relativeDistortion(Double.log($0), offset, bins) }
        guard let minimum = width.map({ Double.log($0) }), relativeDistortion(minimum, offset, bins) <= target else {
          return nil
        }
        let root = try? brentRoot("width of nested steps at distortion \(distortion)", in: minimum...higher) {
          relativeDistortion($0, offset, bins) - target
        }
        guard let root else { return nil }
        return try code(logStep: root, offset: offset, bins: bins)
      }
      (higher, high, above) = (high, low, below)
    }
  }

  /// The narrowest steps of an offset whose rate is no higher, but none narrower than those of least distortion; nil if even
  /// the widest have a higher rate.
  ///
  /// H(W + U) >= h(W) for plain steps gives w >= exp(h - R), and modulo M the rate is lower; the marginal rate's bracket is
  /// the same with the source's own deviation.
  func code(atRate rate: Double, offset: Double) throws(DomainError) -> SteppedQuantizer? {
    let excess = { (logStep: Double) -> Double in
      ((try? code(logStep: logStep, offset: offset, bins: bins))?.performance.rate(coding) ?? .nan) - rate
    }
    guard excess(widest) <= 0 else { return nil }
    guard let bins else {
      let least = normalEntropy - rate * natsPerBit - 1e-6
      guard least < widest else { return try code(logStep: widest, offset: offset, bins: nil) }
      let root = try? brentRoot("width of steps at \(rate) bits", in: least...widest, of: excess)
      guard let root else { return nil }
      return try code(logStep: root, offset: offset, bins: nil)
    }
    let best = Double.log(
      SteppedQuantizer.optimalStep(problem: problem, bins: bins, offset: offset)
        / problem.conditionalVariance.squareRoot())
    guard best < widest, excess(best) > 0 else { return try code(logStep: best, offset: offset, bins: bins) }
    let root = try? brentRoot("width of nested steps at \(rate) bits", in: best...widest, of: excess)
    guard let root else { return nil }
    return try code(logStep: root, offset: offset, bins: bins)
  }

  /// lambda = -dR/dD along the family of widths, by central differences; nil where the rate does not change.
  func slope(at code: SteppedQuantizer) -> Double? {
    let relative = 1e-4
    guard
      let narrow = try? SteppedQuantizer(
        problem: problem, step: code.step * (1 - relative), offset: code.offset, bins: bins),
      let wide = try? SteppedQuantizer(
        problem: problem, step: code.step * (1 + relative), offset: code.offset, bins: bins)
    else { return nil }
    let (a, b) = (narrow.performance, wide.performance)
    guard b.distortion > a.distortion else { return nil }
    return max(0, (a.rate(coding) - b.rate(coding)) / (b.distortion - a.distortion))
  }
}
