/// The kernels exp(-|x - y|^2/(2 sigma^2)) of a law's points at the nodes of a grid in the plane, those within reach; a point off the axis
/// stands for half of itself and half of its mirror image.
///
/// Kernels are products, so that a point costs one exponential for every row and column of nodes within its reach. Points are numbered
/// by their first coordinate, and those that share a node are near each other.
struct PlaneKernel: LawKernel {
  /// exp(-reach^2/2) = 2e-8 of the kernel's peak is left out.
  static let reach = 6.0
  /// Kernels below it, from 3.4 widths on, are left out of the Hessian, which only has to lead downwards.
  private static let coupling = 3e-3

  /// Where a node's entries begin; one more than there are nodes.
  private let offsets: [Int]
  /// The points of the entries, increasing for a node.
  private let indices: [Int32]
  private let values: [Double]
  private let count: Int

  init(first: [Double], second: [Double], at grid: PlaneGrid, scale: Double) {
    count = first.count
    var counts = [Int](repeating: 0, count: grid.count + 1)
    Self.visit(first, second, grid, scale) { _, node, _ in counts[node + 1] += 1 }
    for node in 0..<grid.count { counts[node + 1] += counts[node] }
    let entries = counts[grid.count]
    var next = counts
    var (indices, values) = ([Int32](repeating: 0, count: entries), [Double](repeating: 0, count: entries))
    Self.visit(first, second, grid, scale) { point, node, kernel in
      indices[next[node]] = Int32(truncatingIfNeeded: point)
      values[next[node]] = kernel
      next[node] += 1
    }
    offsets = counts
    self.indices = indices
    self.values = values
  }

  /// Calls `body` with every point, node within its reach and kernel.
  private static func visit(
    _ first: [Double], _ second: [Double], _ grid: PlaneGrid, _ scale: Double, _ body: (Int, Int, Double) -> Void
  ) {
    let n = grid.rule.nodes.count
    let span = reach / scale
    var across = [Double](repeating: 0, count: grid.columns.count)
    for point in first.indices {
      let (x, y) = (first[point], second[point])
      let left = max(0, Int(((x - span) / grid.width).rounded(.down)))
      let right = min(grid.columns.count / n - 1, Int(((x + span) / grid.width).rounded(.down)))
      guard left <= right else { continue }
      for column in (left * n)..<((right + 1) * n) {
        let (u, m) = ((grid.columns[column] - x) * scale, (grid.columns[column] + x) * scale)
        across[column] = x > 0 ? (Double.exp(-u * u / 2) + Double.exp(-m * m / 2)) / 2 : Double.exp(-u * u / 2)
      }
      for band in grid.bands where band.low <= y + span && band.low + grid.width >= y - span {
        let panels = band.panels.clamped(to: left..<(right + 1))
        guard !panels.isEmpty else { continue }
        for row in 0..<n {
          let v = (band.rows[row] - y) * scale
          guard abs(v) <= reach else { continue }
          let along = Double.exp(-v * v / 2)
          let start = grid.index(band, panel: panels.lowerBound, row: row, column: 0)
          for column in (panels.lowerBound * n)..<(panels.upperBound * n) {
            let u = (grid.columns[column] - x) * scale
            guard u * u + v * v <= reach * reach else { continue }
            body(point, start + column - panels.lowerBound * n, along * across[column])
          }
        }
      }
    }
  }

  var firstNeighbours: [Int] {
    var neighbours = Array(0..<count)
    for node in 0..<offsets.count - 1 {
      var least: Int?
      for entry in offsets[node]..<offsets[node + 1] where values[entry] > Self.coupling {
        let point = Int(indices[entry])
        neighbours[point] = min(neighbours[point], least ?? point)
        if least == nil { least = point }
      }
    }
    return neighbours
  }

  func mixture(_ weights: [Double]) -> [Double] {
    (0..<offsets.count - 1).map { node in
      var sum = 0.0
      for entry in offsets[node]..<offsets[node + 1] { sum += values[entry] * weights[Int(indices[entry])] }
      return sum
    }
  }

  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout EnvelopeMatrix) {
    let most = zip(offsets, offsets.dropFirst()).reduce(0) { max($0, $1.1 - $1.0) }
    withUnsafeTemporaryAllocation(of: Double.self, capacity: most) { near in
      withUnsafeTemporaryAllocation(of: Int32.self, capacity: most) { places in
        for node in mass.indices {
          let ratio = mass[node] / z[node]
          var count = 0
          for entry in offsets[node]..<offsets[node + 1] {
            g[Int(indices[entry])] += ratio * values[entry]
            guard values[entry] > Self.coupling else { continue }
            near[count] = values[entry]
            places[count] = indices[entry]
            count += 1
          }
          hessian.add(
            ratio / z[node], UnsafeBufferPointer(rebasing: near[..<count]),
            at: UnsafeBufferPointer(rebasing: places[..<count]))
        }
      }
    }
  }
}
