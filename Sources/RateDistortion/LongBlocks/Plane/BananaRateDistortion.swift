import GSL
import IntervalArithmetic

/// The search for the banana's optimal reproduction law at a slope.
///
/// The law starts as a lattice over the band where the source is, finer at low rates, its weights solved by an interior-point
/// method (`DampedInteriorPoint`). Where the source is smooth against the kernel a lattice of 1.25 kernel widths is as good as
/// a continuum. Elsewhere, as along the ridge where it is thinner than the kernel, atoms are added at the maxima of g
/// (`PlaneSupremum`) and idle ones dropped until the bounds meet to the tolerance: 2 to 6 rounds, 60 to 2,900 atoms.
struct BananaRateDistortion: Sendable {
  /// The distance of the bounds at which refinement stops, in nats: 7.3e-5 bits.
  static let tolerance = 5e-5
  /// The rates that are computed, in bits.
  static let largestRate = 5.5

  /// How far from their optimum the weights of given atoms may be, in nats.
  private static let weightTolerance = 2e-6
  /// What is left by the solver of an atom that is not wanted, relative to the source's density: where g < 0.99.
  private static let idle = 100 * weightTolerance

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
      law.weights = DampedInteriorPoint.weights(
        table: table, mass: quadrature.mass, scale: law.points.map { density($0.u, $0.v, sigma) },
        tolerance: Self.weightTolerance)
      law = law.normalised()
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

  /// The law with atoms at the maxima of g that cost something and without those that were left idle.
  private func withMaxima(_ law: PlaneLaw, _ supremum: PlaneSupremum, _ sigma: Double) -> PlaneLaw {
    var points = law.points.filter { $0.weight > Self.idle * density($0.u, $0.v, sigma) }
    for (index, cell) in supremum.cells.enumerated() where cell.bound > 1 + Self.tolerance / 4 && cell.u > -2e-3 {
      guard (cell.bound - 1) * density(cell.u, cell.v, sigma) > 1e-9 else { continue }
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
}
