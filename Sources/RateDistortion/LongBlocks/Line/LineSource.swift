import IntervalArithmetic

/// What the engine of R(D) on the line relies on in a source, all of it proved source by source.
///
/// The density f is positive inside the support and analytic between neighbouring `corners`: each piece continues into the
/// complex plane as far as `majorant` says. What lies beyond the corners is one of three things, `LineTail`.
public protocol LineSource: Sendable {
  /// h(X) = -integral of f log f, in nats.
  var differentialEntropy: Interval { get }
  /// E X.
  var mean: Interval { get }
  /// The variance of X: the distortion at rate 0.
  var variance: Interval { get }
  /// Whether f(-x) = f(x). The reproduction law may then be taken symmetric, R(D) being convex in it.
  var isSymmetric: Bool { get }
  /// The points at which f is not analytic, increasing; a finite end of the support is the first or the last of them.
  var corners: [Double] { get }
  /// What f is towards one end.
  func tail(_ side: Side) -> LineTail
  /// The largest variance of a Gaussian of which f is the convolution with something: up to it R(D) is the Shannon lower bound.
  var gaussianComponent: Double { get }

  /// f on an interval without a corner inside.
  func density(_ x: Interval) -> Interval
  /// f at a number inside the support, in floating point: where the search looks.
  func density(_ x: Double) -> Double
  /// A bound on |f(z)|, Re z in an interval and |Im z| <= `imaginary`, of the analytic continuation of the piece on which
  /// `middle` lies; infinite where there is none.
  func majorant(_ real: ClosedRange<Double>, imaginary: Double, pieceOf middle: Double) -> Double
}

/// What a density is towards one end of the line.
public enum LineTail: Sendable, Equatable {
  /// The support ends at the last corner.
  case ends
  /// Beyond `cut` f does not increase, and next to nothing is left: some 1e-13 of the probability or less.
  case light(cut: Double)
  /// Beyond the last corner f is exactly proportional to exp(-decay |x|).
  case memoryless(decay: Double)
}
