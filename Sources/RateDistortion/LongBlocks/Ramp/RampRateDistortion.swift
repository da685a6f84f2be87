import IntervalArithmetic

/// R(D) of the ramp, coding many phases together: a conservative oscillator of one period.
///
/// Given the reproduction the phase has a density q around it, ln q = u with u'' = 2 beta (1 - exp u), period 1; with the
/// integrals P and J of the oscillator of amplitude X (`RampOscillator`), in nats,
///
///     R = 1 - h + 3J/(2P),      D = 1/12 - J/P^3,      -dR/dD = beta = P^2/2,      0 < X < infinity.
///
/// R leaves 0 at D = 1/12 with beta = 2 pi^2. At high rate q tends to a logistic law of scale 1/beta, D to 1/beta and R to
/// -log2 D - 2 log2 e bits; one-shot codes then lose log2(e^2/6) = 0.3004 bits.
///
/// That no reproduction does better (Csiszar's condition against every function of t) is proved in the module's
/// documentation, "R(D) in closed form". The proof gives for *every* X the lower bound R(X) + beta (D(X) - D), and for X with
/// D(X) <= D the upper bound R(X): both ends of the enclosure are enclosures of quadratures, with their remainders.
///
/// - Domain: D > 0; the rate is 0 for D >= 1/12 and tends to infinity at 0.
/// - Errors: floating point below 1e-13 relative, in both directions; the enclosure is up to 1.1e-11 bits wide (at 5.7 bits,
///   where the two methods of quadrature meet), and 2e-12 of R or less elsewhere.
/// - Source: derived here.
public struct RampRateDistortion: ChannelFamily {
  /// R(D) of the ramp.
  public init() {}

  public var name: CurveName { .shannon }
  public var summary: String { "rate-distortion function R(D), phase noise of an oscillator's density (derived here)" }
  public var largestDistortion: Double { 1.0 / 12 }

  /// log2(e^2/6) = 0.3004 bits: what one-shot codes of the ramp, and of the sawbridge, lose against R(D) at high rate.
  public static let oneShotLoss = (2 - Double.log(6)) / natsPerBit

  public var enclosedLargestDistortion: Interval { Interval(1) / 12 }
  public var slopeOfSilence: Double? { 2 * .pi * .pi / natsPerBit }

  public func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let oscillator = RampOscillator<Double>(amplitude: amplitude(atDistortion: distortion))
    return OperatingPoint(
      distortion: distortion, rate: max(0, oscillator.rate) / natsPerBit, slope: oscillator.slope / natsPerBit)
  }

  public func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let nats = rate * natsPerBit
    guard nats > 1e-18 else {
      return OperatingPoint(
        distortion: max(0, largestDistortion - nats / (2 * .pi * .pi)), rate: rate, slope: 2 * .pi * .pi / natsPerBit)
    }
    let oscillator = RampOscillator<Double>(amplitude: amplitude(atRate: nats))
    return OperatingPoint(distortion: oscillator.distortion, rate: rate, slope: oscillator.slope / natsPerBit)
  }

  public var family: String { "density exp(u) of the phase, u'' = 1 - exp(u), of amplitude X" }
  public var margins: (first: Double, factor: Double) { (0x1p-46, 4) }

  public func parameter(atDistortion distortion: Double) -> Double { amplitude(atDistortion: distortion) }

  public func slope(atParameter amplitude: Double) -> Double {
    RampOscillator<Double>(amplitude: amplitude).slope / natsPerBit
  }

  public func rate(ofParameter amplitude: Double, within distortion: Double) -> Interval? {
    let channel = RampOscillator<Interval>(amplitude: amplitude)
    let isMet =
      Self.descent(nearTop: distortion).map { channel.descent.lower >= $0.upper }
      ?? (channel.distortion.upper <= distortion)
    return isMet ? channel.rate : nil
  }

  public func dual(ofParameter amplitude: Double, at distortion: Double) -> Interval {
    RampOscillator<Interval>(amplitude: amplitude)
      .dual(atDistortion: Interval(distortion), descent: Self.descent(nearTop: distortion))
  }

  /// 1/12 - D, rounded once; nil where D is as accurate.
  private static func descent(nearTop distortion: Double) -> Interval? {
    distortion > 1.0 / 24 ? Interval.fma(-12, Interval(distortion), 1) / 12 : nil
  }

  /// X at D in (0, 1/12): Newton's method in ln X, for the logarithm of D or, near the top, of 1/12 - D.
  ///
  /// The derivative is a difference; X is near 1/(4 D) at small D, and 4 pi sqrt(2 (1/12 - D)) next to 1/12.
  private func amplitude(atDistortion d: Double) -> Double {
    if d > 1.0 / 24 {
      let descent = (1.0).addingProduct(-12, d) / 12
      let start = Double.log(4 * .pi * (2 * descent).squareRoot())
      return root(from: start) { Double.log($0.descent / descent) }
    }
    return root(from: Double.log(0.25 / d)) { Double.log(d / $0.distortion) }
  }

  /// X at R > 0 nats: R is near X^2/16 where it is small, and ln(4X) - 2 where it is large.
  private func amplitude(atRate nats: Double) -> Double {
    if nats < 1 { return root(from: Double.log(4 * nats.squareRoot())) { Double.log($0.rate / nats) } }
    return root(from: nats + 2 - Double.log(4)) { $0.rate - nats }
  }

  /// exp of the root of an increasing function of ln X.
  private func root(from start: Double, of function: (RampOscillator<Double>) -> Double) -> Double {
    let logarithm = newtonRoot(in: (start - 3)...min(start + 3, 708), from: start, resolution: 1e-8) { logarithm in
      let here = function(RampOscillator(amplitude: Double.exp(logarithm)))
      let next = function(RampOscillator(amplitude: Double.exp(logarithm + 1e-6)))
      return (here, (next - here) / 1e-6)
    }
    return Double.exp(logarithm)
  }
}
