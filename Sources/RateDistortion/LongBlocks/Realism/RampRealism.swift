import IntervalArithmetic

/// The rate-distortion function of the ramp at perfect realism, with common randomness: min I(X; Y) over Y of the law of X.
///
/// With F Dawson's function and x = sqrt(kappa)/2, in nats,
///
///     D = 1/4 + 1/(8 x^2) - 1/(8 x F(x)),      R = -ln(F(x)/x) - kappa D,      -dR/dD = kappa,      0 < kappa < infinity.
///
/// **Claim.** Let r be the squared distance of realisations of a source whose phase is uniform on a group that acts on them by
/// isometries, Z(kappa) = E exp(-kappa r) over the phase of one of them, and Y have the law of X. Then I(X; Y) >= -ln Z - kappa
/// E r for every kappa >= 0, with equality for some Y if E r = -d ln Z/d kappa.
///
/// **Proof.** Y is a realisation. Given it, the relative entropy of X's conditional law to its own is at least E[-kappa r | Y]
/// - ln E exp(-kappa r) (Donsker and Varadhan), and the second term is ln Z whichever realisation Y is; the mean over Y is the
/// claim. Equality holds for the phase of Y being that of X and an independent one of density exp(-kappa r)/Z, which leaves it
/// uniform. QED
///
/// Here r = t (1 - t), and Z = F(x)/x. R leaves 0 at D = 1/6, twice the distortion of sending nothing. At high rate D tends to
/// 1/kappa and R to -ln(2 D) - 1: 1 - ln 2 nats = 0.443 bits above R(D), the price of realism, which the circle does not pay.
/// That sequences can be coded at this rate when encoder and decoder share enough randomness is Saldi, Linder, Yuksel 2015.
///
/// - Domain: D > 0; the rate is 0 for D >= 1/6 and tends to infinity at 0.
/// - Errors: below 1e-13 relative in floating point, or 1e-15 bits where that is more.
/// - Source: derived here; Saldi, Linder, Yuksel, "Output constrained lossy source coding with limited common randomness", IEEE
///   Trans. Inform. Theory 61 (2015) 4984-4998, for what it is the limit of; Theis, Wagner, "A coding theorem for the
///   rate-distortion-perception function", 2021.
struct RampRealism: ChannelFamily {
  var name: CurveName { .realismShannon }
  var summary: String {
    "R(D) at perfect realism, common randomness: noise of density exp(-kappa t(1-t)) (Saldi et al. 2015)"
  }
  var largestDistortion: Double { 1.0 / 6 }
  var enclosedLargestDistortion: Interval { Interval(1) / 6 }
  var slopeOfSilence: Double? { 0 }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let law = TiltedRampDistance<Double>(concentration: concentration(atDistortion: distortion))
    return OperatingPoint(
      distortion: distortion, nats: max(0, law.rate), natsPerDistortion: law.concentration)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let law = TiltedRampDistance<Double>(concentration: concentration(atRate: rate * natsPerBit))
    return OperatingPoint(distortion: law.distortion, rate: rate, slope: law.concentration / natsPerBit)
  }

  var family: String { "phase noise of density exp(-kappa t (1 - t))/Z" }

  func parameter(atDistortion distortion: Double) -> Double { concentration(atDistortion: distortion) }

  func slope(atParameter kappa: Double) -> Double { kappa / natsPerBit }

  func rate(ofParameter kappa: Double, within distortion: Double) -> Interval? {
    let law = TiltedRampDistance<Interval>(concentration: kappa)
    return law.distortion.upper <= distortion ? law.rate : nil
  }

  func dual(ofParameter kappa: Double, at distortion: Double) -> Interval {
    TiltedRampDistance<Interval>(concentration: kappa).dual(atDistortion: Interval(distortion))
  }

  /// kappa at D in (0, 1/6): near 1/D where that is large, and 180 (1/6 - D) where D is near 1/6, as r has the variance 1/180.
  private func concentration(atDistortion d: Double) -> Double {
    let start = Double.log(max(1 / d - 6, 1e-20))
    return root(from: start) { Double.log(d / $0.distortion) }
  }

  /// kappa at R > 0 nats: R is near kappa^2/360 where it is small, and ln(kappa/2) - 1 where it is large.
  private func concentration(atRate nats: Double) -> Double {
    if nats < 1 {
      return root(from: Double.log(360 * nats) / 2) { Double.log(max($0.rate, 1e-300) / nats) }
    }
    return root(from: nats + 1 + natsPerBit) { $0.rate - nats }
  }

  /// exp of the root of an increasing function of ln kappa.
  private func root(from start: Double, of function: (TiltedRampDistance<Double>) -> Double) -> Double {
    let logarithm = newtonRoot(in: (start - 5)...min(start + 5, 709), from: start, resolution: 1e-9) { logarithm in
      let here = function(TiltedRampDistance(concentration: Double.exp(logarithm)))
      let next = function(TiltedRampDistance(concentration: Double.exp(logarithm + 1e-5)))
      return (here, (next - here) / 1e-5)
    }
    return Double.exp(logarithm)
  }
}
