import GSL
import IntervalArithmetic

/// The search for the banana's optimal reproduction law at a slope.
///
/// The law starts as a lattice over the band where the source is, finer at low rates, its weights solved by the interior-point
/// method. Where the source is smooth against the kernel a lattice of 1.25 kernel widths is as good as a continuum; elsewhere
/// atoms are added at the maxima of g (`PlaneSupremum`) and idle ones dropped until the bounds meet to the tolerance.
struct BananaRateDistortion: Sendable {
  /// The distance of the bounds at which refinement stops, in nats: 5.8e-5 bits.
  static let tolerance = 4e-5
  /// The rates that are computed, in bits.
  static let largestRate = 5.5

  private static let searchRule = GaussLegendreRule(nodes: 4)

  /// A channel at beta nats per unit of distortion.
  func solution(beta: Double) -> BananaChannel {
    let sigma = 1 / (2 * beta).squareRoot()
    let quadrature = BananaQuadrature(sigma: sigma, rule: Self.searchRule, panelWidth: 1.4)
    let bins = PlaneBins(u: quadrature.u, v: quadrature.v, width: PlaneSupremum.width)
    var law = lattice(sigma)
    var best: (law: PlaneLaw, loss: Double)?
    for _ in 0..<14 {
      let table = PlaneKernelTable(law, at: quadrature, reach: 5)
      law.weights = InteriorPoint.weights(
        table: table, mass: quadrature.mass, scale: law.weights, tolerance: 1e-6)
      law = withoutIdle(law, sigma).normalised()
      let mixture = PlaneKernelTable(law, at: quadrature, reach: 6.5).mixture(law.weights)
      let supremum = PlaneSupremum(
        quadrature, bins: bins, weight: quadrature.mass.indices.map { quadrature.mass[$0] / mixture[$0] })
      let loss = BananaChannel.dualLoss(quadrature, bins, supremum)
      if loss < best?.loss ?? .infinity { best = (law, loss) }
      if loss <= Self.tolerance { break }
      law = withMaxima(law, supremum, sigma)
    }
    return BananaChannel(sigma: sigma, law: (best?.law ?? law).normalised())
  }

  /// The lattice over the band, with the weights that the density suggests.
  private func lattice(_ sigma: Double) -> PlaneLaw {
    let (z0, z1) = (BananaQuadrature.reach.0 * 3, BananaQuadrature.reach.1 * 0.5)
    let area = z0 * 2 * z1 / (sigma * sigma)
    let step = min(max((area / 1200).squareRoot(), 1), 1.25)
    var points: [(u: Double, v: Double, weight: Double)] = []
    for column in 0...Int(z0 / sigma / step) {
      let u = (Double(column) + 0.5) * step
      let ridge = -(u * sigma) * (u * sigma) / 10 / sigma
      let rows = Int((z1 / sigma / step).rounded(.up))
      for row in -rows...rows {
        let v = ((ridge / step).rounded() + Double(row)) * step
        points.append((u, v, density(u, v, sigma) * step * step))
      }
    }
    return PlaneLaw(points, sigma: sigma)
  }

  /// The source's density at a point and its mirror image, in units of sigma, never 0.
  private func density(_ u: Double, _ v: Double, _ sigma: Double) -> Double {
    let (z0, z1) = (u * sigma, v * sigma + u * u * sigma * sigma / 10)
    return max(2 * sigma * sigma / (3 * Double.pi) * Double.exp(-z0 * z0 / 18 - 2 * z1 * z1), 1e-14)
  }

  /// The law with atoms at the maxima of g.
  private func withMaxima(_ law: PlaneLaw, _ supremum: PlaneSupremum, _ sigma: Double) -> PlaneLaw {
    var points = law.points
    for (index, cell) in supremum.cells.enumerated() where cell.bound > 1 + Self.tolerance / 4 && cell.u > -2e-3 {
      guard cell.isInside || supremum.isPeak(index) else { continue }
      let u = max(0, cell.u)
      var nearest = (square: Double.infinity, weight: 1e-14)
      for point in points {
        let square = (point.u - u) * (point.u - u) + (point.v - cell.v) * (point.v - cell.v)
        if square < nearest.square { nearest = (square, point.weight) }
      }
      if nearest.square > 1e-4 { points.append((u, cell.v, 0.1 * nearest.weight)) }
    }
    return PlaneLaw(points, sigma: sigma)
  }

  /// The law without atoms that carry less than 1e-6 of what one within 1.5 kernel widths does.
  private func withoutIdle(_ law: PlaneLaw, _ sigma: Double) -> PlaneLaw {
    let bins = PlaneBins(u: law.u, v: law.v, width: 1)
    let kernels = PlaneKernels(law: law, bins: bins, reach: 1.5)
    let kept = law.points.filter { point in
      var largest = 0.0
      kernels.visit(point.u, point.v) { j, _, _ in largest = max(largest, law.weights[j]) }
      return point.weight > 1e-6 * largest
    }
    return PlaneLaw(kept, sigma: sigma)
  }
}
