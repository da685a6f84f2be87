import IntervalArithmetic

/// How much Csiszar's dual loses in the plane to places where g(y) = E[K(X - y)/Z(X)] exceeds 1: the lesser of log sup g and
/// E log(1 + k(X)), as on the line (`DualWindow`), k(x) the largest excess on cells within r of x, constant on panels.
struct PlaneWindow {
  /// An upper bound on g everywhere.
  let supremum: Double
  /// An upper bound on the cost, in nats.
  let loss: Double
  /// Cells on which g may exceed 1.
  let cells: [PlaneSupremum.Cell]
  private static let reaches = [2.25, 2.75, 3.25, 4]

  /// - Parameters:
  ///   - weights: probability over Z at the nodes, of each node itself.
  ///   - probabilities: those of the panels, band after band, mirror images included, from above.
  ///   - addition: what the panels' part of g may be more than the sum over nodes.
  ///   - outside: what a(X) adds to g where X is on no panel: dividing a on panels leaves it as it is, as what is far.
  ///   - floor: cells at or below it are left alone, as if g were that there.
  init(
    _ grid: PlaneGrid, weights: [Double], probabilities: [Double], scale: Double, addition: Double = 0,
    outside: Double = 0, floor: Double, tolerance: Double
  ) {
    let sums = PlaneSupremum(grid, weights: weights, scale: scale, floor: floor, tolerance: tolerance)
    cells = sums.cells
    let bare = sums.largest / (1 - PlaneSupremum.neglected)
    supremum = (bare + addition + outside) * (1 + 0x1p-50)
    let extra = bare * PlaneSupremum.neglected + addition + outside
    let plain = Interval.log(Interval(supremum)).upper
    var least = plain
    for reach in Self.reaches where plain > 0 {
      let far = supremum * farPart(beyond: reach, dimension: 2) + outside
      guard far < 0.5 else { continue }
      let cost = Self.cost(
        grid, sums, probabilities, reach: reach / scale, least: floor + extra - 1, extra: extra - 1, far: far,
        scale: scale)
      if cost < least { least = cost }
    }
    loss = least
  }

  /// E log(1 + k(X)), from above.
  private static func cost(
    _ grid: PlaneGrid, _ sums: PlaneSupremum, _ probabilities: [Double], reach: Double, least: Double, extra: Double,
    far: Double, scale: Double
  ) -> Double {
    let p = grid.width
    let half = PlaneSupremum.halfWidth / scale
    var starts: [Int] = []
    var total = 0
    for band in grid.bands {
      starts.append(total)
      total += band.panels.count
    }
    var excess = [Double](repeating: max(0, least), count: total)
    let bottom = grid.bands.first?.low ?? 0
    // Bands by the number of panels from the lowest, so that those near a cell are found at once.
    var place: [Int: Int] = [:]
    for (index, band) in grid.bands.enumerated() { place[Int(((band.low - bottom) / p).rounded())] = index }
    for cell in sums.cells where cell.bound + extra > least {
      let low = Int(((cell.second - half - reach - bottom) / p).rounded(.down)) - 1
      let high = Int(((cell.second + half + reach - bottom) / p).rounded(.up))
      for number in low...high {
        guard let index = place[number] else { continue }
        let band = grid.bands[index]
        let dy = max(0, band.low - (cell.second + half), (cell.second - half) - (band.low + p))
        guard dy <= reach else { continue }
        // A hair more than needed, for rounding.
        let dx = (reach * reach - dy * dy).squareRoot() + half + 1e-9 * p
        // The cell and its mirror image.
        for middle in [cell.first, -cell.first] {
          let from = max(band.panels.lowerBound, Int(((middle - dx) / p).rounded(.down)))
          let to = min(band.panels.upperBound - 1, Int(((middle + dx) / p).rounded(.down)))
          guard from <= to else { continue }
          for panel in from...to {
            let at = starts[index] + panel - band.panels.lowerBound
            excess[at] = worst(excess[at], cell.bound + extra)
          }
        }
      }
    }
    var cost = 0.0
    for (probability, excess) in zip(probabilities, excess) where excess > 0 {
      cost += probability * Double.log1p(excess / (1 - far)) * (1 + 0x1p-40)
    }
    return cost
  }
}
