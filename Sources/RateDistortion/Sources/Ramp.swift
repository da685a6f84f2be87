import GSL
import IntervalArithmetic

/// The ramp: a random cyclic shift of t -> t - 1/2 on [0, 1].
///
///     J(t) = ((t + V) mod 1) - 1/2,   V uniform on [0, 1].
///
/// Realisations whose phases differ by tau (around the circle) differ by tau on a fraction 1 - tau of the time and by 1 - tau
/// on the rest, so by tau (1 - tau) in mean square. This increases with circular distance up to 1/2, with a linear derivative:
/// intervals are optimal cells, and half its mean over two points of an interval of length p is
///
///     delta(p) = p (2 - p) / 12,      w(p) = p (1 - p) / 6,      Dmax = delta(1) = 1/12.
///
/// w is a parabola with its top at 1/2.
///
/// - Theorems: sections 2.2, 3, 4.3 and 5 of "Biuniform codes are optimal", by hand.
/// - Distortion: mean squared error over t in [0, 1].
/// - Source: Bhadane, Wagner, Balle, "Do Neural Networks Compress Manifolds Optimally?", eq. (1), Theorem 3.
public struct Ramp: ConcavePhase {
  /// The grid a trainer sees the process on; nil for continuous time.
  public let sampling: Sampling?

  /// The filter that it has passed, if any.
  public let blur: Blur?
  private let blurred: BlurredPhase?

  /// The ramp in continuous time, or as judged on a grid.
  public init(sampling: Sampling? = nil) {
    self.sampling = sampling
    blur = nil
    blurred = nil
  }

  /// The ramp behind a filter.
  public init(blur: Blur) {
    sampling = nil
    self.blur = blur
    blurred = BlurredPhase(.ramp, by: blur)
  }

  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.cellDistortion(p) }
    return p * (2 - p) / 12
  }

  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.logarithmicSlope(p) }
    return p * (1 - p) / 6
  }

  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number {
    blurred?.distortionOfSilence(as: number) ?? cellDistortion(1)
  }

  /// The smaller root of p (2 - p) = 12 D, as a quotient that does not cancel.
  public func cellSize(atDistortion distortion: Double) -> Double {
    if let blurred { return blurred.cellSize(atDistortion: distortion) }
    return 12 * distortion / (1 + (1 - min(12 * distortion, 1)).squareRoot())
  }

  @inlinable
  public var slopePeak: Double { 0.5 }

  /// p (3 - p)/12, the mean of t (1 - t) over an arc around its centre.
  public func centredDistortion<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.centredDistortion(p) }
    return p * (3 - p) / 12
  }

  /// p (3 - 2p)/12.
  public func centredSlope<Number: RealNumber>(_ p: Number) -> Number {
    if let blurred { return blurred.centredSlope(p) }
    return p * (3 - 2 * p) / 12
  }
}

extension Ramp: SampledSource {
  public static let description = SourceDescription(
    name: "ramp",
    definition: "J(t) = ((t + V) mod 1) - 1/2 on [0, 1], V uniform on [0, 1]",
    distortionMeasure: .meanSquaredError,
    reference: "Bhadane, Wagner, Balle 2022, eq. (1), Theorems 3 and 4",
    parameters: Sampling.parameters + [Blur.parameter])

  public init(parameters: SourceParameters) throws(DomainError) {
    let sampling = try Sampling.requested(by: parameters)
    guard let blur = try Blur.requested(by: parameters) else {
      self.init(sampling: sampling)
      return
    }
    guard sampling == nil else {
      throw .parameterOutOfRange(
        name: Blur.parameter.name, value: "beside samples", requirement: "given for continuous time")
    }
    self.init(blur: blur)
  }

  public var parameters: SourceParameters { blur?.parameters ?? sampling?.parameters ?? SourceParameters() }

  /// Behind a filter: the inequality that the theorems of a concave r' need. Else none.
  public func computedProof() -> [ProofCheck] { blur == nil ? [] : [ClosedPhaseProof().check()] }

  /// None behind a filter, where a code is another one.
  public var codes: CodeReference? { blur == nil ? sampledCodes : nil }

  /// log2(e^2/6) = 0.3004 bits: the test channel's law tends to a logistic one, not to a Gaussian.
  public var highRateLoss: (bits: Double, decibels: Double)? {
    guard blur == nil else { return nil }
    return (RampRateDistortion.oneShotLoss, decibels(Double.exp(RampRateDistortion.oneShotLoss * natsPerBit)))
  }

  /// |u - v| - (u - v)^2 apart, around the circle.
  public var phases: any RealisationLine { KernelPhases(cells: self, linear: 1, quadratic: -1, isClosed: true) }

  /// A sample is t + V modulo 1, which has a density.
  public var isAtomlessOnGrids: Bool { true }

  public var longBlockCurves: [Curve] {
    blur == nil ? [Curve(RampRateDistortion()), Curve(WaterFilling.ramp)] : []
  }

  /// Without common randomness, and with it, for one sample and for many.
  public var realismCurves: [Curve] {
    privateRealism + sharedRealism + (blur == nil ? [Curve(RampRealism())] : [])
  }
}

extension Ramp: SampledProcess {
  /// w_n' = 0 where p^2 (1 - 2p) = 1/N^2, whose left side has its maximum 1/27 at p = 1/3.
  public func increasingSlopes(atoms: Double) -> ClosedRange<Double>? {
    let level = 1 / (atoms * atoms)
    let difference = { (p: Double) in p * p * (1 - 2 * p) - level }
    guard difference(1.0 / 3) > 0,
      let low = try? brentRoot("least slope of the sampled ramp", in: 1 / atoms...1.0 / 3, of: difference),
      let high = try? brentRoot("largest slope of the sampled ramp", in: 1.0 / 3...0.5, of: difference)
    else { return nil }
    return low...high
  }

  /// u - 1/2 with u = t + v modulo 1; both 0 and 1 where a jump may be met.
  public func value(at time: Interval, phase: Interval) -> Interval {
    let sum = time + phase
    let whole = sum.lower.rounded(.down)
    guard sum.upper < whole + 1 else { return (.hull(0, 1) as Interval) - 1 / 2 }
    return sum - Interval(whole) - 1 / 2
  }

  /// With u = t + v: u - 1/2 has the integral (y^2 - y)/2 and its square u/12 + y (1 - y)(1 - 2y)/6, y the fraction of u. Both
  /// fractions are continuous where u is whole; in terms of y in [-1/2, 1/2], the distance from the nearest whole number, they
  /// are -|y|(1 - |y|)/2 and y (1 - |y|)(1 - 2|y|)/6.
  public func integrals(at time: Interval, from a: Interval, to b: Interval) -> (value: Interval, square: Interval) {
    let periodic = { (phase: Interval) -> (Interval, Interval) in
      let sum = time + phase
      let y = sum - Interval(sum.midpoint.rounded())
      let size = Interval.abs(y)
      return (-size * (1 - size) / 2, y * (1 - size) * (1 - 2 * size) / 6)
    }
    let (start, end) = (periodic(a), periodic(b))
    return (end.0 - start.0, (b - a) / 12 + end.1 - start.1)
  }
}
