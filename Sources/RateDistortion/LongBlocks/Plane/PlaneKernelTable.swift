import IntervalArithmetic

/// The kernels exp(-|x - y|^2/2) of a symmetric law in the plane at the nodes of a quadrature, those within reach.
struct PlaneKernelTable: KernelMatrix {
  /// Where a node's entries begin; one more than there are nodes.
  private(set) var offsets: [Int] = [0]
  /// The points of the entries, increasing for a node.
  private(set) var indices: [Int] = []
  /// The kernels, averaged over a point and its mirror image.
  private(set) var values: [Double] = []
  private(set) var halfBandwidth = 0

  /// The table of a law.
  init(_ law: PlaneLaw, at quadrature: BananaQuadrature, reach: Double) {
    let bins = PlaneBins(u: law.u, v: law.v, width: 1)
    offsets.reserveCapacity(quadrature.count + 1)
    var row: [(index: Int, value: Double)] = []
    for node in 0..<quadrature.count {
      row.removeAll(keepingCapacity: true)
      PlaneKernels(law: law, bins: bins, reach: reach).visit(quadrature.u[node], quadrature.v[node]) {
        j, square, mirrored in
        row.append((j, (Double.exp(-square / 2) + Double.exp(-mirrored / 2)) / 2))
      }
      row.sort { $0.index < $1.index }
      for entry in row {
        indices.append(entry.index)
        values.append(entry.value)
      }
      if let first = row.first, let last = row.last { halfBandwidth = max(halfBandwidth, last.index - first.index) }
      offsets.append(values.count)
    }
  }

  func mixture(_ weights: [Double]) -> [Double] {
    (0..<offsets.count - 1).map { node in
      var sum = 0.0
      for entry in offsets[node]..<offsets[node + 1] { sum += values[entry] * weights[indices[entry]] }
      return sum
    }
  }

  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout BandedMatrix) {
    values.withUnsafeBufferPointer { values in
      indices.withUnsafeBufferPointer { indices in
        for node in mass.indices {
          let row = offsets[node]..<offsets[node + 1]
          let ratio = mass[node] / z[node]
          for entry in row { g[indices[entry]] += ratio * values[entry] }
          hessian.add(
            ratio / z[node], UnsafeBufferPointer(rebasing: values[row]), at: UnsafeBufferPointer(rebasing: indices[row])
          )
        }
      }
    }
  }
}

/// The points of a law near a place.
struct PlaneKernels {
  let law: PlaneLaw
  let bins: PlaneBins
  let reach: Double

  /// Calls `body` with every point within reach of (u, v), u >= 0, its squared distance and its mirror image's; with the
  /// nearest one if there is none within reach.
  @inline(__always)
  func visit(_ u: Double, _ v: Double, _ body: (Int, Double, Double) -> Void) {
    let rows = bins.span(v, reach: reach)
    let columns = bins.span(u, reach: reach)
    var found = false
    for row in rows.first...max(rows.first, rows.last) {
      for place in bins.range(row: row, from: columns.first, to: columns.last) {
        let j = bins.order[place]
        let (du, dv, mu) = (u - law.u[j], v - law.v[j], u + law.u[j])
        let square = du * du + dv * dv
        if square <= reach * reach {
          found = true
          body(j, square, mu * mu + dv * dv)
        }
      }
    }
    if found { return }
    var best = (index: 0, square: Double.infinity)
    for j in 0..<law.count {
      let (du, dv) = (u - law.u[j], v - law.v[j])
      let square = du * du + dv * dv
      if square < best.square { best = (j, square) }
    }
    let (dv, mu) = (v - law.v[best.index], u + law.u[best.index])
    body(best.index, best.square, mu * mu + dv * dv)
  }
}
