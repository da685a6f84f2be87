import IntervalArithmetic

/// A test channel of the sawbridge in closed form, good at high rate: the jump with logistic noise.
///
/// W = V + noise of density beta/(4 cosh(beta x/2)^2), reproduced as t -> 1/(1 + exp(-beta (t - W))) on [0, 1]. With the logistic
/// function S and g(w) = S(beta w) - S(beta (w - 1)) = S(beta w) S(beta (1 - w)) (1 - exp(-beta)), the density of W,
///
///     R = ln beta - 2 + 2 Q/beta - ln(1 - exp(-beta)),      D = 1/beta - (2/beta^2) (Q - 1 + beta/(exp(beta) - 1)),
///     Q = beta int g(w) ln(1 + exp(-beta w)) dw,      pi^2/6 - (ln(1 + exp beta) + 2 ln 2) exp(-beta) <= Q <= pi^2/6.
///
/// *Proof.* The noise has entropy 2 - ln beta, and -ln g is the sum of two mirror images of ln(1 + exp(-beta w)) and a constant.
/// On the whole line the reproduction's distortion has mean (2 E ln(1 + exp x) - 1)/beta = 1/beta; left of 0 it is
/// (ln(1 + exp(-beta W)) - S(-beta W))/beta, right of 1 the same of 1 - W, and the integral of g(w) S(-beta w) is
/// (1 - beta/(exp(beta) - 1))/beta. Q misses pi^2/6 by the integral of ln(1 + u)/(u (1 + u exp(beta))) over u > 0, with
/// ln(1 + u) <= u up to 1 and 1 + u exp(beta) >= u exp(beta) beyond it. QED
///
/// R = -ln D - 2 + 2 D + O(D^2): within 2 D nats of the limit of high rate.
struct SawbridgeNoise<Number: SeriesNumber> {
  let rate: Number
  let distortion: Number

  init(slope: Double) {
    let beta = Number(slope)
    let wall = Number.exp(-beta)
    let two: Number = 2
    let missing = (beta + .log1p(wall) + two * .log(two)) * wall
    let whole = Number.squared(Number.pi) / 6
    let integral = Number.between(whole - missing, whole)
    let spread: Number = two * integral / beta - Number.log1p(-wall)
    rate = Number.log(beta) - two + spread
    let overlap: Number = 1 - beta * wall / (1 - wall)
    let edges: Number = two * (integral - overlap) / Number.squared(beta)
    distortion = 1 / beta - edges
  }

  /// beta at which the distortion is D < 1/20.
  static func slope(atDistortion distortion: Double) -> Double {
    let start = Double.log(1 / distortion)
    return Double.exp(
      newtonRoot(in: (start - 1)...(start + 1), from: start, resolution: 1e-15) { logarithm in
        let here = SawbridgeNoise<Double>(slope: Double.exp(logarithm)).distortion
        return (Double.log(here / distortion), -1)
      })
  }
}
