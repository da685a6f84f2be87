import IntervalArithmetic

/// An infinite row of reproduction points with geometric weights, for sources with an exponential tail: points
/// first + k spacing (minus on the left), weights proportional to exp(-k spacing decay).
///
/// In units of the kernel's width. A density exp(-x) is the convolution of itself with the kernel, up to a factor, and a
/// row of spacing h has a kernel mixture that differs from it by a ripple of relative size 2 exp(-2 pi^2/h^2), of which the
/// average over the kernel leaves 4 exp(-4 pi^2/h^2): 4e-11 for h = 1.25.
struct GeometricTail: Equatable, Sendable {
  /// The first point.
  var first: Double
  /// The distance between points.
  let spacing: Double
  /// The relative loss of weight per unit of distance.
  let decay: Double

  /// The spacing at which a row of points is as good as a continuum, to 4e-11.
  static let fineSpacing = 1.1
  /// How far beyond the first point the quadrature goes: the supremum is sought up to half of it.
  static let quadratureReach = 28.0
  /// The number of points within reach of the quadrature.
  static let pointCount = 44
}

/// A discrete reproduction law in units of the kernel's width: atoms with weights of their own and, for sources with
/// exponential tails, geometric rows with one weight each.
///
/// Components are counted from the left: the left row if there is one, the atoms, the right row.
struct ReproductionLaw: Equatable, Sendable {
  /// The atoms, increasing.
  var atoms: [Double]
  /// The components' weights.
  var weights: [Double]
  /// The rows.
  var tails: [Side: GeometricTail] = [:]

  /// The component of the first atom.
  var firstAtom: Int { tails[.left] == nil ? 0 : 1 }

  /// Every point within reach with its component and its share of the component's weight, from the left.
  var points: [(position: Double, component: Int, share: Double)] {
    var points: [(position: Double, component: Int, share: Double)] = []
    if let tail = tails[.left] { points += Self.row(tail, direction: -1, component: 0).reversed() }
    for (index, atom) in atoms.enumerated() { points.append((atom, index + firstAtom, 1)) }
    if let tail = tails[.right] { points += Self.row(tail, direction: 1, component: atoms.count + firstAtom) }
    return points
  }

  /// Every point within a range, from the left, with its own weight.
  func writtenOut(upTo range: ClosedRange<Double>) -> (positions: [Double], weights: [Double]) {
    var points: [(position: Double, component: Int, share: Double)] = []
    if let tail = tails[.left] {
      let count = Int((tail.first - range.lowerBound) / tail.spacing) + 1
      points += Self.row(tail, direction: -1, component: 0, count: count).reversed()
    }
    for (index, atom) in atoms.enumerated() { points.append((atom, index + firstAtom, 1)) }
    if let tail = tails[.right] {
      let count = Int((range.upperBound - tail.first) / tail.spacing) + 1
      points += Self.row(tail, direction: 1, component: atoms.count + firstAtom, count: count)
    }
    return (points.map(\.position), points.map { weights[$0.component] * $0.share })
  }

  private static func row(
    _ tail: GeometricTail, direction: Double, component: Int, count: Int = GeometricTail.pointCount
  ) -> [(position: Double, component: Int, share: Double)] {
    let step = tail.spacing * tail.decay
    return (0..<max(count, GeometricTail.pointCount)).map { k in
      (
        tail.first + direction * Double(k) * tail.spacing, component,
        -Double.expm1(-step) * Double.exp(-Double(k) * step)
      )
    }
  }

  /// The law with its weights divided by their sum.
  func normalised() -> ReproductionLaw {
    var law = self
    let sum = weights.reduce(0, +)
    law.weights = weights.map { $0 / sum }
    return law
  }
}
