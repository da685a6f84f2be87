import IntervalArithmetic

/// The kernels exp(-(u - y)^2/2) of a law's components at the nodes of a quadrature: for every node the components within
/// reach, which are consecutive.
struct KernelTable: KernelMatrix {
  /// exp(-reach^2/2) = 9e-17 of the kernel's peak is left out.
  static let reach = 8.6

  /// The first component at every node.
  private(set) var first: [Int] = []
  /// Where a node's entries begin; one more than there are nodes.
  private(set) var offsets: [Int] = [0]
  /// The kernels.
  private(set) var values: [Double] = []
  /// u - y, for atoms.
  private(set) var distances: [Double] = []
  /// The largest number of entries of a node.
  private(set) var widest = 0

  /// The table of a law.
  ///
  /// - Parameter reach: how far a component counts; more than the standard one where weights differ by many powers of ten.
  init(_ law: ReproductionLaw, at nodes: [Double], reach: Double = reach) {
    let points = law.points
    let positions = points.map(\.position)
    let components = points.map(\.component)
    let shares = points.map(\.share)
    first.reserveCapacity(nodes.count)
    offsets.reserveCapacity(nodes.count + 1)
    values.reserveCapacity(nodes.count * 16)
    distances.reserveCapacity(nodes.count * 16)
    var low = 0
    var high = 0
    for u in nodes {
      while high < positions.count, positions[high] <= u + reach { high += 1 }
      while low < positions.count, positions[low] < u - reach { low += 1 }
      // Far from every point the nearest ones are all there is.
      let from = min(low, max(0, high - 1))
      let to = max(high, min(positions.count, low + 1))
      first.append(components[from])
      var last = -1
      for p in from..<to {
        let distance = u - positions[p]
        let kernel = shares[p] * Double.exp(-distance * distance / 2)
        if components[p] == last {
          values[values.count - 1] += kernel
        } else {
          values.append(kernel)
          distances.append(distance)
          last = components[p]
        }
      }
      widest = max(widest, values.count - (offsets.last ?? 0))
      offsets.append(values.count)
    }
  }

  /// The table of a dense matrix of kernels, given by rows.
  init(dense values: [Double], columns: Int) {
    let rows = values.count / max(columns, 1)
    first = [Int](repeating: 0, count: rows)
    offsets = (0...rows).map { $0 * columns }
    self.values = values
    widest = columns
  }

  /// Z(u) = the weighted sum of kernels at every node.
  func mixture(_ weights: [Double]) -> [Double] {
    first.indices.map { node in
      var sum = 0.0
      var component = first[node]
      for entry in offsets[node]..<offsets[node + 1] {
        sum += values[entry] * weights[component]
        component += 1
      }
      return sum
    }
  }

  var halfBandwidth: Int { widest - 1 }

  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout BandedMatrix) {
    values.withUnsafeBufferPointer { values in
      for node in mass.indices {
        let row = offsets[node]..<offsets[node + 1]
        let ratio = mass[node] / z[node]
        for entry in row { g[first[node] + entry - row.lowerBound] += ratio * values[entry] }
        hessian.add(ratio / z[node], UnsafeBufferPointer(rebasing: values[row]), at: first[node])
      }
    }
  }
}
