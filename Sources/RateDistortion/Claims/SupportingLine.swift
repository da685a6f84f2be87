/// The lowest line of a slope that touches a curve: the points at which the Lagrangian R + lambda D is least.
///
/// Trainers minimise R + lambda D, so what a curve offers them at lambda is its least value L*(lambda), and where it is taken.
/// Only the curve's lower convex hull has such points. A corner of the hull is the point of a whole interval of slopes; a
/// segment of exactly this slope is a whole interval of points, of which both ends are given: anything between them is reached by
/// sharing time, and by the curve itself only where it is straight.
public struct SupportingLine: Sendable, Equatable {
  /// lambda, in bits per unit of distortion.
  public let slope: Double
  /// The touching point of the least rate.
  public let coarser: OperatingPoint
  /// The touching point of the largest rate: the same one, unless the hull has a segment of this slope.
  public let finer: OperatingPoint
  /// L*(lambda) = min of R + lambda D, in bits.
  public let lagrangian: Double

  /// Both ends, or the one point.
  public var points: [OperatingPoint] { coarser == finer ? [coarser] : [coarser, finer] }

  /// By how many bits the Lagrangian of a point exceeds the least one.
  public func excess(rate: Double, distortion: Double) -> Double { rate + slope * distortion - lagrangian }
}

extension Curve {
  /// The supporting line of a slope.
  ///
  /// No R beyond R_1 + lambda D(R_1) is a minimum, whatever R_1: that bounds the rates. Between rates R < S it is nowhere less than
  /// R + lambda D(S), for D does not increase: where that is more than is found elsewhere nobody looks closer, and the rest is
  /// halved down to a grid of 385 rates, dense where little is sent. There, and at the corners that are known, the Lagrangian has
  /// dips; each that may be the least is narrowed by golden sections, which end at corners as well as at smooth minima. Between two
  /// neighbours of the grid a curve is taken to have one dip.
  ///
  /// - Parameters:
  ///   - slope: lambda in bits per unit of distortion.
  ///   - corners: distortions at which the curve has a corner.
  /// - Throws: `DomainError.slopeOutOfRange` unless lambda is a positive, finite number; what the curve throws if it has no point
  ///   in the rates that count.
  public func supportingLine(slope: Double, corners: [Double] = []) throws(DomainError) -> SupportingLine {
    guard slope > 0, slope.isFinite else { throw .slopeOutOfRange(slope) }
    let silence = try point(atRate: 0)
    let lagrangian = { (point: OperatingPoint) in point.rate + slope * point.distortion }
    var greatest = min(lagrangian(silence), range.largestRate)
    for rate in [1.0, 2, 4, 8, 16, 32, 64] where rate < greatest {
      guard let point = try? point(atRate: rate) else { continue }
      greatest = min(greatest, lagrangian(point))
    }
    let dips = Dips(of: self, slope: slope, upTo: greatest, corners: corners)
    guard let least = dips.points.map(lagrangian).min(), least.isFinite else { throw .slopeOutOfRange(slope) }
    // Twelve digits of a slope and of a rate: what differs by less is the same line.
    let touching = dips.points.filter { lagrangian($0) <= least + 1e-11 * (1 + least) }.sorted { $0.rate < $1.rate }
    let best = dips.points.first { lagrangian($0) == least } ?? silence
    let (coarser, finer) = (touching.first ?? best, touching.last ?? best)
    let isSegment = finer.rate - coarser.rate > Dips.resolution
    return SupportingLine(
      slope: slope, coarser: isSegment ? coarser : best, finer: isSegment ? finer : best, lagrangian: least)
  }
}

/// The dips of the Lagrangian along a curve.
private struct Dips {
  private(set) var points: [OperatingPoint] = []

  /// Minima closer than this in rate are one: a smooth minimum is flat within 1e-11 bits over some 1e-5 bits.
  static let resolution = 2e-5
  /// The grid's intervals, and how many of them are one at first: a power of 2.
  private static let gridSize = 384
  private static let coarseness = 32

  init(of curve: Curve, slope: Double, upTo greatest: Double, corners: [Double]) {
    let point = { (rate: Double) in try? curve.point(atRate: rate) }
    let value = { (rate: Double) in point(rate).map { $0.rate + slope * $0.distortion } ?? .infinity }
    let grid = Self.grid(slope: slope, upTo: greatest, point)
    let (rates, values) = (grid.map(\.rate), grid.map(\.value))
    points = [0.0, greatest].compactMap(point)
    // Corners of the hull are sought where the grid is as low as anywhere: around its least value, or along a straight piece.
    let lowest = values.min() ?? .infinity
    let low = rates.indices.filter { values[$0] <= lowest + 1e-9 * (1 + lowest.magnitude) }
    if let first = low.first, let last = low.last, !corners.isEmpty {
      let ends = [max(first - 2, 0), min(last + 2, rates.count - 1)].compactMap { point(rates[$0])?.distortion }
      let near = corners.filter { $0 <= ends.max() ?? 0 && $0 >= ends.min() ?? .infinity }
      points += near.compactMap { try? curve.point(atDistortion: $0) }
    }
    let least = min(values.min() ?? .infinity, points.map { $0.rate + slope * $0.distortion }.min() ?? .infinity)
    for index in rates.indices.dropFirst().dropLast() where values[index].isFinite {
      // Between neighbours of the grid a curve saves far less than this.
      guard values[index] <= min(values[index - 1], values[index + 1], least + 0.25) else { continue }
      let place = goldenMinimum(in: rates[index - 1]...rates[index + 1], to: 1e-9 * (1 + greatest), of: value)
      if let found = point(place) { points.append(found) }
    }
  }

  /// The Lagrangian at the rates of the grid between which it may be least, and at some of the others, in order.
  private static func grid(
    slope: Double, upTo greatest: Double, _ point: (Double) -> OperatingPoint?
  ) -> [(rate: Double, value: Double)] {
    func rate(_ place: Int) -> Double {
      let share = Double(place) / Double(gridSize)
      return greatest * share * share
    }
    func distortion(_ place: Int) -> Double { point(rate(place))?.distortion ?? .infinity }
    var known = stride(from: 0, through: gridSize, by: coarseness).map { (place: $0, distortion: distortion($0)) }
    var spacing = coarseness
    while spacing > 1 {
      let least = known.map { rate($0.place) + slope * $0.distortion }.min() ?? .infinity
      var finer = [known[0]]
      for (a, b) in zip(known, known.dropFirst()) {
        // A distortion that is not known may be any.
        let lowest = rate(a.place) + slope * (b.distortion.isFinite ? b.distortion : 0)
        if b.place - a.place == spacing, lowest <= least + 1e-9 * (1 + least.magnitude) {
          let middle = (a.place + b.place) / 2
          finer.append((middle, distortion(middle)))
        }
        finer.append(b)
      }
      known = finer
      spacing /= 2
    }
    return known.map { (rate($0.place), rate($0.place) + slope * $0.distortion) }
  }
}
