import IntervalArithmetic

/// R(D) in the plane, slope by slope: a `PlaneSource` between its search and its proof.
///
/// A law is named by both coordinates of every point, one after the other, a point and its mirror image in turn. A law from anywhere is
/// taken with its mirror image, R(D) being convex in it and the source symmetric.
package struct PlaneEngine<Source: PlaneSource>: LawSource {
  package let source: Source
  /// The distance of both sides at which the search for a law ends, in nats: 4e-5 bits.
  private static var tolerance: Double { 3e-5 }

  package init(source: Source) { self.source = source }

  package var dimension: Int? { 2 }
  package var silence: Interval { source.variance }
  package var differentialEntropy: Interval? { source.differentialEntropy }
  /// Rates from 0 to some 6.5 bits.
  package var slopes: ClosedRange<Double> { 0.1 / source.variance.midpoint...330 / source.variance.midpoint }

  package func law(slope: Double) throws(LawRefused) -> NamedLaw {
    let atoms = try PlaneSearch(source, slope: slope, tolerance: Self.tolerance).law().atoms
    return NamedLaw(
      slope: slope, points: zip(atoms.first, atoms.second).flatMap { [$0, $1] }, weights: atoms.weights)
  }

  package func bounds(by law: NamedLaw) throws(LawRefused) -> SlopeBounds {
    guard law.rows.isEmpty, law.points.count == 2 * law.weights.count else {
      throw LawRefused("there are not two coordinates for every weight")
    }
    var weights: [Place: Double] = [:]
    var order: [Place] = []
    for (index, weight) in law.weights.enumerated() {
      let place = Place(first: abs(law.points[2 * index]), second: law.points[2 * index + 1])
      if weights.updateValue(weight + (weights[place] ?? 0), forKey: place) == nil { order.append(place) }
    }
    return try PlaneProof(
      source, slope: law.slope,
      law: PlaneLaw(first: order.map(\.first), second: order.map(\.second), weights: order.map { weights[$0] ?? .nan })
    ).bounds
  }

  private struct Place: Hashable {
    let first: Double
    let second: Double
  }
}
