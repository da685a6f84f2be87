import IntervalArithmetic

/// R(D) of the square wave of random phase, in complete elliptic integrals.
///
/// With K and E of the parameter m = -S^2 and Z = 2E/K - 1, for every S > 0, in nats,
///
///     beta = K (2E - K)/2,      D = 1 - (1 + 2S^2 - Z)/(beta Z),      R = 2 (1 + 2S^2 - Z)/Z - ln Z,      -dR/dD = beta.
///
/// **Claim.** These are the points of R(D), and R is convex: R(D) >= R(S) + beta(S) (D(S) - D) for every S and D.
///
/// **Proof.** *Any source whose phase is uniform on the circle,* with inner products K(v - w) and C = K(0) (the same for every compact
/// group). For any beta > 0
///
///     R(D) >= -beta D - sup over y of ln int exp(-beta |X_v - y|^2) dv
///
/// (Csiszar's dual with a constant weight). |X_v - y|^2 = C + |y|^2 - 2 <X_v, y>, and by Gibbs' inequality ln int exp(2 beta <X_v, y>) =
/// sup over densities q of 2 beta <y_q, y> - int q ln q with y_q = int q(v) X_v dv. The suprema over y and q may be exchanged; that over y
/// of 2 beta <y_q, y> - beta |y|^2 is beta |y_q|^2 = beta <q, K*q>. So
///
///     R(D) >= beta (C - D) - max over q of J(q),      J(q) = beta <q, K*q> - int q ln q.
///
/// The channel W = V + noise of density q, reproduced by the mean given W, has the rate int q ln q and the distortion C - <q, K*q>: at a
/// maximiser it meets the bound. J has maximisers, K being continuous, and they satisfy q = e^u/Z, u = 2 beta K*q, Z = int e^u.
///
/// *The square wave.* K(t) = 1 - 4|t| changes its sign over half a period, and so does u. K'' is -8 at 0 and 8 at 1/2, so
///
///     u'' = -16 beta (e^u - e^-u)/Z = -A sinh u,      A = 32 beta/Z:
///
/// an oscillator whose solutions have m loops in a period, m odd, or u = 0. With S = sinh(u_max/2) and sinh(u/2) = S sin phi the energy
/// u'^2/2 + A cosh u gives dt = d phi/(sqrt A sqrt(1 + S^2 sin^2 phi)), so that sqrt A = 4 m K and the means over the period of 1 + 2
/// sinh^2(u/2) and of u'^2/A = u sinh u are Z = 2E/K - 1 and 2 (cosh u_max - Z) = 2 (1 + 2S^2 - Z). Hence beta = A Z/32 = m^2 K (2E - K)/2,
/// <q, K*q> = int u e^u/(2 beta Z) = (1 + 2S^2 - Z)/(beta Z), int q ln q = 2 (1 + 2S^2 - Z)/Z - ln Z, and
///
///     J = j(S) = ln Z - (1 + 2S^2 - Z)/Z whatever m is.
///
/// *One loop is the best.* d/dm of K (2E - K) is (E - K) E/(m (1 - m)) < 0 for the parameter m < 0, where E > K: so K (2E - K) grows with S,
/// from pi^2/4 at S = 0, and there is one S for each m^2 < 8 beta/pi^2, the smaller the more loops. Along one loop dj/dS = dj/dbeta dbeta/dS
/// with dj/dbeta = <q, K*q> > 0, as J is stationary in q. So j grows from j(0) = 0, and of all solutions that of one loop has the
/// largest J; u = 0, which has J = 0, is the best for beta <= pi^2/8. As beta grows from pi^2/8 to infinity D falls without a jump
/// from 1 to 0, and the points are the curve. QED
///
/// At high rate R tends to ln 8 - 2 - ln D: the noise's density near its middle tends to a logistic one, and one-shot codes need 2 - ln 6
/// nats = 0.3004 bits more, as for ramp and sawbridge.
///
/// - Domain: D > 0; the rate is 0 for D >= 1, which it leaves with the slope pi^2/8 nats.
/// - Errors: the enclosure is at most 2e-11 bits wide, where D is near 0.05, and mostly 1e-12.
/// - Source: derived here.
struct SquareWaveRateDistortion: ChannelFamily {
  var name: CurveName { .shannon }
  var summary: String { "rate-distortion function R(D), phase noise in elliptic integrals (derived here)" }
  var largestDistortion: Double { 1 }
  var slopeOfSilence: Double? { .pi * .pi / 8 / natsPerBit }

  func point(at distortion: Double) throws(DomainError) -> OperatingPoint {
    let noise = EllipticNoise<Double>(amplitude: amplitude(atDistortion: distortion))
    return OperatingPoint(distortion: distortion, nats: max(0, noise.rate), natsPerDistortion: noise.slope)
  }

  func point(ofRate rate: Double) throws(DomainError) -> OperatingPoint {
    let noise = EllipticNoise<Double>(amplitude: amplitude(atRate: rate * natsPerBit))
    return OperatingPoint(distortion: noise.distortion, rate: rate, slope: noise.slope / natsPerBit)
  }

  var family: String { "density exp(u)/Z of the phase, u'' = -A sinh u, cosh(max u/2) = exp(X)" }
  var parameters: ClosedRange<Double> { 0...1e300 }

  func parameter(atDistortion distortion: Double) -> Double { amplitude(atDistortion: distortion) }

  func slope(atParameter amplitude: Double) -> Double {
    EllipticNoise<Double>(amplitude: amplitude).slope / natsPerBit
  }

  func rate(ofParameter amplitude: Double, within distortion: Double) -> Interval? {
    let noise = EllipticNoise<Interval>(amplitude: amplitude)
    return noise.distortion.upper <= distortion ? noise.rate : nil
  }

  func dual(ofParameter amplitude: Double, at distortion: Double) -> Interval {
    EllipticNoise<Interval>(amplitude: amplitude).dual(atDistortion: Interval(distortion))
  }

  /// X at D in (0, 1): 1/D - ln 4 where that is large, pi^2 (1 - D)/16 where D is near 1.
  private func amplitude(atDistortion d: Double) -> Double {
    guard d > 1e-290 else { return 1e290 }
    let start = Double.log(d < 0.4 ? 1 / d - 1.3 : 0.62 * (1 / d - 1))
    if d > 0.5 { return root(from: start) { Double.log($0.fall / (1 - d)) } }
    return root(from: start) { Double.log(d / $0.distortion) }
  }

  /// X at R > 0 nats: R is near 2X where it is small, and ln 8 - 2 + ln(X + ln 4) where it is large.
  private func amplitude(atRate nats: Double) -> Double {
    if nats < 0.5 {
      return root(from: Double.log(nats / 2)) { Double.log(max($0.rate, 1e-300) / nats) }
    }
    let level = Double.exp(nats + 2 - Double.log(8))
    return root(from: Double.log(max(level - Double.log(4), 0.2))) { $0.rate - nats }
  }

  /// exp of the root of an increasing function of ln X.
  private func root(from start: Double, of function: (EllipticNoise<Double>) -> Double) -> Double {
    let logarithm = newtonRoot(in: (start - 5)...min(start + 5, 680), from: start, resolution: 1e-12) { logarithm in
      let here = function(EllipticNoise(amplitude: Double.exp(logarithm)))
      let next = function(EllipticNoise(amplitude: Double.exp(logarithm + 1e-5)))
      return (here, (next - here) / 1e-5)
    }
    return Double.exp(logarithm)
  }
}
