import IntervalArithmetic

/// A Gaussian in the plane, bent: X = (Z_0, Z_1 - b Z_0^2), Z_0 ~ N(0, s_0^2) and Z_1 ~ N(0, s_1^2) independent.
///
/// The map from Z to X preserves areas, so h(X) = log(2 pi e s_0 s_1). E X = (0, -b s_0^2), and the sum of the variances is
/// s_0^2 + s_1^2 + 2 b^2 s_0^4. Given the first coordinate the second is Gaussian, so that what lies between two lines has its
/// moments in one integral of normal distribution functions.
///
/// The banana of "Nonlinear Transform Coding" has s_0 = 3, s_1 = 1/2, b = 1/10; b = 0 are two independent Gaussian scalars.
package struct BentGaussian: Sendable, Equatable {
  /// The name under which the program carries its codes.
  package let name: String
  /// s_0.
  package let first: Double
  /// s_1.
  package let second: Double
  /// 1/b, a whole number; 0 for b = 0.
  let straightness: Int
  /// I(X_0; X_1) = h(X_1) - h(Z_1) in nats, about: what coding both coordinates apart costs.
  let sharedInformation: Double
  /// The slopes at which its codes are tabulated, in units of 1/Dmax: from where silence is as good to some 6 bits.
  let tabulated: ClosedRange<Double>

  /// The banana.
  package static let banana = BentGaussian(
    name: "banana", first: 3, second: 0.5, straightness: 10,
    sharedInformation: 0.7390312614, tabulated: 0.6...180)
  /// Two independent scalars N(0, 1).
  package static let twoScalars = BentGaussian(
    name: "gaussian-2", first: 1, second: 1, straightness: 0, sharedInformation: 0,
    tabulated: 1.1...54)

  /// Whether its law is the same in all directions.
  var isRound: Bool { straightness == 0 && first == second }

  /// b.
  func bend<Number: RealNumber>(as: Number.Type = Number.self) -> Number {
    straightness == 0 ? 0 : 1 / Number(straightness)
  }

  /// The sum of both variances, Dmax.
  package func variance<Number: RealNumber>(as: Number.Type = Number.self) -> Number {
    let (s, t) = (Number.squared(Number(first)), Number.squared(Number(second)))
    return s + t + 2 * .squared(bend() * s)
  }

  /// h(X) in nats.
  package var differentialEntropy: Interval { 1 + .log(2 * .pi * Interval(first) * Interval(second)) }

  /// The mean of the second coordinate; that of the first is 0.
  package var meanOfSecond: Double { -bend() * first * first }

  /// How many deviations from the middle of either coordinate anything is looked at; what lies beyond has a probability of
  /// 2e-17.
  static let reach = 8.5

  /// What the tail |Z_0| > 8.5 s_0 has at most: its probability, and the part of E|X|^2.
  ///
  /// With Q(a) <= f(a)/a integration by parts gives E[s^2; |s| > a] <= 2 f(a) (a + 1/a) and E[s^4; |s| > a] <= 2 f(a) (a^3 + 3
  /// a + 3/a) for s ~ N(0, 1), and |X|^2 <= Z_0^2 + 2 Z_1^2 + 2 b^2 Z_0^4.
  var tail: (probability: Double, square: Double) {
    let a = Interval(Self.reach)
    let density = Interval.exp(-.squared(a) / 2) / .sqrt(2 * .pi)
    let p = 2 * density / a
    let s = Interval.squared(Interval(first))
    let square = 2 * density * (a + 1 / a) * s
    let fourth = 2 * density * (.pow(a, 3) + 3 * a + 3 / a) * .squared(bend() * s)
    return (p.upper, (square + 2 * .squared(Interval(second)) * p + 2 * fourth).upper)
  }

  /// What lies beyond the ellipse r = a, r^2 = z_0^2/s_0^2 + z_1^2/s_1^2, has at most: its probability, and the part of E|X|^2.
  ///
  /// r^2/2 is exponential with mean 1, so that with p = exp(-a^2/2) E[r^2; r > a] = (a^2 + 2) p and E[r^4; r > a] = (a^4 + 4 a^2 + 8)
  /// p, and |X|^2 <= Z_0^2 + 2 Z_1^2 + 2 b^2 Z_0^4 <= (s_0^2 + 2 s_1^2) r^2 + 2 b^2 s_0^4 r^4.
  func outside(reach: Double) -> (probability: Double, square: Double) {
    let u = Interval.squared(Interval(reach))
    let p = Interval.exp(-u / 2)
    let (s, t) = (Interval.squared(Interval(first)), Interval.squared(Interval(second)))
    let square = (s + 2 * t) * (u + 2) + 2 * .squared(bend() * s) * (.squared(u) + 4 * u + 8)
    return (p.upper, (square * p).upper)
  }
}
