/// The kernels exp(-beta (d(x, y) - a(x))) of a finite source's reproductions, by rows: one row a letter.
struct DenseKernels: LawKernel {
  private let values: [Double]
  private let columns: Int
  private let rows: Int

  init(_ values: [Double], columns: Int) {
    self.values = values
    self.columns = columns
    rows = values.count / max(columns, 1)
  }

  /// Any two letters share a row.
  var firstNeighbours: [Int] { [Int](repeating: 0, count: columns) }

  func mixture(_ weights: [Double]) -> [Double] {
    (0..<rows).map { row in
      var sum = 0.0
      for j in 0..<columns { sum += values[row * columns + j] * weights[j] }
      return sum
    }
  }

  func accumulate(_ mass: [Double], _ z: [Double], _ g: inout [Double], _ hessian: inout EnvelopeMatrix) {
    values.withUnsafeBufferPointer { values in
      for row in mass.indices {
        let entries = row * columns..<(row + 1) * columns
        let ratio = mass[row] / z[row]
        for (j, entry) in entries.enumerated() { g[j] += ratio * values[entry] }
        hessian.add(ratio / z[row], UnsafeBufferPointer(rebasing: values[entries]), at: 0)
      }
    }
  }
}
