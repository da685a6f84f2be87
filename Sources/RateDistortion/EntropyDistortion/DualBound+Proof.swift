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

  public func proved(by certificate: Certificate, atDistortion distortion: Double) throws(DomainError) -> Interval {
    try requireDistortion(distortion)
    guard case .dual(let multiplier, let minimiser) = certificate else { return .entire }
    let lower = dualInfimum(of: source, multiplier: multiplier, distortion: distortion, near: minimiser).lower
    return .hull(max(0, lower), .infinity)
  }

  /// A number of bits that the dual bound does not exceed at D <= D*: -log2 p for a p with delta(p) <= D, proved.
  /// (For every multiplier the infimum is at most its value at p, -log2 p + lambda (delta(p) - D) <= -log2 p.)
  private func rateOfCurve(atDistortion distortion: Double, near minimiser: Double) -> Double {
    var margin = 0x1p-49
    while margin < 1 {
      let p = Interval(minimiser * (1 - margin))
      if source.cellDistortion(p).upper <= distortion {
        return (-Interval.log(p) / .ln2).upper
      }
      margin *= 4
    }
    return .infinity
  }

  /// A number of bits that the dual bound does not exceed at D >= D*: it is convex and 0 at Dmax, so below the chord from
  /// (Dmax, 0) to (delta(p*), -log2 p*).
  private func chord(atDistortion distortion: Double) -> Double {
    let p = Interval(tangentCell)
    let largest = source.distortionOfSilence(as: Interval.self)
    let fraction = (largest - Interval(distortion)) / (largest - source.cellDistortion(p))
    return (-Interval.log(p) / .ln2 * fraction).upper
  }
}

/// An enclosure of inf over 0 < p <= 1 of f(p) = -log2 p + multiplier (delta(p) - D), in bits: its lower end is a proved
/// lower bound on E(D), whatever the multiplier >= 0 and the guess at the minimiser.
///
/// As a function of z = log p, f has slope multiplier w - 1/ln 2, which increases up to the peak of w: f is convex in z
/// there. So with eta = |slope| at a guess g below the peak, f(p) >= f(g) - eta |log p - log g|, and only
/// |log p - log g| <= L matters, L = max(log 1/g, f(g) + multiplier D): to the right p <= 1, and to the left of
/// -log p = f(g) + multiplier D the term -log2 p alone exceeds f(g). Beyond the peak the slope changes sign at most once,
/// from + to -, so there f is least at one end: at the peak, which is covered, or at p = 1. With a good guess eta is a few
/// ulps and the bound as good as f(g) itself; with any other it is weaker and still true, so then the verified minimiser
/// searches (0, 1].
public func dualInfimum<Source: CellSource>(
  of source: Source, multiplier: Double, distortion: Double, near guess: Double
) -> Interval {
  guard multiplier >= 0, multiplier.isFinite, distortion.isFinite else { return .hull(-.infinity, .infinity) }
  let search = {
    dualInfimumBySearch(of: source, multiplier: multiplier, distortion: distortion, near: guess)
  }
  guard guess > 0, guess <= source.slopePeak else { return search() }
  let lambda = Interval(multiplier)
  let d = Interval(distortion)
  let g = Interval(guess)
  let rate = -Interval.log(g)
  let slope = lambda * source.logarithmicSlope(g) - 1 / .ln2
  let atGuess = rate / .ln2 + lambda * (source.cellDistortion(g) - d)
  let atOne = lambda * (source.distortionOfSilence(as: Interval.self) - d)
  // f(g) + multiplier D is in bits; in nats it is smaller, and so covered.
  let reach = Interval.max(rate, atGuess + lambda * d)
  let lost = Interval(slope.magnitude) * reach
  guard lost.upper <= 1e-12 else { return search() }
  return .hull(min((atGuess - lost).lower, atOne.lower), min(atGuess.upper, atOne.upper))
}

/// The same enclosure without anything known of w: branch and bound over the p that matter.
///
/// - Parameter smallest: the least p that a cell can have; nil if there is none, and then p runs down to where -log2 p alone
///   exceeds the value at the guess.
func dualInfimumBySearch<Source: CellSource>(
  of source: Source, multiplier: Double, distortion: Double, near guess: Double, from smallest: Double? = nil
) -> Interval {
  let lambda = Interval(multiplier)
  let d = Interval(distortion)
  let value = { (p: Interval) in -Interval.log(p) / .ln2 + lambda * (source.cellDistortion(p) - d) }
  let slope = { (p: Interval) in (lambda * source.logarithmicSlope(p) - 1 / .ln2) / p }
  // Where to look first: the guess, or the best power of 1/2.
  var (start, bits) = (1.0, (value(1) + lambda * d).upper)
  var candidate = guess > 0 && guess < 1 ? guess : 0.5
  var halvings = 0.0
  while halvings <= bits, candidate > 0 {
    let attained = (value(Interval(candidate)) + lambda * d).upper
    if attained < bits { (start, bits) = (candidate, attained) }
    halvings += 1
    candidate = Double.exp(-halvings * natsPerBit)
  }
  // Below 2^-bits the first term exceeds what is attained at the start, and delta >= 0.
  let least = smallest ?? Interval.exp(-Interval(bits) * .ln2).lower
  guard least > 0, least < 1,
    let minimum = try? VerifiedMinimum(
      of: value, derivative: slope, on: .hull(least, 1), near: start, absoluteTolerance: 1e-13,
      relativeTolerance: 1e-14)
  else { return .hull(-.infinity, .infinity) }
  return minimum.value
}
