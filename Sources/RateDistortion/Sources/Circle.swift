import IntervalArithmetic

/// The unit circle: (cos Theta, sin Theta) with Theta uniform on [0, 2 pi).
///
/// The mean of an arc of probability p lies at distance sinc(pi p) from the centre, sinc x = sin(x)/x, so with x = pi p and
/// j = (sinc x - cos x)/x = -d sinc x/dx,
///
///     delta(p) = 1 - sinc(x)^2,      w(p) = 2 sinc(x) (sinc(x) - cos(x)),      Dmax = delta(1) = 1.
///
/// The squared chord between two points at the angle 2 pi t, r = 2 - 2 cos 2 pi t, increases with a concave derivative 4 pi sin
/// 2 pi t up to t = 1/2: arcs are optimal cells. w has one maximum on (0, 1], at p = 0.5580; `CircleProof` proves it.
///
/// delta is inverted through sinc: with y = x^2, 1 - sinc(sqrt y) = y/6 - y^2/120 + ... is analytic, increasing and nearly
/// linear on [0, pi^2], so Newton's method in y converges from its reverted series in three or four steps over the whole
/// range, and 1 - sqrt(1 - D) is computed as D/(1 + sqrt(1 - D)), so nothing is lost at small D.
///
/// - Theorems: "Biuniform codes are optimal", sections 2.3 to 2.5, 3, 4.4 and 5, with numbers that `CircleProof` checks.
/// - Distortion: squared error summed over the two components.
/// - Source: Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", eq. (40), Theorem 5.
public struct Circle: ConcavePhase {
  /// The unit circle.
  public init() {}

  @inlinable
  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    let u = Number.oneMinusSinc(.pi * p)
    return u * (2 - u)
  }

  @inlinable
  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    let x = .pi * p
    return 2 * Number.sinc(x) * Number.sincMinusCos(x)
  }

  /// sin(pi) = 0: Dmax is exactly 1.
  @inlinable
  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number { 1 }

  @inlinable
  public func cellSize(atDistortion distortion: Double) -> Double {
    let target = distortion >= 1 ? 1 : distortion / (1 + (1 - distortion).squareRoot())
    // The reverted series of y/6 - y^2/120 + y^3/5040 - ... = target, in z = 6 target.
    let z = 6 * target
    let tail = 13.0 / 37800 + z * (4957.0 / 145_530_000 + z * (58007.0 / 16_216_200_000))
    var y = z * (1 + z * (1.0 / 20 + z * (2.0 / 525 + z * tail)))
    for _ in 0..<8 {
      let x = y.squareRoot()
      // d/dy (1 - sinc x) = (sinc x - cos x) / (2 y).
      let step = (Double.oneMinusSinc(x) - target) * 2 * y / Double.sincMinusCos(x)
      guard step.isFinite else { break }
      y -= step
      if abs(step) <= 1e-9 * y { break }
    }
    return min(y.squareRoot() / .pi, 1)
  }

  @inlinable
  public var slopePeak: Double { 0.55 }

  /// 2 (1 - sinc x): the mean of 2 - 2 cos over an arc around its centre.
  public func centredDistortion<Number: RealNumber>(_ p: Number) -> Number { 2 * .oneMinusSinc(.pi * p) }

  /// 2 (sinc x - cos x).
  public func centredSlope<Number: RealNumber>(_ p: Number) -> Number { 2 * .sincMinusCos(.pi * p) }
}

extension Circle: OneShotSource {
  public static let description = SourceDescription(
    name: "circle",
    aliases: ["sphere2"],
    definition: "(cos T, sin T), T uniform on [0, 2 pi)",
    distortionMeasure: .sumOfSquaredErrors,
    components: 2,
    reference: "Bhadane, Wagner, Balle 2022, eq. (40), Theorems 5 and 6")

  public init(parameters: SourceParameters) throws(DomainError) {
    self.init()
  }

  public var codes: CodeReference? { codes(on: CirclePhases(unit: self)) }

  public var longBlockCurves: [Curve] { [Curve(SphereRateDistortion(circleOfSquaredRadius: 1))] }
}

extension Circle: RoundSource {}

/// A circle, or what is one in other coordinates: what the two of them share.
protocol RoundSource: OneShotSource, ConcavePhase, ParallelMeans {}

extension RoundSource {
  /// The inequalities of the circle, which scaling does not change.
  public func computedProof() -> [ProofCheck] { CircleProof().checks }

  /// A smooth curve looks like a line at high rate: 0.2546 bits, 1.53 dB (Gish, Pierce 1968).
  public var highRateLoss: (bits: Double, decibels: Double)? {
    (SpaceFillingLoss.scalarBits, SpaceFillingLoss.scalarDecibels)
  }

  public var showsLongBlocksInVerdicts: Bool { true }

  /// Without common randomness, and with it, for one sample and for many.
  public var realismCurves: [Curve] {
    privateRealism + sharedRealism + longBlockCurves.map { $0.uncorrelatedRealism("von Mises noise") }
  }
}
