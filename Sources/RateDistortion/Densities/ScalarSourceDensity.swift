import IntervalArithmetic

/// What the two-sided R(D) of a scalar source needs to know of its density f.
///
/// - `bulk` holds all but about 1e-12 of the probability; what lies outside is accounted for by `tail`.
/// - f is analytic between the `corners`, positive there, and at most 1 outside the bulk.
public protocol ScalarSourceDensity: Sendable {
  /// h(X) = -integral of f log f, in nats.
  var differentialEntropy: Interval { get }
  /// The variance of X: the distortion at rate 0.
  var variance: Interval { get }
  /// An interval outside which there is next to no probability.
  var bulk: ClosedRange<Double> { get }
  /// Points of the bulk, its ends included where the support ends there, at which f is not analytic or changes fast.
  var corners: [Double] { get }
  /// The ends of the support that are infinite and at which f is exactly proportional to exp(-|x|) beyond the corners.
  var exponentialSides: Set<Side> { get }
  /// The largest distortion up to which f is the convolution of a density with N(0, D), so that R(D) meets the Shannon lower
  /// bound; 0 if there is none.
  var gaussianComponent: Double { get }

  /// f(x) inside the bulk.
  func density(_ x: Double) -> Double
  /// The probability of what lies outside the bulk on one side, and its second moment about y.
  func tail(_ side: Side, about y: Double) -> (probability: Double, secondMoment: Double)
}

/// A standard density of the quantizers as a source for R(D).
struct StandardDensity<Density: ScalarDensity>: ScalarSourceDensity {
  let standard: Density
  /// All but 2e-14 of the probability on either side: [-32, 32] where tails are those of exp(-|x|).
  let bulk: ClosedRange<Double>

  init(_ standard: Density) {
    self.standard = standard
    let body = standard.body(leaving: 2e-14)
    bulk = body.low...body.high
  }

  var differentialEntropy: Interval { standard.differentialEntropy(as: Interval.self) }
  var variance: Interval { standard.variance(as: Interval.self) }
  var exponentialSides: Set<Side> { standard.memorylessSides }
  var gaussianComponent: Double { 0 }

  var corners: [Double] {
    [standard.support.lowerBound].filter(\.isFinite) + standard.corners
      + [standard.support.upperBound].filter(\.isFinite)
  }

  func density(_ x: Double) -> Double { standard.density(x) }

  func tail(_ side: Side, about y: Double) -> (probability: Double, secondMoment: Double) {
    let outer = side == .left ? standard.support.lowerBound : standard.support.upperBound
    guard outer.isInfinite else { return (0, 0) }
    let cell: QuantizationCell<Double> =
      side == .left
      ? standard.cell(from: -.infinity, to: bulk.lowerBound) : standard.cell(from: bulk.upperBound, to: .infinity)
    return (cell.probability, cell.distortion(about: y))
  }
}
