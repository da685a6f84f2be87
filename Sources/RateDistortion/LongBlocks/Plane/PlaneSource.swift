import IntervalArithmetic

/// What the engine of R(D) in the plane relies on in a source (X_0, X_1) under squared error, all of it proved source by source.
///
/// The density f is positive, entire, and symmetric in its first coordinate, f(-x_0, x_1) = f(x_0, x_1): the reproduction law may then be
/// taken symmetric too, R(D) being convex in it.
public protocol PlaneSource: Sendable {
  /// h(X), in nats.
  var differentialEntropy: Interval { get }
  /// E|X - E X|^2: the distortion at rate 0.
  var variance: Interval { get }
  /// E|X|^2.
  var square: Interval { get }
  /// The largest value of f, from above.
  var largestDensity: Double { get }
  /// A box [0, x_0] x [x_1, x_1'] of which the part where f is at least exp(-23) of its largest value lies inside.
  var extent: (first: Double, second: ClosedRange<Double>) { get }
  /// The scale on which f changes.
  var scale: Double { get }

  /// f at a point, enclosed.
  func density(_ first: Double, _ second: Double) -> Interval
  /// f at a point, in floating point: where the search looks.
  func approximateDensity(_ first: Double, _ second: Double) -> Double
  /// A bound on |f(z_0, z_1)| for Re z_i in an interval and |Im z_i| at most a number, one of which is 0.
  func majorant(
    _ first: ClosedRange<Double>, _ firstImaginary: Double, _ second: ClosedRange<Double>, _ secondImaginary: Double
  ) -> Double
}

/// A discrete reproduction law in the plane, symmetric in the first coordinate: a point with first > 0 stands for itself and its mirror
/// image, each with half the weight, a point on the axis for itself.
public struct PlaneLaw: Sendable, Equatable {
  /// The first coordinates, none negative.
  public var first: [Double]
  /// The second coordinates.
  public var second: [Double]
  /// The weights.
  public var weights: [Double]

  /// A law by its points and weights.
  public init(first: [Double] = [], second: [Double] = [], weights: [Double] = []) {
    self.first = first
    self.second = second
    self.weights = weights
  }

  /// The number of points.
  public var count: Int { weights.count }

  mutating func append(_ first: Double, _ second: Double, _ weight: Double) {
    self.first.append(first)
    self.second.append(second)
    weights.append(weight)
  }

  /// Every atom, mirror images written out.
  var atoms: (first: [Double], second: [Double], weights: [Double]) {
    var (u, v, w): ([Double], [Double], [Double]) = ([], [], [])
    for j in 0..<count {
      let images = first[j] > 0 ? [first[j], -first[j]] : [first[j]]
      for image in images {
        u.append(image)
        v.append(second[j])
        w.append(weights[j] / Double(images.count))
      }
    }
    return (u, v, w)
  }
}
