import RateDistortion
import Synchronization

/// What a unit of distortion is worth in bits: the slope of an achievable curve's convex hull, and the Lagrangians that it makes.
///
/// Supporting lines are found once for each lambda of a file, which has few.
final class DistortionWeights: Sendable {
  private let hull: Curve
  private let corners: [Double]
  private let lines = Mutex<[Double: SupportingLine?]>([:])

  /// - Parameter corners: distortions at which the hull has a corner.
  init(hull: Curve, corners: [Double]) {
    self.hull = hull
    self.corners = corners
  }

  /// The hull at a rate, with its slope; at rate 0, where it may have none, at a thousandth of a bit. Nil beyond the hull.
  func weight(atRate rate: Double) -> (slope: Double, point: OperatingPoint)? {
    guard let point = try? hull.point(atRate: max(rate, Self.leastRate)), let slope = point.slope, slope > 0,
      slope.isFinite
    else { return nil }
    return (slope, point)
  }

  /// A rate at which every curve has a slope, in bits.
  static let leastRate = 1e-3

  /// The excess of a point's Lagrangian at its own lambda, or at the hull's slope where the file has none.
  func gap(of point: TrainedPoint) -> LagrangianGap? {
    let gap: LagrangianGap
    if let lambda = point.lambda {
      guard let line = line(lambda) else { return nil }
      gap = LagrangianGap(lambda: lambda, bits: line.excess(rate: point.rate, distortion: point.distortion))
    } else {
      guard let (slope, best) = weight(atRate: point.rate) else { return nil }
      gap = LagrangianGap(lambda: slope, bits: point.rate - best.rate + slope * (point.distortion - best.distortion))
    }
    return gap.bits.isFinite ? gap : nil
  }

  private func line(_ lambda: Double) -> SupportingLine? {
    if let line = lines.withLock({ $0[lambda] }) { return line }
    let line = try? hull.supportingLine(slope: lambda, corners: corners)
    lines.withLock { $0[lambda] = .some(line) }
    return line
  }
}
