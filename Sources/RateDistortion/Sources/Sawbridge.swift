import IntervalArithmetic

/// The sawbridge: a line that falls by 1 at a uniform time.
///
///     X(t) = t - 1(t >= U) on [0, 1],   U uniform on [0, 1].
///
/// Realisations with jumps at u and u' differ by 1 between the jumps: by |u - u'| in mean square. Intervals are optimal
/// cells (rearrangement on the line), and half the mean of |u - u'| over an interval of length p is
///
///     delta(p) = w(p) = p / 6,      Dmax = delta(1) = 1/6.
///
/// w increases throughout, so the dual bound is -log(6 D) everywhere.
///
/// - Theorems: "Biuniform codes are optimal": w and v increase, sections 1.6, 3, 4.2 and 5.
/// - Distortion: mean squared error over t in [0, 1].
/// - Source: Wagner, Balle, "Neural Networks Optimally Compress the Sawbridge", DCC 2021.
public struct Sawbridge: BiuniformOptimal {
  /// The grid a trainer sees the process on; nil for continuous time.
  public let sampling: Sampling?

  /// The sawbridge in continuous time, or as judged on a grid.
  public init(sampling: Sampling? = nil) {
    self.sampling = sampling
  }

  @inlinable
  public func cellDistortion<Number: RealNumber>(_ p: Number) -> Number {
    p / 6
  }

  @inlinable
  public func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number {
    p / 6
  }

  @inlinable
  public func cellSize(atDistortion distortion: Double) -> Double {
    min(6 * distortion, 1)
  }

  @inlinable
  public var slopePeak: Double { 1 }
}

extension Sawbridge: SampledSource {
  public static let description = SourceDescription(
    name: "sawbridge",
    definition: "X(t) = t - 1(t >= U) on [0, 1], U uniform on [0, 1]",
    distortionMeasure: .meanSquaredError,
    reference: "Wagner, Balle 2021; Ozyilkan et al. 2025, eq. (1)",
    parameters: Sampling.parameters)

  /// log2(e^2/6) = 0.3004 bits, as for the ramp.
  public var highRateLoss: (bits: Double, decibels: Double)? { Ramp().highRateLoss }

  /// |u - v| apart.
  public var phases: any RealisationLine { KernelPhases(cells: self, linear: 1, quadratic: 0, isClosed: false) }

  public var longBlockCurves: [Curve] {
    SawbridgeRateDistortion.sides + [Curve(SawbridgeLowerBound()), Curve(WaterFilling.sawbridge)]
  }

  public var shippedTables: [ShippedTable] { [SawbridgeRateDistortion.shippedTable] }
}

extension Sawbridge: SampledProcess {
  /// w_n is proportional to p + 1/(N^2 p), which increases from p = 1/N on.
  public func increasingSlopes(atoms: Double) -> ClosedRange<Double>? {
    1 / atoms...1
  }

  /// t before the jump at u, t - 1 behind it; either where that is not known.
  public func value(at time: Interval, phase: Interval) -> Interval {
    if time.certainlyLess(than: phase) { return time }
    return phase.certainlyLess(than: time) ? time - 1 : .hull(time.lower, time.upper).hull(with: time - 1)
  }

  /// The part of the phases that lies below t has jumped by then: of length k it takes k from the integral of t, and k (2t - 1) from
  /// that of t^2.
  public func integrals(at time: Interval, from a: Interval, to b: Interval) -> (value: Interval, square: Interval) {
    let length = b - a
    let jumped = Interval.min(.max(time - a, 0), length)
    return (time * length - jumped, .squared(time) * length - jumped * (2 * time - 1))
  }
}
