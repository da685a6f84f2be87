import IntervalArithmetic

/// A source whose one-shot codes are described by the probabilities of their cells alone.
///
/// The realisations form a one-dimensional family with a uniform phase, and among all sets of probability p an interval of
/// phases costs least, delta(p). A code with cell probabilities {p_i} then has
///
///     H = -sum p_i log p_i        and        D = sum p_i delta(p_i),
///
/// and the entropy-distortion function E(D) is the least H with distortion at most D (Bhadane, Wagner, Balle, "Do Neural
/// Networks Compress Manifolds Optimally?", Definition 2, Theorems 3 and 5). delta increases from 0 at p = 0 to
/// Dmax = delta(1), and everything here follows from it and from
///
///     w(p) = p delta'(p) = d delta / d log p,
///
/// whose reciprocal is the slope of the curve (delta(p), -log p), and which with delta makes up the slope of a cell's cost:
/// d(p delta)/dp = delta + w.
///
/// Why intervals: half the mean squared distance of two independent realisations in a set is its distortion. Where that
/// distance is an increasing function of how far apart the phases lie, the Riesz rearrangement inequality (on the line or on
/// the circle) says that among sets of the same measure an interval has the least mean distance.
public protocol CellSource: Sendable {
  /// delta(p), the least distortion of a cell of probability p in (0, 1], in the source's distortion measure.
  func cellDistortion<Number: RealNumber>(_ p: Number) -> Number

  /// w(p) = p delta'(p), in the source's distortion measure.
  func logarithmicSlope<Number: RealNumber>(_ p: Number) -> Number

  /// delta(1), without the rounding of `cellDistortion` where it is a number: the distortion of sending nothing.
  func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number

  /// The cell size p in (0, 1] at which delta(p) = D, for 0 < D <= Dmax.
  func cellSize(atDistortion distortion: Double) -> Double

  /// A point up to which w is proved to increase, and beyond which it increases no further than its one maximum: w is
  /// unimodal on (0, 1]. 1 if w increases throughout.
  var slopePeak: Double { get }

  /// What the gap from E(D) to R(D) tends to at high rate, in bits and in dB; nil where R(D) is not known.
  var highRateLoss: (bits: Double, decibels: Double)? { get }

  /// Limits for long blocks whose gaps verdicts show beside the one-shot ones: those that are quickly computed.
  var limitsInVerdicts: [any Curve] { get }

  /// Limits for coding many samples together, which tables print after the one-shot ones.
  var longBlockCurves: [any Curve] { get }
}

extension CellSource {
  /// None.
  public var limitsInVerdicts: [any Curve] { [] }

  /// Not known.
  public var highRateLoss: (bits: Double, decibels: Double)? { nil }

  /// None known.
  public var longBlockCurves: [any Curve] { [] }

  @inlinable
  public func distortionOfSilence<Number: RealNumber>(as number: Number.Type) -> Number { cellDistortion(1) }

  /// Dmax = delta(1), the distortion of sending nothing.
  @inlinable
  public var largestDistortion: Double { distortionOfSilence(as: Double.self) }

  /// The slope of a cell's contribution p delta(p) to the distortion, delta + w.
  @inlinable
  func costSlope<Number: RealNumber>(_ p: Number) -> Number {
    cellDistortion(p) + logarithmicSlope(p)
  }

  /// A cell's contribution p delta(p) to the distortion.
  @inlinable
  func cost<Number: RealNumber>(_ p: Number) -> Number {
    p * cellDistortion(p)
  }
}
