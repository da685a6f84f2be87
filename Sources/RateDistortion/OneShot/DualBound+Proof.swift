import IntervalArithmetic

// Floating point finds the multiplier; here intervals prove what it is worth.

/// A dual multiplier: weak duality makes the infimum over 0 < p <= 1 of -log2 p + multiplier (delta(p) - D) a lower bound.
public struct DualMultiplier: Evidence, Equatable {
  public static let type = "dual"
  public static let meaning =
    "A multiplier m >= 0 in bits per unit of distortion. The infimum over all cell sizes p in (0, 1] of -log2 p + m (delta(p) - "
    + "D), enclosed anew, is a lower bound on E(D); the place named is only where the search starts."

  /// The multiplier, in bits per unit of distortion.
  public let multiplier: Double
  /// Where floating point found the infimum.
  public let minimiser: Double

  /// A multiplier and a guess at the minimising p.
  public init(multiplier: Double, minimiser: Double) {
    self.multiplier = multiplier
    self.minimiser = minimiser
  }

  public init(_ form: EvidenceForm) throws(MalformedEvidence) {
    self.init(multiplier: try form.number("multiplier_bits"), minimiser: try form.number("minimiser"))
  }

  public var form: EvidenceForm {
    EvidenceForm(Self.type, numbers: ["multiplier_bits": multiplier, "minimiser": minimiser])
  }

  public var sentence: String {
    "-log2 p + m (delta(p) - D) is at least the bound for every cell size p in (0, 1], with the multiplier "
      + "m = \(multiplier.words); it is least near p = \(minimiser.words)"
  }
}

extension DualBound {
  public func enclosure(at distortion: Double) throws(DomainError) -> Bound {
    let onSegment = distortion >= tangentDistortion
    let bridge = onSegment ? nil : bridge(atDistortion: distortion)
    let minimiser =
      onSegment ? tangentCell : bridge?.cells.lowerBound ?? source.cellSize(atDistortion: distortion)
    let beta = onSegment ? tangentBeta : bridge?.beta ?? 1 / source.logarithmicSlope(minimiser)
    let multiplier = beta / natsPerBit
    let lower = max(0, infimum(multiplier: multiplier, distortion: distortion, near: minimiser).lower)
    let upper =
      onSegment
      ? chord(atDistortion: distortion, from: 1, to: tangentCell)
      : bridge.map { chord(atDistortion: distortion, from: $0.cells.upperBound, to: $0.cells.lowerBound) }
        ?? rateOfCurve(atDistortion: distortion, near: minimiser)
    return Bound(
      kind: .lower, distortion: distortion, rate: .hull(lower, max(lower, upper)), slope: multiplier,
      evidence: DualMultiplier(multiplier: multiplier, minimiser: minimiser))
  }

  private func infimum(multiplier: Double, distortion: Double, near guess: Double) -> Interval {
    dualInfimum(of: source, multiplier: multiplier, distortion: distortion, near: guess, slopePeak: slopePeak)
  }

  public var evidence: [any Evidence.Type] { [DualMultiplier.self] }

  /// Any multiplier proves a lower end.
  public func proof(by evidence: any Evidence, at distortion: Double) throws(DomainError) -> Interval {
    guard let dual = evidence as? DualMultiplier else { return .entire }
    let infimum = infimum(multiplier: dual.multiplier, distortion: distortion, near: dual.minimiser)
    return .hull(infimum.lower, .infinity)
  }

  /// A number of bits that the dual bound does not exceed at D <= D*: -log2 p for a p with delta(p) <= D, proved.
  /// (For every multiplier the infimum is at most its value at p, -log2 p + lambda (delta(p) - D) <= -log2 p.)
  private func rateOfCurve(atDistortion distortion: Double, near minimiser: Double) -> Double {
    let rate = nudged(from: 0x1p-49, by: 4, below: 1) { margin -> Double? in
      let p = Interval(minimiser * (1 - margin))
      return source.cellDistortion(p).upper <= distortion ? (-Interval.log(p) / .ln2).upper : nil
    }
    return rate ?? .infinity
  }

  /// A number of bits that the dual bound does not exceed between delta(b) and delta(a), a > b: it is convex, and at most -log2 p
  /// at delta(p), so below the chord through the two.
  private func chord(atDistortion distortion: Double, from a: Double, to b: Double) -> Double {
    let (p, q) = (Interval(a), Interval(b))
    let largest = a == 1 ? source.distortionOfSilence(as: Interval.self) : source.cellDistortion(p)
    let fraction = (largest - Interval(distortion)) / (largest - source.cellDistortion(q))
    guard a < 1 else { return (-Interval.log(q) / .ln2 * fraction).upper }
    return ((-Interval.log(p) + (Interval.log(p) - .log(q)) * fraction) / .ln2).upper
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
public func dualInfimum<Source: UnimodalSlope>(
  of source: Source, multiplier: Double, distortion: Double, near guess: Double
) -> Interval {
  dualInfimum(
    of: source, multiplier: multiplier, distortion: distortion, near: guess, slopePeak: source.slopePeak)
}

/// The same for a source whose w is known to be unimodal only if its peak is given; otherwise by search alone.
func dualInfimum<Source: CellSource>(
  of source: Source, multiplier: Double, distortion: Double, near guess: Double, slopePeak: Double?
) -> Interval {
  guard multiplier >= 0, multiplier.isFinite, distortion.isFinite else { return .hull(-.infinity, .infinity) }
  let search = {
    dualInfimumBySearch(of: source, multiplier: multiplier, distortion: distortion, near: guess)
  }
  guard let slopePeak, guess > 0, guess <= slopePeak else { return search() }
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
package func dualInfimumBySearch<Source: CellSource>(
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
