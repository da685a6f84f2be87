import IntervalArithmetic

// Floating point finds the multiplier; here intervals prove what it is worth.

extension DualBound {
  public func bound(atDistortion distortion: Double) throws(DomainError) -> Bound {
    try requireDistortion(distortion)
    guard distortion < largestDistortion else {
      // lambda = 0: the infimum is that of -log p, which is 0.
      return Bound(
        kind: .lower, distortion: distortion, rate: Interval(0), slope: 0,
        certificate: .dual(multiplier: 0, minimiser: 1))
    }
    let onSegment = distortion >= tangentDistortion
    let minimiser = onSegment ? tangentCell : source.cellSize(atDistortion: distortion)
    let slope = onSegment ? tangentSlope : 1 / source.logarithmicSlope(minimiser)
    let multiplier = slope / natsPerBit
    let lower = max(
      0, dualInfimum(of: source, multiplier: multiplier, distortion: distortion, near: minimiser).lower)
    let upper = onSegment ? chord(atDistortion: distortion) : rateOfCurve(atDistortion: distortion, near: minimiser)
    return Bound(
      kind: .lower, distortion: distortion, rate: .hull(lower, max(lower, upper)), slope: multiplier,
      certificate: .dual(multiplier: multiplier, minimiser: minimiser))
  }

  /// A number of bits that the dual bound does not exceed at D <= D*: -log2 p for a p with delta(p) <= D, proved.
  /// (For every multiplier the infimum is at most its value at p, -log2 p + lambda (delta(p) - D) <= -log2 p.)
  private func rateOfCurve(atDistortion distortion: Double, near minimiser: Double) -> Double {
    var margin = 0x1p-51
    for _ in 0..<40 {
      let p = Interval(minimiser * (1 - margin))
      if source.cellDistortion(p).upper <= distortion {
        return (-Interval.log(p) / .ln2).upper
      }
      margin *= 2
    }
    return .infinity
  }

  /// A number of bits that the dual bound does not exceed at D >= D*: it is convex and 0 at Dmax, so below the chord from
  /// (Dmax, 0) to (delta(p*), -log2 p*).
  private func chord(atDistortion distortion: Double) -> Double {
    let p = Interval(tangentCell)
    let largest = source.cellDistortion(Interval(1))
    let fraction = (largest - Interval(distortion)) / (largest - source.cellDistortion(p))
    return (-Interval.log(p) / .ln2 * fraction).upper
  }
}

/// An enclosure of inf over 0 < p <= 1 of -log2 p + multiplier (delta(p) - D), in bits: its lower end is a proved lower
/// bound on E(D), whatever the multiplier >= 0 and the guess `near` at the minimiser.
///
/// With a good guess below the peak of w the proof is the one of `DualBound`: w rises through 1/multiplier inside
/// [a, b] = guess (1 -+ 2^-26), so the infimum is over [a, b] or at p = 1. Otherwise the verified minimiser searches all
/// of (0, 1].
public func dualInfimum<Source: CellSource>(
  of source: Source, multiplier: Double, distortion: Double, near guess: Double
) -> Interval {
  let lambda = Interval(multiplier)
  let d = Interval(distortion)
  let perBit = lambda * .ln2
  let low = guess * (1 - 0x1p-26)
  let high = min(guess * (1 + 0x1p-26), 1)
  let risesBefore = (perBit * source.logarithmicSlope(Interval(low))).certainlyLess(than: 1)
  let risesAfter =
    high == 1
    || high <= source.slopePeak
      && Interval(1).certainlyLess(than: perBit * source.logarithmicSlope(Interval(high)))
  guard low > 0, low <= source.slopePeak, risesBefore, risesAfter else {
    return dualInfimumBySearch(of: source, multiplier: multiplier, distortion: distortion, near: guess)
  }
  // The mean-value form over [a, b]; the derivative is (multiplier w - 1/ln 2)/p.
  let cells = Interval.hull(low, high)
  let value = { (p: Interval) in -Interval.log(p) / .ln2 + lambda * (source.cellDistortion(p) - d) }
  let atGuess = value(Interval(guess))
  let derivative = (perBit * source.logarithmicSlope(cells) - 1) / (.ln2 * cells)
  let around = atGuess + derivative * (cells - Interval(guess))
  let atOne = lambda * (source.cellDistortion(Interval(1)) - d)
  return .hull(Swift.min(around.lower, atOne.lower), Swift.min(atGuess.upper, atOne.upper))
}

func dualInfimumBySearch<Source: CellSource>(
  of source: Source, multiplier: Double, distortion: Double, near guess: Double, from smallest: Double = 0
) -> Interval { .entire }
